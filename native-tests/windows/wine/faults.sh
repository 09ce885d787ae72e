#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: faults.sh RUNNER PROGRAM...    Runs each program; fails if one can not say whether the fault is there.
set -u
runner=$1
shift
failed=0
for program in "$@"; do
    text=$("$runner" "$program" 2>/dev/null)
    case $? in
    0) verdict="as documented" ;;
    1) verdict="otherwise than documented" ;;
    *) verdict="NOT KNOWN" failed=1 ;;
    esac
    printf '%s: %s (%s)\n' "$(basename "$program" .exe)" "$verdict" "$(printf '%s' "$text" | tr -d '\r')"
done
exit $failed
