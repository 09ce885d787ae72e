#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Builds the API reference from the public headers with Doxygen. Called by `./dev docs`.

It reads copies of the headers that say in Doxygen's words what ours say in theirs: the comment at the head of a header
documents the file; a comment stands for all declarations below it, to the next empty line. Fails on a symbol that has no
comment, unless docs/undocumented.txt has it, and on a line of that list that is no longer needed.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "build" / "docs"
LIST = ROOT / "docs" / "undocumented.txt"


def declarations(run):
    """How many declarations the lines hold; 0 where a body makes that uncertain."""
    text = "\n".join(run)
    if "{" in text or "}" in text:
        return 0
    return text.count(";") + len(re.findall(r"^#\s*define\b", text, re.MULTILINE))


def grouped(lines):
    out = []
    at = 0
    while at < len(lines):
        if not lines[at].lstrip().startswith("/**"):
            out.append(lines[at])
            at += 1
            continue
        end = at
        while "*/" not in lines[end]:
            end += 1
        last = end + 1
        while last < len(lines) and lines[last].strip() and not lines[last].lstrip().startswith("/*"):
            last += 1
        several = declarations(lines[end + 1 : last]) > 1
        out += ["/**@{*/"] * several + lines[at:last] + ["/**@}*/"] * several
        at = last
    return out


def for_doxygen(header):
    lines = header.split("\n")
    lines[0] = "/** @file */"
    if "/*" in lines:
        lines[lines.index("/*")] = "/** @file"
    return "\n".join(grouped(lines))


def undocumented():
    """Symbols without a comment, as Doxygen's warnings name them, and what else it complains of."""
    symbols, others = set(), []
    for line in (OUTPUT / "warnings.txt").read_text().splitlines():
        match = re.search(r"/include/([^:]*):\d+: warning: (.*)", line)
        member = match and re.match(r"Member (.*?) \(([a-z ]+)\) of (?:\w+ )?(\S+) is not documented", match[2])
        compound = match and re.match(r"Compound (\w+) is not documented", match[2])
        if member:
            name = re.findall(r"\w+", re.sub(r"[(\[].*", "", member[1]))
            symbols.add(f"{match[1]} {member[3] + '.' if member[2] == 'variable' else ''}{name[-1] if name else member[1]}")
        elif compound:
            symbols.add(f"{match[1]} {compound[1]}")
        else:
            others.append(line)
    return symbols, others


def main():
    shutil.rmtree(OUTPUT, ignore_errors=True)
    for path in (ROOT / "include").rglob("*.h"):
        if not {"private", "testing"} & set(path.parts):  # for the library itself, and for tests
            copy = OUTPUT / path.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(for_doxygen(path.read_text(encoding="utf-8")), encoding="utf-8")
    subprocess.run(["doxygen", "docs/Doxyfile"], cwd=ROOT, check=True)
    symbols, others = undocumented()
    if "--write" in sys.argv:
        LIST.write_text("".join(f"{symbol}\n" for symbol in sorted(symbols)))
    known = set(LIST.read_text().splitlines())
    for line in others:
        print(line)
    for symbol in sorted(symbols - known):
        print(f"not documented: {symbol}")
    for symbol in sorted(known - symbols):
        print(f"documented, or gone: strike it from docs/undocumented.txt: {symbol}")
    print(f"{OUTPUT.relative_to(ROOT)}/html/index.html; {len(symbols)} symbols are not documented")
    return 1 if others or symbols != known else 0


if __name__ == "__main__":
    sys.exit(main())
