#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Builds the API reference from the public headers with Doxygen. Called by `./dev docs`.

It reads copies of the headers that say in Doxygen's words what ours say in theirs: the comment at the head of a header
documents the file; a comment stands for all declarations below it, to the next empty line; one that an empty line
follows stands for all to the next comment. Fails on a symbol that has no comment.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "build" / "docs"


def declarations(run):
    """How many declarations the lines hold; 0 where bodies or conditions make that uncertain."""
    text = re.sub(r"(#\s*define)\b(?:[^\n]*\\\n)*[^\n]*", r"\1", "\n".join(run))
    text = re.sub(r"^enum \{[^}\n]*\};$", ";", text, flags=re.MULTILINE)
    if "{" in text or "}" in text or len(re.findall(r"#\s*if", text)) != len(re.findall(r"#\s*endif", text)):
        return 0
    return text.count(";") + len(re.findall(r"#\s*define", text))


def is_comment(line):
    return line.startswith(("/*", "    /*"))


def end_of_run(lines, at, only_paragraph):
    """Where the declarations that begin here end: at an empty line, or at the next comment."""
    while at < len(lines) and not is_comment(lines[at]) and (lines[at].strip() or not only_paragraph):
        at += 1
    return at


def grouped(lines):
    out = []
    at = 0
    while at < len(lines):
        if not is_comment(lines[at]) or lines[at].startswith("/* ----"):
            out.append(lines[at])
            at += 1
            continue
        end = at
        while "*/" not in lines[end]:
            end += 1
        about_section = lines[at].startswith("/*") and lines[end + 1 : end + 2] == [""]
        last = end_of_run(lines, end + 2 if about_section else end + 1, not about_section)
        comment = lines[at : end + 1]
        if not comment[0].lstrip().startswith("/**") and not comment[0].startswith(" "):
            comment[0] = comment[0].replace("/*", "/**", 1)
        several = declarations(lines[end + 1 : last]) > 1
        out += ["/**@{*/"] * several + comment + lines[end + 1 : last] + ["/**@}*/"] * several
        at = last
    return out


def for_doxygen(header):
    lines = header.split("\n")
    lines[0] = "/** @file */"
    if lines[4].startswith("/*") and "" in lines[4:] and lines[lines.index("", 4) - 1].endswith("*/"):
        lines[4] = lines[4].replace("/*", "/** @file\n", 1)
    # Doxygen does not find the name of a type that begins a line.
    return re.sub(r"\(\n\s+(\w+_fn)\)\(", r"\1(", "\n".join(grouped(lines)))


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
    for line in others:
        print(line)
    for symbol in sorted(symbols):
        print(f"not documented: {symbol}")
    print(f"{OUTPUT.relative_to(ROOT)}/html/index.html; {len(symbols)} symbols are not documented")
    return 1 if others or symbols else 0


if __name__ == "__main__":
    sys.exit(main())
