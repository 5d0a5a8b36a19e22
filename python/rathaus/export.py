"""Writes a result as tidy tables: one CSV for each kind of row, names in the place of indices, numbers unrounded.

  rathaus export RESULT.h5 -o tables
  rathaus export RESULT.h5 -o tables --quarter 2030-Q4 --quarter 2035-Q4

  outcomes.csv         every run, quarter and size class: adopters, services, money, staff, energy …
  gains.csv            the same less the baseline, run by run under the same chance
  by_land.csv, by_fiscal_class.csv   the same by these groups, where the experiment asked for them
  strata.csv           every run, horizon, stratum and size class: units and support that they got
  money.csv            every run, quarter and programme: refilled, requested, granted, paid, returned, administration …
  reach.csv            every run, quarter, programme and size class: eligible, aware, applied, awarded …
  vendors.csv          every run, quarter and vendor: installed base and price
  points.csv           the uncertain numbers of each point
  municipalities.csv   the units
  events.csv           what happened to whom and when, where the result holds it
  columns.csv          every column of these tables with its unit and meaning

A table is left out where the result has nothing for it. Columns scenario, theory, point, replicate and
fixed_demand (1: the twin with fixed demand) tell which run a row belongs to. Nothing is overwritten without --force.
Exit status: 0 done, 1 your input is wrong.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import xarray as xr

from rathaus.command_line import Parser
from rathaus.reader import position
from rathaus.safe_output import Outputs, opened

if TYPE_CHECKING:
    from rathaus.result import Result

RUNS = 64       # turned into rows at a time
OF_RUN = ("scenario", "theory", "point", "replicate", "fixed_demand")
# table: (group, axes of its variables)
TABLES = {"outcomes": ("/", ("run", "time", "size_class")),
          "by_land": ("/", ("run", "time", "land")),
          "by_fiscal_class": ("/", ("run", "time", "fiscal_class")),
          "strata": ("strata", ("run", "horizon", "stratum", "size_class")),
          "money": ("programmes", ("run", "time", "programme")),
          "reach": ("programmes", ("run", "time", "programme", "size_class")),
          "vendors": ("/", ("run", "time", "vendor"))}
MEANINGS = {"scenario": "name of the scenario", "theory": "rival theory", "point": "point of the design",
            "replicate": "runs of one replicate met the same chance events", "fixed_demand": "1: twin with fixed demand",
            "quarter": "calendar quarter; states hold at its end", "time": "last day of the quarter",
            "years": "time since support starts [year]"}


def export(result: Result, folder: Path, force: bool = False, quarters: list[str] | None = None) -> list[Path]:
    """Writes the tables of a result into a folder; gives their paths."""
    outputs = Outputs([result.path], force)
    outputs.folder(folder)
    outputs.check()
    times = _times(result, quarters)
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    columns = []
    for name, frames, meanings in _tables(result, times):
        if (first := next(frames, None)) is None:
            continue
        written.append(folder / f"{name}.csv")
        _write(outputs, written[-1], chain([first], frames))
        columns += [(name, column, *_split(meanings.get(column, MEANINGS.get(column, "")))) for column in first.columns]
    written.append(folder / "columns.csv")
    _write(outputs, written[-1], iter([pd.DataFrame(columns, columns=["table", "column", "unit", "meaning"])]))
    return written


def _write(outputs: Outputs, path: Path, frames: Iterator[pd.DataFrame]) -> None:
    outputs.file(path)
    outputs.check()
    with opened(path, outputs.force) as file:
        for k, frame in enumerate(frames):
            file.write(frame.to_csv(index=False, header=k == 0, lineterminator="\n").encode())


def _tables(result: Result, times: Any) -> Iterator[tuple[str, Iterator[pd.DataFrame], dict[str, str]]]:
    for name, (group, axes) in TABLES.items():
        if not result.has(group):
            continue
        meanings = {variable: said for variable, said in result.variables(group).items()
                    if tuple(_axes(result, group, variable)) == axes}
        if meanings:
            data = result.dataset(group)[list(meanings)]
            yield name, _rows(result, data, axes, times), meanings
            if name == "outcomes" and len(result.scenarios) > 1:
                yield "gains", _gains(result, data, axes, times), meanings
    if len(result.parameters().columns):
        points = result.parameters()
        yield "points", iter([points.reset_index()]), result.variables("parameters")
    yield "municipalities", iter([result.municipalities]), {
        name.removeprefix("unit_"): said for name, said in result.variables("municipalities").items()}
    if result.has("events"):
        yield "events", iter([_events(result)]), result.variables("events")


def _axes(result: Result, group: str, name: str) -> list[str]:
    return ["time" if axis == "quarter" else axis for axis in result.dimensions(f"{group.strip('/')}/{name}")]


def _rows(result: Result, data: xr.Dataset, axes: tuple[str, ...], times: Any) -> Iterator[pd.DataFrame]:
    for first in range(0, data.sizes["run"], RUNS):
        yield _frame(result, data.isel(run=slice(first, first + RUNS)), axes, times)


def _gains(result: Result, data: xr.Dataset, axes: tuple[str, ...], times: Any) -> Iterator[pd.DataFrame]:
    """Runs less their partners in the baseline; a run whose partner failed has no gain."""
    index = result.index
    keys = list(zip(index["alternative"], index["point"], index["replicate"], index["fixed_demand"]))
    base = result.scenarios.index(result.baseline)
    partner = {key: run for run, key in enumerate(keys) if index["scenario"][run] == base}
    runs = [run for run in range(len(keys)) if index["scenario"][run] != base and keys[run] in partner]
    for first in range(0, len(runs), RUNS):
        own = runs[first:first + RUNS]
        block = data.isel(run=own).load()
        other = data.isel(run=[partner[keys[run]] for run in own]).load()
        yield _frame(result, _less(block, other), axes, times)


def _less(block: xr.Dataset, other: xr.Dataset) -> xr.Dataset:
    return xr.Dataset({name: block[name].astype(float).copy(data=block[name].values.astype(float) - other[name].values)
                       for name in block.data_vars})


def _frame(result: Result, data: xr.Dataset, axes: tuple[str, ...], times: Any) -> pd.DataFrame:
    if "time" in axes:
        data = data.isel(time=times)
    frame = data.to_dataframe(dim_order=axes).reset_index()
    named: dict[str, Any] = {name: frame[name] for name in OF_RUN}
    named["fixed_demand"] = frame["fixed_demand"].astype(int)
    if "time" in axes:
        labels = dict(zip(result.time, result.names("quarter_label")))
        named |= {"quarter": frame["time"].map(labels), "time": frame["time"].dt.date}
    if "horizon" in axes:
        named["years"] = frame["horizon"].map(dict(enumerate(result.raw("strata/horizon_years"))))
    named |= {axis: frame[axis] for axis in axes if axis not in ("run", "time", "horizon")}
    # differences of money, which is exact in cents, are exact in cents, too
    return pd.DataFrame(named | {str(name): frame[name].round(2) if data[name].attrs.get("units") == "EUR" else frame[name]
                                 for name in data.data_vars})


def _events(result: Result) -> pd.DataFrame:
    """One row for each event: its columns as they lie in the file."""
    names = [name for name in result.variables("events") if result.file["events"][name].ndim == 1]
    return pd.DataFrame({name: result.raw(f"events/{name}") for name in names})


def _times(result: Result, quarters: list[str] | None) -> Any:
    labels = result.names("quarter_label")
    return [position(quarter, labels, "quarter") for quarter in quarters] if quarters else np.arange(len(labels))


def _split(said: str) -> tuple[str, str]:
    """(unit, meaning) of "meaning [unit]"."""
    meaning, mark, unit = said.rpartition(" [")
    return (unit.removesuffix("]"), meaning) if mark else ("", said)


def main() -> int:
    parser = Parser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("result", metavar="RESULT.h5")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FOLDER", help="where the tables go")
    parser.add_argument("--quarter", action="append", metavar="QUARTER",
                        help="only this quarter, such as 2035-Q4; may be repeated (default: all)")
    parser.add_argument("--force", action="store_true", help="overwrite what exists")
    parser.add_argument("--quiet", action="store_true", help="no message when all is well")
    options = parser.parse_args()
    from rathaus.result import Result
    with Result(options.result) as result:
        written = export(result, options.output, options.force, options.quarter)
    if not options.quiet:
        print(*written, sep="\n")
    return 0
