#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# usage: exit_status.sh PROCESS_EXIT. The exit status is the program's, whichever way it leaves and whatever still lives.
# A hang would run into the test's time limit.
set -u
failed=0
for way in return exit quick atexit loop; do
    for _ in 1 2 3 4 5; do
        "$1" "$way"
        status=$?
        [ "$status" -eq 7 ] || { echo "leaving by $way gave status $status, not 7"; failed=1; }
    done
done
exit "$failed"
