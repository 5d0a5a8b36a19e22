"""A resolved experiment straight from a model folder, in the form that `rathaus explain` prints."""

import tomllib
from pathlib import Path

GERMANY = Path(__file__).resolve().parents[2] / "models" / "germany"


def resolve(folder=GERMANY, units=60, quarters=40, seed=1, start="2021-Q1", parameters=None,
            structure=None):
    """Every default of the folder, a synthetic population, and the given overrides."""
    tables = {}
    for name in ("parameters", "coefficients", "use_cases", "vendors", "series", "population"):
        with open(Path(folder) / f"{name}.toml", "rb") as file:
            tables[name] = tomllib.load(file)

    def defaults(name):
        return {key: row["default"] for key, row in tables[name].items()}

    unknown = set(parameters or {}) - set(tables["parameters"])
    if unknown:
        raise KeyError(f"not a parameter of the model: {sorted(unknown)}")
    return {
        "title": "reference",
        "population": {"source": "synthetic", "unit": "administration", "units": units},
        "time": {"start": start, "quarters": quarters},
        "parameters": defaults("parameters") | (parameters or {}),
        "coefficients": defaults("coefficients"),
        "structure": dict(structure or {}),
        "random": {"seed": seed},
        "replicates": {"at_least": 1},
        "model": tables,
    }


def one_use_case(resolved, **changes):
    """Keeps the first use case only, with the given cells of its row."""
    row = resolved["model"]["use_cases"]["use_case"][0] | changes
    resolved["model"]["use_cases"]["use_case"] = [row]
    return resolved


def vendors(resolved, **changes):
    """Gives every vendor row the same values for some columns."""
    rows = resolved["model"]["vendors"]["vendor"]
    resolved["model"]["vendors"]["vendor"] = [row | changes for row in rows]
    return resolved


def in_file(resolved, header, rows, folder):
    """Replaces the synthetic population by a file; returns the resolved experiment."""
    lines = [header] + [",".join(map(str, row)) for row in rows]
    (Path(folder) / "units.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    resolved["population"] = {"file": "units.csv", "unit": "administration"}
    return resolved
