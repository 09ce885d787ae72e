#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# usage: client.sh CLIENT ECHO_SERVER: the README's client gets its text back; without a server it says why not.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkfifo "$work/end"
"$2" <"$work/end" >"$work/port" &
exec 3>"$work/end"
until [ -s "$work/port" ]; do sleep 0.02; done
port=$(cat "$work/port")
answer=$("$1" "$port" "hello there")
[ "$answer" = "hello there" ] || { echo "answer: $answer" >&2; exit 1; }
exec 3>&-
wait $!
refused=$("$1" "$port" "hello there" 2>&1)
case "$refused" in *AWS_IO_SOCKET_CONNECTION_REFUSED*) ;; *) echo "without a server: $refused" >&2; exit 1 ;; esac
