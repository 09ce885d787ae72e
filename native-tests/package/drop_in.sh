#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# usage: drop_in.sh BUILD_DIRECTORY. Runs the commands of docs/drop-in.md: those behind a line "<!-- run: ... -->", one
# after another in one folder, with a program and a stand-in for aws-c-io of our own. Each must say that libreseau
# answered it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
document=$here/../../docs/drop-in.md
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PREFIX=$work/prefix LD_LIBRARY_PATH=${LD_LIBRARY_PATH:-}
cmake --install "$1" --prefix "$PREFIX" >/dev/null

mkdir "$work/here" "$work/here/project" "$work/original"
cd "$work/here"
cp "$here/drop_in_program.c" project/program.c
cat >project/CMakeLists.txt <<'CMAKE'
cmake_minimum_required(VERSION 3.20)
project(drop_in LANGUAGES C)
find_package(aws-c-common REQUIRED)
find_package(aws-c-io REQUIRED)
add_executable(program program.c)
target_link_libraries(program PRIVATE AWS::aws-c-io AWS::aws-c-common)
CMAKE

# What was compiled before: against another library, which has the original's name and says so.
cc -shared -fPIC "$here/drop_in_stand_in.c" -o "$work/original/libaws-c-io.so.1.0.0" -Wl,-soname,libaws-c-io.so.1.0.0
cc -I"$PREFIX/include" project/program.c -o compiled "$work/original/libaws-c-io.so.1.0.0" \
    -Wl,-rpath,"$work/original" -Wl,--enable-new-dtags
[ "$(./compiled)" = "the stand-in answers" ] || { echo "the stand-in does not work" >&2; exit 1; }

# block NAME: the commands behind its mark.
block() {
    awk -v mark="<!-- run: $1 -->" '$0 == mark { found = 1; next }
        found && /^```sh$/ { inside = 1; next }
        inside && /^```$/ { exit }
        inside { print }' "$document"
}

count=0
while read -r name; do
    commands=$(block "$name")
    [ -n "$commands" ] || { echo "no commands for: $name" >&2; exit 1; }
    output=$(bash -euc "$commands" 2>&1) || { printf 'failed: %s\n%s\n' "$name" "$output" >&2; exit 1; }
    case $output in
    *"libreseau answers"*) ;;
    *"binding file"*libreseau*) ;; # what the dynamic linker says of its bindings
    *) printf 'libreseau did not answer: %s\n%s\n' "$name" "$output" >&2; exit 1 ;;
    esac
    count=$((count + 1))
done < <(sed -n 's/^<!-- run: \(.*\) -->$/\1/p' "$document")

[ "$count" -eq 5 ] || { echo "$count blocks of commands were run, not 5" >&2; exit 1; }
echo "$count blocks of commands run"
