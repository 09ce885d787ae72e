#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: check_link.sh OBJECT ASSEMBLY RUNTIME BOOTSTRAPPER FUNCTION...
# Two things of which the linker says nothing: a function that is to come to the shim (--wrap), but which the runtime
# calls no longer; and a class of the library that is initialized on first use (docs/adr/0029).
set -eu
object=$1 assembly=$2 runtime=$3 bootstrapper=$4
shift 4
failed=0

calls=$(nm --undefined-only "$runtime" "$bootstrapper" 2>/dev/null | awk 'NF == 2 { print $2 }' | sort -u)
for function in "$@"; do
    if ! printf '%s\n' "$calls" | grep -qxF "$function"; then
        echo "check_link.sh: error: the runtime in $runtime does not call $function any more; src/Shim counts on it" >&2
        failed=1
    fi
done

# That of the module runs when the runtime starts.
classes=$(nm --defined-only "$object" | awk '{ print $3 }' | grep "^${assembly}_.*___cctor\$" |
    grep -vxF "${assembly}__Module____cctor" || true)
for class in $classes; do
    echo "check_link.sh: error: ${class%___cctor} has static fields that are initialized on first use, under a lock" \
        "of the runtime's: a fork meanwhile leaves a child that waits for ever. StaticMemory.Publish does without" >&2
    failed=1
done
exit $failed
