#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Each exported function and each structure that takes a C string has its row in a c_string_test.cc."""
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
INCLUDE = HERE.parent.parent / "include"

# Handed back as they are, never read.
KEPT = {
    "aws_error_info.literal_name",
    "aws_error_info.error_str",
    "aws_error_info.lib_name",
    "aws_error_info.formatted_name",
    "aws_log_subject_info.subject_description",
    "reseau_certificate.subject",
    "reseau_certificate.issuer",
    "reseau_certificate.pem",
}
# Given by the library.
GIVEN = {"reseau_file_change.name", "reseau_file_change.old_name"}
# Set by the functions that have rows.
SET_BY_FUNCTIONS = {"aws_task.type_tag", "aws_channel_task.type_tag"}
# Only there on Windows.
ELSEWHERE = {"aws_tls_ctx_options.system_certificate_path"}
# Their type is void, for hash tables.
UNTYPED = {"aws_hash_c_string", "aws_hash_callback_c_str_eq"}


def headers():
    for file in sorted(INCLUDE.rglob("*.h")):
        if "testing" not in file.parts:
            yield re.sub(r"/\*.*?\*/|//[^\n]*", " ", file.read_text(), flags=re.DOTALL)


def functions(exported):
    string = re.compile(r"\bconst char \*(const )?\w+(,|$)|\bchar \*const \w+\[\]")
    for text in headers():
        for name, parameters in re.findall(r"\b((?:aws|reseau)_\w+)\s*\(([^;{}]*?)\)\s*(?:AWS_\w+\([^)]*\)\s*)?[;{]", text):
            if name in exported and string.search(re.sub(r"\s+", " ", parameters).strip()):
                yield name


def fields():
    for text in headers():
        for name, body in re.findall(r"struct (\w+) \{(.*?)\n\}", text, re.DOTALL):
            for field in re.findall(r"\bconst char \*(\w+)\s*$", body.replace(";", "\n"), re.MULTILINE):
                yield f"{name}.{field}"


def main():
    exported = set((HERE / "exports.txt").read_text().split())
    wanted = (set(functions(exported)) | set(fields()) | UNTYPED) - KEPT - GIVEN - SET_BY_FUNCTIONS - ELSEWHERE
    tests = "".join((HERE.parent / folder / "c_string_test.cc").read_text() for folder in ("io", "reseau"))
    rows = set(re.findall(r'^    \{"((?:aws|reseau)_[\w.]+)",', tests, re.MULTILINE))
    faults = [f"{name} has no row" for name in sorted(wanted - rows)]
    faults += [f"{name} takes no C string" for name in sorted(rows - wanted)]
    print("\n".join(faults) or f"{len(rows)} rows")
    return 1 if faults or len(rows) < 50 else 0


sys.exit(main())
