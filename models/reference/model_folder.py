"""A resolved experiment straight from a model folder, in the form that `rathaus explain` prints."""

import tomllib
from pathlib import Path

GERMANY = Path(__file__).resolve().parents[2] / "models" / "germany"

# The examples of these tests were worked out by hand with these numbers, whatever the model's defaults are.
WORKED = {
    "effort_scale_exp": 0.5, "margin_eur_pc_q": 1.0, "run_cost_share": 0.2, "post_share": 0.008,
    "hire_rate": 0.08, "data_budget_share": 0.15, "data_unit_cost_eur": 150_000, "aware_p": 0.04,
    "aware_q": 0.3, "decision_rate": 0.3, "u0": 0.0, "beta_value": 1.0, "beta_peer": 2.0, "beta_risk": 1.0,
    "innov_sd": 0.7, "pilot_share": 0.3, "pilot_data_frac": 0.5, "pilot_success": 0.7, "data0_mean": 0.3,
    "data0_slope": 0.1, "reserve_cap_q": 8.0, "discont_rate": 0.004, "renew_unasked": 0.0, "offer_rate": 0.0,
    "offer_relief": 0.0, "threshold_mean": None,    # not given: u0 stands for it
}


def resolve(folder=GERMANY, units=60, quarters=40, seed=1, start="2021-Q1", parameters=None,
            structure=None, numbers=WORKED, use_cases=None, started=False):
    """Every default of the folder, the given numbers and overrides, and a synthetic population. Without `use_cases` all but
    turnkey ones; unless it is to be `started`, nothing runs at the start, whatever the folder says."""
    tables = {}
    for name in ("parameters", "coefficients", "use_cases", "vendors", "series", "population"):
        with open(Path(folder) / f"{name}.toml", "rb") as file:
            tables[name] = tomllib.load(file)

    def takes_part(row):
        return row["name"] in use_cases if use_cases else row.get("by_default", True) and not row.get("turnkey", False)

    rows = [row for row in tables["use_cases"]["use_case"] if takes_part(row)]
    if not started:
        rows = [{key: cell for key, cell in row.items() if key != "start_share"} for row in rows]
    tables["use_cases"]["use_case"] = rows

    def defaults(name):
        return {key: row["default"] for key, row in tables[name].items()}

    unknown = set(parameters or {}) - set(tables["parameters"])
    if unknown:
        raise KeyError(f"not a parameter of the model: {sorted(unknown)}")
    return {
        "title": "reference",
        "population": {"source": "synthetic", "unit": "administration", "units": units, "providers": "regions"},
        "time": {"start": start, "quarters": quarters},
        "parameters": {name: value for name, value in (defaults("parameters") | numbers | (parameters or {})).items()
                       if value is not None},
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
