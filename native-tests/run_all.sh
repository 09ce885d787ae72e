#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Everything that must hold: format, managed tests, headers, ABI, native tests. Called by `./dev test`.
set -euo pipefail
cd "$(dirname "$0")/.."

say() {
    printf '\033[1m==> %s\033[0m\n' "$*"
}

say "Format"
./dev check-format

say "Headers, each alone, in every C and C++ standard"
native-tests/abi/headers_compile.sh

say "Library and native tests: build"
cmake --preset debug
cmake --build --preset debug

say "Managed tests"
dotnet test tests -c Release -nologo --logger "console;verbosity=minimal"

say "Native tests"
ctest --preset debug "$@"
