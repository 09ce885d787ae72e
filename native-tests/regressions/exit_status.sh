#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# usage: exit_status.sh PROCESS_EXIT. The exit status is the program's, whichever way it leaves and whatever still lives.
# A hang is ended after a time that is long even on a busy machine.
set -u
failed=0
for way in return exit quick atexit loop setup finalise early destructor thread ending; do
    for _ in 1 2 3 4 5; do
        timeout 20 "$1" "$way"
        status=$?
        [ "$status" -eq 7 ] || { echo "leaving by $way gave status $status, not 7"; failed=1; }
    done
done
exit "$failed"
