#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs test programs under memcheck: valgrind.sh BUILD_DIR [PATTERN]. Without a pattern (a regular expression for names
# such as io_pipe_test) all of the plain stack. Fails on any report; tests that only lack time are named.
set -euo pipefail
build=$(cd "$1" && pwd)
pattern=${2:-^(common|io|regressions)_}
here=$(cd "$(dirname "$0")" && pwd)

# Valgrind gives up on the debug information that the ahead-of-time compiler writes; a copy of the library has none.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$build"/lib/libreseau.so "$work/libreseau.so.1"
export LD_LIBRARY_PATH=$work

# What measures time or moves tens of megabytes, and what ends a process. The allocator of small blocks tells its own
# blocks by what stands at the start of their page, which for others is somebody else's memory.
skipped='*SmallBlock*:*large*:*Large*:*Cpu*:*cpu*:*Latency*:*Death*:*death*:*Busy*:*Idle*:*idle*:*Many*:*many*'

reports=0
for program in "$build"/native-tests/*_test; do
    name=$(basename "$program")
    [[ $name =~ $pattern ]] || continue
    status=0
    timeout 900 valgrind --quiet --fair-sched=try --leak-check=full --show-leak-kinds=definite \
        --errors-for-leak-kinds=definite --error-exitcode=99 --suppressions="$here/valgrind.supp" \
        --log-file="$work/$name.log" "$program" --gtest_filter="-$skipped" >"$work/$name.out" 2>&1 || status=$?
    if [ $status -eq 99 ]; then
        echo "$name: REPORT"
        grep -v 'set address range' "$work/$name.log"
        reports=$((reports + 1))
    elif [ $status -ne 0 ]; then
        echo "$name: no report, but status $status:"
        grep -E '^\[  FAILED  \]|Failure$' "$work/$name.out" | sort -u | head -n 10 || true
    else
        echo "$name: clean"
    fi
done
exit $((reports > 0))
