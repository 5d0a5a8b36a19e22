#!/usr/bin/python3
"""Which vector of the first ensemble the defaults of models/germany are.

  PYTHONPATH=python scripts/tools/default_vector.py [--units 2000] [--ensemble models/germany/ensemble.csv] [--write]

Every vector is simulated once, in the same world under the same chance events. Of each outcome below a vector has a place: the
weight of the vectors below it and half of its own, 0.5 at the weighted median. The default is the vector whose places are
nearest to 0.5 over all outcomes (sum of squares): the one that is least of an outlier in what is read off the model, whatever its
numbers are. A vector was accepted for one run; as default only one counts that meets every pattern of the calibration in the
mean over twenty runs of all administrations. The outcomes were fixed before the ensemble was made. Prints the vector with its
places and those that were passed over; --write sets the defaults in parameters.toml, rounded to four digits.
"""

import argparse
import csv
import json
import re
import subprocess
import tempfile
import tomllib
from pathlib import Path

import numpy as np

import rathaus

MODEL = Path(__file__).resolve().parents[2] / "models" / "germany"
SEED = 20261201
UNITS = 2_000    # as in the calibration
RUNS = 20        # with new chance


def calibration():
    with open(MODEL / "calibration.toml", "rb") as file:
        return tomllib.load(file)


def members(path):
    """Rows of an ensemble, columns by name, and their weights, which add up to one."""
    with open(path, encoding="utf-8") as lines:
        rows = [{key: float(text) for key, text in row.items()} for row in csv.DictReader(lines)]
    weight = np.array([row["weight"] for row in rows])
    return rows, weight / weight.sum()


def study(numbers, units):
    """Every vector once, under the same chance events."""
    return rathaus.Experiment({
        "title": "Outcomes of every vector", "model": str(MODEL), "population": {"units": units}, "time": {"quarters": 80},
        "uncertain": {name: "range" for name in numbers},
        "design": {"method": "list", "values": np.column_stack(list(numbers.values())).tolist(), "chance": "shared"},
        "replicates": {"at_least": 1}, "random": {"seed": SEED}})


def outcomes(result):
    """What is read off the model, by name: [run]."""

    def at(level, quarter):
        return level.sel(time=quarter).values.reshape(-1)

    def last(name):
        return at(result.level(name), "2040-Q4")

    share = result.level("adopters", per="units")
    small = result.level("adopters", by="size_class", per="units").sel(size_class="<5k")
    return {
        "share with AI, end of 2025": at(share, "2025-Q4"),
        "share with AI, end of 2030": at(share, "2030-Q4"),
        "share with AI, end of 2040": at(share, "2040-Q4"),
        "share with AI under 5,000 inhabitants, end of 2030": at(small, "2030-Q4"),
        "services in operation, end of 2030": at(result.level("services_running"), "2030-Q4"),
        "share of ended pilots that never reached operation": last("graveyard"),
        "mean lock-in of a service, end of 2040": last("mean_lock_in"),
        "vendor concentration, national, end of 2040": last("hhi_national"),
        "net energy saved, whole run": result.level("energy_net").sum("time").values.reshape(-1),
        "total rebound with AI's own footprint": last("rebound_share"),
    }


def places(values, weight):
    """Of each vector among all: the weight below it and half of what is as high."""
    return np.array([weight[values < v].sum() + 0.5 * weight[values == v].sum() for v in values])


def rounded(value):
    return float(f"{value:.4g}")


def missed(values):
    """Patterns of the calibration that a vector, rounded, misses in the mean over runs with new chance."""
    used = calibration()["calibration"]["use"]
    one = rathaus.Experiment({
        "title": "One vector", "model": str(MODEL), "doubt": "none", "time": {"quarters": 20}, "replicates": {"at_least": RUNS},
        "random": {"seed": SEED}, "parameters": {name: rounded(value) for name, value in values.items()}})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.h5"
        one.run(path)
        told = subprocess.run([rathaus.program(), "patterns", path, "--format", "json"], check=True, capture_output=True, text=True)
    return [each["id"] for each in json.loads(told.stdout)["patterns"]
            if each["id"] in used and not each["low"] <= each["value"] <= each["high"]]


def default_vector(path, units):
    """Number of the row, its values by name, places by outcome, and nearer rows with what they miss."""
    rows, weight = members(path)
    numbers = {name: np.array([row[name] for row in rows]) for name in calibration()["uncertain"]}
    with tempfile.TemporaryDirectory() as folder:
        read = outcomes(study(numbers, units).run(Path(folder) / "outcomes.h5"))
    place = {name: places(values, weight) for name, values in read.items()}
    passed_over = {}
    for row in np.argsort(sum((p - 0.5) ** 2 for p in place.values()), kind="stable").tolist():
        values = {name: column[row] for name, column in numbers.items()}
        if not (misses := missed(values)):
            return row, values, {name: p[row] for name, p in place.items()}, passed_over
        passed_over[row] = misses
    raise SystemExit("no vector meets every pattern in the mean")


def write_defaults(values):
    path = MODEL / "parameters.toml"
    text = path.read_text(encoding="utf-8")
    for name, value in values.items():
        text, n = re.subn(rf"(\[{name}\]\n(?:(?!\n\[).)*?default\s*=\s*)[^\s#]+", rf"\g<1>{rounded(value)!r}", text,
                          flags=re.S)
        if n != 1:
            raise SystemExit(f"{name} does not stand once in {path}")
    path.write_text(text, encoding="utf-8")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--units", type=int, default=UNITS)
    arguments.add_argument("--ensemble", type=Path, default=MODEL / "ensemble.csv")
    arguments.add_argument("--write", action="store_true")
    asked = arguments.parse_args()
    nearest, values, place, passed_over = default_vector(asked.ensemble, asked.units)
    rows, _ = members(asked.ensemble)
    for row, misses in passed_over.items():
        print(f"passed over: particle {rows[row]['particle']:.0f} misses {', '.join(misses)}")
    print(f"particle {rows[nearest]['particle']:.0f}")
    for name, value in values.items():
        print(f"{name:20} {value:.4g}")
    for name, p in place.items():
        print(f"{p:.2f}  {name}")
    if asked.write:
        write_defaults(values)


if __name__ == "__main__":
    main()
