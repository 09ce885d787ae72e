#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# usage: output_ends.sh PROGRAM
# Wine's services keep the standard error of the program that starts them, and stay for a minute: whoever read to the
# end of that, as ctest does, waited for them, and with other programs running for ever. In a prefix of its own, for that
# is where nothing has been started yet.
set -euo pipefail
program=$(readlink -f "$1")
wine=$(cd "$(dirname "$0")/../../cmake/windows-cross" && pwd)/wine.sh
prefix=${RESEAU_WINEPREFIX:-${XDG_CACHE_HOME:-$HOME/.cache}/reseau-wine}
work=$(mktemp -d)
export RESEAU_WINEPREFIX=$work/prefix
trap 'WINEPREFIX=$RESEAU_WINEPREFIX "$(command -v wineserver64 || echo /usr/lib/wine/wineserver64)" -k || true
      rm -rf "$work"' EXIT
cp -a "$prefix" "$RESEAU_WINEPREFIX"
{
    "$wine" "$program" --gtest_list_tests
    date +%s >"$work/ended"
} 2>&1 </dev/null | cat >/dev/null
late=$(($(date +%s) - $(cat "$work/ended")))
echo "its output ended $late seconds after it"
[ "$late" -lt 30 ]
