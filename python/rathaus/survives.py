"""Counts in how many points, and under which rival theories, one scenario beats another for the same money.

  rathaus survives RESULT.h5                       statements that may be called findings, and the rest
  rathaus survives RESULT.h5 --quarter 2035-Q4 --share 0.9 --money 0.05
  rathaus survives RESULT.h5 --start 2023-Q3 0.03 0.15    only points that start as they should

A statement "A beats B on M" holds at a point if the gain of A over the baseline, by the mean over the
replicates of that point, is better than that of B, and if both paid the same: a difference of at most
--money of the larger sum. Where they did not, it does not hold. It is a finding if it holds at more than
--share of the points under every rival theory. Gains are paired: A, B and the baseline meet the same chance.
A vector that was accepted under one theory need not agree with what is known under another: --start leaves
out, theory by theory, the points at which the baseline's share of units with AI is outside of its bounds.
Exit status: 0 done, 1 your input is wrong, 2 the tables could not be written.
"""

import argparse
import itertools
from decimal import Decimal
from pathlib import Path

import numpy as np

from rathaus.command_line import Parser
from rathaus.errors import InputError
from rathaus.reader import Reader

# name, unit, better (1 more, -1 less), how: over the classes at the quarter or summed until it
METRICS = (
    ("municipalities with AI in operation", "units", 1, lambda now, flow: now("adopters")),
    ("small ones with AI in operation (<5k)", "units", 1, lambda now, flow: now("adopters", "<5k")),
    ("residents reached", "inhabitants", 1, lambda now, flow: now("adopter_inhabitants")),
    ("services in operation", "services", 1, lambda now, flow: now("services_running")),
    ("mean lock-in of a service", "1", -1, lambda now, flow: now("lock_in") / now("services_running")),
    ("net emissions avoided", "kg CO2e", 1, lambda now, flow: flow("emissions_net")),
)


class Study:
    """Gains and money as (theory, point, scenario), means over replicates."""

    def __init__(self, path, quarter):
        result = Reader(path)
        self.file = result.file
        self.quarters = result.names("quarter_label")
        self.quarter = quarter or self.quarters[-1]
        self.last = self.quarter_index(self.quarter)
        self.scenarios, self.theories, self.classes = result.scenarios, result.theories, result.size_classes
        self.baseline = self.scenarios.index(result.baseline)
        if len(self.scenarios) < 3 or "programmes/paid" not in self.file:
            raise InputError(f"{path} holds nothing to compare: it takes a baseline and two scenarios that pay")
        index = [result.index[name] for name in ("alternative", "point", "scenario", "replicate")]
        real = result.index["fixed_demand"] == 0
        shape = [len(self.theories), *(int(axis.max()) + 1 for axis in index[1:])]
        self.run = np.full(shape, -1)
        self.run[tuple(axis[real] for axis in index)] = np.flatnonzero(real)
        if (self.run < 0).any():
            raise InputError(f"{path} lacks {(self.run < 0).sum()} of {self.run.size} runs: finish it first")

    def quarter_index(self, quarter):
        if quarter not in self.quarters:
            raise InputError(f"quarter {quarter} is not in the result (it holds {self.quarters[0]} to "
                        f"{self.quarters[-1]})")
        return self.quarters.index(quarter)

    def mean(self, values):
        return values[self.run].mean(axis=-1)

    def now(self, name, size_class=None):
        chosen = slice(None) if size_class is None else [self.classes.index(size_class)]
        return self.file[name][:, self.last, :][:, chosen].sum(axis=1, dtype=float)

    def flow(self, name):
        return self.file[name][:, :self.last + 1].sum(axis=(1, 2), dtype=float)

    def paid(self):
        paid = self.file["programmes/paid"][:, :self.last + 1]
        return self.mean(np.nansum(paid, axis=(1, 2)))

    def levels(self, metric):
        with np.errstate(invalid="ignore"):  # no service, no lock-in: no statement holds there
            return self.mean(metric(self.now, self.flow))

    def starting(self, quarter, low, high):
        """The points (theory, point) at which so many units of the baseline have AI in that quarter."""
        at = self.quarter_index(quarter)
        try:
            low, high = float(low), float(high)
        except ValueError:
            raise InputError(f"--start {quarter} {low} {high}: two shares follow the quarter") from None
        adopters = self.file["adopters"][:, at].sum(axis=1, dtype=float)
        share = self.mean(adopters)[..., self.baseline] / self.file["units"][:].sum()
        kept = (share >= low) & (share <= high)
        if not kept.any(axis=1).all():
            raise InputError(f"--start {quarter} {low} {high} leaves a theory without a point")
        return kept

    def vectors(self):
        """Number of distinct sets of numbers that a programme does not own."""
        group = self.file["parameters"]
        theories, points = len(self.theories), self.run.shape[1]
        drawn = [np.broadcast_to(group[name][()], (theories, points)).ravel() for name in group
                 if not name.startswith("programme.") and group[name].shape in ((points,), (theories, points))
                 and group[name].dtype.kind == "f"]
        return len(np.unique(np.array(drawn).T, axis=0))


def statements(study, kept, money):
    """(metric, A, B, share of the kept points by theory) of every A and every B."""
    paid = study.paid()
    others = [s for s in range(len(study.scenarios)) if s != study.baseline]
    for name, _, better, metric in METRICS:
        gain = better * study.levels(metric)
        for a, b in itertools.permutations(others, 2):
            same = np.abs(paid[..., a] - paid[..., b]) <= money * np.maximum(paid[..., a], paid[..., b])
            wins = ((gain[..., a] > gain[..., b]) & same & kept).sum(axis=1) / kept.sum(axis=1)
            yield name, study.scenarios[a], study.scenarios[b], wins


def percent(share):
    return f"{100 * share:.0f} %"


def row(*cells):
    print("| " + " | ".join(map(str, cells)) + " |")


def head(*cells):
    row(*cells)
    row(*["---"] + ["---:"] * (len(cells) - 1))


def span(values, form):
    low, middle, high = np.nanquantile(values, (0.05, 0.5, 0.95))
    middle, low, high = (f"{Decimal(f'{value:{form}}'):,f}" for value in (middle, low, high))    # no 1.78e+03
    return f"{middle} ({low} to {high})"


def tell_money(study):
    paid = study.paid() / 1e6
    print("\nPublic money paid [million EUR], median and 5 to 95 % over the points\n")
    head("scenario", *study.theories)
    for s, name in enumerate(study.scenarios):
        if s != study.baseline:
            row(name, *(span(paid[t, :, s], ".1f") for t in range(len(study.theories))))


def tell_gains(study):
    print("\nGains over the baseline, median and 5 to 95 % over the points, under the first theory\n")
    others = [s for s in range(len(study.scenarios)) if s != study.baseline]
    head("metric", "baseline", *(study.scenarios[s] for s in others))
    for name, unit, _, metric in METRICS:
        level = study.levels(metric)[0]
        scale, form = (1e6, ".3g") if np.nanmax(np.abs(level)) > 1e6 else (1, ".3g")
        unit = f"million {unit}" if scale > 1 else unit
        row(f"{name} [{unit}]", span(level[:, study.baseline] / scale, form),
            *(span((level[:, s] - level[:, study.baseline]) / scale, form) for s in others))


def tell(study, kept, share, money):
    points, replicates = study.run.shape[1], study.run.shape[3]
    units = int(study.file["units"][:].sum())
    print(f"{study.quarter}: {points} points ({study.vectors()} distinct vectors), "
          f"{replicates} replicate(s), {units:,} units, {len(study.theories)} theories")
    tell_money(study)
    tell_gains(study)
    if not kept.all():
        print("\nPoints that start within the bounds: "
              + ", ".join(f"{n} of {points} ({name})" for n, name in zip(kept.sum(axis=1), study.theories)))
    all_of_them = list(statements(study, kept, money))
    findings = [s for s in all_of_them if (s[3] > share).all()]
    partly = [s for s in all_of_them if (s[3] > share).any() and not (s[3] > share).all()]
    columns = ("statement", "metric", *study.theories, "theories")
    bar = f"above {percent(share)} of the points"
    for title, chosen in ((f"Findings: {bar} under every theory, for the same money", findings),
                          (f"No findings: {bar} under some theory only", partly)):
        print(f"\n{title}: {len(chosen)} of {len(all_of_them)} statements\n")
        if chosen:
            head(*columns)
        for name, a, b, shares in chosen:
            row(f"{a} beats {b}", name, *map(percent, shares),
                f"{(shares > share).sum()} of {len(study.theories)}")
    print(f"\nThe other {len(all_of_them) - len(findings) - len(partly)} exceed it under no theory. "
          "\"A beats B\" and \"B beats A\" are two statements.")


def main():
    parser = Parser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("result", type=Path, metavar="RESULT.h5")
    parser.add_argument("--quarter", help="default: the last one")
    parser.add_argument("--start", nargs=3, metavar=("QUARTER", "LOW", "HIGH"), help="only these points")
    parser.add_argument("--share", type=float, default=0.9, help="of the points (default: 0.9)")
    parser.add_argument("--money", type=float, default=0.05,
                        help="largest difference that counts as the same money (default: 0.05)")
    options = parser.parse_args()
    study = Study(options.result, options.quarter)
    kept = study.starting(*options.start) if options.start else np.ones(study.run.shape[:2], bool)
    tell(study, kept, options.share, options.money)
    return 0
