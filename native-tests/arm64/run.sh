#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# usage: run.sh [ARGS]: the native tests for arm64 but those that qemu-user cannot run; ARGS go to ctest.
set -euo pipefail
cd "$(dirname "$0")/../.."
left_out=$(sed 's/#.*//; s/[[:space:]]*$//; /^$/d' native-tests/arm64/left_out.txt | paste -sd'|')
exec ctest --preset arm64 -E "$left_out" "$@"
