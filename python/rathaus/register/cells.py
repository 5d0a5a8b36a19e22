"""What the offices write into the cells of a register: figures, signs that there is none, footnote marks,
and keys that a spreadsheet has changed."""

import re
import statistics
from typing import Optional

# Destatis: "-" nothing, "." unknown or secret, "/" too uncertain, "x" makes no sense, "..." comes later, "( )" uncertain;
# Eurostat: ":"; GISCO: -9999; spreadsheets: #N/A, #NV.
NO_FIGURE = {"", ":", "-", "--", "–", "—", ".", "..", "...", "…", "/", "//", "x", "()", "•", "·", "*", "|", "na", "n.a", "n.a.",
             "n/a", "k.a.", "nan", "null", "#n/a", "#nv", "#value!", "#wert!", "-9999", "-99999"}
SUPERSCRIPT = "¹²³⁴⁵⁶⁷⁸⁹⁰"
MARK = rf"(?:[0-9]{{1,2}}\)|[{SUPERSCRIPT}]+[)⁾]?|\*+\)?)"  # 1), ²⁾, *
FLAG = r"(?:[bdefprsu]|\([bdefprsu]\))"  # Destatis r, p, s; Eurostat b, d, e, f, p, r, s, u
GROUPED = r"[0-9]{1,3}(?:[., '’\u2009\u202f][0-9]{3})+"
MONTHS = "jan|feb|mär|mrz|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec"
DATE = re.compile(rf"(?i)[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}( [0-9:.]+)?|[0-9]{{1,2}}[./][0-9]{{1,2}}[./]([0-9]{{2}}){{1,2}}"
                  rf"|.*\b({MONTHS})[a-zä]*\.?[ -]*[0-9]*|[0-9]+\.? *({MONTHS})[a-z]*\.?")


class Cell(str):
    """What a cell says, and the column where it stands, counted from 1."""

    column: int

    def __new__(cls, text: str, column: int):
        cell = super().__new__(cls, text)
        cell.column = column
        return cell


def like(text: str, cell: str) -> str:
    """A text made of that of a cell, which stands where the cell stands."""
    return Cell(text, cell.column) if isinstance(cell, Cell) else text


class CellError(ValueError):
    """What is wrong with one cell."""

    def __init__(self, cell: str, message: str) -> None:
        super().__init__(message)
        self.column = getattr(cell, "column", None)


def column_of(problem: Exception) -> Optional[int]:
    """The column of the cell that a problem is about; None if it is about the row."""
    return getattr(problem, "column", None)


def is_no_figure(text: str) -> bool:
    """Also with a footnote mark or a flag behind the sign: "/ 1)", ": c"."""
    plain = re.sub(rf"(?<=[:./x–-])\s*{MARK}$|(?<=:)\s*[a-z]$", "", text.strip().lower())
    return re.sub(r"\s", "", plain) in NO_FIGURE


def figure_text(text: str):
    """(the figure as written, whether it is marked as uncertain): without footnote marks and flags, out of "( )"."""
    plain = text.strip()
    if match := re.fullmatch(rf"\(\s*([0-9][0-9., '’]*)\s*\)\s*{MARK}?", plain):
        return match[1], True
    # A mark that touches the figure is told from it where thousands are separated, or if it is no digit.
    for pattern in (rf"({GROUPED})\s*{MARK}", rf"([0-9][0-9., '’]*)(?:\s+{MARK}|\s*{FLAG}|\s*[{SUPERSCRIPT}*]+[)⁾]?)"):
        if match := re.fullmatch(pattern, plain):
            return match[1].strip(), False
    return plain, False


def to_count(text: str):
    """(inhabitants, None for no figure; whether the office marks them as uncertain). They are whole, so "83.151",
    "83 151" and a spreadsheet's "83151.0" leave no doubt."""
    if is_no_figure(text):
        return None, False
    written, uncertain = figure_text(text)
    plain = re.sub(r"[.,]0$", "", written)
    if not re.fullmatch(rf"[0-9]+|{GROUPED}", plain):
        why = ("a spreadsheet has shortened it" if re.fullmatch(r"[0-9.,]+[eE][+-]?[0-9]+", plain)
               else "a spreadsheet made a date of it" if DATE.fullmatch(plain)
               else "where it ends and a footnote mark begins is not clear" if re.fullmatch(r"[0-9]+\)", plain)
               else "it counts people")
        raise CellError(text, f"population '{text}' is not a whole number ({why}) correct it, or empty the cell to leave the row "
                         "out")
    return int(re.sub("[^0-9]", "", plain)), uncertain


def name_text(text: str) -> str:
    """A name without footnote marks: "Ort A4)" is "Ort A"; "Neustadt (Dosse)" and "Halle 2 (neu)" keep theirs."""
    while match := re.fullmatch(rf"(.*?\S)[\s,]*{MARK}", text):
        if "(" in text[match.end(1):] or match[1].count("(") > match[1].count(")"):
            break
        text = match[1]
    return text


def key_text(text: str, what: str) -> str:
    """A key, or ValueError if a spreadsheet has made something else of it. Leading zeros are for the caller."""
    plain = re.sub(r"^'|\.0$", "", text)
    if re.fullmatch(r"[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+", plain):
        raise CellError(text, f"{what} '{text}' is a shortened number (a spreadsheet has cut its digits) take the file as its office "
                         "delivers it")
    if DATE.fullmatch(plain):
        raise CellError(text, f"{what} '{text}' is a date (a spreadsheet made it of a key) take the file as its office delivers it")
    if re.fullmatch(r"[0-9]+[.,][0-9]+|#.*", plain):
        raise CellError(text, f"{what} '{text}' is no key (a spreadsheet has changed it) take the file as its office delivers it")
    return plain


def digits(text: str, width: int, what: str) -> str:
    """A key of so many digits, with the leading zeros that a spreadsheet took off."""
    plain = key_text(text, what)
    if plain and not (plain.isascii() and plain.isdigit()):
        raise CellError(text, f"{what} '{text}' is not of digits (keys are) take the file as its office delivers it")
    return like(plain.zfill(width), text) if plain else ""


def thousandfold(texts):
    """Those of the figures that are a decimal fraction as they stand and would fit the others as thousands: "1.234" beside
    "987" is 1234. A column in which all are written alike is left alone."""
    def number(text):
        try:
            return float(text.replace(",", "."))
        except ValueError:
            return None

    doubtful = [text for text in texts if re.fullmatch(r"[0-9]{1,3}[.,][0-9]{3}", text)]
    clear = [value for text in texts if text not in set(doubtful) and (value := number(text))]
    if not doubtful or not clear:
        return []
    middle = statistics.median(clear)
    return [text for text in doubtful if middle / number(text) > 31.6]  # nearer to a thousand times than to once
