#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Compiles the public headers in every language standard that the project promises, with each compiler present: each
# header alone in the oldest standard of each language, all together in the others, which costs a fifth.
#
#   headers_compile.sh [HEADER...]     headers relative to include/, such as aws/common/math.h; default: all
#
#   HEADERS_ALONE=every                each alone in every standard
#   HEADERS_ALONE=never                all together in the oldest standard of each language, and nothing else
#   HEADERS_CC="gcc clang-14"          C compilers (default: those of gcc, clang and clang-14 that are installed)
#   HEADERS_FLAGS="--target=..."       flags for each compiler, for another system
#   HEADERS_JOBS=2                     how many compilers run at once (default: the number of processors)
#
# Prints the command and the compiler's messages for each combination that fails, then one line that sums up.
# Exit status: 0 all compile, 1 some do not, 2 nothing was checked.

set -u

root=$(cd "$(dirname "$0")/../.." && pwd) || exit 2

# The worker: headers_compile.sh --one FOLDER ALONE|TOGETHER COMPILER LANGUAGE STANDARD DEFINE
# One command compiles all files of a folder, which costs far less than one command per header.
if [ "${1:-}" = --one ]; then
    folder=$2/$3 compiler=$4 language=$5 standard=$6 define=$7
    failed=0
    # compile_all FILES FLAGS...
    compile_all() {
        files=$1
        shift
        # shellcheck disable=SC2086
        set -- "$compiler" ${HEADERS_FLAGS:-} -x "$language" "$define" -Wall -Wextra -Werror "-I$root/include" \
            -fsyntax-only "$@"
        # Nothing to do if the pattern matches no file.
        ls $files >/dev/null 2>&1 || return 0
        messages=$("$@" $files 2>&1) && return 0
        printf 'FAILED %s\n%s\n' "$*" "$messages"
        failed=1
    }
    compile_all "$folder/iso/*.source" "-std=$standard" -Wpedantic
    # The test harness calls macros without their variable arguments, which is a GNU extension before C23 and C++20.
    compile_all "$folder/gnu/*.source" "-std=$(echo "$standard" | sed 's/^c/gnu/')"
    exit $failed
fi

# One source file per header. ISO C requires a declaration in each, and some headers have macros only.
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/alone/iso" "$folder/alone/gnu" "$folder/together/iso" "$folder/together/gnu"
cd "$root/include" || exit 2
if [ $# -eq 0 ]; then
    # libsock's stand on headers of POSIX.
    case "${HEADERS_CC:-} ${HEADERS_FLAGS:-}" in
    *mingw* | *windows*) posix='^reseau/compat/(libsock|sock)\.h$' ;;
    *) posix='^$' ;;
    esac
    find . -name '*.h' -type f | sed 's|^\./||' | grep -vE "$posix" | sort >"$folder/headers"
else
    printf '%s\n' "$@" >"$folder/headers"
fi
while read -r header; do
    case $header in
    aws/testing/*) group=gnu ;;
    *) group=iso ;;
    esac
    printf '#include <%s>\nextern int header_is_alone;\n' "$header" >"$folder/alone/$group/$(echo "$header" | tr / _).source"
done <"$folder/headers"
for group in iso gnu; do
    ls "$folder/alone/$group"/*.source >/dev/null 2>&1 || continue
    cat "$folder/alone/$group"/*.source >"$folder/together/$group/all.source"
done

# "clang" and "clang-14" are often the same program.
compilers=${HEADERS_CC:-}
if [ -z "$compilers" ]; then
    known=
    for candidate in gcc clang clang-14; do
        path=$(command -v "$candidate") || continue
        path=$(readlink -f "$path")
        case " $known " in *" $path "*) continue ;; esac
        known="$known $path"
        compilers="$compilers $candidate"
    done
fi

# What a header includes depends neither on the standard nor on DEBUG_BUILD and NDEBUG, and these two do not depend on
# the standard: the oldest of each language is enough.
others=together
[ "${HEADERS_ALONE:-}" = every ] && others=alone
oldest=alone
[ "${HEADERS_ALONE:-}" = never ] && oldest=together
for compiler in $compilers; do
    echo "$oldest $compiler c c99 -DPLAIN_BUILD"
    echo "$oldest $compiler c++ c++11 -DPLAIN_BUILD"
    [ $oldest = alone ] || continue
    for standard in c11 c17; do
        echo "$others $compiler c $standard -DPLAIN_BUILD"
    done
    for standard in c++14 c++17 c++20; do
        echo "$others $compiler c++ $standard -DPLAIN_BUILD"
    done
    for define in -DDEBUG_BUILD -DNDEBUG; do
        echo "$others $compiler c c99 $define"
        echo "$others $compiler c++ c++11 $define"
    done
done >"$folder/combinations"

headers=$(wc -l <"$folder/headers")
combinations=$(wc -l <"$folder/combinations")
if [ "$headers" -eq 0 ] || [ "$combinations" -eq 0 ]; then
    echo "headers_compile: no header or no compiler found" >&2
    exit 2
fi

if xargs -P "${HEADERS_JOBS:-$(nproc)}" -L 1 sh "$root/native-tests/abi/headers_compile.sh" --one "$folder" \
    <"$folder/combinations"; then
    echo "headers_compile: $headers headers, $combinations combinations, compilers:$compilers: all compile"
else
    echo "headers_compile: some of $headers headers in $combinations combinations do not compile" >&2
    exit 1
fi
