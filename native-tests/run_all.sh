#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Everything that must hold: format, managed tests, headers, ABI, native tests. Called by `./dev test`.
# What needs no native program runs beside the native build; nothing runs beside the native tests, which measure time.
set -euo pipefail
cd "$(dirname "$0")/.."

logs=$(mktemp -d)
declare -A running=()
failed=()

say() {
    printf '\033[1m==> %s\033[0m\n' "$*"
}

stop() {
    for name in "${!running[@]}"; do
        kill "${running[$name]}" 2>/dev/null || true
    done
    rm -rf "$logs"
}
trap stop EXIT

# beside NAME COMMAND...
beside() {
    local name=$1
    shift
    say "$name: begins beside the build"
    {
        "$@" >"$logs/$name" 2>&1 &
        trap "kill $! 2>/dev/null" TERM
        status=0
        wait $! || status=$?
        echo "$status" >"$logs/$name.status"
    } &
    running[$name]=$!
}

# Waits for what runs beside, and prints what it has to say. Its status is in a file, since bash has been seen to have
# forgotten that of a process that had ended ("is not a child of this shell") after a build that started thousands.
finish() {
    local name=$1
    wait "${running[$name]}" 2>/dev/null || true
    while [ ! -f "$logs/$name.status" ] && kill -0 "${running[$name]}" 2>/dev/null; do
        sleep 0.2
    done
    if [ "$(cat "$logs/$name.status" 2>/dev/null)" = 0 ]; then
        say "$name: good"
        tail -n 1 "$logs/$name"
    else
        say "$name: FAILED"
        cat "$logs/$name"
        failed+=("$name")
        cp "$logs/$name" "$logs/$name.failed"
    fi
    unset "running[$name]"
}

# At the end again, since the native tests print thousands of lines after a failure.
repeat_failures() {
    for name in "${failed[@]}"; do
        say "What failed in: $name"
        if [ -f "$logs/$name.failed" ]; then
            tail -n 60 "$logs/$name.failed"
        else
            python3 native-tests/print_failures.py "$logs/native.xml"
        fi
    done
    say "FAILED: ${failed[*]}"
}

beside Format ./dev check-format
beside Headers native-tests/abi/headers_compile.sh

say "Native build"
cmake --preset debug
cmake --build --preset debug --target reseau_library

# Not earlier: both compile src, and share its folder of intermediate files.
beside "Managed tests" dotnet test tests -c Release -nologo --logger "console;verbosity=minimal"
cmake --build --preset debug

for name in Format Headers "Managed tests"; do
    finish "$name"
done

say "Native tests"
ctest --preset debug --output-junit "$logs/native.xml" || failed+=("Native tests")

if [ ${#failed[@]} -ne 0 ]; then
    repeat_failures
    exit 1
fi
