"""The one reader of result files (docs/file_format.md): names, dates and units in the place of indices.

Lazy: opening reads names only, a variable is read when its numbers are asked for.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import h5py
import numpy as np
import pandas as pd
import xarray as xr
from xarray.backends import BackendArray
from xarray.core import indexing

from rathaus.errors import InputError, options_as_arguments
from rathaus.executable import ask

FORMAT, MAJOR = "rathaus-results", 1
INDEX = ("scenario", "alternative", "point", "replicate", "fixed_demand")     # what tells runs apart
CUBE = ("scenario", "theory", "point", "replicate")


def unit_of(variable: h5py.Dataset) -> str:
    """The unit in the words of Rathaus: the attribute `units` holds what UDUNITS reads; empty if there is none."""
    return str(variable.attrs.get("unit", variable.attrs.get("units", "")))


class _Lazy(BackendArray):
    """Numbers of an HDF5 variable, read when they are looked at."""

    def __init__(self, variable: h5py.Dataset) -> None:
        self.variable, self.shape = variable, variable.shape
        self.dtype = np.dtype(object) if h5py.check_string_dtype(variable.dtype) else variable.dtype

    def __getitem__(self, key: Any) -> Any:
        return indexing.explicit_indexing_adapter(key, self.shape, indexing.IndexingSupport.BASIC, self._read)

    def _read(self, key: Any) -> Any:
        variable = self.variable
        return variable.asstr()[key] if h5py.check_string_dtype(variable.dtype) else variable[key]


class Reader:
    """A result file with its names. `rathaus.open` gives a `Result`, which is this and what can be asked of it."""

    def __init__(self, path: str | os.PathLike[str], named: str | os.PathLike[str] | None = None) -> None:
        self.path, self.named = os.fspath(path), named
        try:
            self.file = h5py.File(self.path)
        except OSError as problem:
            raise InputError(_unreadable(self.path, str(problem)), file=self.path) from None
        self._refuse_others()

    def _refuse_others(self) -> None:
        attributes, format_of = self.file.attrs, self.file.attrs.get("format")
        if attributes.get("kind") == "posterior":
            why = "is a posterior (`rathaus calibrate` made it) name a result of `rathaus run`"
        elif format_of != FORMAT or "scenario" not in self.file:
            why = "is no result of Rathaus (another file of HDF5) name a result of `rathaus run`"
        elif (version := tuple(map(int, attributes["format_version"])))[0] != MAJOR:
            age = "newer" if version[0] > MAJOR else "older"
            why = f"has version {version[0]}.{version[1]} of its format (this reads {MAJOR}) read it with {age} Rathaus"
        else:
            return
        self.file.close()
        raise InputError(why, file=self.path)

    def close(self) -> None:
        """Closes the file; arrays that were not read yet can be read no more."""
        self.file.close()

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(self, command: str, *options: object) -> str:
        """What a command of the program says of this file."""
        with options_as_arguments():
            return ask(command, self.path, *options, named=self.named)

    def attribute(self, name: str, otherwise: Any = "") -> Any:
        """An attribute of the file, such as "title", "baseline" or "prices_of"."""
        return self.file.attrs.get(name, otherwise)

    def has(self, path: str) -> bool:
        """Whether there is a variable or group of that name."""
        return isinstance(path, str) and bool(path) and path in self.file

    def text(self, path: str) -> str:
        """A text of the file, such as "provenance/resolved"; empty if it is not there."""
        return str(self.file[path].asstr()[()]) if path in self.file else ""

    @cached_property
    def resolved(self) -> dict[str, Any]:
        """The experiment with every default, as it was run."""
        return tomllib.loads(self.text("provenance/resolved"))

    def held(self, path: str, more: Iterable[str] = ()) -> h5py.Dataset:
        """The variable of that name; InputError with the nearest, of `more` names too, if there is none."""
        if not isinstance(path, str):
            raise InputError(f"{path!r} is no name of a variable (a text such as 'adopters' is needed)")
        found = self.file.get(path) if path else None
        if isinstance(found, h5py.Dataset):
            return found
        if isinstance(found, h5py.Group):
            raise InputError(f"'{path}' is a group of variables (one of them is needed) see Result.variables({path!r})",
                             file=self.path)
        raise InputError(f"there is no variable '{path}'", suggestion=did_you_mean(path, {*self._all_variables, *more})
                         or "see Result.metrics() and Result.variables()", file=self.path)

    def _group(self, name: str) -> h5py.Group:
        group = self.file.get(name) if isinstance(name, str) and name else None
        if not isinstance(group, h5py.Group):
            groups = [one for one, item in self.file.items() if isinstance(item, h5py.Group)]
            raise InputError(f"there is no group {name!r}", suggestion=f"known: /, {', '.join(groups)}", file=self.path)
        return group

    @cached_property
    def _all_variables(self) -> list[str]:
        groups = [name for name, item in self.file.items() if isinstance(item, h5py.Group) and name != "provenance"]
        return [*self.variables(), *(f"{group}/{name}" for group in groups for name in self.variables(group))]

    def raw(self, path: str) -> Any:
        """All numbers of a variable as they lie in the file, a NumPy array; texts as `str`."""
        variable = self.held(path)
        return variable.asstr()[()] if h5py.check_string_dtype(variable.dtype) else variable[()]

    def names(self, path: str) -> list[str]:
        """The names on an axis, such as "scenario" or "size_class"; none if there is no such axis."""
        return [str(name) for name in self.raw(path)] if path in self.file else []

    @property
    def title(self) -> str:
        """Title of the experiment."""
        return str(self.attribute("title"))

    @property
    def baseline(self) -> str:
        """The scenario that gains are taken over."""
        return str(self.attribute("baseline")) or self.scenarios[0]

    @cached_property
    def scenarios(self) -> list[str]:
        """Names of the scenarios."""
        return self.names("scenario")

    @cached_property
    def theories(self) -> list[str]:
        """Names of the rival theories; one, "default", where nothing is crossed."""
        return self.names("alternative")

    @cached_property
    def size_classes(self) -> list[str]:
        """Names of the size classes, small to large."""
        return self.names("size_class")

    @cached_property
    def time(self) -> pd.DatetimeIndex:
        """Last day of each quarter: what a variable says of a quarter holds at its end, flows are those until then."""
        labels = [name.replace("-", "") for name in self.names("quarter_label")]
        return pd.DatetimeIndex(pd.PeriodIndex(labels, freq="Q").end_time.normalize(), name="time")

    @cached_property
    def index(self) -> dict[str, Any]:
        """For each run its scenario, alternative, point, replicate and fixed_demand, as numbers."""
        return {name: self.raw(f"run_{name}") for name in INDEX}

    def dimensions(self, path: str) -> list[str]:
        """Names of the axes of a variable, such as ["run", "quarter", "size_class"]."""
        variable = self.held(path)
        return [os.path.basename(axis[0].name) if len(axis) else f"dim_{k}" for k, axis in enumerate(variable.dims)]

    def array(self, path: str) -> xr.DataArray:
        """A variable with names on its axes; `quarter` is `time`, runs have scenario, theory, point and replicate.

        Returns:
            xarray.DataArray: as in the file, flat over `run`; units and long name are attributes. Lazy.
        """
        data = self._variable(path)
        return xr.DataArray(data, self._names_on(data.dims, os.path.dirname(path)), name=os.path.basename(path))

    def _variable(self, path: str) -> xr.Variable:
        variable = self.held(path)
        axes = ["time" if axis == "quarter" else axis for axis in self.dimensions(path)]
        attributes = {name: variable.attrs[name] for name in ("long_name", "range", "evidence_grade", "source",
                                                              "distribution") if name in variable.attrs}
        if unit := unit_of(variable):
            attributes = {"units": unit} | attributes
        return xr.Variable(axes, indexing.LazilyIndexedArray(_Lazy(variable)), attributes)

    @cached_property
    def coordinates(self) -> dict[str, Any]:
        """Names, dates or numbers of every axis."""
        return {"time": self.time} | {name: self.raw(name) for name in self.scales() if name != "quarter"}

    def _names_on(self, axes: Iterable[Any], group: str) -> dict[str, Any]:
        """The coordinates of axes; some, such as `statistic`, belong to their group alone."""
        own = {name: self.raw(f"{group}/{name}") for name in self.scales(group) if name in axes} if group else {}
        known = own | self.coordinates
        return {axis: known[axis] for axis in axes if axis in known} | (self._run_names if "run" in axes else {})

    @cached_property
    def _run_names(self) -> dict[str, Any]:
        index = self.index
        return {"scenario": ("run", np.array(self.scenarios, dtype=object)[index["scenario"]]),
                "theory": ("run", np.array(self.theories, dtype=object)[index["alternative"]]),
                "point": ("run", index["point"]), "replicate": ("run", index["replicate"]),
                "fixed_demand": ("run", index["fixed_demand"].astype(bool))}

    def variables(self, group: str = "/") -> dict[str, str]:
        """{name: what it is [unit]} of the variables of a group: "/", "programmes", "strata", "municipalities"."""
        found = {}
        for name, variable in self._group(group).items():
            if _is_variable(group, name, variable):
                unit = unit_of(variable)
                found[name] = str(variable.attrs.get("long_name", "")) + (f" [{unit}]" if unit not in ("", "1") else "")
        return found

    def scales(self, group: str = "/") -> list[str]:
        """Names of the axes that a group defines."""
        return [name for name, variable in self._group(group).items()
                if isinstance(variable, h5py.Dataset) and h5py.h5ds.is_scale(variable.id)]

    def dataset(self, group: str = "/") -> xr.Dataset:
        """All variables of a group, flat over runs, with names and dates; lazy."""
        prefix = "" if group == "/" else f"{group.strip('/')}/"
        data = {name: self._variable(prefix + name) for name in self.variables(group)}
        axes = dict.fromkeys(axis for variable in data.values() for axis in variable.dims)
        return xr.Dataset(data, self._names_on(axes, group.strip("/")),
                          attrs={name: self.attribute(name) for name in ("title", "question", "baseline", "model")})

    def runs(self, scenario: str | None = None, theory: str | None = None, fixed_demand: bool = False) -> Any:
        """Positions of runs on the axis `run`, ascending; all scenarios, all theories if None."""
        chosen = self.index["fixed_demand"] == int(fixed_demand)
        for name, known, what, key in ((scenario, self.scenarios, "scenario", "scenario"),
                                       (theory, self.theories, "theory", "alternative")):
            if name is not None:
                chosen &= self.index[key] == position(name, known, what)
        return np.flatnonzero(chosen)


def _is_variable(group: str, name: str, item: Any) -> bool:
    """Neither an axis nor what tells dates and runs again, for readers of one group alone."""
    again = name in ("time", "time_bounds") or (group != "/" and name in (f"run_{key}" for key in INDEX))
    return isinstance(item, h5py.Dataset) and not h5py.h5ds.is_scale(item.id) and not again


def _unreadable(path: str, problem: str) -> str:
    if os.path.isdir(path):
        return "is a folder (a file is needed) name a result of `rathaus run` in it"
    if not os.path.isfile(path):
        return "is not there (no such file) name a result of `rathaus run`"
    if "truncated" in problem:
        return "is cut off (its end is missing) fetch it again, or run with --resume"
    if "signature" in problem:
        return "is no result of Rathaus (it is not HDF5) name a result of `rathaus run`"
    return f"cannot be read ({problem}) fetch it again"


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """What was meant: the nearest names, or those that a group has under this name; None if nothing is near."""
    names = sorted(known)
    near = [name for name in names if os.path.basename(name) == word] or difflib.get_close_matches(word, names, 3, 0.7)
    return f"did you mean {' or '.join(repr(name) for name in near)}?" if near else None


def position(name: str, known: Sequence[str], what: str) -> int:
    """Where a name stands in a list; InputError with those that are known."""
    if name not in known:
        raise InputError(f"there is no {what} '{name}'", suggestion=f"known: {', '.join(known)}")
    return list(known).index(name)
