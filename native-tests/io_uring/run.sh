#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: run.sh IS_THERE PROGRAM [ARGS]: runs a test program on io_uring; 77 where this system has none for us.
if ! "$1"; then
    echo "skipped: this system has no io_uring of the kind that is used (Linux 6.1), or does not let us have it"
    exit 77
fi
shift
RESEAU_EVENT_LOOP=io_uring exec "$@"
