#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# usage: check.sh BUILD_DIRECTORY. Installs into a folder of its own and builds a user's project against that.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake --install "$1" --prefix "$work/prefix" >/dev/null
cmake -S "$here" -B "$work/build" -DCMAKE_PREFIX_PATH="$work/prefix" >/dev/null
cmake --build "$work/build" >/dev/null
for program in by_own_name by_drop_in_name; do
    [ "$("$work/build/$program")" = "1 loop" ] || { echo "$program does not run" >&2; exit 1; }
done

if command -v pkg-config >/dev/null; then
    export PKG_CONFIG_PATH
    PKG_CONFIG_PATH=$(dirname "$(find "$work/prefix" -name reseau.pc)")
    # The prefix is not the one that was configured.
    libs=$(pkg-config --cflags --libs reseau)
    # shellcheck disable=SC2086
    cc "$here/consumer.c" -o "$work/by_pkg_config" $libs
    LD_LIBRARY_PATH=$(find "$work/prefix" -name libreseau.so -printf '%h') "$work/by_pkg_config" >/dev/null
fi
echo "found by find_package(reseau), find_package(aws-c-io) and pkg-config"
