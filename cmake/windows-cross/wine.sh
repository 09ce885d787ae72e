#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: wine.sh PROGRAM [ARGUMENT...]. Runs a program for Windows in a Wine prefix of the project's own. It is not in
# the tree: a prefix has a link to the root of the file system, and tools that walk through the tree would follow it.
set -eu
WINEPREFIX=${RESEAU_WINEPREFIX:-${XDG_CACHE_HOME:-$HOME/.cache}/reseau-wine}
mkdir -p "$WINEPREFIX"
WINEDEBUG=${WINEDEBUG:--all}
# No window asks for Mono and Gecko, and none shows a crash.
WINEDLLOVERRIDES="mscoree,mshtml=;winemenubuilder.exe=d"
export WINEPREFIX WINEDEBUG WINEDLLOVERRIDES
# The server of the prefix, and its services, stay for a minute: to start them takes longer than most programs run.
for server in wineserver64 /usr/lib/wine/wineserver64; do
    if command -v "$server" >/dev/null; then
        "$server" -p60 >/dev/null 2>&1 </dev/null || true
        break
    fi
done
for wine in wine64 /usr/lib/wine/wine64; do
    command -v "$wine" >/dev/null && exec "$wine" "$@"
done
echo "wine.sh: wine is missing: apt-get install wine64" >&2
exit 1
