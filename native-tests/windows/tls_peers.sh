#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# usage: tls_peers.sh CLIENT... CERTIFICATES
# Runs the client of TLS, a command line, against servers of openssl on this system, and compares what it says.
set -euo pipefail
certificates=${*: -1}
client=("${@:1:$#-1}")
sh "$(dirname "$0")/../support/certificates.sh" "$certificates"
cd "$certificates"
work=$(mktemp -d)
servers=()
trap 'kill "${servers[@]}" 2>/dev/null; rm -rf "$work"' EXIT
failed=0

# serve OPTION...: a server of TLS 1.2 that sends back each line reversed; its port is in $port.
serve() {
    local log=$work/log.${#servers[@]}
    : >"$log"
    openssl s_server -accept 127.0.0.1:0 -rev -tls1_2 "$@" >"$log" 2>&1 &
    servers+=($!)
    port=
    until [ -n "$port" ]; do
        port=$(sed -n 's/^ACCEPT .*:\([0-9]*\)$/\1/p' "$log")
        kill -0 "${servers[-1]}" || {
            cat "$log" >&2
            exit 1
        }
    done
}

# expect WHAT TEXT ARGUMENT...: the client, with these arguments behind the port, says all of the text, line by line.
expect() {
    local what=$1 expected=$2 actual
    shift 2
    actual=$("${client[@]}" "$port" "$@" 2>/dev/null | tr -d '\r' | tr '\n' ' ')
    if [[ $actual == "$expected"* ]]; then
        echo "as expected: $what"
    else
        echo "FAILED: $what: expected '$expected', not '$actual'"
        failed=1
    fi
}

well="handshake: AWS_ERROR_SUCCESS protocol: "
rest="received: cba shutdown: AWS_ERROR_SUCCESS "
serve -cert server.crt -key server.key -alpn h2,http/1.1
expect "a server that is trusted" "$well $rest" localhost ca.crt
expect "a protocol" "${well}http/1.1 $rest" localhost ca.crt alpn http/1.1
expect "another name" "handshake: AWS_IO_TLS_HOST_NAME_MISMATCH" other.example ca.crt
expect "an address" "$well $rest" 127.0.0.1 ca.crt
expect "another authority" "handshake: AWS_IO_TLS_NO_ROOT_CERTIFICATE_FOUND" localhost other_ca.crt
expect "the server's own certificate" "handshake: AWS_IO_TLS_NO_ROOT_CERTIFICATE_FOUND" localhost self_signed.crt
expect "a list that it is not in" "connect: 0" localhost ca.crt crl revoked.crl
expect "a list of the past" "connect: -28" localhost ca.crt crl old.crl
expect "no list" "connect: -31" localhost ca.crt crl server.crt
serve -cert revoked.crt -key revoked.key
expect "a list that it is in" "connect: -28" localhost ca.crt crl revoked.crl
expect "an empty list" "connect: 0" localhost ca.crt crl empty.crl
serve -cert ec384.crt -key ec384.key
expect "a key on P-384" "$well $rest" localhost ca.crt
serve -cert expired.crt -key expired.key
expect "a certificate that has expired" "handshake: AWS_IO_TLS_CERTIFICATE_EXPIRED" localhost ca.crt
serve -cert future.crt -key future.key
expect "a certificate of tomorrow" "handshake: AWS_IO_TLS_CERTIFICATE_NOT_YET_VALID" localhost ca.crt
serve -cert self_signed.crt -key self_signed.key
expect "a certificate that nobody issued" "handshake: AWS_IO_TLS_UNKNOWN_ROOT_CERTIFICATE" localhost ca.crt
expect "the same, trusted" "$well $rest" localhost self_signed.crt
serve -cert common_name_only.crt -key common_name_only.key
expect "a common name" "handshake: AWS_IO_TLS_HOST_NAME_MISMATCH" localhost ca.crt

# Keys of RSA, for Wine's sake.
openssl pkcs12 -export -inkey server.key -in server.crt -passout pass:secret -out "$work/server.p12"
serve -cert server.crt -key server.key -Verify 2 -CAfile ca.crt
expect "no certificate of the client's" "handshake: AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE" localhost ca.crt
expect "a certificate of the client's" "$well $rest" localhost ca.crt certificate server.crt server.key
# Wine 8 reads a wrong private exponent from some keys in PKCS#12, which its own TLS then refuses.
expect "the same from PKCS#12" "handshake: AWS_" localhost ca.crt pkcs12 "$work/server.p12" secret
expect "a wrong password" "context: AWS_IO_TLS_CTX_ERROR" localhost ca.crt pkcs12 "$work/server.p12" other
expect "a key of another certificate" "context: AWS_IO_TLS_CTX_ERROR" localhost ca.crt certificate server.crt \
    expired.key
expect "a damaged trust store" "context: AWS_" localhost server.key
exit $failed
