#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# usage: valgrind.sh LIBRARY PROGRAM ARGUMENT...
# Runs a program under valgrind, which sees all memory that the library acquires and releases. valgrind 3.19 cannot read
# the library's debug information, so it gets a copy that does not mention any.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
objcopy --remove-section=.gnu_debuglink "$1" "$work/libreseau.so.1"
shift
RESEAU_TEST_TIMEOUT_SCALE=10 LD_LIBRARY_PATH="$work" valgrind -q --error-exitcode=99 --leak-check=full \
    --show-leak-kinds=definite --errors-for-leak-kinds=definite --suppressions="$here/../valgrind.supp" "$@"
