#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: windows_exports.py OBJDUMP DLL

Fails when the DLL exports less, or more, than exports.txt, less what exports_windows.txt marks with a minus, and what it
has beside.
"""

import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

# From the ahead-of-time compiler.
OF_THE_RUNTIME = {"DotNetRuntimeDebugHeader"}


def names(path):
    return [line for line in (HERE / path).read_text().split("\n") if line and not line.startswith("#")]


def main(objdump, library):
    text = subprocess.run([objdump, "-p", library], check=True, capture_output=True, text=True).stdout
    table = text[text.index("[Ordinal/Name Pointer] Table"):].split("\n\n")[0]
    actual = set(re.findall(r"^\s*\[\s*\d+\]\s+(?:\+base\[\s*\d+\]\s+)?(?:[0-9a-f]{4}\s+)?(\S+)$", table, re.MULTILINE))
    actual -= OF_THE_RUNTIME
    expected = set(names("exports.txt"))
    for name in names("exports_windows.txt"):
        if name.startswith("-"):
            expected.remove(name[1:])
        else:
            expected.add(name)
    for name in sorted(expected - actual):
        print("missing: " + name)
    for name in sorted(actual - expected):
        print("not in the list: " + name)
    print(f"{len(actual)} exports")
    return 0 if actual == expected else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
