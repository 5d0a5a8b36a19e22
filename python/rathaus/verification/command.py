"""Runs the limiting cases of the model, whose answers are known, and says how close it comes.

    rathaus verify                                   all cases
    rathaus verify bass --set parameters.aware_p=0.03 --set population.units=20000
    rathaus verify --ladder 50 > ladder_50.csv       a population for granovetter_ladder

Each case is one experiment of experiments/verification, run by `rathaus run`. What is expected is
computed here from the parameters in the result file, by formulas of its own, so any setting that
keeps the case's assumptions may be tried. Debian packages: python3-numpy, python3-scipy,
python3-h5py, and python3-matplotlib for --figures.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from rathaus.command_line import Parser
from rathaus.errors import InputError
from rathaus.executable import program
from rathaus.safe_output import Outputs
from rathaus.verification.cases import CHECKS
from rathaus.verification.chance import LIMIT
from rathaus.verification.study import EXPERIMENTS, run

HEAD = ("case", "quantity", "expected", "simulated", "error", "z or gap", "source", "verdict")
SIDES = "<<>>>><<"


def arguments(given):
    parser = Parser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", nargs="*", help=f"{', '.join(CHECKS)}; all if none is named")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE",
                        help="change the experiments, as in rathaus run")
    parser.add_argument("--rathaus", metavar="PROGRAM", help="the program (default: RATHAUS of the "
                        "environment, or the one in the path)")
    parser.add_argument("--threads", type=int, metavar="N", help="threads of each run")
    parser.add_argument("--figures", metavar="DIR", help="one figure per case, as SVG")
    parser.add_argument("--strict", action="store_true", help="exit 2 if a verdict is not ok")
    parser.add_argument("--keep", metavar="DIR", help="keep the result files there")
    parser.add_argument("--force", action="store_true", help="overwrite what is in those folders")
    parser.add_argument("--ladder", type=int, metavar="N",
                        help="only print a ladder of N thresholds")
    parser.add_argument("--without", type=int, default=-1, metavar="K",
                        help="threshold K of the ladder is K + 1: adoption stops at K units")
    options = parser.parse_args(given)
    for case in options.case:
        if case not in CHECKS:
            parser.error(f"there is no case {case} (known: {', '.join(CHECKS)})")
    return options


def ladder(units, without=-1):
    """A population file in which unit k adopts when k others have, as text."""
    width = len(str(units - 1))
    lines = ["id,name,land,region,population,innov"]
    for k in range(units):
        threshold = k + 1 if k == without else k
        lines.append(f"{k:0{width}d},Unit {k},Nowhere,Region,20000,{threshold / units:.12g}")
    return "\n".join(lines) + "\n"


def outcome(case, rathaus, sets=(), folder=None, threads=None):
    """Runs one case with changes and checks it: an Outcome of rows and curves."""
    with tempfile.TemporaryDirectory() as own:
        result = Path(folder or own) / f"{case}.h5"
        return CHECKS[case](run(rathaus, EXPERIMENTS / f"{case}.toml", sets, result, threads))


def cells(case, row):
    error = row.error if isinstance(row.error, str) else f"{row.error:.2g}"
    if isinstance(row.error, str):
        score = f"{row.score:.1e}" if row.score else "0"
    else:
        score = f"{row.score:.2f}"
    return (case, row.quantity, f"{row.expected:.7g}", f"{row.simulated:.7g}", error, score,
            row.source, "ok" if row.passed else "FAILED")


def print_table(lines):
    width = [max(len(line[c]) for line in lines) for c in range(len(HEAD))]
    for line in lines:
        print("  ".join(f"{text:{side}{w}}" for text, side, w in zip(line, SIDES, width)).rstrip())


def main(given=None):
    options = arguments(given)
    if options.ladder is not None:
        if options.ladder < 1:
            raise InputError("a ladder has one unit at least")
        sys.stdout.write(ladder(options.ladder, options.without))
        return 0
    outputs = Outputs(force=options.force)
    for folder in filter(None, (options.figures, options.keep)):
        outputs.folder(folder)
    outputs.check()
    if options.figures:
        try:
            from rathaus.verification.figures import draw
        except ModuleNotFoundError as missing:
            raise InputError(f"no figures without {missing.name} (a Python package) "
                            f"apt install python3-{missing.name}") from missing
    if options.keep:
        Path(options.keep).mkdir(parents=True, exist_ok=True)
    rathaus = program(options.rathaus)
    lines, failed = [HEAD], 0
    for case in options.case or CHECKS:
        checked = outcome(case, rathaus, options.set, options.keep, options.threads)
        lines += [cells(case, row) for row in checked.rows]
        failed += sum(not row.passed for row in checked.rows)
        if options.figures:
            outputs.write(Path(options.figures) / f"{case}.svg", draw(case, checked))
    print_table(lines)
    print(f"\n{len(lines) - 1} comparisons, {failed} failed.\n"
          "error: standard error of the simulated number, \"exact\", or a bound. A z beyond "
          f"{LIMIT:g} fails, which a\nright program does at most once in 10,000 comparisons "
          "(python/rathaus/verification/chance.py).")
    return 2 if failed and options.strict else 0

