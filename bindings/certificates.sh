#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What the bindings' tests of TLS need, in a folder: certificates.sh FOLDER. An authority (ca); certificates of localhost
# (server, revoked, must_staple) and of others (other); a list of revoked ones and one of none; OCSP responses.
set -eu
mkdir -p "$1"
cd "$1"
ec='ec -pkeyopt ec_paramgen_curve:P-256'
local='DNS:localhost,IP:127.0.0.1'

# issue NAME SUBJECT NAMES...: a certificate for a new key.
issue() {
    name=$1 subject=$2 names=$3
    shift 3
    openssl req -x509 -CA ca.crt -CAkey ca.key -newkey $ec -nodes -keyout "$name.key" -out "$name.crt" -days 30 \
        -subj "$subject" -addext basicConstraints=CA:FALSE -addext "subjectAltName=$names" "$@"
}

{
    openssl req -x509 -newkey $ec -nodes -keyout ca.key -out ca.crt -days 30 -subj /CN=root \
        -addext basicConstraints=critical,CA:TRUE -addext keyUsage=keyCertSign,cRLSign
    issue server /CN=localhost "$local"
    issue other /CN=other.example DNS:other.example
    issue must_staple /CN=localhost "$local" -addext tlsfeature=status_request

    # What the authority says of one, before it revokes it and after that.
    printf '[ca]\ndefault_ca=d\n[d]\ndatabase=index\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\npolicy=p\n' > ca.cnf
    printf 'default_days=30\nx509_extensions=x\n[p]\ncommonName=supplied\n[x]\nsubjectAltName=%s\n' "$local" >> ca.cnf
    : > index
    echo 1000 > serial
    openssl req -newkey $ec -nodes -keyout revoked.key -out revoked.csr -subj /CN=localhost
    openssl ca -batch -notext -config ca.cnf -cert ca.crt -keyfile ca.key -in revoked.csr -out revoked.crt
    openssl ocsp -issuer ca.crt -cert revoked.crt -no_nonce -reqout ocsp.req
    answer() {
        openssl ocsp -index index -rsigner ca.crt -rkey ca.key -CA ca.crt -reqin ocsp.req -respout "$1" -ndays 30
    }
    list() {
        openssl ca -config ca.cnf -cert ca.crt -keyfile ca.key -gencrl -out "$1" -crldays 30
    }
    answer good.ocsp
    list empty.crl
    openssl ca -config ca.cnf -cert ca.crt -keyfile ca.key -revoke revoked.crt
    answer revoked.ocsp
    list revoked.crl
} > log 2>&1
