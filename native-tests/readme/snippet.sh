#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: snippet.sh README NUMBER: the README's block of C with this number, counted from 1
awk -v wanted="$2" '/^```/ { inside = $0 == "```c" && ++count == wanted; next } inside' "$1"
