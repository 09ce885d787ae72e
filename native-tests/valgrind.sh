#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs test programs under memcheck: valgrind.sh BUILD_DIR [PATTERN]. Without a pattern (a regular expression for names
# such as io_pipe_test) all of the plain stack, and little of TLS. Fails on any report and on any test that fails.
set -euo pipefail
build=$(cd "$1" && pwd)
pattern=${2:-^(common|io|regressions)_}
tls='_(tls|alpn|pem|pkcs11)_' # left out unless the pattern is given,
tls_too='^regressions_tls_pending_key_' # but for handshakes on stacks of their own, which wait for keys
here=$(cd "$(dirname "$0")" && pwd)

# Valgrind gives up on the debug information that the ahead-of-time compiler writes; a copy of the library has none.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$build"/lib/libreseau.so "$work/libreseau.so.1"
export LD_LIBRARY_PATH=$work RESEAU_TEST_TIMEOUT_SCALE=10

# Tests that say nothing under valgrind, each with its reason.
skipped=(
    # The allocator of small blocks recognises its own blocks by what stands at the start of their page, which for
    # others is somebody else's memory. It is only looked at.
    'SmallBlockAllocator.PassesLargeBlocksToItsParent'
    'SmallBlockAllocator.MovesABlockFromSizeToSize'
    'SmallBlockAllocator.ReleasesOnOtherThreads'
    # The processor that valgrind shows is another one than the system's.
    'SystemInfoTest.KnowsTheProcessorsExtensions'
    # Sockets of the kernel's, for comparison with ours: some calls pass memory that is missing.
    '*/kernel_internet'
    '*/kernel_local'
    # These touch what is nobody's, on purpose.
    'HostSignalsBeforeTheFirstCall.*'
)
filter=$(IFS=: && echo "${skipped[*]}")

programs=0 tests=0 faults=0
for program in "$build"/native-tests/*_test; do
    name=$(basename "$program")
    [[ $name =~ $pattern ]] || continue
    [[ $# -lt 2 && $name =~ $tls && ! $name =~ $tls_too ]] && continue
    begin=$SECONDS status=0 leaks=full
    # A child that came out of fork has none of the threads that hold what they acquired.
    [[ $name = regressions_fork_* ]] && leaks=no
    # A handshake's stack may lie close to its thread's, which valgrind then takes for one that has grown.
    timeout 1800 valgrind --quiet --fair-sched=try --max-stackframe=100000 \
        --leak-check=$leaks --show-leak-kinds=definite --errors-for-leak-kinds=definite --error-exitcode=99 --suppressions="$here/valgrind.supp" \
        --log-file="$work/$name.log" "$program" --gtest_filter="-$filter" >"$work/$name.out" 2>&1 || status=$?
    passed=$(grep -c '^\[       OK \]' "$work/$name.out" || true)
    echo "$name: status $status, $passed tests passed in $((SECONDS - begin)) s"
    programs=$((programs + 1)) tests=$((tests + passed))
    [ $status -eq 0 ] && continue
    faults=$((faults + 1))
    grep -v 'set address range' "$work/$name.log" || true
    grep -E '^\[  FAILED  \]|Failure$' -A 6 "$work/$name.out" | head -n 60 || true
done
echo "$programs programs, $tests tests under valgrind, $faults with faults"
[ $programs -gt 0 ] && [ $faults -eq 0 ]
