#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# usage: openssl.sh FOLDER
# Builds the libraries of OpenSSL for Windows in a folder, from Debian's source package: FOLDER/bin/libssl-3-x64.dll and
# FOLDER/bin/libcrypto-3-x64.dll. For tests of the engine of OpenSSL there; it takes ten minutes or so, once.
set -euo pipefail
mkdir -p "$1"
cd "$1"
[ ! -f bin/libssl-3-x64.dll ] || exit 0

# Debian's sources by a list of their own: that of the system stays as it is.
mkdir -p apt/parts apt/lists/partial
for file in /etc/apt/sources.list /etc/apt/sources.list.d/*; do
    if grep -qs debian-archive-keyring "$file"; then
        sed -e 's/^deb /deb-src /' -e 's/^Types:.*/Types: deb-src/' "$file" >"apt/parts/$(basename "$file")"
    fi
done
options=(-o "Dir::Etc::SourceList=/dev/null" -o "Dir::Etc::SourceParts=$PWD/apt/parts" -o "Dir::State::Lists=$PWD/apt/lists"
    -o APT::Sandbox::User=root)
apt-get "${options[@]}" update -qq
rm -rf openssl-*/
apt-get "${options[@]}" source -qq openssl >/dev/null
cd openssl-*/
./Configure mingw64 --cross-compile-prefix=x86_64-w64-mingw32- --prefix="C:/OpenSSL" --openssldir="C:/OpenSSL" \
    shared no-tests no-engine no-ssl3 no-comp >/dev/null
make -s -j"${JOBS:-2}" build_libs >/dev/null
mkdir -p ../bin
cp libcrypto-3-x64.dll libssl-3-x64.dll ../bin
cd ..
rm -rf openssl-*/
