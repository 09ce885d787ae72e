#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# usage: second_copy.sh MIXED_OBJECTS LIBRESEAU DIRECTORY. The same library twice in one process: the copy comes behind,
# and, unless a sanitizer insists on being first, before.
set -eu
copy="$3/libreseau_copy.so"
cp "$2" "$copy"
"$1" "$2" "$copy"
nm -D "$1" | grep -q __asan_init || LD_PRELOAD="$copy" "$1" "$2" "$copy"
