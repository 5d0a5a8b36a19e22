"""Real fiscal strength from a file of values by municipality, Kreis or NUTS 3 region."""

import difflib
import math
from collections import defaultdict
from typing import Optional

from rathaus.errors import InputError
from rathaus.register.cells import figure_text, is_no_figure, key_text, thousandfold
from rathaus.register.sheets import heading, records, sheets
from rathaus.register.units import mean

FISCAL_KEYS = ("ags", "gisco_id", "id", "kreis_key", "county_code", "region")
FISCAL_VALUES = ("fiscal", "kreis_tax_rev_pc", "tax_revenue_per_capita")


def to_number(text: str) -> float:
    """With decimal point or comma, without separators of thousands; NaN for anything else."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return math.nan


def read_fiscal(path: str, wanted: Optional[str]):
    """Returns ({key: value}, what it is), of the newest year with values."""
    rows = (row for _, rows in sheets(path) for row in rows)
    header = [heading(cell) for cell in next(rows, (1, []))[1]]
    choice = [heading(wanted)] if wanted else FISCAL_VALUES
    key = next((name for name in FISCAL_KEYS if name in header), None)
    value = next((name for name in choice if name in header), None)
    if not key:
        raise InputError(f"{path}:1: no column to join by ({', '.join(FISCAL_KEYS)}) rename the one "
                       "that holds the keys")
    if not value:
        near = difflib.get_close_matches(choice[0], header, 1)
        raise InputError(f"{path}:1: no column {' or '.join(choice)} (there are {', '.join(header)}) "
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
        raise InputError(*errors)
    return values, f"{value} by {key}" + (f" of {newest}" if newest else "")


def join_fiscal(places, path: str, wanted: Optional[str]) -> str:
    """Sets fiscal of all places, mean 1; returns what was done."""
    values, what = read_fiscal(path, wanted)
    for place in places:
        place.fiscal = values.get(place.id, values.get(place.region))
    missing = [f"{place.id} {place.name}" for place in places if place.fiscal is None]
    if missing:
        raise InputError(f"{path}: {len(missing):,} of {len(places):,} municipalities find no {what} "
                       "(rathaus needs fiscal strength for all units or for none; first: "
                       f"{'; '.join(missing[:5])}) complete the file or leave --fiscal away")
    average = mean(places, "fiscal")
    for place in places:
        place.fiscal /= average
    return f"{what} from {path}; 1 stands for {average:,.2f}"
