"""A result file: what is in it, and what can be asked of it."""

from __future__ import annotations

import json
import os
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import h5py
import numpy as np
import pandas as pd
import xarray as xr

from rathaus import gains, table
from rathaus.errors import InputError, options_as_arguments
from rathaus.gains import By
from rathaus.plots import Plots
from rathaus.reader import Reader, unit_of


LANGUAGES = ("en", "de")
STRUCTURES = ("report", "wu")


class Result(Reader):
    """A result of `rathaus run`.

        result = rathaus.open("own_share.h5")
        result.gain("adopters", by="size_class", against="no_programme").sel(time="2035")
        result.compare(); result.report("own_share.html", lang="de"); result.plot.gain("adopters")

    Args:
        path: the file.
        named: the program, as for `rathaus.program`; needed by what asks it (compare, sensitivity, trace, report).
    """

    def __repr__(self) -> str:
        runs = len(self.index["point"])
        return (f"<rathaus.Result {self.path}: {self.title!r}, {len(self.scenarios)} scenarios "
                f"({', '.join(self.scenarios)}), {runs} runs, {len(self.time)} quarters>")

    def level(self, name: str, by: By = None, *, per: str | None = None, fixed_demand: bool = False) -> xr.DataArray:
        """A variable by scenario, summed over its classes.

        Args:
            name: such as "adopters", "own_spending", "programmes/paid", or a ratio such as "mean_lock_in";
                `metrics()` lists them with their units.
            by: axes that are kept and not summed over: "size_class", "land", "fiscal_class" (where the experiment
                asked for these groups), "use_case", "stage", "programme", …
            per: a variable to divide by, class by class: "units", "inhabitants", "services_running". NaN where
                there is none.
            fixed_demand: the twins with fixed demand in the place of the runs.

        Returns:
            xarray.DataArray: (scenario, theory, point, replicate, time, axes of `by`), in the unit of the variable
            (attribute `units`); NaN where a case failed.
        """
        return gains.level(self, name, by, per, fixed_demand)

    def gain(self, name: str, by: By = None, *, against: str | None = None, per: str | None = None,
             fixed_demand: bool = False) -> xr.DataArray:
        """Paired differences: each scenario less another one, run by run under the same chance events.

        Args:
            name, by, per, fixed_demand: as for `level`.
            against: the scenario that is subtracted; the baseline if None.

        Returns:
            xarray.DataArray: as of `level`, without the scenario `against`. Its mean over replicates (after that over
            points) is the gain of `rathaus compare`; `rathaus.interval` gives the interval, too.
        """
        return gains.gain(self, name, by, against, per, fixed_demand)

    def doubt(self, name: str, by: By = None, *, against: str | None = None, per: str | None = None) -> xr.Dataset:
        """What is not known of a gain, chance and ignorance apart.

        Args:
            name, by, against, per: as for `gain`.

        Returns:
            xarray.Dataset (scenario, theory, time, axes of `by`): mean, low and high are the 95 % interval by chance
            over replicates (NaN with one); points_low and points_high hold the middle of the points of the design
            after their replicates are averaged (the 2nd to the 47th of 48, the r-th to the (n + 1 - r)-th of n with r = n // 24
            and at least 1; NaN with one point): ignorance, and with few replicates chance in it, too. part_of_chance is the share of the
            variance between points that replicates explain (NaN with one). positive and negative count the points.
        """
        return gains.doubt(self.gain(name, by, against=against, per=per))

    def parameters(self, all: bool = False) -> pd.DataFrame:
        """The uncertain numbers of each point in their own units: the X of a sensitivity analysis.

        Args:
            all: every number of the model, not only the uncertain ones.

        Returns:
            pandas.DataFrame: a row for each point (index `point`, as on the axis `point` of `level` and `gain`), a
            column for each number. Where each rival theory has an ensemble of its own, a row for each theory and
            point (index `theory`, `point`); a number that a theory does not draw has its own value there. Units stand in `.attrs["units"]`, distributions in `.attrs["distributions"]`.
        """
        columns, units = {}, {}
        points = self.raw("point")
        by_theory = self.has("parameters/unit_cube_by_theory")
        index = pd.MultiIndex.from_product([self.theories, points], names=["theory", "point"]) if by_theory \
            else pd.Index(points, name="point")
        for variable in self.file["parameters"].values():
            if isinstance(variable, h5py.Dataset) and variable.ndim > 0 and "path" in variable.attrs:
                name = str(variable.attrs["path"]).removeprefix("parameters.")      # as [uncertain] and --design name it
                columns[name] = np.broadcast_to(variable[()], (len(self.theories), len(points))).ravel() if by_theory else variable[()]
                units[name] = unit_of(variable) or "1"
        uncertain = [name.removeprefix("parameters.") for name in self.names("parameter")]
        chosen = list(columns) if all else uncertain
        frame = pd.DataFrame({name: columns[name] for name in chosen}, index=index)
        frame.attrs["units"] = {name: units[name] for name in chosen}
        frame.attrs["distributions"] = dict(zip(uncertain, self.names("parameters/distribution")))
        return frame

    @cached_property
    def municipalities(self) -> pd.DataFrame:
        """The units with id, name, land, region, inhabitants, classes, fiscal strength and place."""
        units = {name.removeprefix("unit_"): self.raw(f"municipalities/{name}")
                 for name in self.variables("municipalities") if name.startswith("unit_")}
        frame = pd.DataFrame(units, index=pd.RangeIndex(len(units["id"]), name="unit"))
        for name in ("size_class", "fiscal_class"):
            # a study that asks for no results by a class has no axis of it
            words = self.names(name) or str(self.file[f"municipalities/unit_{name}"].attrs.get("flag_meanings", "")).split() \
                if name in frame else []
            if words:
                frame[name] = pd.Categorical.from_codes(frame[name], words, ordered=True)
        return frame

    def compare(self, *, against: str | None = None, section: str | None = None,
                quarter: str | None = None) -> pd.DataFrame:
        """The decision table of `rathaus compare`, number by number.

        Args:
            against: the scenario that gains are over; the baseline if None.
            section: one part of the table, such as "adoption" or "money".
            quarter: one quarter, such as "2035-Q4", in the place of the horizons.

        Returns:
            pandas.DataFrame: a row for each metric, horizon, theory, detail and scenario: level and gain with their
            95 % intervals, in the unit of the row.
        """
        return table.comparison(self, *_options(against=against, section=section, quarter=quarter))

    def table(self, *, against: str | None = None, section: str | None = None, quarter: str | None = None) -> str:
        """The decision table as the program prints it."""
        return self.ask("compare", "--full", *_options(against=against, section=section, quarter=quarter))

    def metrics(self) -> pd.DataFrame:
        """What `level`, `gain` and `doubt` can be asked for in this file: a row for each variable and ratio with axes or
        formula, unit and meaning, as `rathaus metrics` lists them."""
        known = table.metrics(self.named)
        ratio = known["tells"].str.startswith("ratio")
        held = known["variable"].map(lambda name: self.has(name) and "run" in self.dimensions(name))
        return known[ratio | held].reset_index(drop=True)

    def sensitivity(self, indicator: str = "adopters", *, quarter: str | None = None) -> pd.DataFrame:
        """`rathaus sensitivity`: Sobol indices or Morris effects of every uncertain number.

        Returns:
            pandas.DataFrame: a row for each number, with the intervals of its indices.
        """
        return table.sensitivities(self, *_options(indicator=indicator, quarter=quarter))

    def trace(self, unit: str, *, run: int = 0) -> dict[str, Any]:
        """The story of one unit in one run, replayed by the program.

        Args:
            unit: its official key or name.
            run: position on the axis `run` of the file.
        """
        told = self.ask("trace", "--run", run, "--unit", unit, "--format", "json")
        return dict(json.loads(told))

    def story(self, unit: str, *, lang: Literal["en", "de"] = "en", theory: str | None = None, replicate: int = 0) -> str:
        """What happened to one unit, year by year, side by side over the scenarios, in plain sentences.

        Args:
            unit: its official key or name.
            lang: language.
            theory: one of the rival theories; the first if None.
            replicate: which of the replicates, from 0.
        """
        from rathaus.story import Story
        with options_as_arguments():
            return Story(self, unit, _one_of("lang", lang, LANGUAGES), theory, replicate).text()

    def explain(self) -> str:
        """Everything that made this result, as one experiment file; its run has the same digest."""
        return self.ask("explain")

    @property
    def digest(self) -> str:
        """SHA-256 over every result number."""
        return self.ask("info", "--digest").strip()

    def report(self, output: str | os.PathLike[str], *, lang: Literal["en", "de"] = "en",
               figures: str | os.PathLike[str] | None = None, tables: str | os.PathLike[str] | None = None,
               xlsx: str | os.PathLike[str] | None = None, force: bool = False,
               structure: Literal["report", "wu"] = "report") -> None:
        """Writes the report: one page of HTML that needs nothing else, or a PDF (docs/report.md).

        Args:
            output: the page; its name ends with .html or .pdf.
            lang: its language.
            structure: "wu" orders the parts under the headings of an appraisal (§ 7 BHO/LHO).
            figures: folder for each chart as SVG and PNG.
            tables: folder for each table as CSV.
            xlsx: workbook with all tables.
            force: overwrite what exists.
        """
        from rathaus.report.command import write
        places = [None if path is None else Path(path) for path in (figures, tables, xlsx)]
        with options_as_arguments():
            write(self.path, Path(output), _one_of("lang", lang, LANGUAGES), places[0], places[1], places[2], force, self.named,
                  _one_of("structure", structure, STRUCTURES))

    def export(self, folder: str | os.PathLike[str], *, force: bool = False) -> list[Path]:
        """Writes tidy tables as CSV into a folder, see `rathaus export --help`; gives their paths."""
        from rathaus.export import export
        with options_as_arguments():
            return export(self, Path(folder), force)

    @property
    def plot(self) -> Plots:
        """Pictures: `plot.level("adopters")`, `plot.gain("adopters")`, `plot.gains("adopters")`."""
        return Plots(self)


def _one_of(what: str, given: str, known: tuple[str, ...]) -> str:
    if given not in known:
        raise InputError(f"there is no {what} {given!r}", suggestion=f"known: {', '.join(known)}")
    return given


def _options(**given: str | None) -> list[str]:
    return [word for name, value in given.items() if value is not None for word in (f"--{name}", value)]
