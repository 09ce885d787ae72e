#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# usage: demo.sh BUILD_DIRECTORY [MEGABYTES]
# Moves a real file over loopback, from file_server to file_fetch, and compares SHA-256 sums: first over plain TCP, then
# over TLS with a certificate made on the spot.
set -euo pipefail
build=$1
megabytes=${2:-400}
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT

sum() {
    sha256sum <"$1" | cut -d' ' -f1
}

# transfer SERVER_OPTIONS FETCH_OPTIONS
transfer() {
    rm -f "$work/received" "$work/stdin" "$work/port"
    mkfifo "$work/stdin" "$work/port"
    # shellcheck disable=SC2086
    "$build/examples/file_server" $1 "$work/sent" <"$work/stdin" >"$work/port" &
    server=$!
    exec 3>"$work/stdin"
    read -r port <"$work/port"
    echo "Serving on port $port, fetching ..."
    # shellcheck disable=SC2086
    "$build/examples/file_fetch" $2 localhost "$port" "$work/received"

    # The server stops when its standard input ends.
    exec 3>&-
    wait "$server"
    server=

    local sent received
    sent=$(sum "$work/sent")
    received=$(sum "$work/received")
    echo "sent      $sent"
    echo "received  $received"
    [ "$sent" = "$received" ] || { echo "The sums differ." >&2; exit 1; }
    echo "The file arrived whole."
}

echo "Making a file of $megabytes MB ..."
head -c "$((megabytes * 1000000))" /dev/urandom >"$work/sent"

echo "Over TCP"
transfer "" ""

echo "Over TLS"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost -keyout "$work/key.pem" -out "$work/certificate.pem" 2>/dev/null
transfer "--tls $work/certificate.pem $work/key.pem" "--tls $work/certificate.pem"
