#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Compiles each public header alone, in every language standard that the project promises, with each compiler present.
#
#   headers_compile.sh [HEADER...]     headers relative to include/, such as aws/common/math.h; default: all
#
#   HEADERS_CC="gcc clang-14"          C compilers (default: those of gcc, clang and clang-14 that are installed)
#   HEADERS_JOBS=2                     how many compilers run at once
#
# Prints the command and the compiler's messages for each combination that fails, then one line that sums up.
# Exit status: 0 all compile, 1 some do not, 2 nothing was checked.

set -u

root=$(cd "$(dirname "$0")/../.." && pwd) || exit 2

# The worker: headers_compile.sh --one FOLDER COMPILER LANGUAGE STANDARD DEFINE
# One command compiles all files of a folder, which costs far less than one command per header.
if [ "${1:-}" = --one ]; then
    folder=$2 compiler=$3 language=$4 standard=$5 define=$6
    failed=0
    # compile_all FILES FLAGS...
    compile_all() {
        files=$1
        shift
        set -- "$compiler" -x "$language" "$define" -Wall -Wextra -Werror "-I$root/include" -fsyntax-only "$@"
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

# One source file per header. ISO C wants a declaration in each, and some headers have macros only.
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/iso" "$folder/gnu"
cd "$root/include" || exit 2
if [ $# -eq 0 ]; then
    find . -name '*.h' -type f | sed 's|^\./||' | sort >"$folder/headers"
else
    printf '%s\n' "$@" >"$folder/headers"
fi
while read -r header; do
    case $header in
    aws/testing/*) group=gnu ;;
    *) group=iso ;;
    esac
    printf '#include <%s>\nextern int header_is_alone;\n' "$header" >"$folder/$group/$(echo "$header" | tr / _).source"
done <"$folder/headers"

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

# Every standard is tried plain. What DEBUG_BUILD and NDEBUG switch does not depend on the standard, so the oldest of each
# language is enough for them.
for compiler in $compilers; do
    for standard in c99 c11 c17; do
        echo "$compiler c $standard -DPLAIN_BUILD"
    done
    for standard in c++11 c++14 c++17 c++20; do
        echo "$compiler c++ $standard -DPLAIN_BUILD"
    done
    for define in -DDEBUG_BUILD -DNDEBUG; do
        echo "$compiler c c99 $define"
        echo "$compiler c++ c++11 $define"
    done
done >"$folder/combinations"

headers=$(wc -l <"$folder/headers")
combinations=$(wc -l <"$folder/combinations")
if [ "$headers" -eq 0 ] || [ "$combinations" -eq 0 ]; then
    echo "headers_compile: no header or no compiler found" >&2
    exit 2
fi

if xargs -P "${HEADERS_JOBS:-2}" -L 1 sh "$root/native-tests/abi/headers_compile.sh" --one "$folder" \
    <"$folder/combinations"; then
    echo "headers_compile: $headers headers, $combinations combinations, compilers:$compilers: all compile"
else
    echo "headers_compile: some of $headers headers in $combinations combinations do not compile" >&2
    exit 1
fi
