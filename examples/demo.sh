#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# usage: demo.sh BUILD_DIRECTORY [MEGABYTES]
#        demo.sh --windows BUILD_DIRECTORY WINDOWS_BUILD_DIRECTORY [MEGABYTES]
# Moves a real file over loopback, from file_server to file_fetch, over plain TCP and over TLS with a certificate made on
# the spot: once to compare SHA-256 sums, once to measure. What is measured is the network, not the disk: the file that is
# sent has just been read, and what arrives is thrown away.
# With --windows: programs for Windows, which Wine runs, at both ends; by TLS the client is one, by the system's TLS, and
# the server is this system's, for Wine's TLS has no servers. If OpenSSL's DLLs are beside the programs, both ends again.
set -euo pipefail
windows=
wine=$(dirname "$0")/../cmake/windows-cross/wine.sh
if [ "$1" = --windows ]; then
    windows=$(readlink -f "$3")/lib
    set -- "$2" "${@:4}"
fi
build=$1
megabytes=${2:-400}
server=
file_server=("$build/examples/file_server")
file_fetch=("$build/examples/file_fetch")

# Both files lie in memory, if there is room.
folder=/dev/shm
free_kib=$(df --output=avail -k "$folder" 2>/dev/null | tail -n 1) || free_kib=0
[ "$free_kib" -gt "$((megabytes * 2500))" ] || folder=${TMPDIR:-/tmp}
work=$(mktemp -d "$folder/reseau-demo.XXXXXX")
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT

sum() {
    sha256sum <"$1" | cut -d' ' -f1
}

# fetch OUTPUT SERVER_OPTIONS FETCH_OPTIONS
fetch() {
    rm -f "$work/stdin" "$work/port"
    mkfifo "$work/stdin" "$work/port"
    # shellcheck disable=SC2086
    "${file_server[@]}" $2 "$work/sent" <"$work/stdin" >"$work/port" &
    server=$!
    exec 3>"$work/stdin"
    read -r port <"$work/port"
    # shellcheck disable=SC2086
    "${file_fetch[@]}" $3 localhost "${port%$'\r'}" "$1"

    # The server stops when its standard input ends.
    exec 3>&-
    wait "$server"
    server=
}

# transfer NAME SERVER_OPTIONS FETCH_OPTIONS
transfer() {
    echo "Over $1: to a file, and compared"
    fetch "$work/received" "$2" "$3"
    local sent received
    sent=$(sum "$work/sent")
    received=$(sum "$work/received")
    rm "$work/received"
    echo "sent      $sent"
    echo "received  $received"
    [ "$sent" = "$received" ] || { echo "The sums differ." >&2; exit 1; }
    echo "The file arrived whole."

    echo "Over $1: measured"
    fetch /dev/null "$2" "$3" 2>&1 | tee "$work/output"
    result+="$(printf '%-12s %s' "$1" "$(grep -o '[0-9.]* MB/s' "$work/output" | tail -n 1)")"$'\n'
}

echo "Making a file of $megabytes MB in $folder ..."
head -c "$((megabytes * 1000000))" /dev/urandom >"$work/sent"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost -keyout "$work/key.pem" -out "$work/certificate.pem" 2>/dev/null

result=
tls=(TLS "--tls $work/certificate.pem $work/key.pem" "--tls $work/certificate.pem")
if [ -z "$windows" ]; then
    transfer TCP "" ""
    transfer "${tls[@]}"
else
    of_system=("${file_server[@]}")
    file_server=("$wine" "$windows/file_server.exe")
    file_fetch=("$wine" "$windows/file_fetch.exe")
    transfer TCP "" ""
    if [ -x "${of_system[0]}" ]; then
        file_server=("${of_system[@]}")
        transfer "TLS, system" "${tls[@]:1}"
    fi
    if [ -e "$windows/libssl-3-x64.dll" ]; then
        export RESEAU_TLS_ENGINE=openssl
        file_server=("$wine" "$windows/file_server.exe")
        transfer "TLS, OpenSSL" "${tls[@]:1}"
    fi
fi
echo
echo "Loopback, file to nowhere, one loop at each end:"
printf '%s' "$result"
