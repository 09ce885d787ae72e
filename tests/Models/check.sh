#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: check.sh: has spin (Debian: spin) try every order of steps of the models here.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
check() { # MODEL DEFINE
    spin -a "$2" "$here/$1.pml"
    cc -O2 -DSAFETY -DVECTORSZ=2048 -DCOLLAPSE -o pan pan.c
    ./pan -m1000000 >"$1.out" 2>&1 || { cat "$1.out"; exit 1; }
    if ! grep -q 'errors: 0' "$1.out" || grep -q 'max search depth too small' "$1.out"; then
        cat "$1.out"
        [ ! -f "$1.pml.trail" ] || spin -t -p "$2" "$here/$1.pml" | tail -60
        exit 1
    fi
    echo "$1 ($2): $(grep 'states, stored' "$1.out" | head -1 | sed 's/^ *//')"
}
check task_queue -DSPURIOUS=false
check task_queue -DSPURIOUS=true
check id_table -DNOTHING
