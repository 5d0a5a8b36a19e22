"""Turn an official list of municipalities into a population file for rathaus.

Three forms are recognised by their headers, as .xlsx or as CSV (UTF-8; comma, semicolon or tab):
  GV-ISys   the German register as Destatis delivers it, all levels in one sheet, of any year
  prepared  one row per German municipality: ags, type_code, verband_key, verband_type, ...
  LAU       Eurostat's local administrative units, one sheet or one for each country, under the
            headings of any year: NUTS 3 CODE, LAU CODE, LAU NAME NATIONAL, POPULATION, ...
"""

import argparse
import csv
import io

from rathaus.command_line import Parser
from rathaus.errors import InputError
from rathaus.register.fiscal import FISCAL_VALUES, join_fiscal
from rathaus.register.tables import read_register
from rathaus.register.tally import report
from rathaus.register.units import fill_centres, merged
from rathaus.safe_output import Outputs

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

ERRORS_SHOWN = 50


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
    try:
        return convert(parse_arguments())
    except InputError as wrong:
        if len(wrong.diagnostics) <= ERRORS_SHOWN:
            raise
        raise InputError(*wrong.diagnostics[:ERRORS_SHOWN],
                         f"... and {len(wrong.diagnostics) - ERRORS_SHOWN:,} more errors") from None


def convert(options) -> int:
    outputs = Outputs([path for path in (options.register, options.fiscal) if path], options.force)
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
    report(title, options.register, places, left_out, notes, filled, units, fiscal)
    print(f"\nwritten: {options.output}")
    return 0
