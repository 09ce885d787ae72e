#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: arm64.py CONTRACT.c OUT.c: the assertions of a header group as they are on Linux on arm64.

glibc's pthread_mutex_t has 48 bytes there, 8 more than on x86-64, and macros of Intel's are missing. Whatever else
differs does not compile."""

import re
import sys
from pathlib import Path

INTEL = ["AWS_HAVE_AVX2_INTRINSICS", "AWS_HAVE_AVX512_INTRINSICS", "AWS_HAVE_MM256_EXTRACT_EPI64", "AWS_HAVE_CLMUL",
         "AWS_ARCH_INTEL", "AWS_ARCH_INTEL_X64"]

# Bytes that a type, or the place of a member, has more.
MORE = 8
LARGER = {
    "aws_mutex": ["", ".mutex_handle"],
    "aws_async_input_stream_tester": ["", ".synced_data", ".synced_data.lock"],
}
FURTHER = {
    "aws_mutex": [".initialized"],
    "aws_async_input_stream_tester": [".synced_data.cvar", ".synced_data.read_dest", ".synced_data.read_future",
                                      ".synced_data.do_shutdown", ".num_outstanding_reads"],
}


def change(text, what, names, group):
    for struct, members in names.items():
        if f"struct {struct}, " not in text and f"sizeof(struct {struct})" not in text:
            continue
        for member in members:
            pattern = re.compile(rf'== (\d+), "{what} of struct {struct}{re.escape(member)} is (\d+)"')
            text, count = pattern.subn(
                lambda found: f'== {int(found[1]) + MORE}, "{what} of struct {struct}{member}"', text)
            if count != 1:
                sys.exit(f"{group}: {count} assertions on the {what} of struct {struct}{member}, one was expected")
    return text


def main():
    source, out = map(Path, sys.argv[1:])
    text = source.read_text()
    for name in INTEL:
        text = text.replace(f'#ifndef {name}\n#    error "macro {name} is not defined"\n#endif\n', "")
    text = change(text, "size", LARGER, source.name)
    text = change(text, "offset", FURTHER, source.name)
    out.write_text("#define ABI_CHECK_ANY_PLATFORM 1\n" + text)


main()
