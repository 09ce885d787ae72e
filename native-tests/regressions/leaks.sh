#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# usage: leaks.sh LEAKS. The exit status is the program's, unless the program leaks.
set -u
ulimit -c 0
failed=0

export LSAN_OPTIONS=exitcode=23
timeout 60 "$1"
status=$?
[ "$status" -eq 7 ] || { echo "without a leak of its own: status $status, not 7"; failed=1; }

output=$(timeout 60 "$1" 3 2>&1)
status=$?
[ "$status" -eq 23 ] || { echo "with leaks of its own: status $status, not 23"; failed=1; }
[[ $output == *"300 byte(s) leaked in 3 allocation(s)"* ]] || { echo "$output"; failed=1; }
exit "$failed"
