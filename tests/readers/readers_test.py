#!/usr/bin/python3
"""readers_test.py FILE CONTENTS.csv [--real]

Opens a result file with xarray, by both of its engines and without any argument, and expects in
every group what h5py reads value by value. Writes a table of contents for readers_test.R:
path, dimensions, kind, checksum.
"""

import csv
import ctypes
import sys

import h5py
import netCDF4
import numpy as np
import xarray as xr

ENGINES = ["netcdf4", "h5netcdf"]


def datasets(group):
    """In order of creation, which netCDF goes by and h5py's own iteration does not."""
    names = []
    group.id.links.iterate(names.append, idx_type=h5py.h5.INDEX_CRT_ORDER)
    items = ((name.decode(), group[name]) for name in names)
    return {name: item for name, item in items if isinstance(item, h5py.Dataset)}


def is_scale(dataset):
    return h5py.h5ds.is_scale(dataset.id)


def dimensions(dataset):
    """Names of the dimensions by their scales; a dimension's coordinate bears its own name."""
    if is_scale(dataset):
        return (dataset.name.split("/")[-1],)
    return tuple(axis[0].name.split("/")[-1] for axis in dataset.dims)


def is_text(dataset):
    return h5py.check_string_dtype(dataset.dtype) is not None


def values(dataset):
    return dataset.asstr()[...] if is_text(dataset) else dataset[...]


def is_time(dataset):
    return dataset.name.split("/")[-1] in ("time", "time_bounds")


def instants(dataset):
    """Days since a date, as xarray and cftime decode them."""
    time = dataset.parent["time"]
    unit, since, date = time.attrs["units"].split()
    assert (unit, since, time.attrs["calendar"]) == ("days", "since", "standard"), dataset.name
    return np.datetime64(date, "ns") + dataset[...].astype("timedelta64[D]")


def check_storage(dataset):
    """What some reader drops, rounds or crashes on is not in the file."""
    created = dataset.id.get_create_plist()
    order = h5py.h5p.CRT_ORDER_TRACKED | h5py.h5p.CRT_ORDER_INDEXED
    assert created.get_attr_creation_order() == order, "attribute order is not kept"
    assert not created.get_obj_track_times(), "the same numbers give other bytes a second later"
    assert created.get_layout() in (h5py.h5d.CONTIGUOUS, h5py.h5d.CHUNKED), "layout"
    filters = {created.get_filter(i)[0] for i in range(created.get_nfilters())}
    assert filters <= {h5py.h5z.FILTER_SHUFFLE, h5py.h5z.FILTER_DEFLATE}, filters
    assert "_FillValue" not in dataset.attrs
    if is_text(dataset):
        text = h5py.check_string_dtype(dataset.dtype)
        assert text.encoding == "utf-8" and text.length is None, "text of fixed length"
    else:
        assert dataset.dtype.kind in "if" and dataset.dtype.byteorder in "<|=", dataset.dtype
        assert dataset.dtype == np.int8 or dataset.dtype.itemsize in (2, 4, 8)
    if "flag_values" in dataset.attrs:
        meanings = dataset.attrs["flag_meanings"].split()
        assert dataset.attrs["flag_values"].dtype == dataset.dtype, "flags of another type"
        assert len(meanings) == len(dataset.attrs["flag_values"])


def check_group(path, group, netcdf):
    """Same names, same order, same dimensions, types and values by every reader."""
    stored = datasets(group)
    assert list(netcdf.variables) == list(stored), f"{path}: netCDF sees another order or set"
    for engine in ENGINES:
        with xr.open_dataset(group.file.filename, group=path, engine=engine) as seen:
            assert set(seen.variables) == set(stored), f"{path} by {engine}: {set(seen.variables)}"
            for name, dataset in stored.items():
                where, read, expected = f"{dataset.name} by {engine}", seen[name], values(dataset)
                expected = instants(dataset) if is_time(dataset) else expected
                assert read.dims == dimensions(dataset), f"{where}: {read.dims}"
                if is_text(dataset):
                    assert all(isinstance(text, str) for text in read.values.flat), where
                elif not is_time(dataset):
                    assert read.dtype == dataset.dtype, f"{where}: {read.dtype}"
                np.testing.assert_array_equal(read.values, expected, err_msg=where)
                for key in ("units", "unit", "long_name", "flag_meanings"):
                    if key == "units" and is_time(dataset):
                        continue
                    assert read.attrs.get(key) == dataset.attrs.get(key), f"{where}: {key}"
    for name, child in group.items():
        if isinstance(child, h5py.Group):
            check_group(child.name, child, netcdf[name])


def check_sample(file):
    """Every number of the sample counts up to 99 and starts again."""
    counted = 0

    def check(_, dataset):
        nonlocal counted
        if isinstance(dataset, h5py.Dataset) and not is_text(dataset) and not is_scale(dataset):
            expected = np.arange(dataset.size).reshape(dataset.shape) % 100
            np.testing.assert_array_equal(dataset[...], expected, err_msg=dataset.name)
            counted += 1

    file.visititems(check)
    assert counted >= 10
    with xr.open_dataset(file.filename) as seen:
        assert list(seen.size_class.values) == ["<5k", "5k-20k", "20k-100k", "größer"]
        assert seen.attrs["title"] == "What every reader must understand: ä, €, 𝄞"
        assert list(seen.attrs["range"]) == [1, 2**40] and seen.attrs["answer"] == 42
    with xr.open_dataset(file.filename, group="provenance") as seen:
        assert seen.experiment.item().startswith('title = "größer"\n#') and seen.log.item() == ""


def check_names(file):
    """Whichever group is opened alone, its places have names, its quarters dates, its runs their scenario."""
    names = {"run_scenario", "run_alternative", "run_point", "run_replicate", "run_fixed_demand"}
    labels = {"size_class", "land", "fiscal_class", "use_case", "stage", "step", "constraint", "vendor", "tenure",
              "scenario", "alternative", "parameter", "programme", "stratum", "statistic"}
    beside = {"run": names, "panel_run": names, "quarter": {"time", "quarter_label"},
              "panel_quarter": {"time", "quarter_label"}, "horizon": {"time", "quarter_label", "horizon_years"}}
    opened = 0

    def check(name, group):
        nonlocal opened
        if not isinstance(group, h5py.Group):
            return
        for engine in ENGINES:
            with xr.open_dataset(file.filename, group=name, engine=engine) as seen:
                for variable in seen.data_vars.values():
                    where = f"{name}/{variable.name} by {engine}"
                    for axis in set(variable.dims) & labels:
                        assert axis in variable.coords, f"{where}: no names along {axis}"
                        assert all(isinstance(text, str) for text in variable[axis].values), where
                    if variable.name in ("units", "inhabitants") or variable.name.startswith(("units_", "inhab")):
                        continue
                    for axis in set(variable.dims) & set(beside):
                        if "run" in axis and variable.name == "run_wall_time":
                            continue
                        missing = beside[axis] - set(variable.coords)
                        assert not missing or variable.name == "time_bounds", f"{where}: lacks {missing}"
                    opened += 1

    check("/", file)
    file.visititems(check)
    assert opened > 100


def check_dates(file):
    """Years are chosen by their name; a quarter ends on its last day, within its bounds."""
    with xr.open_dataset(file.filename) as seen:
        assert seen.adopters.cell_methods == "quarter: point" and seen.saving.cell_methods == "quarter: sum"
        by_time = seen.adopters.swap_dims(quarter="time")
        year = by_time.sel(time="2022")
        assert list(year.quarter_label.values) == [f"2022-Q{q}" for q in (1, 2, 3, 4)]
        assert str(year.time.values[1])[:10] == "2022-06-30"
        bounds = seen.time_bounds.values
        assert (bounds[:, 0] < seen.time.values).all() and (seen.time.values < bounds[:, 1]).all()
        assert (bounds[1:, 0] == bounds[:-1, 1]).all()


def check_units(file):
    """UDUNITS reads every `units`; what it does not know is told as `unit`."""
    library = ctypes.CDLL("libudunits2.so.0")
    library.ut_read_xml.restype = library.ut_parse.restype = ctypes.c_void_p
    library.ut_parse.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    library.ut_set_error_message_handler(library.ut_ignore)
    system = library.ut_read_xml(None)
    units, ours = set(), set()

    def note(_, item):
        units.update([item.attrs["units"]] if "units" in item.attrs else [])
        ours.update([item.attrs["unit"]] if "unit" in item.attrs else [])

    file.visititems(note)
    assert {"1", "kg", "kW h"} <= units and {"EUR", "FTE", "kWh"} <= ours, (units, ours)
    for unit in units:
        assert library.ut_parse(system, unit.encode(), 0), f"UDUNITS does not read '{unit}'"
    assert not library.ut_parse(system, b"EUR", 0), "UDUNITS reads anything"


def check_theories(file):
    with xr.open_dataset(file.filename) as seen:
        chosen = dict(zip(seen.alternative.values, seen.theory_decision_rule.values))
        assert chosen == {"decision_rule=logit": "logit", "decision_rule=threshold": "threshold"}, chosen
        assert seen.theory_decision_rule.attrs["path"] == "structure.decision_rule"


def check_real(file):
    """Names that notebooks rely on, and what must add up whatever the experiment."""
    with xr.open_dataset(file.filename) as seen:
        for name in ("Conventions", "title", "format", "format_version", "git_sha1"):
            assert name in seen.attrs, f"no attribute {name}"
        key = ["run_scenario", "run_alternative", "run_point", "run_replicate", "run_fixed_demand"]
        for name in key + ["units", "inhabitants", "adopters", "services", "run_wall_time"]:
            assert name in seen.variables, f"no variable {name}"
        assert (seen.adopters >= 0).all() and (seen.adopters <= seen.units).all()
        cells = seen.services.sum(["use_case", "stage"])
        assert (cells == seen.units.sum() * seen.sizes["use_case"]).all(), "cells are lost"
        cube = seen.set_coords(key).set_index(run=key).unstack("run")
        assert cube.adopters.size >= seen.adopters.size
    for name in ("experiment", "resolved", "inputs", "build", "environment"):
        assert name in file["provenance"], f"no provenance/{name}"


def write_contents(file, path):
    """For text, the checksum is the number of UTF-8 bytes; for numbers, the sum of those that are not
    missing (NaN)."""
    with open(path, "w", newline="", encoding="utf-8") as out:
        table = csv.writer(out)
        table.writerow(["path", "dimensions", "kind", "checksum", "missing"])

        def add(name, dataset):
            if not isinstance(dataset, h5py.Dataset):
                return
            if is_text(dataset):
                checksum = sum(len(text.encode()) for text in np.atleast_1d(values(dataset)).flat)
                missing = 0
            else:
                checksum = np.nansum(dataset[...].astype(float))
                missing = np.isnan(dataset[...].astype(float)).sum()
            kind = "text" if is_text(dataset) else "number"
            table.writerow([name, " ".join(dimensions(dataset)), kind, repr(float(checksum)), missing])

        file.visititems(add)


def main():
    path, contents = sys.argv[1:3]
    with h5py.File(path, "r") as file, netCDF4.Dataset(path) as netcdf:
        every = []
        file.visititems(lambda _, item: every.append(item))
        for dataset in (item for item in every if isinstance(item, h5py.Dataset)):
            check_storage(dataset)
        check_group("/", file, netcdf)
        if "--real" in sys.argv:
            check_real(file)
            check_names(file)
            check_dates(file)
            check_units(file)
            check_theories(file)
        else:
            check_sample(file)
        write_contents(file, contents)
        count = sum(isinstance(item, h5py.Dataset) for item in every)
        print(f"xarray ({', '.join(ENGINES)}): {count} variables as stored")


if __name__ == "__main__":
    main()
