#!/usr/bin/python3
"""Where the program computes each equation of the ODD, where the reference does, and what tests it.

    equations.py            prints the table
    equations.py --write    puts it into models/germany/ODD.md, between its marks

An equation's owner is the line of a comment that begins with its number: `/// [eq. 12] what one cell ties`.
The reference and the tests say the number where they compute it or hold it: `# [eq. 12]`, `// [eqs. 5-9, 40]`.
"""

import ast
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
MARK = re.compile(r"\[eqs?\. ([\d, -]+)\]")
# Nobody computes these a second time: indices that are made of counts on which both agree, and what would only
# be written down again.
NO_REFERENCE = {53, 54, 55}
# The text after eq. 70 ends what eq. 36 begins.
CONTINUED = {70: 36}
# Formulas of the ODD in words of C++: a letter, then what stands below it.
GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "η": "eta", "θ": "theta",
         "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "π": "pi", "ρ": "rho", "σ": "sigma",
         "τ": "tau", "φ": "varphi", "χ": "chi", "ψ": "psi"}
SYMBOL = re.compile(rf"([{''.join(GREEK)}])(_[A-Za-zι]|[₀₁₂₃])?")
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


def numbers(marked):
    """The numbers of a mark such as "5-9, 40"."""
    for part in marked.split(","):
        first, _, last = part.strip().partition("-")
        yield from range(int(first), int(last or first) + 1)


def marks(paths):
    """(file below the root, line, number) of every mark in a file."""
    for path in paths:
        for line, text in enumerate(path.read_text().splitlines(), 1):
            for mark in MARK.finditer(text):
                for number in numbers(mark.group(1)):
                    yield str(path.relative_to(ROOT)), line, number


def functions(path):
    """(first line, last line, name with its class) of the functions of a Python file, the inner ones last."""
    found = []

    def walk(node, prefix):
        for child in ast.iter_child_nodes(node):
            is_class = isinstance(child, ast.ClassDef)
            if is_class or isinstance(child, ast.FunctionDef):
                found.append((child.lineno, child.end_lineno, prefix + child.name))
                walk(child, f"{child.name}." if is_class else prefix)

    walk(ast.parse(path.read_text()), "")
    return found


def references():
    """Number → ["stocks.py Stocks.hire"] of the reference."""
    found = {}
    for file, line, number in marks(sorted((ROOT / "models/reference").glob("*.py"))):
        around = [name for first, last, name in functions(ROOT / file) if first <= line <= last]
        place = f"{Path(file).name} {around[-1] if around else ''}".strip()
        if place not in found.setdefault(number, []):
            found[number].append(place)
    return found


def test_of(file):
    """The name by which ctest knows a test's file."""
    path = Path(file).relative_to("tests")
    if path.parts[0] == "reference":
        return "reference/self"
    if path.parts[0] == "limits":
        return "limits"
    return str(path.with_name(path.stem.removesuffix("_test")))


def tests():
    """Number → names of the tests that hold it, beside the agreement of program and reference."""
    found = {}
    files = [path for ending in ("py", "cpp") for path in (ROOT / "tests").rglob(f"*_test.{ending}")]
    for file, _, number in marks(sorted(files)):
        if test_of(file) not in found.setdefault(number, []):
            found[number].append(test_of(file))
    return found


def texts():
    """Number → the formula in the ODD: from its number to the next one, or to the next heading."""
    found, number = {}, None
    for line in ODD.read_text().splitlines():
        if HEADING.match(line):
            number = None
        elif equation := EQUATION.match(line):
            number = int(equation.group(1))
        for told in (number, CONTINUED.get(number)):
            if told:
                found[told] = found.get(told, "") + line + "\n"
    return found


def is_in(symbol, formula):
    """Whether a symbol such as β_v or π₀ stands in a formula of the ODD, as text or as TeX."""
    letter, below = symbol.group(1), symbol.group(2) or ""
    below = "".join("₀₁₂₃".find(c) >= 0 and f"_{'₀₁₂₃'.find(c)}" or c for c in below).replace("ι", r"\iota")
    tex = rf"\\(?:var)?{GREEK[letter].removeprefix('var')}"
    if below:
        tex += rf"(?:\^[^_ ]+)?_(?:{re.escape(below[1:])}|\{{{re.escape(below[1:])})"
    return symbol.group(0) in formula or re.search(tex + "(?![a-z])", formula) is not None


def foreign_symbols():
    """(number, symbol) of every Greek letter in an owner's comment that the ODD's formula has not."""
    formulas = texts()
    for path in sorted((ROOT / "src/rules").glob("*.h")):
        number = None
        for line in path.read_text().splitlines():
            if owner := OWNER.match(line):
                number = int(owner.group(1))
            elif not line.lstrip().startswith("//"):
                number = None
            if number in formulas:
                for symbol in SYMBOL.finditer(line):
                    if not is_in(symbol, formulas[number]):
                        yield number, symbol.group(0)


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
    owned, again, held = owners(), references(), tests()
    rows = ["| eq. | section | what | computed in | reference | tests |", "|---:|---|---|---|---|---|"]
    for number, (section, title) in sorted(equations().items()):
        path, _, said = owned.get(number, [(ELSEWHERE.get(number, "nowhere"), 0, "")])[0]
        what = NAMES.get(number) or re.split(r"[;,:(.]| if ", title or said)[0].strip()
        second = ", ".join(f"`{place}`" for place in again.get(number, [])) or "none"
        names = ", ".join(f"`{name}`" for name in held.get(number, [])) or "the agreement alone"
        rows.append(f"| {number} | {section} | {what} | `src/{path}` | {second} | {names} |")
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
