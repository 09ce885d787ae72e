#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Builds and runs the tests that match a name. Called by `./dev test NAME`.

A name is a regular expression, without regard to case, that is looked for in the names of test programs (io_socket_test),
of native tests (Socket.reads_what_was_written, abi.exports_are_exactly_the_list) and of managed tests
(Architecture.LayerTests.EverySourceBinds).
"""

import difflib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NATIVE = ROOT / "native-tests"
BUILD = ROOT / "build" / "debug"

# These look at the whole build.
NEED_EVERYTHING = re.compile(r"^(package|parity)\.")


def say(text):
    print(f"\033[1m==> {text}\033[0m", flush=True)


def programs():
    """Test programs by name, each with the names of its tests."""
    case = re.compile(r"^\s*(?:TYPED_)?TEST(?:_F|_P)?\(\s*(\w+)\s*,\s*(\w+)\s*\)", re.MULTILINE)
    found = {}
    for path in sorted(NATIVE.rglob("*_test.cc")):
        name = str(path.relative_to(NATIVE).with_suffix("")).replace("/", "_")
        found[name] = [f"{suite}.{test}" for suite, test in case.findall(path.read_text())]
    return found


def scripted():
    """Native tests that are no GoogleTest, each with the targets that it needs."""
    found = {}
    for path in [*NATIVE.rglob("CMakeLists.txt"), ROOT / "bindings" / "CMakeLists.txt"]:
        for name, command in re.findall(r"add_test\(\s*NAME (\S+)\s+COMMAND ([^)]*)", path.read_text()):
            targets = re.findall(r"\$<TARGET_FILE:(\w+)>", command) + re.findall(r"^(\w+)\b", command)
            found[name] = ["all"] if NEED_EVERYTHING.match(name) else ["reseau_library", *targets]
    return found


def managed():
    """Managed tests: Folder.Class.Method, which is the end of their full names."""
    found = []
    for path in sorted((ROOT / "tests").rglob("*.cs")):
        text = path.read_text()
        names = re.findall(r"^public (?:sealed |unsafe )*class (\w+)", text, re.MULTILINE)
        methods = re.findall(r"\[(?:Fact|Theory)\b[^\n]*\](?:\s*\[[^\n]*\])*\s*public [\w<>]+(?: \w+)*? (\w+)\(", text)
        folder = path.parent.name
        found += [f"{folder}.{names[0]}.{method}" for method in methods] if names else []
    return found


def compile_names(names):
    try:
        return [re.compile(name, re.IGNORECASE) for name in names]
    except re.error as error:
        sys.exit(f"./dev test: not a regular expression: {error}")


def complain(name, candidates):
    words = {}
    for candidate in candidates:
        for word in (candidate, *candidate.split(".")):
            words.setdefault(word.lower(), word)
    near = difflib.get_close_matches(name.lower(), words, n=6, cutoff=0.5)
    print(f"./dev test: no test program, native test or managed test matches \"{name}\".", file=sys.stderr)
    if near:
        print("Names like it: " + ", ".join(words[word] for word in near), file=sys.stderr)
    return 2


def run(*command):
    return subprocess.run([str(word) for word in command], cwd=ROOT, check=False).returncode


def build(targets):
    if not (BUILD / "CMakeCache.txt").exists():
        say("Configuring (debug)")
        if run("cmake", "--preset", "debug") != 0:
            return False
    say("Building " + ", ".join(targets))
    return run("cmake", "--build", "--preset", "debug", "--target", *targets) == 0


def run_native(chosen_programs, patterns):
    """ctest's numbers of the tests, because an expression of all their names could be too long for it."""
    listing = json.loads(subprocess.check_output(["ctest", "--preset", "debug", "--show-only=json-v1"], cwd=ROOT))
    numbers = []
    for number, test in enumerate(listing["tests"], 1):
        program = os.path.basename(test.get("command", [""])[0])
        if program in chosen_programs or any(pattern.search(test["name"]) for pattern in patterns):
            if "command" in test:
                numbers.append(str(number))
    say(f"Native tests: {len(numbers)}")
    return run("ctest", "--preset", "debug", "-I", "0,0,0," + ",".join(numbers)) == 0


def run_managed(tests):
    say(f"Managed tests: {len(tests)}")
    chosen = "|".join(f"FullyQualifiedName~.{test}" for test in tests)
    return run("dotnet", "test", "tests", "-c", "Release", "--nologo", "--filter", chosen) == 0


def main(names):
    patterns = compile_names(names)
    native, scripts, inside = programs(), scripted(), managed()
    candidates = [*native, *(test for tests in native.values() for test in tests), *scripts, *inside]
    for name, pattern in zip(names, patterns):
        if not any(pattern.search(candidate) for candidate in candidates):
            return complain(name, candidates)

    def matches(text):
        return any(pattern.search(text) for pattern in patterns)

    chosen_programs = {name for name in native if matches(name)}
    targets = {name for name, tests in native.items() if name in chosen_programs or any(map(matches, tests))}
    for name, needed in scripts.items():
        if matches(name):
            targets.update(needed)
    passed = True
    if targets:
        passed = build(sorted(targets)) and run_native(chosen_programs, patterns)
    chosen_managed = [test for test in inside if matches(test)]
    if chosen_managed:
        passed = run_managed(chosen_managed) and passed
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
