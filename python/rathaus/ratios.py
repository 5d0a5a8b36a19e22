"""The ratios of a run, as `rathaus metrics` defines them: read from the program, so that each is defined once."""

from __future__ import annotations

import csv
import io
import os
import re
from dataclasses import dataclass
from functools import lru_cache

from rathaus.executable import ask, program

# "(saving - own_spending) / inhabitants", "4 running_cost / inhabitants", "1 / hhi_national"
_TERM = re.compile(r"([+-]?)\s*(?:([\d.]+)\s+)?([a-z_]\w*)")


@dataclass(frozen=True)
class Ratio:
    """of: [(factor, variable)], their sum is divided by that of `per`; empty: 1. so_far: flows are summed up to the quarter,
    else what is so at its end, or in it."""

    name: str
    unit: str
    meaning: str
    so_far: bool
    of: tuple[tuple[float, str], ...]
    per: tuple[tuple[float, str], ...]


def ratio_named(name: str, named: str | os.PathLike[str] | None = None) -> Ratio | None:
    """The ratio of that name, or None.

    Args:
        named: the program, as for `rathaus.program`.
    """
    return _ratios(program(named)).get(name)


def ratio_names(named: str | os.PathLike[str] | None = None) -> list[str]:
    """Names of all ratios."""
    return list(_ratios(program(named)))


@lru_cache
def _ratios(path: str) -> dict[str, Ratio]:
    found = {}
    for row in csv.DictReader(io.StringIO(ask("metrics", "--format", "csv", named=path))):
        if row["tells"].startswith("ratio"):
            of, per = row["axes or formula"].split(" / ")
            found[row["variable"]] = Ratio(row["variable"], row["unit"], row["meaning"], row["tells"] == "ratio so far",
                                           _terms(of), _terms(per))
    return found


def _terms(text: str) -> tuple[tuple[float, str], ...]:
    return tuple((float(sign + (factor or "1")), variable) for sign, factor, variable in _TERM.findall(text))
