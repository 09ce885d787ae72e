#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Each call that the library makes of the C library is made to fail by calls.cc, or README.md says why it is not."""
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
INTEROP = HERE.parent.parent / "src" / "Interop"


def calls_of_the_library():
    names = set()
    declaration = re.compile(
        r"\[DllImport\(([^)]*)\)\](?:\s*\[[^\]]*\])*\s*\w+ static extern [^;(]*?(\w+)\(", re.DOTALL
    )
    for folder in ("Posix", "Linux"):
        for file in sorted((INTEROP / folder).glob("*.cs")):
            for arguments, method in declaration.findall(file.read_text()):
                entry = re.search(r'EntryPoint = "(\w+)"', arguments)
                names.add(entry.group(1) if entry else method)
    return names


def main():
    called = calls_of_the_library()
    failed = set(re.findall(r"REAL\((\w+)\)", (HERE / "calls.cc").read_text())) - {"name"}
    excused = set()
    for row in re.findall(r"^\| (`.*?`) \|", (HERE / "README.md").read_text(), re.MULTILINE):
        excused |= set(re.findall(r"`(\w+)`", row))
    faults = [f"{name} neither fails nor is excused" for name in sorted(called - failed - excused)]
    faults += [f"{name} fails and is excused" for name in sorted(failed & excused)]
    faults += [f"{name} is not called" for name in sorted((failed | excused) - called)]
    print("\n".join(faults) or f"{len(failed)} calls are made to fail, {len(excused)} have a reason not to")
    return 1 if faults or len(called) < 100 else 0


sys.exit(main())
