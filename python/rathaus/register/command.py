"""Turn an official list of municipalities into a population file for rathaus.

Three forms are recognised by their headers, as .xlsx or as CSV (UTF-8; comma, semicolon or tab):
  GV-ISys   the German register as Destatis delivers it, all levels in one sheet, of any year
  prepared  one row per German municipality: ags, type_code, verband_key, verband_type, ...
  LAU       Eurostat's local administrative units, one sheet or one for each country, under the
            headings of any year: NUTS 3 CODE, LAU CODE, LAU NAME NATIONAL, POPULATION, ...
"""

import argparse
import csv
import difflib
import io
import math
import os
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import Callable, NamedTuple, Optional

from rathaus.command_line import Parser
from rathaus.register.cells import digits, figure_text, is_no_figure, key_text, name_text, thousandfold, to_count
from rathaus.register.places import listed, locate
from rathaus.safe_output import Outputs, ending, tell

NOTES = """\
German register: id is the key of the municipality (8 digits), region that of the Kreis (5 digits).
Types 51, 52, 53, 55, 57 of joint administration decide for their members everywhere; 54, 56, 58
(Verwaltungsgemeinschaft, Verwaltungsverband, erfüllende Gemeinde) outside Baden-Württemberg, where
the members keep an administration of their own. --unit administration writes one row for the
members: id is the key of the joint administration (9 digits), population the sum, lon, lat and
fiscal means weighted by inhabitants, name, land and region those of the most populous member.
--unit municipality writes the same id into the column 'administration' and leaves the merging to
rathaus; an adjacency file of municipalities needs that. LAU: id is gisco_id, land the country,
region nuts3; every local unit decides for itself.

Unincorporated areas and rows without inhabitants are left out; so are those for which the office
gives no figure (-, ., /, x, ..., ( ), :). Footnote marks are dropped. Figures in parentheses are
uncertain by the office's own word: they are used, and counted in the report.

Coordinates are degrees with a decimal point or comma, or degrees, minutes and seconds (9°15'36",
9:15:36 E); longitude and latitude that are swapped are put right. Registers of 2009 hold degrees,
minutes and seconds in one number (9,2615 is 9°26'15"), which is recognised, or told by
--coordinates packed. Metres of a projection (UTM, Gauß-Krüger) are refused. A German place more
than 150 km from the middle of its Kreis loses its coordinates: the office took another place of
that name. Leading zeros that a spreadsheet took off a key come back; keys that it turned into
dates or shortened numbers are refused. Missing coordinates become the mean
of the joint administration or, failing that, of the region, if others there have them.

--fiscal joins by municipality (column ags, gisco_id or id) or else by Kreis or NUTS 3 region
(column kreis_key, county_code or region); of a column 'year' the newest with values counts. Values
have a decimal point or comma and no separators of thousands. Written is value / mean over all
inhabitants kept, so that the mean weighted by inhabitants is 1. A municipality without a value is
an error: rathaus needs the fiscal strength of all units or of none.
"""

LEVELS = ("10", "20", "30", "40", "50", "60")  # Land, district, region, Kreis, administration, own
KEY_WIDTHS = {"land": 2, "rb": 1, "kreis": 2, "vb": 4, "gem": 3}
MUNICIPALITIES = {"60", "61", "62", "63", "64", "67"}
UNINCORPORATED = {"65": "unincorporated area, inhabited", "66": "unincorporated area, uninhabited"}
NOT_JOINT = {"50"}
JOINT = {"51", "52", "53", "55", "57"}
JOINT_BUT_IN_BW = {"54", "56", "58"}
BADEN_WUERTTEMBERG = "08"

FISCAL_KEYS = ("ags", "gisco_id", "id", "kreis_key", "county_code", "region")
FISCAL_VALUES = ("fiscal", "kreis_tax_rev_pc", "tax_revenue_per_capita")
HEADER_WITHIN = 40  # rows: titles may stand above the header
ERRORS_SHOWN = 50


class BadInput(Exception):
    """The user's input is wrong; args are the messages."""


class LeftOut(Exception):
    """A row that is no unit, and why."""

    def __init__(self, reason: str, land: str = "", inhabitants: int = 0):
        self.reason, self.land, self.inhabitants = reason, land, inhabitants


@dataclass
class Municipality:
    id: str
    name: str
    land: str
    region: str
    population: int  # inhabitants
    administration: str  # the unit that decides; empty where the source does not say
    texts: tuple = ("", "")  # longitude and latitude as in the source
    lon: Optional[float] = None  # degrees
    lat: Optional[float] = None
    fiscal: Optional[float] = None  # x mean
    uncertain: bool = False  # the number of inhabitants, says the office
    line: int = 0


def to_number(text: str) -> float:
    """With decimal point or comma, without separators of thousands; NaN for anything else."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return math.nan


def municipality(id, name, land, region, population, lon, lat, administration="") -> Municipality:
    """A row's texts as a unit; raises LeftOut or, for a bad cell, ValueError."""
    if not (id and land and region):
        raise ValueError("key, land or region is empty (a unit needs all three) complete the row")
    inhabitants, uncertain = to_count(population)
    if not inhabitants:
        raise LeftOut("no population figure" if inhabitants is None else "population 0", land)
    return Municipality(id, name_text(name), land, region, inhabitants, administration, (lon, lat),
                        uncertain=uncertain)


def german(ags, name, kind, land, joint_key, joint_kind, population, lon, lat) -> Municipality:
    """What the German register counts as a municipality, and who decides for it."""
    if not re.fullmatch("[0-9]{8}", ags) or not re.fullmatch("[0-9]{9}", joint_key):
        raise ValueError(f"key '{ags}' or '{joint_key}' is incomplete (municipalities have 8 "
                         "digits, administrations 9) take the register as delivered")
    if not "01" <= ags[:2] <= "16" or ags[:2] != joint_key[:2]:
        raise ValueError(f"key '{ags}' of administration '{joint_key}' begins with no Land (01 to 16 are, and both are of "
                         "one) take the register as delivered")
    if kind in UNINCORPORATED:
        raise LeftOut(UNINCORPORATED[kind], land, to_count(population)[0] or 0)
    if kind not in MUNICIPALITIES:
        raise ValueError(f"kind of municipality '{kind}' is unknown (60 to 67 are) correct it")
    if joint_kind not in NOT_JOINT | JOINT | JOINT_BUT_IN_BW:
        raise ValueError(f"kind of administration '{joint_kind}' of {joint_key} is unknown (50 to "
                         "58 are) look for its row in the register")
    joint = JOINT if ags.startswith(BADEN_WUERTTEMBERG) else JOINT | JOINT_BUT_IN_BW
    return municipality(ags, name, land, ags[:5], population, lon, lat,
                        joint_key if joint_kind in joint else ags)


class GvIsys:
    """Rows of the official sheet, top down: what a Land is called and of what kind a joint
    administration is stands in their own rows, above those of their municipalities."""

    def __init__(self):
        self.land_names, self.joint_kinds = {}, {}

    def __call__(self, row) -> Municipality:
        level = key_text(row["satzart"], "record type")
        if level not in LEVELS:
            # Footnotes fill the first cell only; further lines of the header stand above any Land.
            if self.land_names and any(text for name, text in row.items() if name != "satzart"):
                raise ValueError(f"record type '{level}' is unknown ({', '.join(LEVELS)} are) "
                                 "restore the first column")
            raise LeftOut("heading or footnote")
        land, district, kreis, association, own = (
            digits(row[part], width, f"'{part}' of the key") for part, width in KEY_WIDTHS.items())
        key = land + district + kreis + association
        if level == "10":
            self.land_names[land] = name_text(row["gemeindename"])
        kind = digits(row["textkennzeichen"], 2, "kind")
        if level == "50" and self.joint_kinds.setdefault(key, kind) != kind:
            raise ValueError(f"administration '{key}' is given twice (of two kinds) keep one")
        if level != "60":
            raise LeftOut("level above the municipalities")
        if land not in self.land_names:
            raise ValueError(f"Land '{land}' has no row above (record type 10 tells its name) take "
                             "the register as delivered, with all levels")
        return german(land + district + kreis + own, row["gemeindename"], kind,
                      self.land_names[land], key, self.joint_kinds.get(key, ""), row["insgesamt"],
                      row.get("längengrad", ""), row.get("breitengrad", ""))


def prepared(row) -> Municipality:
    return german(digits(row["ags"], 8, "key"), row["name"], digits(row["type_code"], 2, "kind"), row["land"],
                  digits(row["verband_key"], 9, "key"), digits(row["verband_type"], 2, "kind"), row["population"],
                  row.get("lon", ""), row.get("lat", ""))


class Lau:
    """Rows of Eurostat's lists. The country is the first two letters of the NUTS 3 code, the id CC_CODE as at GISCO."""

    def __init__(self):
        self.padded = []

    def __call__(self, row) -> Municipality:
        code, given, nuts3 = row.get("lau_id", ""), row.get("gisco_id", ""), row["nuts3"]
        if sum(text != "" for text in row.values()) == 1:
            raise LeftOut("heading or footnote")
        if is_no_figure(given or code) and is_no_figure(row["population"]):
            raise LeftOut("no local unit", nuts3[:2])
        if is_no_figure(given or code):
            raise ValueError("the key is empty (a unit needs one) complete the row")
        if not re.fullmatch(NUTS3, nuts3):
            raise ValueError(f"NUTS 3 code '{nuts3}' is none (such as DE111; units of one region cooperate) correct it")
        country = row.get("country") or nuts3[:2]
        if given:
            country_of_id, _, code = given.partition("_")
            if not code:
                raise ValueError(f"gisco_id '{given}' is none (such as DE_01001000) correct it")
        else:
            country_of_id, code = nuts3[:2], code.removeprefix(f"{nuts3[:2]}_")
        code = key_text(code, "key")
        if not given and code.isdigit() and len(code) < LAU_DIGITS.get(country_of_id, 0):
            code = code.zfill(LAU_DIGITS[country_of_id])
            self.padded.append(code)
        return municipality(f"{country_of_id}_{code}", row["name"], country, nuts3, row["population"], row.get("lon", ""),
                            row.get("lat", ""))


NUTS3 = "[A-Z]{2}[0-9A-Z]{3}"
# Keys of digits only that may begin with 0, by country: so long they are in GISCO's list of 2020.
LAU_DIGITS = {"DE": 8, "EE": 4, "EL": 8, "ES": 5, "FI": 3, "FR": 5, "HR": 5, "HU": 5, "IE": 8, "IS": 4, "IT": 6, "LU": 4,
              "LV": 7, "NO": 4, "PT": 6, "SE": 4, "SI": 3}


class Form(NamedTuple):
    title: str
    columns: tuple  # as heading() spells them
    optional: tuple
    reader: Callable  # makes a function from row to Municipality
    names: dict  # other headings of the same columns, the better ones first

    def missing(self, columns):
        return [name for name in self.columns if name not in columns and INSTEAD.get(name) not in columns]

    def columns_in(self, headings: dict) -> dict:
        """{column: the headings that mean it, the one to read first}: that of the form, then its other names, the newest
        year of each."""
        found = {}
        for name in (*self.columns, *self.optional):
            order = (name, *self.names.get(name, ()))
            fitting = [(order.index(plain), -int(year), text) for text in headings
                       for plain, year in [without_year(text)] if plain in order and (text == plain or self.names is LAU_NAMES)]
            if fitting:
                found[name] = [text for _, _, text in sorted(fitting)]
        return found


def without_year(text: str):
    """"pop_2020" is ("pop", "2020")."""
    match = re.fullmatch(r"(.+?)_?((?:19|20)[0-9]{2})", text)
    return match.groups() if match else (text, "0")


# Other headings of the same columns, as heading() spells them; those of LAU may end with a year.
GV_NAMES = {"rb": ("regbez", "reg.bez.", "regierungsbezirk", "regierungsbezirk(rb)"),
            "vb": ("gemeindeverband", "gemeindeverband(vb)", "verband"), "gem": ("gemeinde", "gemeinde(gem)"),
            "gemeindename": ("gemeindebezeichnung",), "insgesamt": ("bevölkerunginsgesamt", "einwohner"),
            "längengrad": ("geografischelänge", "länge"), "breitengrad": ("geografischebreite", "breite")}
LAU_NAMES = {"nuts3": ("nuts3code", "nuts_3", "nuts_3_code", "nuts3_code", "nuts_3_2013_code", "nuts3_13"),
             "lau_id": ("laucode", "lau_code", "lau2code", "lau2_code", "lau2_nat_code", "lau2_nat_code_new", "lau_nat_code"),
             "name": ("launamenational", "lau_name_national", "name_1", "lau2_name_1", "lau_name", "launame", "lau_label",
                      "launamelatin", "lau_name_latin"),
             "population": ("pop", "totalpopulation", "grd_popl"), "country": ("cntr_code", "country_code", "cntr_id"),
             "lon": ("longitude",), "lat": ("latitude",)}
INSTEAD = {"gisco_id": "lau_id"}  # what will do in the place of a column
FORMS = (
    Form("GV-ISys", ("satzart", "textkennzeichen", *KEY_WIDTHS, "gemeindename", "insgesamt"), ("längengrad", "breitengrad"),
         GvIsys, GV_NAMES),
    Form("prepared", ("ags", "name", "type_code", "land", "verband_key", "verband_type", "population"), ("lon", "lat"),
         lambda: prepared, {}),
    Form("LAU", ("gisco_id", "nuts3", "name", "population"), ("lau_id", "country", "lon", "lat"), Lau, LAU_NAMES),
)


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
        raise BadInput(f"{path}: cannot be read ({problem.strerror}) give the path of a file")
    if content.startswith(b"PK"):  # a zip archive
        yield from xlsx_sheets(path, content)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadInput(f"{path}: a workbook of the old kind, .xls (which is not read) save it as .xlsx")
    elif content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadInput(f"{path}: text in UTF-16 (UTF-8 is wanted) convert it: iconv -f UTF-16 -t UTF-8 '{path}' > utf8.csv")
    elif re.match(rb"(\xef\xbb\xbf)?[1-6]0(19|20)[0-9]{6}[0-9]{2} ", content):
        raise BadInput(f"{path}: the register in columns of fixed width, GV100 (which is not read) take the workbook "
                       "AuszugGV….xlsx of the same quarter")
    elif b"\0" in content:
        raise BadInput(f"{path}: neither .xlsx nor CSV in UTF-8 (it holds binary data) save it so")
    else:
        yield "CSV", csv_rows(path, content)


def xlsx_sheets(path: str, content: bytes):
    try:
        import openpyxl
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except ImportError:
        raise BadInput(f"{path}: openpyxl is missing (it reads .xlsx) apt install python3-openpyxl")
    except Exception as problem:  # openpyxl passes on whatever zip and XML throw
        raise BadInput(f"{path}: not a readable .xlsx ({problem}) download or save it again")
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
        raise BadInput(f"{path}:{line + 1}: not a readable .xlsx ({problem}) download it again")


def csv_rows(path: str, content: bytes):
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise BadInput(f"{path}:{line}: byte 0x{content[problem.start]:02x} is not UTF-8 (it is "
                       "probably Latin-1 or Windows-1252) convert the file: "
                       f"iconv -f WINDOWS-1252 -t UTF-8 '{path}' > utf8.csv")
    delimiter = max(",;\t", key=text[:20_000].count)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            if any(cells):
                yield line, [as_text(cell) for cell in cells]
            line = reader.line_num + 1
    except csv.Error as problem:
        raise BadInput(f"{path}:{line}: not a row of CSV ({problem}) check the quotation marks")


def records(rows, columns: dict, width: int, path: str, errors: list):
    """Yields (line, {heading: text}); a row of too few or too many fields becomes an error."""
    for line, cells in rows:
        if len(cells) < width or any(cells[width:]):
            errors.append(f"{path}:{line}: {len(cells)} fields instead of {width} (as the header "
                          "has) check separators and quotation marks")
        else:
            yield line, {name: cells[index] for name, index in columns.items()}


def line_of(error: str) -> int:
    match = re.match(r".*?:([0-9]+): ", error)
    return int(match[1]) if match else 0


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
                    raise BadInput(f"{path}: heading '{texts[0]}' stands above columns "
                                   f"{' and '.join(str(i + 1) for i in headings[texts[0]])} (which one counts?) rename one")
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
            raise BadInput(f"{path}: sheet {sheet} has other headings than {tables[0].sheet} (a country would be lost) mend or "
                           "remove it")
    if tables:
        by_country = [table for table in tables if re.fullmatch("[A-Z]{2}", table.sheet)]
        if tables[0].form.title == "LAU" and by_country:
            return by_country
        if len(tables) > 1:
            raise BadInput(f"{path}: sheets {', '.join(table.sheet for table in tables)} all hold a register (which one "
                           "counts?) leave one in the file")
        return tables
    known = [(form, form.columns_in(dict.fromkeys(seen))) for form in FORMS]
    near, found = max(known, key=lambda pair: len(pair[1]) / len(pair[0].columns))
    hint = f"nearest is the form {near.title}, without {', '.join(near.missing(found))}"
    if near.title == "LAU" and near.missing(found) == ["nuts3"]:
        hint += ", the region whose units cooperate; GISCO's tables of attributes have none, Eurostat's lists LAU – NUTS have it"
    if not found:
        hint = f"no heading of the forms {', '.join(form.title for form in FORMS)}"
    raise BadInput(f"{path}: no register found in {', '.join(names)} ({hint}) give the file as its "
                   "office delivers it; --help names the forms")


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
                errors.append(f"{where}:{line}: {problem}")
        if padded := getattr(reader, "padded", None):
            notes.append((len(padded), f"keys without their leading zeros, put back: {', '.join(padded[:5])}"
                          + ", ..." * (len(padded) > 5)))
    if not places and not errors:
        errors.append(f"{path}: no municipality with inhabitants (nobody to simulate) check it")
    places = sorted(places.values(), key=lambda place: place.id.encode())
    if uncertain := [place for place in places if place.uncertain]:
        notes.append((len(uncertain), "with a number of inhabitants that its office calls uncertain" + listed(uncertain)))
    located, wrong = locate(places, form.title != "LAU", notation, path)
    if errors or wrong:
        raise BadInput(*sorted(errors + wrong, key=line_of))
    return form.title, places, left_out, notes + located


def groups_by(key: Callable, places) -> dict:
    groups = defaultdict(list)
    for place in places:
        groups[key(place)].append(place)
    return groups


def decider(place: Municipality) -> str:
    return place.administration or place.id


def mean(places, what: str) -> Optional[float]:
    """Weighted by inhabitants, over the places that have a value."""
    known = [place for place in places if getattr(place, what) is not None]
    total = sum(getattr(place, what) * place.population for place in known)
    return total / sum(place.population for place in known) if known else None


def fill_centres(places) -> list:
    """One gap would cost rathaus the geographic network of the whole file. Returns the filled."""
    gaps = [place for place in places if place.lon is None]
    for near in (decider, lambda place: place.region):
        groups = groups_by(near, places) if gaps else {}
        centres = {key: (mean(groups[key], "lon"), mean(groups[key], "lat"))
                   for key in map(near, gaps)}
        for place in gaps:
            if place.lon is None:
                place.lon, place.lat = centres[near(place)]
    return [place for place in gaps if place.lon is not None]


def merged(places) -> list:
    units = []
    for key, members in groups_by(decider, places).items():
        largest = max(members, key=lambda place: place.population)  # of equals the first by id
        means = {what: mean(members, what) for what in ("lon", "lat", "fiscal")}
        units.append(replace(largest, id=key, population=sum(p.population for p in members),
                             **(means if len(members) > 1 else {})))
    return sorted(units, key=lambda unit: unit.id.encode())


def read_fiscal(path: str, wanted: Optional[str]):
    """Returns ({key: value}, what it is), of the newest year with values."""
    rows = (row for _, rows in sheets(path) for row in rows)
    header = [heading(cell) for cell in next(rows, (1, []))[1]]
    choice = [heading(wanted)] if wanted else FISCAL_VALUES
    key = next((name for name in FISCAL_KEYS if name in header), None)
    value = next((name for name in choice if name in header), None)
    if not key:
        raise BadInput(f"{path}:1: no column to join by ({', '.join(FISCAL_KEYS)}) rename the one "
                       "that holds the keys")
    if not value:
        near = difflib.get_close_matches(choice[0], header, 1)
        raise BadInput(f"{path}:1: no column {' or '.join(choice)} (there are {', '.join(header)}) "
                       + (f"did you mean {near[0]}?" if near else "choose with --fiscal-column"))
    columns = {name: header.index(name) for name in (key, value, "year") if name in header}
    by_year, errors = defaultdict(list), []
    for line, row in records(rows, columns, len(header), path, errors):
        if not is_no_figure(row[value]):
            try:
                by_year[row.get("year", "")].append((line, key_text(row[key], "key"), figure_text(row[value])[0]))
            except ValueError as problem:
                errors.append(f"{path}:{line}: {problem}")
    newest = max(by_year, key=to_number, default="") if "year" in columns else ""
    values, thousands = {}, set(thousandfold([figure for _, _, figure in by_year[newest]]))
    for line, text, figure in by_year[newest]:
        # Four or seven digits: a spreadsheet took the leading zero off a Kreis or a municipality.
        text = "0" + text if text.isdigit() and len(text) in (4, 7) else text
        if text in values:
            errors.append(f"{path}:{line}: key '{text}' is given twice (one value each) keep one")
        values[text] = to_number(figure)
        if figure in thousands:
            errors.append(f"{path}:{line}: {value} '{figure}' is a thousandth of the others (is it a separator of thousands?) "
                          "write figures without separators")
        if not 0 < values[text] < math.inf:
            errors.append(f"{path}:{line}: {value} '{figure}' is not a number above 0 (fiscal "
                          "strength is a ratio to the mean) correct it")
    if errors:
        raise BadInput(*errors)
    return values, f"{value} by {key}" + (f" of {newest}" if newest else "")


def join_fiscal(places, path: str, wanted: Optional[str]) -> str:
    """Sets fiscal of all places, mean 1; returns what was done."""
    values, what = read_fiscal(path, wanted)
    for place in places:
        place.fiscal = values.get(place.id, values.get(place.region))
    missing = [f"{place.id} {place.name}" for place in places if place.fiscal is None]
    if missing:
        raise BadInput(f"{path}: {len(missing):,} of {len(places):,} municipalities find no {what} "
                       "(rathaus needs fiscal strength for all units or for none; first: "
                       f"{'; '.join(missing[:5])}) complete the file or leave --fiscal away")
    average = mean(places, "fiscal")
    for place in places:
        place.fiscal /= average
    return f"{what} from {path}; 1 stands for {average:,.2f}"


def population_text(units, optional) -> str:
    """The population file."""
    columns = ["id", "name", "land", "region", "population"]
    columns += [name for name in optional if any(getattr(u, name) not in (None, "") for u in units)]
    file = io.StringIO()
    table = csv.writer(file, lineterminator="\n")
    table.writerow(columns)
    table.writerows([shown(getattr(unit, name)) for name in columns] for unit in units)
    return file.getvalue()


def shown(value) -> str:
    # Nine digits: less than a metre on the globe, and finer than any statistic of finance.
    return "" if value is None else f"{value:.9g}" if isinstance(value, float) else str(value)


def tally(amount: int, what: str, places=()):
    """One line of the report, with the Länder or countries that the rows are from."""
    lands = Counter(place.land for place in places if place.land).most_common()
    where = ": " * bool(lands) + ", ".join(f"{land} {count:,}" for land, count in lands)
    print(f"{amount:>8,}  {what}{where}")


def report(title: str, path: str, places, left_out, notes, filled, units, fiscal: str):
    print(f"{path}: form {title}")
    tally(len(places) + len(left_out), "rows read")
    for reason, rows in groups_by(lambda row: row.reason, left_out).items():
        people = sum(row.inhabitants for row in rows)
        tally(len(rows), f"left out: {reason}" + f" ({people:,} people)" * (people > 0), rows)
    tally(len(places), "municipalities kept")
    for amount, what in notes:
        tally(amount, what)
    unlocated = [place for place in places if place.lon is None]
    if unlocated:
        tally(len(unlocated), "of them without coordinates", unlocated)
    if filled:
        some = "; ".join(f"{place.id} {place.name}" for place in filled[:5])
        tally(len(filled), "of them without coordinates, set to the mean of their surroundings: "
              + some + "; ..." * (len(filled) > 5))
    joint = [members for members in groups_by(decider, places).values() if len(members) > 1]
    if joint:
        tally(sum(map(len, joint)), f"of them in {len(joint):,} joint administrations, "
              + ("merged" if len(units) < len(places) else "left single"))
    tally(len(units), "units written")
    print(f"fiscal strength: {fiscal or 'unknown, rathaus draws it by chance (see --fiscal)'}\n")
    print(f"{'land':<24}{'municipalities':>14}{'units':>10}{'inhabitants':>14}")
    rows, counts = Counter(place.land for place in places), Counter(unit.land for unit in units)
    people = Counter()
    for unit in units:
        people[unit.land] += unit.population
    for land in sorted(rows):
        print(f"{land:<24}{rows[land]:>14,}{counts[land]:>10,}{people[land]:>14,}")
    print(f"{'all':<24}{len(places):>14,}{len(units):>10,}{people.total():>14,}")


def parse_arguments():
    parser = Parser(description=__doc__, epilog=NOTES,
                    formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("register", metavar="REGISTER", help="the list, .xlsx or CSV")
    parser.add_argument("-o", "--output", metavar="OUT.csv", required=True,
                        help="the population file")
    parser.add_argument("--unit", choices=("administration", "municipality"),
                        default="administration", help="who decides (default: administration)")
    parser.add_argument("--coordinates", choices=("auto", "decimal", "packed"), default="auto",
                        help="decimal degrees, or degrees, minutes and seconds in one number (default: as they look)")
    parser.add_argument("--fiscal", metavar="FILE.csv",
                        help="real fiscal strength, for example tax revenue per head")
    parser.add_argument("--fiscal-column", metavar="NAME",
                        help=f"its column of values (default: {' or '.join(FISCAL_VALUES)})")
    parser.add_argument("--force", action="store_true", help="replace OUT.csv if it exists")
    return parser.parse_args()


def main() -> int:
    options = parse_arguments()
    inputs = [path for path in (options.register, options.fiscal) if path]
    try:
        outputs = Outputs(inputs, options.force)
        outputs.file(options.output)
        outputs.check()
        title, places, left_out, notes = read_register(options.register, options.coordinates)
        filled = fill_centres(places)
        fiscal = ""
        if options.fiscal:
            fiscal = join_fiscal(places, options.fiscal, options.fiscal_column)
        if options.unit == "administration":
            units, optional = merged(places), ("lon", "lat", "fiscal")
        else:
            units, optional = places, ("administration", "lon", "lat", "fiscal")
        outputs.write(options.output, population_text(units, optional))
    except BadInput as bad:
        tell(*bad.args[:ERRORS_SHOWN])
        if len(bad.args) > ERRORS_SHOWN:
            tell(f"... and {len(bad.args) - ERRORS_SHOWN:,} more errors")
        return 1
    report(title, options.register, places, left_out, notes, filled, units, fiscal)
    print(f"\nwritten: {options.output}")
    return 0


if __name__ == "__main__":
    sys.exit(ending(main))
