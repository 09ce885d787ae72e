#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: wine.sh PROGRAM [ARGUMENT...]. Runs a program for Windows in a Wine prefix of the build directory's own.
set -eu
WINEPREFIX=${RESEAU_WINEPREFIX:-$(dirname "$(readlink -f "$1")")/../wine}
mkdir -p "$WINEPREFIX"
WINEPREFIX=$(readlink -f "$WINEPREFIX")
WINEDEBUG=${WINEDEBUG:--all}
# No window asks for Mono and Gecko, and none shows a crash.
WINEDLLOVERRIDES="mscoree,mshtml=;winemenubuilder.exe=d"
export WINEPREFIX WINEDEBUG WINEDLLOVERRIDES
for wine in wine64 /usr/lib/wine/wine64; do
    command -v "$wine" >/dev/null && exec "$wine" "$@"
done
echo "wine.sh: wine is missing: apt-get install wine64" >&2
exit 1
