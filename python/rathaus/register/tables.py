"""The sheets of a file that hold a register, and the municipalities in them."""

import re
from dataclasses import replace
from typing import NamedTuple, Optional

from rathaus.errors import InputError, said
from rathaus.register.cells import column_of
from rathaus.register.forms import FORMS, Form
from rathaus.register.places import listed, locate
from rathaus.register.sheets import heading, records, sheets
from rathaus.register.units import LeftOut

HEADER_WITHIN = 40  # rows: titles may stand above the header


class Table(NamedTuple):
    """A sheet that is a register."""
    form: Form
    sheet: str
    rows: object  # below the header
    columns: dict  # {column: index}
    width: int
    notes: tuple


def table_in(path: str, sheet: str, rows, seen: set) -> Optional[Table]:
    """The register that a sheet holds, if one of the forms fits; `seen` gets its headings."""
    headings, width = {}, 0
    for _, (_, cells) in zip(range(HEADER_WITHIN), rows):
        # GV-ISys has several header rows of merged cells: collect until a form is whole.
        width = max(width, len(cells))
        for index, cell in enumerate(cells):
            headings.setdefault(heading(cell), []).append(index)
        for form in FORMS:
            columns = form.columns_in(headings)
            if form.missing(columns):
                continue
            for texts in columns.values():
                if len(set(headings[texts[0]])) > 1:
                    raise InputError(f"heading '{texts[0]}' stands above columns "
                                   f"{' and '.join(str(i + 1) for i in headings[texts[0]])} (which one counts?) rename one", file=path)
            notes = tuple((1, f"column read for {name}: '{texts[0]}' (not {', '.join(map(repr, texts[1:]))})")
                          for name, texts in columns.items() if len(texts) > 1)
            return Table(form, sheet, rows, {name: headings[texts[0]][0] for name, texts in columns.items()}, width, notes)
    seen.update(headings)
    return None


def find_tables(path: str) -> list:
    """The sheets that hold the register: one, or for LAU one for each country."""
    seen, names, tables = set(), [], []
    for sheet, rows in sheets(path):
        names.append(sheet)
        table = table_in(path, sheet, rows, seen)
        if table:
            tables.append(table)
        elif tables and tables[0].form.title == "LAU" and re.fullmatch("[A-Z]{2}", sheet):
            raise InputError(f"sheet {sheet} has other headings than {tables[0].sheet} (a country would be lost) mend or "
                           "remove it", file=path)
    if tables:
        by_country = [table for table in tables if re.fullmatch("[A-Z]{2}", table.sheet)]
        if tables[0].form.title == "LAU" and by_country:
            return by_country
        if len(tables) > 1:
            raise InputError(f"sheets {', '.join(table.sheet for table in tables)} all hold a register (which one "
                           "counts?) leave one in the file", file=path)
        return tables
    known = [(form, form.columns_in(dict.fromkeys(seen))) for form in FORMS]
    near, found = max(known, key=lambda pair: len(pair[1]) / len(pair[0].columns))
    hint = f"nearest is the form {near.title}, without {', '.join(near.missing(found))}"
    if near.title == "LAU" and near.missing(found) == ["nuts3"]:
        hint += ", the region whose units cooperate; GISCO's tables of attributes have none, Eurostat's lists LAU – NUTS have it"
    if not found:
        hint = f"no heading of the forms {', '.join(form.title for form in FORMS)}"
    raise InputError(f"no register found in {', '.join(names)} ({hint}) give the file as its "
                   "office delivers it; --help names the forms", file=path)


def read_register(path: str, notation: str = "auto"):
    """Returns (title of the form, municipalities in the order of id, what was left out, notes): so the
    order of rows in the source changes nothing, not even the last digit of a mean."""
    tables, places, left_out, errors, notes = find_tables(path), {}, [], [], []
    form = tables[0].form
    for table in tables:
        reader, notes = form.reader(), notes + list(table.notes)
        where = path if len(tables) == 1 else f"{path}[{table.sheet}]"
        for line, row in records(table.rows, table.columns, table.width, where, errors):
            try:
                place = replace(reader(row), line=line)
                first = places.setdefault(place.id, place)
                if first is not place:
                    raise ValueError(f"id '{place.id}' is given twice (first in line {first.line}) "
                                     "keep the right one")
            except LeftOut as reason:
                left_out.append(reason)
            except ValueError as problem:
                errors.append(said(str(problem), file=where, line=line, column=column_of(problem)))
        if padded := getattr(reader, "padded", None):
            notes.append((len(padded), f"keys without their leading zeros, put back: {', '.join(padded[:5])}"
                          + ", ..." * (len(padded) > 5)))
    if not places and not errors:
        errors.append(said("no municipality with inhabitants (nobody to simulate) check it", file=path))
    places = sorted(places.values(), key=lambda place: place.id.encode())
    if uncertain := [place for place in places if place.uncertain]:
        notes.append((len(uncertain), "with a number of inhabitants that its office calls uncertain" + listed(uncertain)))
    located, wrong = locate(places, form.title != "LAU", notation, path)
    if errors or wrong:
        raise InputError(*sorted(errors + wrong, key=lambda found: found.line or 0))
    return form.title, places, left_out, notes + located
