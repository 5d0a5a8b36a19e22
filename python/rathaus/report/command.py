"""Turns a result file into a report: one HTML page that needs nothing else.

  rathaus report RESULT.h5 -o report.html                 the report: page 1 to decide by, what it rests on, an annex
  rathaus report RESULT.h5 -o report.pdf                  the same on paper
  rathaus report RESULT.h5 -o bericht.html --lang de      the same in German
  rathaus report RESULT.h5 -o wu.pdf --lang de --structure wu   under the headings of an appraisal (§ 7 BHO/LHO)
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
from rathaus.errors import InputError
from rathaus.packages import lacking
from rathaus.report import output, page, pdf, style
from rathaus.report.parts import Report
from rathaus.report.program import Comparison
from rathaus.report.result import Result
from rathaus.safe_output import Outputs


def arguments():
    parser = Parser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("result", type=Path, metavar="RESULT.h5")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="web page (.html) or PDF (.pdf)")
    parser.add_argument("--lang", choices=("en", "de"), default="en", help="language (default: en)")
    parser.add_argument("--structure", choices=("report", "wu"), default="report",
                        help="order of the parts: report, or wu for an appraisal under § 7 BHO/LHO (default: report)")
    parser.add_argument("--figures", type=Path, metavar="DIR", help="each chart as SVG and PNG")
    parser.add_argument("--tables", type=Path, metavar="DIR", help="each table as CSV")
    parser.add_argument("--xlsx", type=Path, metavar="FILE", help="all tables in one workbook")
    parser.add_argument("--force", action="store_true", help="overwrite what exists")
    parser.add_argument("--quiet", action="store_true", help="no message when all is well")
    return parser.parse_args()


def check_names(html, xlsx):
    """A file is what its name says."""
    html, xlsx = Path(html), Path(xlsx or "none.xlsx")
    if html.suffix.lower() not in (".html", ".htm", ".pdf"):
        raise InputError("a report is a web page or a PDF (its name ends with .html or .pdf) name it "
                         f"{html.with_suffix('.html')}", file=html)
    if html.suffix.lower() == ".pdf" and lacking((pdf.PACKAGE,)):
        raise InputError(f"a PDF needs the Python package {pdf.PACKAGE} ({sys.executable} has it not) install it "
                         f"(apt install {pdf.PACKAGE}, or pip install {pdf.PACKAGE}), or write {html.with_suffix('.html')} "
                         "and print it from a browser", file=html)
    if xlsx.suffix.lower() != ".xlsx":
        raise InputError(f"is no workbook (its name ends with .xlsx) name it {xlsx.with_suffix('.xlsx')}, "
                         "or ask for CSV by --tables", file=xlsx)


def write(path, html, lang="en", figures=None, tables=None, xlsx=None, force=False, named=None, structure="report"):
    """All that is asked for: what would be in the way is told before the work."""
    check_names(html, xlsx)
    outputs = Outputs([path], force)
    for file in filter(None, (html, xlsx)):
        outputs.file(file)
    for folder in filter(None, (figures, tables)):
        outputs.folder(folder)
    outputs.check()
    with style.in_style():
        files = rendered(path, html, lang, figures, tables, xlsx, named, structure, outputs)
    for file, data in files.items():
        outputs.write(file, data)


def rendered(path, html, lang, figures, tables, xlsx, named, structure, outputs):
    """{file: what is to stand in it}."""
    result = Result(path, named)
    report = Report(Path(path), result, Comparison(result), lang)
    sections = page.build(report, structure)
    text = page.html(report, sections)
    files = {}
    if figures:
        files |= output.figures(page.figures(sections), figures)
    if tables:
        files |= output.tables(page.tables(sections), tables, lang)
    for file in files:
        outputs.file(file)
    outputs.check()
    if xlsx:
        files[xlsx] = output.workbook(page.tables(sections))
    files[html] = pdf.written(text) if Path(html).suffix.lower() == ".pdf" else text
    return files


def main():
    options = arguments()
    write(options.result, options.output, options.lang, options.figures, options.tables, options.xlsx, options.force,
          structure=options.structure)
    if not options.quiet:
        print(options.output)
    return 0
