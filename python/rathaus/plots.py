"""The usual pictures of a result; each gives the axes it was drawn on, to be changed and saved as any of Matplotlib's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import xarray as xr

from rathaus.errors import InputError

if TYPE_CHECKING:
    from rathaus.gains import By
    from rathaus.result import Result


class Plots:
    """`result.plot`: bands are the 95 % interval over replicates and show chance alone."""

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
        ax.set_ylabel(f"{ax.get_ylabel()}\nagainst {gain.attrs['against']}")
        return ax

    def gains(self, name: str, time: str | None = None, by: str | None = None, *, against: str | None = None,
              per: str | None = None, theory: str | None = None, ax: Any = None) -> Any:
        """Gains at one time, a point with its interval for each scenario, a colour for each class of `by`.

        Args:
            time: such as "2035" or "2035-12": its last quarter; the end of the run if None.
            name, by, against, per, theory, ax: as for `gain`.
        """
        from rathaus.gains import interval
        told = interval(self._of(self.result.gain(name, by, against=against, per=per), theory))
        told = told.sel(time=slice(None, time)).isel(time=-1)
        ax = ax or _axes()
        scenarios = list(told.scenario.values)
        classes = [None] if by is None else list(told[by].values)
        for k, one in enumerate(classes):
            chosen = told if one is None else told.sel({by: one})
            places = [-s + 0.6 * ((k + 0.5) / len(classes) - 0.5) for s in range(len(scenarios))]
            ax.errorbar(chosen["mean"], places, xerr=[chosen["mean"] - chosen["low"], chosen["high"] - chosen["mean"]],
                        fmt="o", capsize=3, label=one)
        ax.axvline(0, color="black", linewidth=0.8)
        ax.set_yticks([-s for s in range(len(scenarios))], scenarios)
        ax.set_xlabel(f"gain in {_named(told, name)} at the end of {_quarter(told)}")
        if by is not None:
            ax.legend(title=by)
        return ax

    def _of(self, values: xr.DataArray, theory: str | None) -> xr.DataArray:
        if theory is not None and theory not in self.result.theories:
            raise InputError(f"there is no theory '{theory}'", suggestion=f"known: {', '.join(self.result.theories)}")
        return values.sel(theory=theory or self.result.theories[0])

    def _course(self, values: xr.DataArray, theory: str | None, ax: Any) -> Any:
        from rathaus.gains import interval
        told = interval(self._of(values, theory))
        ax = ax or _axes()
        lines = told.stack(line=[axis for axis in told["mean"].dims if axis != "time"])
        for k in range(lines.sizes["line"]):
            one = lines.isel(line=k)
            label = " · ".join(str(part) for part in one.line.values.item())
            drawn, = ax.plot(one.time, one["mean"], label=label)
            ax.fill_between(one.time, one["low"], one["high"], color=drawn.get_color(), alpha=0.2, linewidth=0)
        ax.set_ylabel(_named(told, str(values.name)))
        ax.legend()
        return ax


def _axes() -> Any:
    import matplotlib.pyplot
    return matplotlib.pyplot.subplots(layout="constrained")[1]


def _named(values: xr.Dataset, name: str) -> str:
    unit = values.attrs.get("units", "1")
    return str(values.attrs.get("long_name", name)) + (f" [{unit}]" if unit != "1" else "")


def _quarter(values: xr.Dataset) -> str:
    time = values.time.values.astype("datetime64[M]").astype(int)
    return f"{1970 + time // 12}-Q{time % 12 // 3 + 1}"
