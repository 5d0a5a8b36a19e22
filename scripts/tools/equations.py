#!/usr/bin/python3
"""Where the program computes each equation of the ODD.

    equations.py            prints the table
    equations.py --write    puts it into models/germany/ODD.md, between its marks

An equation's owner is the line of a comment that begins with its number: `/// [eq. 12] what one cell ties`.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ODD = ROOT / "models/germany/ODD.md"
BEGIN, END = "<!-- equations -->\n", "<!-- /equations -->"
HEADING = re.compile(r"^#{2,3} (\d+(?:\.\d+)?) ")
EQUATION = re.compile(r"^\**\((\d+)\)\*\*\s*([^$]*)")
OWNER = re.compile(r"^\s*///? ?(?://)?\s*\[eq\. (\d+)\] (.*)")
CITED = re.compile(r"\[(?:ODD )?eqs?\. ([\d, and]+)")
# Draws, populations, indices and identities of accounts are no rules of a municipality.
ELSEWHERE = {47: "random/draw.h", 48: "random/draw.h", 49: "random/draw.h",
             50: "population/synthetic.cpp", 51: "population/synthetic.cpp",
             52: "population/network.cpp", 53: "model/concentration.cpp", 54: "analysis/overview.h",
             55: "model/concentration.cpp", 58: "model/state.h", 62: "model/funding.h",
             68: "population/class_totals.h"}
# What the text of the ODD gives no name to.
NAMES = {16: "incidents", 24: "awareness", 34: "vendor choice", 35: "delivery slots", 36: "switching",
         39: "exit and entry", 54: "graveyard share", 60: "windows", 61: "pots", 62: "identity of the pots",
         63: "cost of a supported unit", 64: "entitlements", 65: "ranking by a strategy",
         66: "means of an application", 67: "award keys"}


def equations():
    """Number → (section, title) of every equation of the ODD, in the order of the text."""
    found, section = {}, ""
    for line in ODD.read_text().splitlines():
        if heading := HEADING.match(line):
            section = heading.group(1)
        elif equation := EQUATION.match(line):
            found[int(equation.group(1))] = (section, equation.group(2).strip().rstrip("*").strip())
    return found


def owners():
    """Number → [(file below src/, line, what it says)]."""
    found = {}
    for path in sorted((ROOT / "src/rules").glob("*.h")):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if owner := OWNER.match(line):
                found.setdefault(int(owner.group(1)), []).append(
                    (str(path.relative_to(ROOT / "src")), number, owner.group(2)))
    return found


def citations():
    """(file below src/, line, number) of every equation that is named in brackets."""
    for path in sorted((ROOT / "src").rglob("*")):
        if path.suffix not in (".h", ".cpp"):
            continue
        for line, text in enumerate(path.read_text().splitlines(), 1):
            for cited in CITED.finditer(text):
                for number in re.findall(r"\d+", cited.group(1)):
                    yield str(path.relative_to(ROOT / "src")), line, int(number)


def table():
    owned = owners()
    rows = ["| eq. | section | what | computed in |", "|---:|---|---|---|"]
    for number, (section, title) in sorted(equations().items()):
        path, _, said = owned.get(number, [(ELSEWHERE.get(number, "nowhere"), 0, "")])[0]
        what = NAMES.get(number) or re.split(r"[;,:(.]| if ", title or said)[0].strip()
        rows.append(f"| {number} | {section} | {what} | `src/{path}` |")
    return "\n".join(rows) + "\n"


def page_with_table():
    text = ODD.read_text()
    before, rest = text.split(BEGIN)
    return before + BEGIN + table() + END + rest.split(END, 1)[1]


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        ODD.write_text(page_with_table())
    else:
        print(table(), end="")
