#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# usage: demo.sh BUILD_DIRECTORY [MEGABYTES]
# Moves a real file over loopback, from file_server to file_fetch, and compares SHA-256 sums.
set -euo pipefail
build=$1
megabytes=${2:-400}
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT

echo "Making a file of $megabytes MB ..."
head -c "$((megabytes * 1000000))" /dev/urandom >"$work/sent"

mkfifo "$work/stdin" "$work/port"
"$build/examples/file_server" "$work/sent" <"$work/stdin" >"$work/port" &
server=$!
exec 3>"$work/stdin"
read -r port <"$work/port"

echo "Serving on port $port, fetching ..."
"$build/examples/file_fetch" 127.0.0.1 "$port" "$work/received"

# The server stops when its standard input ends.
exec 3>&-
wait "$server"
server=

sum() {
    sha256sum <"$1" | cut -d' ' -f1
}
sent=$(sum "$work/sent")
received=$(sum "$work/received")
echo "sent      $sent"
echo "received  $received"
[ "$sent" = "$received" ] || { echo "The sums differ." >&2; exit 1; }
echo "The file arrived whole."
