"""Levels and paired gains: every scenario beside the baseline under the same chance."""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence

import numpy as np
import xarray as xr

from rathaus.errors import InputError
from rathaus.ratios import Ratio, ratio_names, ratio_named
from rathaus.reader import CUBE, Reader, position


By = str | Sequence[str] | None
GROUPS = {"land", "fiscal_class", "size_class_and_fiscal_class"}      # what [output] groups can ask for


def level(result: Reader, name: str, by: By = None, per: str | None = None, fixed_demand: bool = False) -> xr.DataArray:
    """See `Result.level`."""
    kept = _axes_of(name, by)
    if isinstance(name, str) and not result.has(name) and (found := ratio_named(name, result.named)):
        if per is not None:
            raise InputError(f"{name}: is a ratio already (per = {per!r}) ask for it without `per`")
        return _quotient(result, found, kept, fixed_demand)
    values = _cube(result, *_summed(result, name, kept), fixed_demand)
    if per is None:
        return values
    if per in result.scales() or result.array(per).dtype.kind not in "iuf":
        raise InputError(f"per = {per!r} is no number to divide by (it names what stands along an axis) take one such as 'units'")
    per = _own(result, per)
    if "run" in result.dimensions(per):
        denominator = _cube(result, *_summed(result, per, kept), fixed_demand)
    else:
        whole = result.array(per)
        denominator = whole.sum([axis for axis in whole.dims if axis not in kept]).astype(float)
    ratio = values / denominator.where(denominator != 0)
    own, other = (result.array(path).attrs.get("units", "1") for path in (name, per))
    units = own if other == "1" else "1" if own == other else f"{own} / {other}"
    meaning = f"{values.attrs.get('long_name', name)} / {per}"
    named: xr.DataArray = ratio.rename(name).assign_attrs(values.attrs, units=units, long_name=meaning)
    return named


def gain(result: Reader, name: str, by: By = None, against: str | None = None, per: str | None = None,
         fixed_demand: bool = False) -> xr.DataArray:
    """See `Result.gain`."""
    reference = against or result.baseline
    position(reference, result.scenarios, "scenario")
    if len(result.scenarios) < 2:
        raise InputError("there is no gain (it has one scenario only) add scenarios to the experiment", file=result.path)
    values = level(result, name, by, per, fixed_demand)
    difference: xr.DataArray = (values - values.sel(scenario=reference, drop=True)).drop_sel(scenario=reference)
    return difference.assign_attrs(values.attrs, against=reference)


def _axes_of(name: str, by: By) -> list[str]:
    """The axes that are kept, as a list; those of every run are kept anyway."""
    kept = [by] if isinstance(by, str) else list(by or ())
    for axis in kept:
        if axis in (*CUBE, "run", "time", "quarter", "horizon"):
            raise InputError(f"{name}: by = {axis!r} (that axis is there anyway) leave it out, and choose along it with .sel()")
    return kept


def interval(values: xr.DataArray, confidence: float = 0.95) -> xr.Dataset:
    """Mean over replicates with its interval by Student's t, as in `rathaus compare`: points are averaged first, and
    replicates that lack one are left out. It shows chance alone.

    Args:
        values: what `level` or `gain` gives; axes replicate and, if any, point go.

    Returns:
        xarray.Dataset: mean, low, high in the unit of `values`; low and high are NaN with one replicate.
    """
    from scipy import stats
    if not isinstance(values, xr.DataArray) or "replicate" not in values.dims:
        raise InputError("there is no interval (it is one over replicates, and these values have none) "
                         "give what Result.level or Result.gain gave, before any mean")
    means = values.mean("point", skipna=False) if "point" in values.dims else values
    n = means.notnull().sum("replicate")
    mean = means.mean("replicate")
    deviation = np.sqrt(_variance(means, "replicate")) if means.sizes["replicate"] > 1 else xr.full_like(mean, np.nan)
    half = xr.zeros_like(mean) + stats.t.ppf(0.5 + confidence / 2, np.maximum(n - 1, 1)) * deviation / np.sqrt(n)
    half = half.where(n > 1)
    return xr.Dataset({"mean": mean, "low": mean - half, "high": mean + half}, attrs=values.attrs)


def _variance(values: xr.DataArray, axis: str) -> xr.DataArray:
    """NaN where fewer than two are known, without a warning."""
    n = values.notnull().sum(axis)
    squares: xr.DataArray = ((values - values.mean(axis)) ** 2).sum(axis)
    variance: xr.DataArray = squares / (n - 1).where(n > 1)
    return variance


def doubt(gains: xr.DataArray) -> xr.Dataset:
    """See `Result.doubt`."""
    told = interval(gains)
    points = gains.mean("replicate")
    n = points.notnull().sum("point")
    ordered = points.fillna(np.inf).transpose("point", ...)
    ordered = ordered.copy(data=np.sort(ordered.values, axis=0))
    rank = np.maximum(1, 2 * n // 48)
    low, high = (ordered.isel(point=np.maximum(place, 0)).drop_vars("point", errors="ignore") for place in (rank - 1, n - rank))
    chance = xr.full_like(low, np.nan)
    if gains.sizes["replicate"] > 1 and gains.sizes["point"] > 1:
        within = _variance(gains, "replicate").mean("point") / gains.notnull().sum("replicate").mean("point")
        between = _variance(points, "point")
        chance = (within / between.where(between > 0)).clip(0, 1)
    return told.assign(points_low=low.where(n > 1), points_high=high.where(n > 1), positive=(points > 0).sum("point"),
                       negative=(points < 0).sum("point"), points=n, part_of_chance=chance)


def _quotient(result: Reader, ratio: Ratio, kept: list[str], fixed_demand: bool) -> xr.DataArray:
    """A ratio of the program's list, in each run."""
    per = _sum(result, ratio.per, kept, ratio.so_far, fixed_demand)
    of = _sum(result, ratio.of, kept, ratio.so_far, fixed_demand) if ratio.of else 1.0
    values: xr.DataArray = of / per.where(per != 0)
    return values.rename(ratio.name).assign_attrs(units=ratio.unit, long_name=ratio.meaning)


def _own(result: Reader, name: str) -> str:
    """Units and inhabitants are each run's own where the study drew worlds anew."""
    return f"run_{name}" if result.has(f"run_{name}") else name


def _sum(result: Reader, terms: tuple[tuple[float, str], ...], kept: list[str], so_far: bool,
         fixed_demand: bool) -> xr.DataArray:
    parts = []
    for factor, name in ((factor, _own(result, name)) for factor, name in terms):
        if result.has(name) and "run" not in result.dimensions(name):       # such as units: the same in every run
            path = next((one for one in (name, *(f"{name}_by_{axis}" for axis in kept)) if result.has(one)
                         and set(kept) <= set(result.dimensions(one))), name)
            whole = result.array(path)
            values = whole.sum([axis for axis in whole.dims if axis not in kept]).astype(float)
        else:
            values = _cube(result, *_summed(result, name, kept), fixed_demand)
            values = values.cumsum("time") if so_far and "time" in values.dims else values
        parts.append(factor * values)
    total: xr.DataArray = functools.reduce(operator.add, parts)
    return total


def _summed(result: Reader, name: str, kept: list[str]) -> tuple[xr.DataArray, list[str]]:
    """The variable that has the axes `kept`, and the axes that are summed over."""
    for path in (name, *(f"{name}_by_{axis}" for axis in kept)):
        if not result.has(path):
            continue
        array = result.array(path)
        if "run" in array.dims and set(kept) <= set(array.dims):
            return array, [str(axis) for axis in array.dims if axis not in ("run", "time", "horizon", *kept)]
    if not isinstance(name, str) or not result.has(name):
        result.held(name, ratio_names(result.named))        # refuses it
    array = result.array(name)
    if "run" not in array.dims:
        raise InputError(f"{name}: is the same in every run (its axes are {', '.join(map(str, array.dims))}) "
                         "read it with Result.array")
    paths = [name, *(path for path in result.variables() if path.startswith(f"{name}_by_"))]
    known = sorted({axis for path in paths for axis in result.dimensions(path)} - {"run", "quarter", "horizon"})
    missing = [axis for axis in kept if axis not in known]
    raise InputError(f"{name}: is not known by {', '.join(missing or kept)} ("
                     + (f"it is by {', '.join(known)}" if known else "it has no classes") + ") "
                     + ("ask for it in [output] groups" if set(missing) & GROUPS else
                        f"take {'one of them' if known else 'it without by'}"))


def _cube(result: Reader, array: xr.DataArray, summed: list[str], fixed_demand: bool) -> xr.DataArray:
    """Runs spread over scenario, theory, point and replicate; NaN where a case failed."""
    runs = result.runs(fixed_demand=fixed_demand)
    if not len(runs):
        raise InputError("has no runs with fixed demand (not asked for) set [output] fixed_demand = true", file=result.path)
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
