#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: left_out.py lists PROGRAM... --openssl PROGRAM...   Of the programs that are built, each as FOLDER/NAME
          left_out.py skipped RESULTS PROGRAM...             Of GoogleTest's results, a file of JSON for each that ran

Holds the lists of folder left_out against what is not run on Windows: programs that are not built (programs.txt), those
that run with OpenSSL only (by_openssl.txt), tests that a filter leaves out (tests.txt), tests that the preprocessor
leaves out (between_if.txt), and tests that skip themselves (at_run_time.txt). What is not in its list, and what a list
has that is not so, fails. What is Wine's fault names a program of folder wine; there are 15 at most, of a page each,
and each of them is named.
"""
import fnmatch
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
TESTS = HERE.parent
MAX_WINE_PROGRAMS = 15
LINES_OF_A_PAGE = 70
faults = []


def entries(name):
    """Pattern -> reason."""
    found = {}
    for line in (HERE / "left_out" / name).read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            pattern, _, reason = line.partition(" ")
            if not reason:
                faults.append(f"{name}: {pattern} has no reason")
            found[pattern] = reason
    return found


def compare(name, left_out):
    """Each of what is left out has an entry, and each entry something that is left out."""
    patterns = entries(name)
    used = set()
    for one in left_out:
        matching = [pattern for pattern in patterns if fnmatch.fnmatchcase(one, pattern)]
        used.update(matching)
        if not matching:
            faults.append(f"{one} is left out, and {name} does not say why")
    faults.extend(f"{name}: {pattern} is not left out" for pattern in patterns if pattern not in used)


def tests_of(path):
    """Suite.name of each test, and whether it is there on Windows; the folded lines of macros included."""
    conditions, found = [], []
    text = re.sub(r"(\bTEST(?:_F|_P)?\()\n\s*", r"\1", path.read_text())
    for line in text.splitlines():
        directive = re.match(r"#\s*(if|ifdef|ifndef|elif|else|endif)\b(.*)", line)
        if directive:
            word, condition = directive.groups()
            if word.startswith("if"):
                negated = word == "ifndef" or "!" in condition
                conditions.append(negated if "_WIN32" in condition else None)
            elif word == "endif":
                conditions.pop()
            elif conditions[-1] is not None:
                conditions[-1] = not conditions[-1]
        test = re.match(r"TEST(?:_F|_P)?\((\w+),\s*(\w+)\)", line)
        if test:
            found.append((f"{test[1]}.{test[2]}", True not in conditions))
    return found


def check_filters(programs):
    """A filter's suite and name are in a source that is built; parameters are not known before a program runs."""
    known = [name for program in programs for name, _ in tests_of(TESTS / f"{program}_test.cc")]
    of_pipes = re.findall(r"^PIPE_TEST\((\w+),", (TESTS / "io/pipe_test.cc").read_text(), re.MULTILINE)
    known += [f"Pipe.{name}" for name in of_pipes]
    for pattern in entries("tests.txt"):
        plain = re.sub(r"^[A-Za-z]+/", "", pattern)
        suite, _, name = plain.partition(".")
        plain = suite.split("/")[0] + "." + name.split("/")[0]
        if not any(fnmatch.fnmatchcase(one, plain) for one in known):
            faults.append(f"tests.txt: no test has the name {pattern}")


def check_wine():
    """Where an entry says that Wine is to blame, a program shows it."""
    sources = sorted((HERE / "wine").glob("*.c"))
    reasons = " ".join(reason for path in (HERE / "left_out").glob("*.txt") for reason in entries(path.name).values())
    readme = (HERE / "wine" / "README.md").read_text()
    if len(sources) > MAX_WINE_PROGRAMS:
        faults.append(f"{len(sources)} programs in wine, {MAX_WINE_PROGRAMS} at most")
    for source in sources:
        if len(source.read_text().splitlines()) > LINES_OF_A_PAGE:
            faults.append(f"wine/{source.name} is longer than a page")
        if f"`{source.name}`" not in readme:
            faults.append(f"wine/README.md does not have {source.name}")
        if f"wine/{source.name}" not in reasons:
            faults.append(f"wine/{source.name} is no reason of anything")
    for named in set(re.findall(r"wine/\w+\.c\b", reasons)):
        if not (HERE / named).exists():
            faults.append(f"there is no {named}")


def check_lists(programs, by_openssl):
    sources = {str(path.relative_to(TESTS)).removesuffix("_test.cc") for path in TESTS.rglob("*_test.cc")}
    compare("programs.txt", sorted(sources - set(programs)))
    compare("by_openssl.txt", by_openssl)
    of_sources = [test for program in programs for test in tests_of(TESTS / f"{program}_test.cc")]
    there = {name for name, is_there in of_sources if is_there}
    compare("between_if.txt", [name for name, is_there in of_sources if not is_there and name not in there])
    check_filters(programs)
    check_wine()


def check_skipped(results, programs):
    """Entries that nothing skips are faults only if all programs have run."""
    skipped, ran = [], set()
    for path in results.glob("*.json"):
        ran.add(path.name.partition(".")[0])
        for suite in json.loads(path.read_text())["testsuites"]:
            skipped += [f"{suite['name']}.{test['name']}" for test in suite["testsuite"] if test["result"] == "SKIPPED"]
    if not ran:
        faults.append(f"{results} has no results")
    known = len(faults)
    compare("at_run_time.txt", skipped)
    if not {f"{program}_test".replace("/", "_") for program in programs} <= ran:
        faults[known:] = [fault for fault in faults[known:] if fault.endswith("does not say why")]


if sys.argv[1] == "lists":
    at = sys.argv.index("--openssl")
    check_lists(sys.argv[2:at], sys.argv[at + 1:])
else:
    check_skipped(pathlib.Path(sys.argv[2]), sys.argv[3:])
print("\n".join(faults) or "each is in its list")
sys.exit(1 if faults else 0)
