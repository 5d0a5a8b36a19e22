#!/usr/bin/env python3
"""skipped_tests.py REPORT LIST: fails if a test of CTest's JUnit REPORT was skipped for a reason that is not on LIST.

A test counts as skipped if it ended so (exit status 77) or if its unittest says that a case of it was.
"""

import re
import sys
from pathlib import Path
from xml.etree import ElementTree


def allowed(listed):
    """Pairs of a test's name and words of its message."""
    lines = [line for line in listed.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return [tuple(part.strip() for part in line.split("|")[:2]) for line in lines]


def skips(report):
    """(name, what it says) of every skip; "no reason given" where it says nothing."""
    for test in ElementTree.parse(report).getroot().iter("testcase"):
        printed = test.findtext("system-out") or ""
        cases = re.search(r"^(?:OK|FAILED) \(.*skipped=(\d+)", printed, re.MULTILINE)
        count = int(cases[1]) if cases else int(test.find("skipped") is not None or test.get("status") == "notrun")
        told = re.findall(r"\bskipped:? (.*)", printed)[:count]
        for words in told + ["no reason given"] * (count - len(told)):
            yield test.get("name"), words


def main(report, listed):
    pairs, status = allowed(listed), 0
    for name, words in skips(report):
        if any(name == known and part in words for known, part in pairs):
            print(f"skipped, as it may be: {name} ({words})")
        else:
            print(f"skipped, and not listed in {listed}: {name} ({words})", file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
