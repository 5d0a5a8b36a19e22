"""Levels and paired gains: every scenario beside the baseline under the same chance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray as xr

from rathaus.errors import InputError
from rathaus.reader import CUBE, Reader, position

By = str | Sequence[str] | None


def level(result: Reader, name: str, by: By = None, per: str | None = None, fixed_demand: bool = False) -> xr.DataArray:
    """See `Result.level`."""
    kept = [by] if isinstance(by, str) else list(by or ())
    values = _cube(result, *_summed(result, name, kept), fixed_demand)
    if per is None:
        return values
    if "run" in result.dimensions(per):
        denominator = _cube(result, *_summed(result, per, kept), fixed_demand)
    else:
        whole = result.array(per)
        denominator = whole.sum([axis for axis in whole.dims if axis not in kept]).astype(float)
    ratio = values / denominator.where(denominator != 0)
    own, other = (result.array(path).attrs.get("units", "1") for path in (name, per))
    units = own if other == "1" else "1" if own == other else f"{own} / {other}"
    named: xr.DataArray = ratio.rename(name).assign_attrs(values.attrs, units=units)
    return named


def gain(result: Reader, name: str, by: By = None, against: str | None = None, per: str | None = None,
         fixed_demand: bool = False) -> xr.DataArray:
    """See `Result.gain`."""
    reference = against or result.baseline
    position(reference, result.scenarios, "scenario")
    if len(result.scenarios) < 2:
        raise InputError(f"{result.path}: there is no gain (it has one scenario only) add scenarios to the experiment")
    values = level(result, name, by, per, fixed_demand)
    difference: xr.DataArray = (values - values.sel(scenario=reference, drop=True)).drop_sel(scenario=reference)
    return difference.assign_attrs(values.attrs, against=reference)


def interval(values: xr.DataArray, confidence: float = 0.95) -> xr.Dataset:
    """Mean over replicates with its interval by Student's t, as in `rathaus compare`: points are averaged first, and
    replicates that lack one are left out. It shows chance alone.

    Args:
        values: what `level` or `gain` gives; axes replicate and, if any, point go.

    Returns:
        xarray.Dataset: mean, low, high in the unit of `values`; low and high are NaN with one replicate.
    """
    from scipy import stats
    means = values.mean("point", skipna=False) if "point" in values.dims else values
    n = means.notnull().sum("replicate")
    mean, deviation = means.mean("replicate"), means.std("replicate", ddof=1)
    half = xr.zeros_like(mean) + stats.t.ppf(0.5 + confidence / 2, np.maximum(n - 1, 1)) * deviation / np.sqrt(n)
    half = half.where(n > 1)
    return xr.Dataset({"mean": mean, "low": mean - half, "high": mean + half}, attrs=values.attrs)


def _summed(result: Reader, name: str, kept: list[str]) -> tuple[xr.DataArray, list[str]]:
    """The variable that has the axes `kept`, and the axes that are summed over."""
    for path in (name, *(f"{name}_by_{axis}" for axis in kept)):
        if not result.has(path):
            continue
        array = result.array(path)
        if "run" in array.dims and set(kept) <= set(array.dims):
            return array, [str(axis) for axis in array.dims if axis not in ("run", "time", "horizon", *kept)]
    array = result.array(name)      # refuses a name that is not there
    if "run" not in array.dims:
        raise InputError(f"{name}: is the same in every run (its axes are {', '.join(map(str, array.dims))}) "
                         "read it with Result.array")
    raise InputError(f"{name}: is not known by {', '.join(kept)} (its axes are {', '.join(map(str, array.dims))}) "
                     "ask for it in [output] groups")


def _cube(result: Reader, array: xr.DataArray, summed: list[str], fixed_demand: bool) -> xr.DataArray:
    """Runs spread over scenario, theory, point and replicate; NaN where a case failed."""
    runs = result.runs(fixed_demand=fixed_demand)
    if not len(runs):
        raise InputError(f"{result.path}: has no runs with fixed demand (not asked for) set [output] fixed_demand = true")
    data = array.isel(run=runs).sum(summed, dtype=float) if summed else array.isel(run=runs).astype(float)
    index = {key: result.index[key][runs] for key in ("scenario", "alternative", "point", "replicate")}
    points, point = np.unique(index["point"], return_inverse=True)
    replicates, replicate = np.unique(index["replicate"], return_inverse=True)
    rest = [axis for axis in data.dims if axis != "run"]
    shape = (len(result.scenarios), len(result.theories), len(points), len(replicates))
    values = np.full((*shape, *(data.sizes[axis] for axis in rest)), np.nan)
    values[index["scenario"], index["alternative"], point, replicate] = data.transpose("run", ...).values
    names = dict(zip(CUBE, (result.scenarios, result.theories, points, replicates)))
    return xr.DataArray(values, names | {axis: data[axis] for axis in rest}, (*CUBE, *rest),
                        name=array.name, attrs=array.attrs)
