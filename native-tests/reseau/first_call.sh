#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: first_call.sh PROGRAM LIBRARY LIST. Each function of the reseau surface in the list as a process's first call.
# But select(), which with zeros waits for ever, as it has to.
set -eu
# shellcheck disable=SC2046
exec "$1" "$2" $(grep "^reseau_" "$3" | grep -vx reseau_uselect)
