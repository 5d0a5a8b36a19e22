#!/usr/bin/python3
"""How often the range of a study holds the truth, where the model itself is the truth.

  scripts/tools/doubt_coverage.py [--studies 200] [--first 0] [--program build/dev/rathaus] [--jobs 1] [--truth threshold]

A truth is a vector of the model's ensemble, drawn by weight, effects and prices of the programmes drawn uniformly over their
ranges, a drawn world of its own, and its expected gain: the mean over many replicates. The study beside it knows none of them:
it has another seed, so another drawn world, and the shipped doubt of the same theory. Counted is how often the range of its headline, the 2nd to
the 47th of 48 points, holds the truth. A range of one more draw holds it at (n + 1 - 2r)/(n + 1) = 91.8 %; chance and the drawn
world are in the range and not in the truth, and make it somewhat wider than that. With `--truth` the world decides by another rule than the
studies assume, with a vector of that rule's ensemble: no range promises to hold such a truth. Prints one line for each study, then the sum.
"""

import argparse
import csv
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
MODEL = SOURCE / "models" / "germany"
REPLICATES = 48
PROGRAMMES = ("advice", "pilot_grant")
STUDY = """title = "coverage of the range"
model = "{model}"
question.text = "How many more municipalities have AI?"
question.metric = "adopters"
question.horizon = "2031-Q4"
doubt.theories = false
population.units = 250
time.quarters = 44
[programme.advice]
from = "advice"
window = {{ first = "2023-Q1", length = 20 }}
budget = {{ per_year = 900_000, carry_over = true }}
[programme.pilot_grant]
from = "pilot_grant"
ports = {{ grant_pilot = 0.8 }}
window = {{ first = "2023-Q1", length = 20 }}
budget = {{ per_year = 1_500_000, carry_over = true }}
award = {{ rule = "merit" }}
[scenario.nothing]
baseline = true
[scenario.both]
programmes = ["advice", "pilot_grant"]
"""


@dataclass(frozen=True)
class Found:
    seed: int
    truth: float
    ranked: tuple       # gains of the points, ascending

    def held(self, rank=None):
        """Whether the range from the rank-th to the last but rank-th holds the truth; by default the program's own ranks."""
        rank = max(1, len(self.ranked) // 24) if rank is None else rank
        return self.ranked[rank - 1] <= self.truth <= self.ranked[-rank]


def effects():
    """{path of a number of the programmes: (low, high)}; the rate of a grant is a choice, and not drawn."""
    catalogue = tomllib.loads((MODEL / "programmes.toml").read_text(encoding="utf-8"))
    found = {}
    for name in PROGRAMMES:
        row = catalogue[name]
        for port, number in row.get("ports", {}).items():
            if not port.startswith("grant"):
                found[f"programme.{name}.ports.{port}"] = tuple(number["range"])
        if "unit_cost" in row:
            found[f"programme.{name}.unit_cost"] = tuple(row["unit_cost"]["range"])
    return found


def truth(seed, rule):
    """The settings that play the world, which decides by `rule`."""
    draw = random.Random(seed)
    with open(MODEL / ("ensemble.csv" if rule == "logit" else f"ensemble_{rule}.csv"), encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    row = draw.choices(rows, [float(r["weight"]) for r in rows])[0]
    names = [n for n in row if n not in ("particle", "weight", "distance") and not n.startswith("statistic.")]
    return [f"structure.decision_rule={rule}", *(f"parameters.{n}={row[n]}" for n in names),
            *(f"{n}={draw.uniform(*ends)!r}" for n, ends in effects().items())]


def design(program, folder, name, *sets):
    """The answer of one study."""
    result = folder / f"{name}.h5"
    subprocess.run([program, "run", folder / "s.toml", "-o", result, "--quiet", "--threads", "1",
                    *(word for one in sets for word in ("--set", one))], check=True, stdout=subprocess.DEVNULL)
    told = json.loads(subprocess.run([program, "compare", result, "--format", "json"], check=True, capture_output=True, text=True).stdout)
    result.unlink()
    return next(d for d in told["answer"]["designs"] if d["scenario"] == "both")


def study(program, seed, rule):
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "s.toml").write_text(STUDY.format(model=MODEL), encoding="utf-8")
        world = design(program, folder, "truth", "doubt=none", f"replicates.at_least={REPLICATES}", f"random.seed={2 * seed + 1}",
                       *truth(seed, rule))
        told = design(program, folder, "study", f"random.seed={2 * seed + 2}")
    return Found(seed, math.fsum(world["gains"]) / REPLICATES, tuple(sorted(told["gains"])))


def studies(program, seeds, jobs=1, rule="logit"):
    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(lambda seed: study(program, seed, rule), seeds)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--studies", type=int, default=200)
    parser.add_argument("--first", type=int, default=0, help="seed of the first study")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--truth", default="logit", metavar="RULE", help="how the world decides; studies assume logit")
    parser.add_argument("--program", default=os.environ.get("RATHAUS") or SOURCE / "build" / "release" / "rathaus")
    options = parser.parse_args()
    found = []
    for one in studies(options.program, range(options.first, options.first + options.studies), options.jobs, options.truth):
        found.append(one)
        print(f"{one.seed}\t{one.truth:.4f}\t{one.ranked[1]:g}\t{one.ranked[-2]:g}\t{'held' if one.held() else 'missed'}", flush=True)
    held = sum(one.held() for one in found)
    print(f"held {held} of {len(found)}: {100 * held / len(found):.1f} %")
    return 0


if __name__ == "__main__":
    sys.exit(main())
