"""Workbooks and CSV files as rows of texts, with their lines."""

import csv
import io
import re

from rathaus.errors import InputError, said
from rathaus.register.cells import Cell


def as_text(cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else " ".join(str(cell).split())


def heading(text: str) -> str:
    """Without hyphenation, blanks and footnote marks: "Post-leit-zahl3)" is "postleitzahl"."""
    return re.sub(r"[0-9]\)|[-\u00ad\s]", "", text.lower())


def sheets(path: str):
    """Yields (name, rows) of each sheet; a row is (line, cells as text), blank ones are skipped."""
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError as problem:
        raise InputError(f"cannot be read ({problem.strerror}) give the path of a file", file=path)
    if content.startswith(b"PK"):  # a zip archive
        yield from xlsx_sheets(path, content)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError("a workbook of the old kind, .xls (which is not read) save it as .xlsx", file=path)
    elif content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(f"text in UTF-16 (UTF-8 is wanted) convert it: iconv -f UTF-16 -t UTF-8 '{path}' > utf8.csv", file=path)
    elif re.match(rb"(\xef\xbb\xbf)?[1-6]0(19|20)[0-9]{6}[0-9]{2} ", content):
        raise InputError("the register in columns of fixed width, GV100 (which is not read) take the workbook "
                       "AuszugGV….xlsx of the same quarter", file=path)
    elif b"\0" in content:
        raise InputError("neither .xlsx nor CSV in UTF-8 (it holds binary data) save it so", file=path)
    else:
        yield "CSV", csv_rows(path, content)


def xlsx_sheets(path: str, content: bytes):
    try:
        import openpyxl
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except ImportError:
        raise InputError("openpyxl is missing (it reads .xlsx) apt install python3-openpyxl", file=path)
    except Exception as problem:  # openpyxl passes on whatever zip and XML throw
        raise InputError(f"not a readable .xlsx ({problem}) download or save it again", file=path)
    for sheet in book.worksheets:
        yield sheet.title, xlsx_rows(path, sheet)


def xlsx_rows(path: str, sheet):
    sheet.reset_dimensions()  # some programs note a wrong extent, which would cut columns off
    line, width = 0, 0
    try:
        for line, row in enumerate(sheet.iter_rows(values_only=True), 1):
            width = max(width, len(row))  # a row ends at its last filled cell
            if any(cell is not None for cell in row):
                yield line, [as_text(cell) for cell in row] + [""] * (width - len(row))
    except Exception as problem:  # a damaged sheet shows only when it is unpacked
        raise InputError(f"not a readable .xlsx ({problem}) download it again", file=path, line=line + 1)


def csv_rows(path: str, content: bytes):
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise InputError(f"byte 0x{content[problem.start]:02x} is not UTF-8 (it is "
                       "probably Latin-1 or Windows-1252) convert the file: "
                       f"iconv -f WINDOWS-1252 -t UTF-8 '{path}' > utf8.csv", file=path, line=line)
    delimiter = max(",;\t", key=text[:20_000].count)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            if any(cells):
                yield line, [as_text(cell) for cell in cells]
            line = reader.line_num + 1
    except csv.Error as problem:
        raise InputError(f"not a row of CSV ({problem}) check the quotation marks", file=path, line=line)


def records(rows, columns: dict, width: int, path: str, errors: list):
    """Yields (line, {heading: text}); a row of too few or too many fields becomes an error."""
    for line, cells in rows:
        if len(cells) < width or any(cells[width:]):
            errors.append(said(f"{len(cells)} fields instead of {width} (as the header "
                          "has) check separators and quotation marks", file=path, line=line))
        else:
            yield line, {name: Cell(cells[index], index + 1) for name, index in columns.items()}
