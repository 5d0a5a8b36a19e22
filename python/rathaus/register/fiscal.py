"""Real fiscal strength from a file of values by municipality, Kreis or NUTS 3 region."""

import difflib
import math
from collections import defaultdict
from typing import Optional

from rathaus.errors import InputError, said
from rathaus.register.cells import column_of, figure_text, is_no_figure, key_text, thousandfold
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
        raise InputError(f"no column to join by ({', '.join(FISCAL_KEYS)}) rename the one "
                       "that holds the keys", file=path, line=1)
    if not value:
        near = difflib.get_close_matches(choice[0], header, 1)
        raise InputError(f"no column {' or '.join(choice)} (there are {', '.join(header)}) "
                       + (f"did you mean {near[0]}?" if near else "choose with --fiscal-column"), file=path, line=1)
    columns = {name: header.index(name) for name in (key, value, "year") if name in header}
    by_year, errors = defaultdict(list), []
    for line, row in records(rows, columns, len(header), path, errors):
        if not is_no_figure(row[value]):
            try:
                by_year[row.get("year", "")].append((line, key_text(row[key], "key"), figure_text(row[value])[0]))
            except ValueError as problem:
                errors.append(said(str(problem), file=path, line=line, column=column_of(problem)))
    newest = max(by_year, key=to_number, default="") if "year" in columns else ""
    values, thousands = {}, set(thousandfold([figure for _, _, figure in by_year[newest]]))
    for line, text, figure in by_year[newest]:
        # Four or seven digits: a spreadsheet took the leading zero off a Kreis or a municipality.
        text = "0" + text if text.isdigit() and len(text) in (4, 7) else text
        if text in values:
            errors.append(said(f"key '{text}' is given twice (one value each) keep one", file=path, line=line))
        values[text] = to_number(figure)
        if figure in thousands:
            errors.append(said(f"{value} '{figure}' is a thousandth of the others (is it a separator of thousands?) "
                          "write figures without separators", file=path, line=line))
        if not 0 < values[text] < math.inf:
            errors.append(said(f"{value} '{figure}' is not a number above 0 (fiscal "
                          "strength is a ratio to the mean) correct it", file=path, line=line))
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
        raise InputError(f"{len(missing):,} of {len(places):,} municipalities find no {what} "
                       "(rathaus needs fiscal strength for all units or for none; first: "
                       f"{'; '.join(missing[:5])}) complete the file or leave --fiscal away", file=path)
    average = mean(places, "fiscal")
    for place in places:
        place.fiscal /= average
    return f"{what} from {path}; 1 stands for {average:,.2f}"
