#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: compile.sh. Compiles for Microsoft's compiler, as far as Clang stands in for it, with mingw-w64's headers: the
# public headers, programs that take POSIX's names from them, and the library's half in C. Warns of conversions to 32 bits
# as well, as that compiler does where GCC and Clang do not.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../../..
target="--target=x86_64-pc-windows-msvc -idirafter $here -idirafter /usr/share/mingw-w64/include -D_UCRT"
HEADERS_CC=clang HEADERS_FLAGS=$target HEADERS_ALONE=never "$here/../headers_compile.sh"

# compile STANDARD FILE...
compile() {
    standard=$1
    shift
    # shellcheck disable=SC2086
    clang $target "-std=$standard" -fsyntax-only -Wall -Wextra -Wshorten-64-to-32 -Werror "-I$root/include" \
        "-I$root/native-tests" "$@"
}
compile c99 "$root"/native-tests/usocket/posix_names.c "$root"/native-tests/usocket/own_names.c
for source in "$root"/src/Shim/*.c "$root"/src/Shim/Windows/*.c; do
    case $source in
    */darwin_calls.c) ;;
    *)
        if grep -q '^#include <stdatomic.h>' "$source"; then
            echo "$source: Microsoft's compiler has no <stdatomic.h> without /experimental:c11atomics" >&2
            exit 1
        fi
        compile c11 "$source"
        ;;
    esac
done
echo "the headers and the library's half in C compile for Microsoft's compiler"
