"""The faults: eight operators over the text of src/rules and src/model. Code is read as clang-format leaves it:
binary operators stand between blanks, unary ones do not. Comments, strings, includes and assertions
are never touched."""

import re
from typing import NamedTuple

OPERATORS = ("argument", "comparison", "constant", "integer money", "off by one", "removed line", "sign",
             "term")


class Fault(NamedTuple):
    number: int    # in the list of all
    operator: str
    file: str      # below src/
    line: int
    begin: int     # characters of the file that are replaced
    end: int
    before: str
    after: str

    def plant(self, text):
        return text[:self.begin] + self.after + text[self.end:]


# ---- reading C++

NOT_CODE = re.compile(r'//[^\n]*|^[ \t]*#[^\n]*|"(?:\\.|[^"\\])*"', re.MULTILINE)
PRIVATE = 0xE000
ASSERTION = re.compile(r"\b(?:static_)?assert(?=\()")


def blank(text):
    return re.sub(r"[^\n]", " ", text)


def moved(text, by):
    return "".join(chr(ord(letter) + by) for letter in text)


def code_of(text):
    """The text with comments, includes and assertions blank and strings out of reach of every pattern
    (moved to the private use area), at equal length."""
    code = NOT_CODE.sub(lambda m: moved(m[0], PRIVATE) if m[0][0] == '"' else blank(m[0]), text)
    for found in list(ASSERTION.finditer(code)):
        end = closing(code, found.end())
        code = code[:found.start()] + blank(code[found.start():end]) + code[end:]
    return code


def closing(code, begin):
    """Behind the bracket that closes the one at `begin`."""
    depth = 0
    for place in range(begin, len(code)):
        depth += (code[place] in "([{") - (code[place] in ")]}")
        if depth == 0:
            return place + 1
    return len(code)


def extent(code, begin, stop):
    """Where an expression ends: at `stop`, outside its own brackets."""
    place = begin
    while place < len(code) and not stop.match(code, place):
        place = closing(code, place) if code[place] in "([{" else place + 1
    return place


def arguments(code, begin):
    """The spans between the commas of the bracket at `begin`."""
    end, comma = closing(code, begin) - 1, re.compile("[,)}]")
    spans = []
    begin += 1
    while begin < end:
        stop = min(extent(code, begin, comma), end)
        word = code[begin:stop]
        spans.append((begin + len(word) - len(word.lstrip()), begin + len(word.rstrip())))
        begin = stop + 1
    return spans


# ---- the operators: each yields (begin, end, replacement)

DECLARED = re.compile(r"(const )?[\w:]+(<.*>)?[&*]? \w+$", re.DOTALL)  # a parameter, not an argument


def sign(code):
    for found in re.finditer(r"(?<=\s)[-+](?=\s)|(?<=\s)[-+](?== )|(?<!; )(\+\+|--)(?=\w)", code):
        yield found.start(), found.end(), found[0].translate(str.maketrans("+-", "-+"))
    for found in re.finditer(r"(?<![\w)\]\-])-(?=[\w(])(?!-)", code):
        yield found.start(), found.end(), ""


def comparison(code):
    other = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="}
    for found in re.finditer(r"(?<=\s)([<>]=?|[=!]=)(?=\s)", code):
        yield found.start(), found.end(), other[found[0]]


def off_by_one(code):
    for found in re.finditer(r"(?<![\w.'])\d[\d']*(u?)(?![\w.'])", code):
        value = int(found[0].rstrip("u").replace("'", ""))
        for wrong in [value + 1] + [value - 1] * (value > 0):
            yield found.start(), found.end(), f"{wrong}{found[1]}"


def constant(code):
    number = r"(?<![\w.'])(\d[\d']*\.\d*(?:e[-+]?\d+)?|\d+e[-+]?\d+|0x1p\d+)(f?)(?!\w)"
    for found in re.finditer(number, code):
        right = float.fromhex(found[1]) if "x" in found[1] else float(found[1].replace("'", ""))
        yield found.start(), found.end(), f"{right * 1.1 or 0.1:.12}{found[2]}"


def term(code):
    ends = {"&&": r"[,;)\]}?]|\s(&&|\|\||:)\s", "||": r"[,;)\]}?]|\s(\|\||:)\s",
            "+": r"[,;)\]}?]|\s([-+<>:]|[<>=!]=|&&|\|\||<<|>>)\s",
            "*": r"[,;)\]}?]|\s([-+*/%<>:]|[<>=!]=|&&|\|\||<<|>>)\s"}
    ends["-"], ends["/"] = ends["+"], ends["*"]
    for found in re.finditer(r"\s+([-+*/]|&&|\|\|)\s+", code):
        yield found.start(), extent(code, found.end(), re.compile(ends[found[1]])), ""


def argument(code):
    for bracket in re.finditer(r"(?<=\w)(?<!\bmin)(?<!\bmax)[({]", code):  # these commute
        spans = [(a, b) for a, b in arguments(code, bracket.start())]
        for (a, b), (c, d) in zip(spans, spans[1:]):
            first, second = code[a:b], code[c:d]
            strings = [moved('"', PRIVATE) in word for word in (first, second)]  # of one type, or none
            if first and second and first != second and len(first + second) < 80 \
                    and strings[0] == strings[1] and not DECLARED.match(first):
                yield a, d, second + code[b:c] + first
    names = [(m.start(1), m[1]) for m in re.finditer(r"\[([a-z]\w*)\]", code)]
    for place, name in names:  # the nearest other name that stands in an index
        others = [(abs(there - place), other) for there, other in names if other != name]
        if others:
            yield place, place + len(name), min(others)[1]


def removed_line(code):
    declaration = re.compile(r"(?!return |else )((const|constexpr|inline|static|auto) )*[\w:]+(<[^;()]*>)?"
                             r"[&*]*(\s+\w+\s*[=;{(\[]| [\w{}, ]+;)|(using|struct|template|enum|case|return) ")
    for found in re.finditer(r"(?<=[;{}):\s])(?<=\s)(?:\+\+|--|\*)?[a-z]", code):
        before = code[:found.start()].rstrip()
        first_of_line = not code[code.rfind("\n", 0, found.start()) + 1:found.start()].strip()
        if not first_of_line or not before or before[-1] not in ";{})":
            continue
        if declaration.match(code, found.start()):
            continue
        end = extent(code, found.start(), re.compile(r";| \{|[)}]"))
        if code[end:end + 1] == ";":
            yield found.start(), end + 1, ";"


def integer_money(code):
    for found in re.finditer(r"\bCents(?= \w+( =|;|,|\)))", code):
        yield found.start(), found.end(), "float"
    for found in re.finditer(r"(?<!Cents )\b(?:cents|std::llround)(?=\()", code):
        end = closing(code, found.end())
        factor = "100.0f * " if found[0] == "cents" else ""
        inside = code[found.end():end]
        yield found.start(), end, f"static_cast<std::int64_t>({factor}static_cast<float>{inside})"


RULES = dict(zip(OPERATORS, (argument, comparison, constant, integer_money, off_by_one, removed_line,
                             sign, term)))


ROOMS = ("rules", "model")


def possible_faults(source):
    """Every fault that an operator can make of src/rules and src/model, file by file."""
    faults = []
    for path in (path for room in ROOMS for kind in ("*.h", "*.cpp") for path in sorted((source / room).glob(kind))):
        text = path.read_text()
        code = code_of(text)
        for operator, rule in RULES.items():
            for begin, end, after in sorted(rule(code)):
                after = re.sub("[\uE000-\uF8FF]+", lambda m: moved(m[0], -PRIVATE), after)
                faults.append(Fault(len(faults), operator, f"{path.parent.name}/{path.name}",
                                    text.count("\n", 0, begin) + 1, begin, end, text[begin:end], after))
    return faults


# ---- the five of continuous integration: operator, file, exact text, its replacement

FIXED = (
    ("term", "rules/data.h", " - decay * data", ""),
    ("sign", "model/clock.cpp", "= -p.beta_price", "= p.beta_price"),
    ("comparison", "model/service_effects.cpp", "stage[l] == scaled, in_operation",
     "stage[l] != scaled, in_operation"),
    ("removed line", "model/contracts.cpp", "state.lock_in[cell] = 0.0f;", ";"),
    ("integer money", "model/budget.cpp", "cents(rule.retained(saving[l]))",
     "static_cast<Cents>(100.0f * static_cast<float>(rule.retained(saving[l])))"),
)


def fixed_faults(source):
    faults = []
    for operator, name, before, after in FIXED:
        text = (source / name).read_text()
        if text.count(before) != 1:
            raise SystemExit(f"error: src/{name} has {text.count(before)} times '{before}', which a "
                             "fixed fault replaces (it must stand there once) "
                             "choose another text in scripts/tools/mutation/operators.py")
        begin = text.index(before)
        faults.append(Fault(len(faults), operator, name, text.count("\n", 0, begin) + 1,
                            begin, begin + len(before), before, after))
    return faults


