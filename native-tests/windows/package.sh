#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# usage: package.sh BUILD_DIRECTORY. Installs into a folder of its own, builds a user's project against that, by both
# package names and by pkg-config's file, and runs it under Wine.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cross=$here/../../cmake/windows-cross
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake --install "$1" --prefix "$work/prefix" >/dev/null
cmake -S "$here/../package" -B "$work/build" -DCMAKE_TOOLCHAIN_FILE="$cross/toolchain.cmake" \
    -DCMAKE_PREFIX_PATH="$work/prefix" >/dev/null
cmake --build "$work/build" >/dev/null
# shellcheck disable=SC2046
x86_64-w64-mingw32-gcc-posix -specs="$work/build/ucrt.specs" -D_UCRT "$here/../package/consumer.c" \
    $(sed -n 's/^Cflags: //p; s/^Libs: //p' "$work/prefix/lib/pkgconfig/reseau.pc" |
        sed "s|\${includedir}|$work/prefix/include|; s|\${libdir}|$work/prefix/lib|" | sort -r) \
    -o "$work/build/by_pkg_config.exe"
cp "$work/prefix/bin/reseau.dll" "$work/build"
for program in by_own_name by_drop_in_name by_pkg_config; do
    [ "$("$cross/wine.sh" "$work/build/$program.exe" | tr -d '\r')" = "1 loop" ] || {
        echo "$program does not run" >&2
        exit 1
    }
done
echo "found by find_package(reseau), find_package(aws-c-io) and pkg-config's file"
