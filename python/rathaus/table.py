"""Tables that the program makes, as data frames; no number is computed here again."""

from __future__ import annotations

import io
import json
import os

import pandas as pd

from rathaus.executable import ask
from rathaus.reader import Reader

BANDS = ("mean", "low", "high", "p05", "p95", "point_p05", "point_p95")


def comparison(result: Reader, *options: str) -> pd.DataFrame:
    """`rathaus compare`: a row for each metric, horizon, theory, detail and scenario.

    level, low, high: mean over replicates with its 95 % interval; p05, p95: quantiles over replicates; point_p05,
    point_p95: over the points of the design. gain and gain_…: the same for the difference to the baseline, run by
    run. note: why a number is missing.
    """
    rows = []
    for line in json.loads(result.ask("compare", "--format", "json", *options))["lines"]:
        for cell in line["cells"]:
            row = {"section": line["section"], "metric": line["metric"], "detail": line["detail"], "unit": line["unit"],
                   "horizon": line["horizon"], "theory": line["alternative"], "scenario": cell["scenario"]}
            for what, prefix in (("level", ""), ("gain", "gain_")):
                for band in BANDS:
                    value = (cell.get(what) or {}).get(band)
                    row[what if band == "mean" else prefix + band] = float("nan") if value is None else value
            rows.append(row | {"note": cell["note"]})
    return pd.DataFrame(rows)


def metrics(named: str | os.PathLike[str] | None = None) -> pd.DataFrame:
    """`rathaus metrics`: a row for every variable and ratio of a run, with axes or formula, unit and meaning.

    Args:
        named: the program, as for `rathaus.program`.
    """
    return pd.read_csv(io.StringIO(ask("metrics", "--format", "csv", named=named)), keep_default_na=False)


def sensitivities(result: Reader, *options: str) -> pd.DataFrame:
    """`rathaus sensitivity`: a row for each scenario, theory and uncertain number, as the program names its columns."""
    return pd.read_csv(io.StringIO(result.ask("sensitivity", "--format", "csv", *options)))
