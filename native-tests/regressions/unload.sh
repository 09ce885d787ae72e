#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# usage: unload.sh UNLOAD LIBRESEAU. The exit status is the program's also when the library was opened by hand.
timeout 60 "$1" "$2"
status=$?
[ "$status" -eq 7 ] || { echo "status $status, not 7"; exit 1; }
