#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# usage: check_glibc.sh LIBRARY VERSION. Fails when the library needs a newer glibc than VERSION.
set -euo pipefail
newest=$(objdump -T "$1" | grep -o 'GLIBC_[0-9.]*' | sed 's/GLIBC_//' | sort -V | tail -1)
echo "needs glibc $newest, allowed $2"
[ "$(printf '%s\n%s\n' "$newest" "$2" | sort -V | tail -1)" = "$2" ]
