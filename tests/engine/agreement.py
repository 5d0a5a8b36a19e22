"""Whether another engine computes what the program computes: the digests of runs, those of the program from its result file."""

import hashlib
import json
import os
import pathlib
import re
import subprocess

import h5py
import numpy as np

PROGRAM, SOURCE = os.environ["RATHAUS"], pathlib.Path(os.environ["RATHAUS_SOURCE"])


def values_of(file, run, path):
    """Of one run: its row, all of what is the same in every run, nothing of a panel that it is not in."""
    held = file[path]
    along = list(held.dims[0].keys()) if held.ndim > 0 else []
    if along == ["panel_run"]:
        rows = np.flatnonzero(file["panel/panel_run"][:] == file["run"][run])
        return held[rows[0]] if rows.size else np.empty(0, held.dtype)
    return held[run] if along == ["run"] else held[()]


def digest(file, run, variables):
    """As Engine::digest."""
    total = hashlib.sha256()
    for path in variables:
        values = np.asarray(values_of(file, run, path))
        if values.dtype.kind == "f":
            values = np.where(np.isnan(values), np.array(np.nan, values.dtype), values)
        total.update(path.encode())
        total.update(values.tobytes())
    return total.hexdigest()


def listed(text, result):
    """An experiment with the points of its result as a list: an engine without packages draws none."""
    with h5py.File(result) as file:
        if "parameter" not in file or "[uncertain]" not in text or "keyed_hypercube" in text:
            return text
        names = [name.decode() for name in file["parameters/parameter"][:]]
        values = np.stack([file[f"parameters/{name}"][:] for name in names], axis=1)
    present = set(re.findall(r'^"?([\w.]+)"?\s*=', re.search(r"^\[uncertain\]\n(.*?)(?=^\[)", text, re.M | re.S).group(1), re.M))
    joint = "".join(f'"{name}" = "range"\n' for name in names if name not in present)
    text = re.sub(r"^ensemble = .*\n", joint, text, flags=re.M)
    order = re.findall(r'^"?([\w.]+)"?\s*=', re.search(r"^\[uncertain\]\n(.*?)(?=^\[)", text, re.M | re.S).group(1), re.M)
    rows = [[float(row[names.index(name)]) for name in order] for row in values]
    design = "[design]\nmethod = \"list\"\nvalues = [\n" + "".join(f"  {json.dumps(row)},\n" for row in rows) + "]\n"
    return re.sub(r"^\[design\]\n.*?(?=^\[|\Z)", lambda _: design + "\n", text, flags=re.M | re.S)


def command(*words):
    """An engine that is a program: it gets a file, and where the repository would hold it."""
    return lambda file, name: subprocess.run([*words, file, name], check=True, capture_output=True, text=True).stdout.splitlines()


def compare(case, experiment, engines, folder):
    """Runs the first two replicates of an experiment; where it has points, the first at its first point and the second at its second.
    `engines` by their names; each gives for a file and its name the lines "variable PATH" and
    "run SCENARIO THEORY POINT REPLICATE DIGEST"."""
    folder, text = pathlib.Path(folder), (SOURCE / experiment).read_text(encoding="utf-8")
    sets = ["--set", "replicates.at_least=2"]
    resolved = subprocess.run([PROGRAM, "explain", SOURCE / experiment], check=True, capture_output=True, text=True).stdout
    if re.search(r'^doubt = "shipped"', resolved, re.M):  # what a model lends: the engine draws the same points
        sets = ["--set", "doubt.points=2", "--set", "doubt.replicates=2"]
        text += "\n[doubt]\npoints = 2\nreplicates = 2\n"
    if re.search(r"^\[design\]", text, re.M) and not re.search(r'^method\s*=\s*"list"', text, re.M):
        sets += ["--set", "design.points=2"]
        if re.search(r"^ensemble = \[", text, re.M):    # no list of points holds vectors of their own for each theory
            sets += ["--set", "design.method=keyed_hypercube"]
            text = re.sub(r'^method\s*=.*\npoints\s*=.*', 'method = "keyed_hypercube"\npoints = 2', text, flags=re.M)
    result = folder / "result.h5"
    subprocess.run([PROGRAM, "run", SOURCE / experiment, "-o", result, "--quiet", *sets], check=True)
    own = folder / pathlib.Path(experiment).name
    own.write_text(listed(text, result), encoding="utf-8")
    for name, engine in engines.items():
        with case.subTest(experiment, engine=name):
            compare_runs(case, experiment, engine(own, experiment), result)


def compare_runs(case, experiment, lines, result):
    """What an engine said of an experiment with the result of the program."""
    variables = [line.split(" ", 1)[1] for line in lines if line.startswith("variable ")]
    digests = {tuple(map(int, line.split(" ")[1:5])): line.split(" ")[5] for line in lines if line.startswith("run ")}
    case.assertGreater(len(variables), 30, experiment)
    compared = 0
    with h5py.File(result) as file:
        columns = [file[f"run_{key}"][:] for key in ("scenario", "alternative", "point", "replicate")]
        for run, twin in enumerate(file["run_fixed_demand"][:]):
            which = tuple(int(column[run]) for column in columns)
            if not twin and which in digests:
                case.assertEqual(digest(file, run, variables), digests[which], f"{experiment}, run {which}")
                compared += 1
    case.assertEqual(compared, len(digests), experiment)
    case.assertGreater(compared, 0, experiment)
