"""The usual pictures of a result; each gives the axes it was drawn on, to be changed and saved as any of Matplotlib's."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import xarray as xr

from rathaus.errors import InputError

if TYPE_CHECKING:
    from rathaus.gains import By
    from rathaus.result import Result


class Plots:
    """`result.plot`. Where a study has several points of what is not known, a line is their median and its band holds their
    middle (the 2nd to the 47th of 48), chance and ignorance together, as `rathaus compare` tells them. Else a line is the
    mean and its band the 95 % interval over replicates: chance alone. The legend says which."""

    def __init__(self, result: Result) -> None:
        self.result = result

    def level(self, name: str, by: By = None, *, per: str | None = None, theory: str | None = None, ax: Any = None) -> Any:
        """The course of a variable, one line for each scenario (and class, with `by`).

        Args:
            name, by, per: as for `Result.level`.
            theory: one of the rival theories; the first if None.
            ax: axes to draw on; new ones if None.
        """
        return self._course(self.result.level(name, by, per=per), theory, ax)

    def gain(self, name: str, by: By = None, *, against: str | None = None, per: str | None = None,
             theory: str | None = None, ax: Any = None) -> Any:
        """The course of the paired gain over `against` (the baseline if None), as for `level`."""
        gain = self.result.gain(name, by, against=against, per=per)
        ax = self._course(gain, theory, ax)
        ax.axhline(0, color="black", linewidth=0.8)
        ax.set_title(f"gain over {gain.attrs['against']}")
        return ax

    def gains(self, name: str, time: str | int | None = None, by: str | None = None, *, against: str | None = None,
              per: str | None = None, theory: str | None = None, ax: Any = None) -> Any:
        """Gains at one time, a mark with its range for each scenario, a colour for each class of `by`.

        Args:
            time: such as "2035" (its last quarter) or "2035-Q2"; the end of the run if None.
            name, by, against, per, theory, ax: as for `gain`.
        """
        gain = self._of(self.result.gain(name, by, against=against, per=per), theory)
        told = _told(gain.isel(time=_place(gain, time)))
        ax = ax or _axes()
        scenarios = list(told.scenario.values)
        classes = [None] if by is None else list(told[by].values)
        for k, one in enumerate(classes):
            chosen = told if one is None else told.sel({by: one})
            places = [-s + 0.6 * (0.5 - (k + 0.5) / len(classes)) for s in range(len(scenarios))]
            bars = [(chosen["middle"] - chosen["low"]).fillna(0), (chosen["high"] - chosen["middle"]).fillna(0)]    # of one run: none
            ax.errorbar(chosen["middle"], places, xerr=bars, fmt="o", capsize=3, label=one)
        ax.axvline(0, color="black", linewidth=0.8)
        ax.set_yticks([-s for s in range(len(scenarios))], scenarios)
        ax.set_xlabel(f"{_named(told, name)}\n{told.attrs['band']}")
        ax.set_title(f"gain over {gain.attrs['against']} at the end of {_quarter(told)}")
        if by is not None:
            ax.legend(title=by.replace("_", " "))
        return ax

    def _of(self, values: xr.DataArray, theory: str | None) -> xr.DataArray:
        if theory is not None and theory not in self.result.theories:
            raise InputError(f"there is no theory '{theory}'", suggestion=f"known: {', '.join(self.result.theories)}")
        if "time" not in values.dims:
            raise InputError(f"{values.name}: has no course (its axes are {', '.join(map(str, values.dims))}) "
                             "take a variable of quarters")
        return values.sel(theory=theory or self.result.theories[0])

    def _course(self, values: xr.DataArray, theory: str | None, ax: Any) -> Any:
        told = _told(self._of(values, theory))
        ax = ax or _axes()
        lines = told.stack(line=[axis for axis in told["middle"].dims if axis != "time"])
        for k in range(lines.sizes["line"]):
            one = lines.isel(line=k)
            label = " · ".join(str(part) for part in one.line.values.item())
            drawn, = ax.plot(one.time, one["middle"], label=label)
            ax.fill_between(one.time, one["low"], one["high"], color=drawn.get_color(), alpha=0.2, linewidth=0)
        ax.set_ylabel(_named(told, str(values.name)))
        ax.set_xlabel("end of quarter")
        ax.legend(title=told.attrs["band"])
        return ax


def _told(values: xr.DataArray) -> xr.Dataset:
    """middle, low and high of what `level` or `gain` gives; the attribute `band` says what they are."""
    from rathaus.gains import doubt, interval
    points, replicates = values.sizes["point"], values.sizes["replicate"]
    if points > 1:
        told = doubt(values)
        middle = values.mean("replicate").median("point")
        low, high, rank = told["points_low"], told["points_high"], max(1, points // 24)
        band = f"median, {_nth(rank)} to {_nth(points + 1 - rank)} of {points} points"
    else:
        told = interval(values)
        middle, low, high = told["mean"], told["low"], told["high"]
        band = f"mean, 95 % interval of {replicates} replicates" if replicates > 1 else "one run"
    return xr.Dataset({"middle": middle, "low": low, "high": high}, attrs=values.attrs | {"band": band})


def _nth(n: int) -> str:
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def _place(values: xr.DataArray, time: str | int | None) -> int:
    """The last quarter of a time such as "2035" or "2035-Q2"; the last of all if None."""
    if time is None:
        return -1
    ends = pd.DatetimeIndex(values.time.values)
    try:
        period = pd.Period(str(time).replace("-Q", "Q"))
        within = np.flatnonzero((ends >= period.start_time) & (ends <= period.end_time))
    except ValueError:
        raise InputError(f"there is no time {time!r} (a year or a quarter is one) write \"2035\" or \"2035-Q2\"") from None
    if not len(within):
        raise InputError(f"there is no quarter that ends in {time} (the run has {ends[0].year} to {ends[-1].year}) name another")
    return int(within[-1])


def _axes() -> Any:
    import matplotlib.pyplot
    return matplotlib.pyplot.subplots(layout="constrained")[1]


def _named(values: xr.Dataset, name: str) -> str:
    unit = values.attrs.get("units", "1")
    return textwrap.fill(str(values.attrs.get("long_name", name)) + (f" [{unit}]" if unit != "1" else ""), 44)


def _quarter(values: xr.Dataset) -> str:
    time = values.time.values.astype("datetime64[M]").astype(int)
    return f"{1970 + time // 12}-Q{time % 12 // 3 + 1}"
