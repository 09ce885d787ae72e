#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# usage: run.sh                 builds the library for Windows, and installs it below build/windows-cross/install
#        run.sh test [NAME]     builds and runs the native tests under Wine, or the programs whose names match
#        run.sh openssl         gets OpenSSL's DLLs, without which there are no tests of TLS by OpenSSL; test without a
#                               name does so by itself
#        run.sh build TARGET... builds these
#        run.sh bench LIBUV [ARGUMENT...]   builds libuv's source for Windows, below build, and benchmarks/windows with it
# Status of test: 0 all pass; 1 some do not, which are named again at the end with what they have said.
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
bench)
    [ -f "${2:-}/CMakeLists.txt" ] || {
        echo "./dev windows bench: the folder of libuv's source is missing (apt-get source libuv1)" >&2
        exit 2
    }
    libuv=$PWD/$build/libuv
    flags="-specs=$PWD/$build/ucrt.specs -D_UCRT -D_WIN32_WINNT=0x0A00"
    cmake -S "$2" -B "$libuv/build" -DCMAKE_SYSTEM_NAME=Windows -DCMAKE_C_COMPILER=x86_64-w64-mingw32-gcc-posix \
        -DCMAKE_RC_COMPILER=x86_64-w64-mingw32-windres -DCMAKE_C_FLAGS="$flags" -DCMAKE_BUILD_TYPE=Release \
        -DBUILD_TESTING=OFF -DLIBUV_BUILD_TESTS=OFF >/dev/null
    cmake --build "$libuv/build" --target uv_a -j2 >/dev/null 2>&1
    # The static library has one of two names, by libuv's version.
    mkdir -p "$libuv/lib"
    cp "$libuv"/build/libuv*.a "$libuv/lib/libuv.a"
    cp -r "$2/include" "$libuv"
    cmake --preset windows-cross -DRESEAU_BUILD_BENCHMARKS=ON -DRESEAU_BENCH_LIBUV="$libuv" >/dev/null
    cmake --build --preset windows-cross --target bench_reseau bench_libuv
    exec benchmarks/windows $build "${@:3}"
    ;;
openssl)
    cmake/windows-cross/openssl.sh $build/lib
    configure
    exit
    ;;
test) ;;
*)
    echo "usage: ./dev windows [test [NAME] | openssl | bench LIBUV]" >&2
    exit 2
    ;;
esac

say() {
    printf '\033[1m==> %s\033[0m\n' "$*"
}

# start PROGRAM: has Wine make its prefix, which takes longer than a test may, and start its services. A prefix that a run
# left half-made when it was stopped, or whose server hangs, is left alone, and another one is made.
start() {
    local wine=cmake/windows-cross/wine.sh program
    program=$(readlink -f "$1")
    timeout -k 10 240 $wine "$program" --gtest_list_tests >/dev/null 2>&1 </dev/null && return
    say "Wine did not start; once more, in a new prefix"
    RESEAU_WINEPREFIX=${XDG_CACHE_HOME:-$HOME/.cache}/reseau-wine-$$
    export RESEAU_WINEPREFIX
    timeout -k 10 240 $wine "$program" --gtest_list_tests >/dev/null </dev/null
}

# Of all tests those of TLS by OpenSSL are a part, if its DLLs can be had.
if [ $# -eq 1 ] && [ ! -f $build/lib/libssl-3-x64.dll ]; then
    if timeout -k 10 300 cmake/windows-cross/openssl.sh $build/lib; then
        configure
    else
        say "OpenSSL's DLLs are not to be had: tests that need them are left out"
    fi
fi

cmake --build $build --target help | sed -n 's/^\.\.\. \(.*_test\)$/\1/p' | grep -iE -- "${2:-.}" >$build/programs || {
    echo "./dev windows test: no program of native-tests/windows matches \"$2\"" >&2
    exit 1
}
say "Building for Windows"
if [ $# -eq 1 ]; then
    cmake --build --preset windows-cross
else
    # shellcheck disable=SC2046
    cmake --build --preset windows-cross --target $(cat $build/programs)
fi
start $build/lib/"$(head -n 1 $build/programs)".exe

say "Tests under Wine"
only=()
[ $# -eq 1 ] || only=(-R "^($(paste -sd '|' $build/programs))(\\.|\$)")
rm -f $build/tests.xml
# The limit of each program is the preset's. That of all of them is for a ctest that would itself wait for ever.
status=0
timeout -k 60 "${RESEAU_WINDOWS_TEST_SECONDS:-2400}" \
    ctest --preset windows-cross --output-junit "$PWD/$build/tests.xml" "${only[@]}" </dev/null || status=$?

# When Wine's server ends, whatever the reason, programs begin and end at once, without an error.
while read -r program; do
    compgen -G "$build/results/$program.*json" >/dev/null || {
        echo "$program has left no results: it has not run to its end"
        status=1
    }
done <$build/programs
[ $status -ne 0 ] || exit 0
say "FAILED: tests under Wine (status $status)"
if [ -f $build/tests.xml ]; then
    python3 native-tests/print_failures.py $build/tests.xml
else
    echo "They did not end within the time for all of them; the last that began stands above." >&2
fi
exit 1
