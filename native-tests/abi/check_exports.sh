#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# usage: check_exports.sh LIBRARY LIST. Fails when the library exports less, or more, than the list.
set -euo pipefail
export LC_ALL=C
# The version node and the runtime's debug header come from the ahead-of-time compiler.
actual=$(nm -D --defined-only "$1" | awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' | grep -v '^DotNetRuntimeDebugHeader$' | sort)
missing=$(comm -13 <(echo "$actual") <(grep -v '^#' "$2" | sort))
extra=$(comm -23 <(echo "$actual") <(grep -v '^#' "$2" | sort))
[ -z "$missing" ] || printf 'missing:\n%s\n' "$missing"
[ -z "$extra" ] || printf 'not in the list:\n%s\n' "$extra"
[ -z "$missing$extra" ] && echo "$(echo "$actual" | wc -l) exports, exactly the list"
