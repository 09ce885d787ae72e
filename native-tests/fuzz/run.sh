#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# usage: run.sh BUILD_DIRECTORY [SECONDS [TARGET...]]
# Runs fuzzers, all if none is named, each for this long (60). What they find joins their corpus where it shows
# something new; an input that breaks something is left in BUILD_DIRECTORY/fuzz/TARGET, and the exit status is not 0.
set -euo pipefail
corpus=$(cd "$(dirname "$0")" && pwd)/corpus
build=$(cd "$1" && pwd)
seconds=${2:-60}
shift $(($# < 2 ? $# : 2))
[ $# -gt 0 ] || set -- pem records alpn names uri json ip fragments proxy options reading
longest=4096 # a larger input is seldom a clearer one
status=0
for target in "$@"; do
    fuzzer=$build/native-tests/fuzz/${target}_fuzz
    work=$build/fuzz/$target
    mkdir -p "$work/found"
    printf '==> %s for %s seconds\n' "$target" "$seconds"
    if ! "$fuzzer" -max_total_time="$seconds" -timeout=60 -max_len=$longest -print_final_stats=1 \
        -artifact_prefix="$work/" "$work/found" "$corpus/$target" >"$work/log" 2>&1; then
        status=1
        tail -40 "$work/log"
        printf 'See %s; once it is fixed, the input belongs into %s\n' "$work" "$corpus/$target"
        continue
    fi
    grep -E '^stat::(number_of_executed_units|peak_rss_mb)' "$work/log"
    before=$(find "$corpus/$target" -type f | wc -l)
    "$fuzzer" -merge=1 -max_len=$longest "$corpus/$target" "$work/found" >"$work/merge.log" 2>&1
    printf '%s inputs, %s of them new\n' "$(find "$corpus/$target" -type f | wc -l)" \
        $(($(find "$corpus/$target" -type f | wc -l) - before))
done
exit $status
