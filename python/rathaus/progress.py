"""How far a study is."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """Runs done and planned; runs_kept: those of an earlier process; seconds: since this one began [s]."""

    runs_done: int
    runs_planned: int
    runs_kept: int
    seconds: float

    @property
    def runs_per_second(self) -> float:
        """Of this process; 0 before the first run is done."""
        return (self.runs_done - self.runs_kept) / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Until all are done at this speed [s]; None before the first run is done."""
        rate = self.runs_per_second
        return (self.runs_planned - self.runs_done) / rate if rate > 0 else None

    def __str__(self) -> str:
        left = self.seconds_left
        return (f"{self.runs_done} of {self.runs_planned} runs, {self.runs_per_second:.3g} runs/s"
                + (f", {left:.0f} s left" if left is not None else ""))


def reading(line: str) -> Progress | None:
    """The progress in a line of the program's standard error; None if it holds none."""
    if not line.startswith('{"severity": "progress"'):
        return None
    told = json.loads(line)
    return Progress(told["runs_done"], told["runs_planned"], told["runs_kept"], told["seconds"])


def line_of() -> Callable[[Progress], None]:
    """Shows progress as one line on standard error that renews itself, in a terminal and in a notebook."""
    width = 0

    def show(now: Progress) -> None:
        nonlocal width
        text = str(now)
        last = now.runs_done == now.runs_planned
        print("\r" + text.ljust(width), end="\n" if last else "", file=sys.stderr, flush=True)
        width = len(text)

    return show
