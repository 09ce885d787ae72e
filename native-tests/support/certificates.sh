#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes the certificates and keys of the TLS tests in a directory, unless they are there: certificates.sh DIRECTORY
set -eu
script=$(realpath "$0")
mkdir -p "$1"
cd "$1"
[ -f complete ] && [ complete -nt "$script" ] && exit 0
rm -rf ./*

# has_short_signature CERTIFICATE: whether a number of its signature on P-256 has a byte of zero in front. Wine 8 takes such
# a signature, one of 128, for a wrong one.
has_short_signature() {
    bits=$(openssl asn1parse -in "$1" | sed -n '$s/^ *\([0-9]*\):.*/\1/p')
    openssl x509 -in "$1" -noout -text | grep -q 'Signature Algorithm: ecdsa-with-SHA256' &&
        openssl asn1parse -in "$1" -strparse "$bits" | grep -qE 'INTEGER +:[0-9A-F]{1,62}$'
}

# root NAME KEY...: a certification authority of its own.
root() {
    name=$1
    shift
    openssl req -x509 -newkey "$@" -nodes -keyout "$name.key" -out "$name.crt" -days 7300 \
        -subj "/CN=Test root $name" -addext basicConstraints=critical,CA:TRUE -addext keyUsage=keyCertSign,cRLSign
}

# middle NAME ISSUER KEY...: an intermediate authority.
middle() {
    name=$1 issuer=$2
    shift 2
    while :; do
        openssl req -x509 -CA "$issuer.crt" -CAkey "$issuer.key" -newkey "$@" -nodes -keyout "$name.key" \
            -out "$name.crt" -days 7300 -subj "/CN=Test $name" -addext basicConstraints=critical,CA:TRUE
        has_short_signature "$name.crt" || break
    done
}

# issue NAME ISSUER SUBJECT NAMES KEY...: a certificate for a new key.
issue() {
    name=$1 issuer=$2 subject=$3 names=$4
    shift 4
    while :; do
        openssl req -x509 -CA "$issuer.crt" -CAkey "$issuer.key" -newkey "$@" -nodes -keyout "$name.key" \
            -out "$name.crt" -days 7300 -subj "$subject" -addext basicConstraints=CA:FALSE \
            ${names:+-addext "subjectAltName=$names"}
        has_short_signature "$name.crt" || break
    done
}

ec='ec -pkeyopt ec_paramgen_curve:P-256'
local='DNS:localhost,DNS:*.wild.example,IP:127.0.0.1,IP:::1'
{
    root ca $ec
    root other_ca $ec
    issue server ca /CN=localhost "$local" rsa:2048
    issue ec256 ca /CN=localhost "$local" $ec
    issue ec384 ca /CN=localhost "$local" ec -pkeyopt ec_paramgen_curve:P-384
    issue ec521 ca /CN=localhost "$local" ec -pkeyopt ec_paramgen_curve:P-521
    issue pss ca /CN=localhost "$local" rsa-pss -pkeyopt rsa_keygen_bits:2048
    issue ed25519 ca /CN=localhost "$local" ed25519
    issue for_servers ca /CN=localhost "$local" $ec -addext extendedKeyUsage=serverAuth
    issue rsa4096 ca /CN=localhost "$local" rsa:4096 -sha512
    # Five primes are found sooner than two of the same product.
    issue rsa8192 ca /CN=localhost "$local" rsa:8192 -pkeyopt rsa_keygen_primes:5
    issue extended_validation ca "/jurisdictionC=DE/businessCategory=Private Organization/serialNumber=1/O=Test/CN=localhost" \
        "$local" rsa:2048 -addext certificatePolicies=2.23.140.1.1
    issue sha384 ca /CN=localhost "$local" $ec -sha384
    issue short_key ca /CN=localhost "$local" rsa:768
    issue sha1 ca /CN=localhost "$local" rsa:2048 -sha1
    issue wrong_host ca /CN=elsewhere.example DNS:elsewhere.example $ec
    issue no_subject ca / DNS:elsewhere.example $ec
    issue no_common_name ca /O=Nameless DNS:elsewhere.example $ec
    issue untrusted other_ca /CN=localhost "$local" $ec

    # Names of every kind, and those that look like one.
    issue names ca /CN=common.example "$local,DNS:*.example.com,DNS:xn--bcher-kva.example,IP:fe80::1,DNS:*.com,DNS:*,\
DNS:f*.part.example,DNS:*.*.stars.example,DNS:127.0.0.9,DNS:.leading.example,email:a@mail.example,URI:https://uri.example/" $ec
    issue deep ca /CN=deep DNS:a.b.evil.example.com $ec
    issue address_only ca /CN=localhost IP:127.0.0.1 $ec
    issue mail_only ca /CN=localhost email:a@localhost $ec
    issue common_name_only ca /CN=localhost '' $ec
    issue nul ca /CN=localhost DER:30:19:82:17:6c:6f:63:61:6c:68:6f:73:74:00:2e:65:76:69:6c:2e:65:78:61:6d:70:6c:65 $ec

    # An authority for some names, and a common name that is none of these.
    middle constrained ca $ec -addext 'nameConstraints=critical,permitted;DNS:example.com'
    issue inside constrained /CN=outside.example DNS:www.example.com,IP:127.0.0.1 $ec
    issue inside_address constrained /CN=outside.example IP:127.0.0.1 $ec
    issue outside constrained /CN=www.example.com DNS:localhost $ec
    for name in inside inside_address outside; do
        cat $name.crt constrained.crt > ${name}_chain.crt
    done
    issue client ca /CN=client '' $ec
    issue untrusted_client other_ca /CN=client '' $ec
    openssl req -x509 -newkey $ec -nodes -keyout self_signed.key -out self_signed.crt -days 7300 \
        -subj /CN=localhost -addext "subjectAltName=$local"

    # A chain by way of an intermediate authority.
    middle middle ca $ec
    issue leaf middle /CN=localhost "$local" $ec
    cat leaf.crt middle.crt > chain.crt

    # A chain by way of five.
    above=ca
    for i in 1 2 3 4 5; do
        middle "middle$i" "$above" $ec
        above=middle$i
    done
    issue long_leaf middle5 /CN=localhost "$local" $ec
    cat long_leaf.crt middle5.crt middle4.crt middle3.crt middle2.crt middle1.crt > long_chain.crt

    # Chains of one kind of key, and of its digest.
    chain() {
        kind=$1
        shift
        root "${kind}_root" "$@"
        middle "${kind}_middle" "${kind}_root" "$@"
        issue "${kind}_leaf" "${kind}_middle" /CN=localhost "$local" "$@"
        cat "${kind}_leaf.crt" "${kind}_middle.crt" > "${kind}_chain.crt"
    }
    chain rsa rsa:2048
    issue md5 rsa_root /CN=localhost "$local" rsa:2048 -md5
    chain p384 ec -pkeyopt ec_paramgen_curve:P-384 -sha384

    # Weak groups for key agreement, and one that was good enough for long.
    for bits in 512 1024 2048; do
        openssl dhparam -dsaparam -out "dh$bits.pem" "$bits"
    done

    # Times of choice are a matter of "openssl ca".
    printf '[ca]\ndefault_ca=d\n[d]\ndatabase=index\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\npolicy=p\n' > ca.cnf
    printf 'x509_extensions=x\n[p]\ncommonName=supplied\n[x]\nsubjectAltName=%s\n' "$local" >> ca.cnf
    printf '[middle]\nbasicConstraints=critical,CA:TRUE\n' >> ca.cnf
    : > index
    echo 1000 > serial
    timed() {
        name=$1 from=$2 until=$3
        shift 3
        openssl req -newkey $ec -nodes -keyout "$name.key" -out "$name.csr" -subj "/CN=localhost"
        while :; do
            : > index
            openssl ca -batch -notext -config ca.cnf -cert ca.crt -keyfile ca.key -in "$name.csr" -out "$name.crt" \
                -startdate "$from" -enddate "$until" "$@"
            has_short_signature "$name.crt" || break
        done
    }
    timed expired 20200101000000Z 20210101000000Z
    : > index
    timed future 20450101000000Z 20460101000000Z
    : > index
    timed until_2040 20200101000000Z 20400101000000Z
    : > index
    timed middle_until_2040 20200101000000Z 20400101000000Z -extensions middle
    issue outlives_middle middle_until_2040 /CN=localhost "$local" $ec
    cat outlives_middle.crt middle_until_2040.crt > outlives_middle_chain.crt

    # What the authority says about the revocation of a certificate.
    : > index
    timed revoked 20200101000000Z 20450101000000Z
    openssl ocsp -issuer ca.crt -cert revoked.crt -no_nonce -reqout ocsp.req
    answer() {
        openssl ocsp -index index -rsigner ca.crt -rkey ca.key -CA ca.crt -reqin ocsp.req -respout "$1" -ndays "$2"
    }
    answer good.ocsp 7300
    answer ten_years.ocsp 3650
    list() {
        openssl ca -config ca.cnf -cert ca.crt -keyfile ca.key -gencrl -out "$@"
    }
    list empty.crl -crldays 7300
    openssl ca -config ca.cnf -cert ca.crt -keyfile ca.key -revoke revoked.crt
    answer revoked.ocsp 7300
    list revoked.crl -crldays 7300
    list old.crl -crl_lastupdate 20200101000000Z -crl_nextupdate 20210101000000Z
    issue must_staple ca /CN=localhost "$local" $ec -addext tlsfeature=status_request

    # The same of one that an intermediate authority has issued.
    openssl ocsp -issuer middle.crt -cert leaf.crt -no_nonce -reqout ocsp.req
    serial=$(openssl x509 -in leaf.crt -noout -serial)
    for state in good revoked; do
        [ $state = good ] && line='V\t450101000000Z\t' || line='R\t450101000000Z\t200102000000Z'
        printf "$line\t%s\tunknown\t/CN=localhost\n" "${serial#serial=}" > index
        openssl ocsp -index index -rsigner middle.crt -rkey middle.key -CA middle.crt -reqin ocsp.req \
            -respout "leaf_$state.ocsp" -ndays 7300
    done
    openssl ocsp -index index -rsigner other_ca.crt -rkey other_ca.key -CA middle.crt -reqin ocsp.req \
        -respout leaf_forged.ocsp -ndays 7300

    # And of a certificate without an issuer.
    openssl ocsp -issuer self_signed.crt -cert self_signed.crt -no_nonce -reqout ocsp.req
    serial=$(openssl x509 -in self_signed.crt -noout -serial)
    printf 'V\t450101000000Z\t\t%s\tunknown\t/CN=localhost\n' "${serial#serial=}" > index
    openssl ocsp -index index -rsigner self_signed.crt -rkey self_signed.key -CA self_signed.crt -reqin ocsp.req \
        -respout self_signed.ocsp -ndays 7300

    # The same key in other forms.
    openssl rsa -in server.key -traditional -out server.pkcs1
    openssl ec -in ec256.key -out ec256.sec1
    openssl pkcs8 -topk8 -in server.key -passout pass:secret -out server.encrypted
    openssl pkcs12 -export -inkey leaf.key -in leaf.crt -certfile middle.crt -passout pass:secret -out leaf.p12
    openssl rsa -in server.key -traditional -aes128 -passout pass:secret -out server.encrypted.pkcs1
    openssl x509 -in ca.crt -trustout -addtrust serverAuth -out ca.trusted
    # What older tools write; an OpenSSL may lack the algorithms.
    for cipher in PBE-SHA1-RC2-40 PBE-SHA1-3DES; do
        openssl pkcs12 -export -legacy -certpbe $cipher -keypbe $cipher -inkey leaf.key -in leaf.crt -certfile middle.crt \
            -passout pass:secret -out leaf.$cipher.p12 || rm -f leaf.$cipher.p12
    done
    openssl dsaparam -genkey -noout -out dsa.pkcs8 1024
    openssl pkey -in dsa.pkcs8 -traditional -out dsa.key
    openssl pkey -in dsa.pkcs8 -pubout | sed 's/PUBLIC/DSA PUBLIC/' > dsa.pub

    # The bytes inside the texts, as another reader takes them out.
    for name in leaf middle server; do
        openssl x509 -in $name.crt -outform DER -out $name.crt.der
    done
    openssl rsa -in server.pkcs1 -traditional -outform DER -out server.pkcs1.der
    openssl pkey -in dsa.pkcs8 -traditional -outform DER -out dsa.key.der
    openssl pkey -in dsa.pkcs8 -pubout -outform DER -out dsa.pub.der
    mkdir trusted
    cp ca.crt "trusted/$(openssl x509 -in ca.crt -noout -hash).0"
} > log 2>&1
touch complete
