#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# usage: limits.sh LIMITS PROCESS_EXIT. The library starts in the address space that it says it needs, and where a
# sandbox refuses membarrier(), and ends where no thread gets a stack of the default size. What cannot be: SIGABRT, with
# one line that says why.
set -u
ulimit -c 0
ulimit -s 8192
failed=0

# status, part of what is said on standard error, arguments of the program
expect() {
    local status=$1 said=$2 output
    shift 2
    output=$(timeout 60 "$limits" "$@" 2>&1)
    local found=$?
    if [ "$found" -eq 77 ]; then
        echo "cannot be tried here: $*"
    elif [ "$found" -ne "$status" ] || [ "$(grep -c . <<<"$output")" -gt 1 ] || [[ $output != *"$said"* ]]; then
        echo "$*: status $found, not $status; output: $output"
        failed=1
    fi
}

limits=$1
needed=$(timeout 60 "$limits" memory 1 2>&1 | grep -o '[0-9]* MiB' | grep -o '[0-9]*')
expect 7 "" memory $((needed + 1))
expect 134 "$needed MiB of address space" memory $((needed - 1))
expect 134 "cannot start" threads
expect 7 "" sandbox
expect 7 "" stacks

# Loops, a resolver and a connection, in little more. Arenas of the C library would take what threads need.
(ulimit -v $(((needed + 48) * 1024)) && MALLOC_ARENA_MAX=1 timeout 60 "$2" return)
found=$?
[ "$found" -eq 7 ] || { echo "in little more: status $found, not 7"; failed=1; }
exit "$failed"
