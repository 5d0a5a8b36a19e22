"""The forms in which registers come: their headings and what a row of each says."""

import re
from typing import Callable, NamedTuple

from rathaus.register.cells import CellError, digits, is_no_figure, key_text, name_text
from rathaus.register.units import LeftOut, Municipality, german, municipality

LEVELS = ("10", "20", "30", "40", "50", "60")  # Land, district, region, Kreis, administration, own
KEY_WIDTHS = {"land": 2, "rb": 1, "kreis": 2, "vb": 4, "gem": 3}
NUTS3 = "[A-Z]{2}[0-9A-Z]{3}"
# Keys of digits only that may begin with 0, by country: so long they are in GISCO's list of 2020.
LAU_DIGITS = {"DE": 8, "EE": 4, "EL": 8, "ES": 5, "FI": 3, "FR": 5, "HR": 5, "HU": 5, "IE": 8, "IS": 4, "IT": 6, "LU": 4,
              "LV": 7, "NO": 4, "PT": 6, "SE": 4, "SI": 3}


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
                raise CellError(row["satzart"], f"record type '{level}' is unknown ({', '.join(LEVELS)} are) "
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
            raise CellError(row.get("gisco_id", code), "the key is empty (a unit needs one) complete the row")
        if not re.fullmatch(NUTS3, nuts3):
            raise CellError(nuts3, f"NUTS 3 code '{nuts3}' is none (such as DE111; units of one region cooperate) correct it")
        country = row.get("country") or nuts3[:2]
        if given:
            country_of_id, _, code = given.partition("_")
            if not code:
                raise CellError(given, f"gisco_id '{given}' is none (such as DE_01001000) correct it")
        else:
            country_of_id, code = nuts3[:2], code.removeprefix(f"{nuts3[:2]}_")
        code = key_text(code, "key")
        if not given and code.isdigit() and len(code) < LAU_DIGITS.get(country_of_id, 0):
            code = code.zfill(LAU_DIGITS[country_of_id])
            self.padded.append(code)
        return municipality(f"{country_of_id}_{code}", row["name"], country, nuts3, row["population"], row.get("lon", ""),
                            row.get("lat", ""))


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


def without_year(text: str):
    """"pop_2020" is ("pop", "2020")."""
    match = re.fullmatch(r"(.+?)_?((?:19|20)[0-9]{2})", text)
    return match.groups() if match else (text, "0")


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


FORMS = (
    Form("GV-ISys", ("satzart", "textkennzeichen", *KEY_WIDTHS, "gemeindename", "insgesamt"), ("längengrad", "breitengrad"),
         GvIsys, GV_NAMES),
    Form("prepared", ("ags", "name", "type_code", "land", "verband_key", "verband_type", "population"), ("lon", "lat"),
         lambda: prepared, {}),
    Form("LAU", ("gisco_id", "nuts3", "name", "population"), ("lau_id", "country", "lon", "lat"), Lau, LAU_NAMES),
)
