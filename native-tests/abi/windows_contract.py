#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: windows_contract.py CONTRACT OUTPUT

Writes the assertions of a contract file, which are those of Linux, less those that are others on Windows. What is true
there in their place stands in contract_windows.c.
"""

import re
import sys
from pathlib import Path

# Types whose sizes and offsets are the platform's.
TYPES = (
    "aws_async_input_stream_tester aws_condition_variable aws_date_time aws_mutex aws_socket aws_socket_endpoint "
    "aws_thread aws_tls_ctx_options socket_address sock_addr_types"
).split()

# Typedefs and macros.
NAMES = (
    "aws_thread_id_t aws_thread_once AWS_ADDRESS_MAX_LEN AWS_PATH_DELIM AWS_PATH_DELIM_STR AWS_THREAD_ID_T_REPR_BUFSZ "
    "AWS_THREAD_ONCE_STATIC_INIT AWS_HAVE_EXECINFO AWS_HAVE_POSIX_LARGE_FILE_SUPPORT AWS_OS_LINUX"
).split()

DIFFERS = re.compile(
    r'(?:(?:size|offset|type|alignment) of|^\S*"?) ?(?:struct|union) (?:%s)\b(?! \*)' % "|".join(TYPES)
    + r'|"(?:value of )?(?:%s)\b|#ifndef (?:%s)$' % ("|".join(NAMES), "|".join(NAMES))
    + r"|pthread_|__alignof__\((?:struct|union) (?:socket_address|sock_addr_types)\)"
)


def main(contract, output):
    kept, is_skipped = [], False
    for line in Path(contract).read_text().splitlines():
        if line.startswith("#ifndef") and DIFFERS.search(line):
            is_skipped = True
        elif is_skipped:
            is_skipped = line != "#endif"
        elif not (line.startswith("_Static_assert") and DIFFERS.search(line)):
            kept.append(line)
    Path(output).write_text("\n".join(kept) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
