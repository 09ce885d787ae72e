#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# usage: run.sh [--short] [ARGS]: the native tests for arm64 but what qemu-user cannot run, each program as one test;
# --short: those of short.txt alone. ARGS go to ctest.
set -euo pipefail
cd "$(dirname "$0")/../.."
left_out=$(sed 's/#.*//; s/[[:space:]]*$//; /^$/d' native-tests/arm64/left_out.txt)
export GTEST_FILTER="-$(grep '[*.]' <<<"$left_out" | paste -sd:)"
programs=$(grep -v '[*.]' <<<"$left_out" | sed 's/^/^/' | paste -sd'|')
chosen=()
if [ "${1:-}" = --short ]; then
    shift
    chosen=(-L arm64_short)
fi
exec ctest --preset arm64 -E "$programs" "${chosen[@]}" "$@"
