#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: wine.sh PROGRAM [ARGUMENT...]. Runs a program for Windows in a Wine prefix of the project's own. It is not in
# the tree: a prefix has a link to the root of the file system, and tools that walk through the tree would follow it.
set -eu
WINEPREFIX=${RESEAU_WINEPREFIX:-${XDG_CACHE_HOME:-$HOME/.cache}/reseau-wine}
mkdir -p "$WINEPREFIX"
WINEDEBUG=${WINEDEBUG:--all}
# No window asks for Gecko.
WINEDLLOVERRIDES="mshtml=;winemenubuilder.exe=d"
export WINEPREFIX WINEDEBUG WINEDLLOVERRIDES

# find NAME: where a program of Wine's is.
find() {
    command -v "$1" || command -v "/usr/lib/wine/$1" || {
        echo "wine.sh: $1 is missing: apt-get install wine64" >&2
        return 1
    }
}
wine=$(find wine64)
server=$(find wineserver64)

# The server of the prefix, and its services, stay for a minute: to start them takes longer than most programs run. The
# services have the standard error of the program that starts them, for as long as they live: whoever waits for the end
# of that would wait for them. So they are started by a program of their own.
if ! "$server" -k0 >/dev/null 2>&1; then
    "$server" -p60 >/dev/null 2>&1 </dev/null || true
    # No window asks for Mono when the prefix is made. Later .NET's own assemblies need mscoree.
    WINEDLLOVERRIDES="mscoree=;$WINEDLLOVERRIDES" "$wine" wineboot --init >/dev/null 2>&1 </dev/null || true
fi
exec "$wine" "$@"
