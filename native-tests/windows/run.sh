#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# usage: run.sh                 builds the library for Windows, and installs it below build/windows-cross/install
#        run.sh test [NAME]     builds and runs the native tests under Wine, or the programs whose names match
#        run.sh openssl         gets OpenSSL's DLLs for the tests of TLS by OpenSSL, which are among those from then on
#        run.sh build TARGET... builds these
set -euo pipefail
cd "$(dirname "$0")/../.."

build=build/windows-cross
configure() {
    cmake --preset windows-cross -DCMAKE_INSTALL_PREFIX="$PWD/$build/install" >/dev/null
}
[ -f $build/CMakeCache.txt ] || configure
case "${1:-}" in
'')
    cmake --build --preset windows-cross --target reseau_library
    exec cmake --install $build
    ;;
build)
    exec cmake --build --preset windows-cross --target "${@:2}"
    ;;
openssl)
    cmake/windows-cross/openssl.sh $build/lib
    configure
    exit
    ;;
test) ;;
*)
    echo "usage: ./dev windows [test [NAME] | openssl]" >&2
    exit 2
    ;;
esac

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
exec ctest --preset windows-cross -R "^($(paste -sd '|' $build/programs))(\\.|\$)"
