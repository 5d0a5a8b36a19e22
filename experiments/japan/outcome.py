#!/usr/bin/python3
"""Fits Japan's census to 2019-2022, predicts 2023 and 2024, and writes down how far off that was.

    PYTHONPATH=python experiments/japan/outcome.py --work DIR          some 20 minutes on two busy cores

Writes models/japan: population.csv, population.toml, ensemble.csv, outcome.csv, outcome.svg
and the tables of README.md. The posteriors are kept in DIR; one that is there is used again, so that an
interrupted run goes on. Nothing here knows the observed years 2023 and 2024 until predictions are made: they
are read from patterns.toml, where their role is validation. Debian packages: python3-numpy, python3-scipy,
python3-h5py, python3-matplotlib.
"""

import argparse
import csv
import hashlib
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

sys.dont_write_bytecode = True
try:
    from rathaus.command_line import Parser
    from rathaus.errors import Error
    from rathaus.executable import program as find
    from rathaus.reader import Reader
except ModuleNotFoundError as missing:
    sys.exit(f"error: there is no {missing.name} (a Python package) set PYTHONPATH=python, or pip install ./python")
import benchmark  # noqa: E402
import h5py  # noqa: E402
import numpy as np  # noqa: E402
import page  # noqa: E402
import population  # noqa: E402

SOURCE = Path(__file__).resolve().parents[2]
MODEL = SOURCE / "models" / "japan"
YEARS = range(2018, 2025)
FITTED = range(2019, 2023)
GROUPS = {"designated": ["designated city"], "other": ["special ward", "city", "town", "village"],
          "cities": ["city"], "towns and villages": ["town", "village"]}
COLUMNS = ("table", "item", "group", "year", "value", "low", "high")
LAWS = tuple(population.SIZES)                    # the first is that of the shipped population
FEWER = {"particles": 200, "stop.simulations": 10_000}    # of calibration.toml, for the other laws: half


def rathaus(program, *words):
    done = subprocess.run([program, *map(str, words)], stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"outcome.py: rathaus {words[0]} ended with {done.returncode}")
    return done.stdout


def observed(folder=MODEL):
    """{(group, year): share}; 1 where a pattern only has a lower bound, as its note says."""
    patterns = tomllib.loads((folder / "patterns.toml").read_text(encoding="utf-8"))["pattern"]
    groups = {"O": "other", "D": "designated"}
    return {(groups[p["id"][0]], int(p["id"][1:])): p.get("target", 1.0)
            for p in patterns if p["id"][1:].isdigit()}


def shares(result):
    """{group: share (run, year)} of a result file, at the ends of the years."""
    with Reader(result) as file:
        kinds, labels = file.names("land"), file.names("quarter_label")
        ends = [labels.index(f"{year}-Q4") for year in YEARS]
        adopters, units = file.raw("adopters_by_land"), file.raw("units_by_land")
    found = {}
    for group, names in GROUPS.items():
        who = [kinds.index(name) for name in names]
        found[group] = adopters[:, :, who].sum(axis=2)[:, ends] / units[who].sum()
    return found


def histories(result):
    """SHA-256 of who has AI when in a run of census.toml: the same as long as the model computes the same."""
    with Reader(result) as file:
        return hashlib.sha256(file.raw("adopters_by_land").astype("<i8").tobytes()).hexdigest()


def calibrated(program, law, work):
    """Posterior and ensemble of one assumption on sizes."""
    posterior, ensemble = work / f"{law}.h5", work / f"{law}.ensemble.csv"
    if not posterior.exists():
        changes = with_sizes(law, work)
        if law != LAWS[0]:
            for key, value in FEWER.items():
                changes += ["--set", f"calibration.{key}={value}"]
        rathaus(program, "calibrate", MODEL / "calibration.toml", "-o", posterior, "--csv", ensemble,
                "--resume", *changes)
    return posterior, ensemble


def with_sizes(law, work):
    """The change of an experiment that replaces the shipped population; none for the law that is shipped."""
    if law == LAWS[0]:
        return []
    file = work / f"{law}.csv"
    file.write_text(population.population_csv(population.units(law)), encoding="utf-8")
    return ["--set", f"population.file={file}"]


def rows_of_calibration(program, law, posterior):
    with h5py.File(posterior) as file:
        yield "calibration", "accepted vectors", law, "", file["weight"].shape[1], "", ""
        yield "calibration", "effective number", law, "", float(file["effective_sample_size"][-1]), "", ""
        yield "calibration", "tolerance reached", law, "", float(file["tolerance"][-1]), "", ""
        yield "calibration", "acceptance at the end", law, "", float(file["acceptance_rate"][-1]), "", ""
        yield "calibration", "simulations", law, "", int(file["proposals"][:].sum()), "", ""
        digest = rathaus(program, "info", "--digest", posterior).strip()
        yield "calibration", "digest", law, "", digest, "", ""
        names = [name.decode() for name in file["parameter"][:]]
        for table in ("prior", "posterior"):
            for name, (low, middle, high) in zip(names, file[f"{table}_quantiles"][:]):
                yield table, name, law, "", middle, low, high
        for name, value in zip(names, file["contraction"][:]):
            yield "contraction", name, law, "", value, "", ""


def rows_of_prediction(law, result):
    found = shares(result)
    for group, share in found.items():
        low, middle, high = np.quantile(share, (0.05, 0.5, 0.95), axis=0)
        for k, year in enumerate(YEARS):
            yield "share", law, group, year, middle[k], low[k], high[k]
    dip = found["designated"][:, 1] < found["designated"][:, 0]
    yield "dip", law, "designated", 2019, dip.mean(), "", ""


def rows_of_benchmarks(seen):
    fitted = [seen["other", year] for year in FITTED]
    for item, free in (("Bass, ceiling 1", False), ("Bass, free ceiling", True)):
        numbers = benchmark.fit(benchmark.after(FITTED), fitted, free)
        for name, number in zip(("p", "q", "ceiling"), numbers):
            yield "Bass", f"{item}: {name}", "other", "", number, "", ""
        for year, share in zip(YEARS, benchmark.bass(benchmark.after(YEARS), *numbers)):
            yield "share", item, "other", year, share, "", ""
    for group in ("other", "designated"):
        for year in (2023, 2024):
            yield "share", "no change", group, year, seen[group, 2022], "", ""


def arguments():
    parser = Parser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", required=True, help="folder for posteriors and results")
    parser.add_argument("--rathaus", help="the program (default: RATHAUS of the environment, or the one in the path)")
    parser.add_argument("--page", action="store_true", help="only write figure and tables from outcome.csv")
    return parser.parse_args()


def main():
    options = arguments()
    if options.page:
        page.write(MODEL)
        return
    try:
        program = find(options.rathaus)
    except Error as error:
        sys.exit(f"error: {error}")
    work = Path(options.work).resolve()
    work.mkdir(parents=True, exist_ok=True)

    population.write(MODEL)
    seen = observed()
    rows = [("share", "observed", *where, share, "", "") for where, share in sorted(seen.items())]

    rathaus(program, "run", MODEL / "census.toml", "-o", work / "unfitted.h5", "--force", "--quiet")
    rows += rows_of_prediction("nothing fitted", work / "unfitted.h5")
    rathaus(program, "run", MODEL / "census.toml", "-o", work / "first.h5", "--force", "--quiet",
            "--set", "replicates.at_least=1")
    rows.append(("histories", "first replicate of census.toml", "", "", histories(work / "first.h5"), "", ""))
    for law in LAWS:
        posterior, ensemble = calibrated(program, law, work)
        if law == LAWS[0]:
            shutil.copyfile(ensemble, MODEL / "ensemble.csv")
        result = work / f"{law}.prediction.h5"
        rathaus(program, "run", MODEL / "prediction.toml", "-o", result, "--force", "--quiet",
                "--set", f"uncertain.ensemble={ensemble}", *with_sizes(law, work))
        rows += rows_of_calibration(program, law, posterior)
        rows += rows_of_prediction(law, result)
    rows += rows_of_benchmarks(seen)

    with open(MODEL / "outcome.csv", "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        table.writerows([f"{cell:.6g}" if isinstance(cell, float) else cell for cell in row] for row in rows)
    page.write(MODEL)


if __name__ == "__main__":
    main()
