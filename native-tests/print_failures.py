#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prints the tests that failed in a JUnit report of ctest, each with the last lines of its output."""
import sys
import xml.etree.ElementTree

LAST_LINES = 40


def main() -> None:
    for case in xml.etree.ElementTree.parse(sys.argv[1]).iter("testcase"):
        if case.get("status") != "fail":
            continue
        print(f"--- {case.get('name')}")
        lines = (case.findtext("system-out") or "").splitlines()
        print("\n".join(lines[-LAST_LINES:]))


main()
