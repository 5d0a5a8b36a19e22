"""Turns a result file into a report: one HTML page that needs nothing else.

  rathaus report RESULT.h5 -o report.html                 the report
  rathaus report RESULT.h5 -o bericht.html --lang de      the same in German
  rathaus report RESULT.h5 -o report.html --figures DIR --tables DIR --xlsx FILE

All numbers of its decision table are those of `rathaus compare`. The program is the one that RATHAUS
names, else the one in build/release, build/dev or the path. Nothing is overwritten without --force, and
what is read never. Exit status: 0 done, 1 your input is wrong, 2 it could not be written.
What each part shows: docs/report.md.
"""

import argparse
import sys
from pathlib import Path

from rathaus.command_line import Parser
from rathaus.report import output, page
from rathaus.report.parts import Report
from rathaus.report.program import Comparison, Wrong
from rathaus.report.result import Result
from rathaus.safe_output import Outputs, Refused, ending


def arguments():
    parser = Parser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("result", type=Path, metavar="RESULT.h5")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.html")
    parser.add_argument("--lang", choices=("en", "de"), default="en", help="language (default: en)")
    parser.add_argument("--figures", type=Path, metavar="DIR", help="each chart as SVG and PNG")
    parser.add_argument("--tables", type=Path, metavar="DIR", help="each table as CSV")
    parser.add_argument("--xlsx", type=Path, metavar="FILE", help="all tables in one workbook")
    parser.add_argument("--force", action="store_true", help="overwrite what exists")
    parser.add_argument("--quiet", action="store_true", help="no message when all is well")
    return parser.parse_args()


def make(options):
    outputs = Outputs([options.result], options.force)
    for path in filter(None, (options.output, options.xlsx)):
        outputs.file(path)
    for folder in filter(None, (options.figures, options.tables)):
        outputs.folder(folder)
    outputs.check()
    table = Comparison(options.result)      # refuses what is no result, with the program's own words
    report = Report(options.result, Result(options.result), table, options.lang)
    sections = page.build(report)
    html = page.html(report, sections)
    files = {}
    if options.figures:
        files |= output.figures(page.figures(sections), options.figures)
    if options.tables:
        files |= output.tables(page.tables(sections), options.tables)
    for path in files:
        outputs.file(path)
    outputs.check()
    if options.xlsx:
        files[options.xlsx] = output.workbook(page.tables(sections))
    files[options.output] = html
    for path, data in files.items():
        outputs.write(path, data)


def main():
    options = arguments()
    try:
        make(options)
    except (Wrong, OSError) as problem:
        raise Refused(str(problem)) from problem
    if not options.quiet:
        print(options.output)
    return 0


if __name__ == "__main__":
    sys.exit(ending(main))
