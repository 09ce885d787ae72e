#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# usage: run.sh                 builds the library for Windows, and installs it below build/windows-cross/install
#        run.sh test [NAME]     builds and runs the native tests under Wine, or the programs whose names match
set -euo pipefail
cd "$(dirname "$0")/../.."

build=build/windows-cross
[ -f $build/CMakeCache.txt ] || cmake --preset windows-cross -DCMAKE_INSTALL_PREFIX="$PWD/$build/install"
if [ $# -eq 0 ]; then
    cmake --build --preset windows-cross --target reseau_library
    exec cmake --install $build
fi
[ "$1" = test ] && [ $# -le 2 ] || { echo "usage: ./dev windows [test [NAME]]" >&2; exit 2; }

cmake --build $build --target help | sed -n 's/^\.\.\. \(.*_test\)$/\1/p' | grep -iE -- "${2:-.}" >$build/programs || {
    echo "./dev windows test: no program of native-tests/windows matches \"$2\"" >&2
    exit 1
}
if [ $# -eq 1 ]; then
    cmake --build --preset windows-cross
else
    # shellcheck disable=SC2046
    cmake --build --preset windows-cross --target $(cat $build/programs)
fi
# The first program that Wine runs makes its prefix, which takes longer than a test may.
cmake/windows-cross/wine.sh "$(readlink -f $build/lib/"$(head -n 1 $build/programs)".exe)" --gtest_list_tests >/dev/null
if [ $# -eq 1 ]; then
    exec ctest --preset windows-cross
fi
exec ctest --preset windows-cross -R "^($(paste -sd '|' $build/programs))\$"
