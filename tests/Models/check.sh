#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: check.sh: has spin (Debian: spin) try every order of steps of the models here.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
check() { # MODEL DEFINE...
    model=$1
    shift
    spin -a "$@" "$here/$model.pml"
    cc -O2 -Wno-stringop-overflow -DSAFETY -DVECTORSZ=2048 -DCOLLAPSE -o pan pan.c
    ./pan -m1000000 >"$model.out" 2>&1 || { cat "$model.out"; exit 1; }
    if ! grep -q 'errors: 0' "$model.out" || grep -q 'max search depth too small' "$model.out"; then
        cat "$model.out"
        [ ! -f "$model.pml.trail" ] || spin -t -p "$@" "$here/$model.pml" | tail -60
        exit 1
    fi
    echo "$model ($*): $(grep 'states, stored' "$model.out" | head -1 | sed 's/^ *//')"
}
check task_queue -DSPURIOUS=false
check task_queue -DSPURIOUS=true
check id_table -DNOTHING
check word_lock -DSPURIOUS=false
check word_lock -DSPURIOUS=true -DROUNDS=1
check word_lock -DSPURIOUS=false -DCHANGE
check word_lock -DSPURIOUS=true -DCHANGE
