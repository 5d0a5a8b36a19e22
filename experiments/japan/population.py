#!/usr/bin/python3
"""Makes the 1,741 municipalities of models/japan from published counts: a population file and its recipe.

    PYTHONPATH=python experiments/japan/population.py models/japan                          population.csv and population.toml
    PYTHONPATH=python experiments/japan/population.py --sizes equal elsewhere               another assumption on sizes

Counts of units are published. Inhabitants of a kind are rounded from general knowledge; how they are
spread within a kind is an assumption, so that nothing here is drawn by chance: the k-th of n units has
the quantile (k - 1/2) / n of the distribution, scaled to the sum of its kind.
"""

import argparse
import math
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import NormalDist

sys.dont_write_bytecode = True
from rathaus.command_line import Parser

# 1,721 without designated cities: census of AI use (Ministry of Internal Affairs and Communications, MIC).
# Its parts are MIC's counts as generally known, not looked up; they sum to 1,721.
PREFECTURES = 47                     # 1,788 local governments = 1,741 municipalities + 47 prefectures
SIZE_BOUNDS = [250, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 500_000, 4_500_000]


@dataclass(frozen=True)
class Kind:
    """A legal kind of municipality. inhabitants: of all of them; log_sd: of sizes within the kind."""
    name: str
    count: int
    inhabitants: int
    log_sd: float


KINDS = (Kind("designated city", 20, 27_700_000, 0.45),
         Kind("special ward", 23, 9_700_000, 0.55),
         Kind("city", 772, 77_200_000, 0.70),
         Kind("town", 743, 10_800_000, 0.65),
         Kind("village", 183, 760_000, 0.80))

# Relative size at the quantile u; all have the same standard deviation of the logarithm but `equal`.
SIZES = {"lognormal": lambda u, log_sd: math.exp(log_sd * NormalDist().inv_cdf(u)),
         "equal": lambda u, log_sd: 1.0,
         "log_uniform": lambda u, log_sd: math.exp(log_sd * math.sqrt(12) * (u - 0.5))}


def sizes(kind, law):
    """Inhabitants of the units of a kind, ascending."""
    relative = [SIZES[law]((k + 0.5) / kind.count, kind.log_sd) for k in range(kind.count)]
    return [max(1, round(kind.inhabitants * r / sum(relative))) for r in relative]


def units(law="lognormal"):
    """(id, kind, region, inhabitants) of every municipality.

    Regions stand for prefectures: the units of a kind are dealt to them in the order of their sizes, each
    kind where the one before it ended; all special wards belong to one, as they do in Tokyo.
    """
    made, dealt = [], 0
    for kind in KINDS:
        for k, inhabitants in enumerate(sizes(kind, law)):
            region = 1 if kind.name == "special ward" else dealt % PREFECTURES + 1
            dealt += kind.name != "special ward"
            made.append((f"{len(made) + 1:04}", kind.name, f"region {region:02}", inhabitants))
    return made


def population_csv(made):
    lines = ["id,name,land,region,population"]
    lines += [f"{unit},{kind} {unit},{kind},{region},{number}" for unit, kind, region, number in made]
    return "\n".join(lines) + "\n"


def recipe(made, law):
    """population.toml: the same counts by size class, for synthetic populations of any number of units."""
    lines = ["# How many municipalities of each kind every size class has: counted from population.csv by",
             "# experiments/japan/population.py, which says what is published and what is assumed. `land` is the",
             "# legal kind, so that results can be told by it.",
             "",
             f"size_bounds = [{', '.join(f'{bound:_}' for bound in SIZE_BOUNDS)}]",
             'source      = "numbers of units of each kind: MIC, from general knowledge, 1,721 without '
             f'designated cities as in its census of AI use; sizes: assumption, {law} within each kind"',
             'grade       = "D"',
             "",
             "[national_units]",
             f"administration = {len(made):_}",
             f"municipality   = {len(made):_}"]
    for kind in KINDS:
        of_kind = [inhabitants for _, name, _, inhabitants in made if name == kind.name]
        if min(of_kind) < SIZE_BOUNDS[0] or max(of_kind) >= SIZE_BOUNDS[-1]:
            raise ValueError(f"a {kind.name} lies outside the bounds of the size classes")
        counts = [sum(low <= n < high for n in of_kind) for low, high in zip(SIZE_BOUNDS, SIZE_BOUNDS[1:])]
        regions = len({region for _, name, region, _ in made if name == kind.name})
        lines += ["", "[[land]]", f'name            = "{kind.name}"', f"kreise          = {regions}",
                  f"administrations = {counts}", f"municipalities  = {counts}"]
    return "\n".join(lines) + "\n"


def write(folder, law="lognormal"):
    folder = Path(folder)
    made = units(law)
    (folder / "population.csv").write_text(population_csv(made), encoding="utf-8")
    (folder / "population.toml").write_text(recipe(made, law), encoding="utf-8")


def main():
    parser = Parser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", help="where both files are written; what is there is replaced")
    parser.add_argument("--sizes", choices=SIZES, default="lognormal", help="the law within each kind")
    options = parser.parse_args()
    if not Path(options.folder).is_dir():
        parser.error(f"there is no folder {options.folder}")
    write(options.folder, options.sizes)


if __name__ == "__main__":
    main()
