"""The story of a municipality: what happened to it, year by year, side by side over the scenarios.

  rathaus story FILE.h5 --unit "Thüringen 8"              in English
  rathaus story FILE.h5 --unit "Thüringen 8" --lang de    in German

All scenarios are told from the same replicate, point and theory, so under the same chance events. It is one simulated history of
many, never a forecast for the place. `rathaus trace` has every detail. Exit status: 0 done, 1 your input is wrong.
"""

from __future__ import annotations

import argparse
import shutil
import textwrap
from pathlib import Path
from typing import Any

import numpy as np

from rathaus.command_line import Parser
from rathaus.errors import InputError
from rathaus.labels import labels
from rathaus.report.numerals import Numerals
from rathaus.report.words import Words
from rathaus.result import Result

# Events that a story leaves out: too many, or told by what follows them.
SILENT = {"heard", "weighed", "renewed", "pilot_succeeded"}
ONCE = {"blocked", "supported", "no_slot"}              # told the first time alone
BRIEF = {"offered", "joined", "planned", "postponed", "applied", "awarded", "refused", "operation_started", "ran_at_start", "discontinued"}


class Story:
    """What happened to one unit under every scenario.

    Args:
        result: of `rathaus.open`.
        unit: its official key or name.
        language: "en" or "de".
        theory: name of one of the rival theories; the first if None.
        replicate: which of the replicates, from 0.
    """

    def __init__(self, result: Result, unit: str, language: str = "en", theory: str | None = None, replicate: int = 0) -> None:
        self.say, self.numerals = Words(language), Numerals(language)
        self.scenarios = result.scenarios
        self.labels = {kind: labels(result.resolved, kind, language) for kind in ("scenario", "programme")}
        self.told = [result.trace(unit, run=self._run(result, name, theory, replicate)) for name in self.scenarios]
        self.name = str(self.told[0]["unit_name"])
        frame = result.municipalities
        row = frame[frame["id"] == self.told[0]["unit_id"]].iloc[0]
        self.inhabitants = int(row["population"])
        self.land = str(row.get("land", ""))
        self.fiscal_class = str(row.get("fiscal_class", ""))

    @staticmethod
    def _run(result: Result, scenario: str, theory: str | None, replicate: int) -> int:
        rows = result.runs(scenario, theory or result.theories[0])
        rows = rows[result.index["point"][rows] == result.index["point"][rows].min()]
        found = rows[result.index["replicate"][rows] == replicate]
        if not len(found):
            raise InputError(f"--replicate {replicate} is not there (the result has {len(np.unique(result.index['replicate']))}, "
                             "from 0) name another")
        return int(found[0])

    @property
    def head(self) -> str:
        """Who it is."""
        strength = self.say.name(f"fiscal_{self.fiscal_class}") if self.fiscal_class else ""
        return str(self.say("story_head", name=self.name, n=self.numerals.fixed(self.inhabitants), strength=strength))

    def by_year(self, brief: bool = False) -> dict[str, dict[str, list[str]]]:
        """{year: {scenario: sentences}} of the years in which something is to be told."""
        told = {name: self._sentences(one, brief) for name, one in zip(self.scenarios, self.told)}
        years = sorted(set().union(*told.values()))
        return {year: {name: told[name].get(year, []) for name in self.scenarios} for year in years}

    def end_of(self, scenario: str) -> str:
        """How it ended under a scenario, in a sentence."""
        one = self.told[self.scenarios.index(scenario)]
        first = next((event for event in one["events"] if event["event"] in ("operation_started", "ran_at_start")), None)
        running, last = one["quarters"][-1]["services_running"], one["quarters"][-1]["quarter"]
        if first is None:
            return str(self.say("story_never", year=last[:4]))
        known = "story_end_before" if first["event"] == "ran_at_start" else "story_end"
        return str(self.say(known, first=first["quarter"][:4], year=last[:4], n=running, of=len(one["quarters"][-1]["stage"])))

    def _sentences(self, one: dict[str, Any], brief: bool) -> dict[str, list[str]]:
        """A sentence for each kind of event of a year, with all the services it happened to."""
        years: dict[str, dict[tuple[str, ...], list[dict[str, Any]]]] = {}
        known = set()
        for event in one["events"]:
            key = self._kind(event)
            if event["event"] in SILENT or brief and event["event"] not in BRIEF or event["event"] in ONCE and key in known:
                continue
            known.add(key)
            years.setdefault(event["quarter"][:4], {}).setdefault(key, []).append(event)
        return {year: [self._sentence(key, events) for key, events in kinds.items()] for year, kinds in years.items()}

    def _kind(self, event: dict[str, Any]) -> tuple[str, ...]:
        """What is told in one sentence."""
        kind, programme = event["event"], event.get("programme", "")
        if kind == "blocked":
            lacks = tuple(name for name in event["needed"] if event["left"][name] < event["needed"][name])
            return (f"blocked_{event['step'].replace('-', '_')}", "", *lacks)
        return ("pilot_started_granted" if kind == "pilot_started" and programme else kind, programme)

    def _sentence(self, key: tuple[str, ...], events: list[dict[str, Any]]) -> str:
        kind, programme, *lacks = key
        services = dict.fromkeys(self.say.name(event["use_case"]) for event in events if "use_case" in event)
        money = sum(event.get("amount", 0.0) for event in events)
        return str(self.say(f"story_{kind}", service=", ".join(services), programme=self.labels["programme"].get(programme, programme),
                            money=self.numerals.fixed(_rounded(money)), what=self.say.list(map(self.say.name, lacks)) if lacks else ""))

    def of(self, names: list[str]) -> str:
        """Scenarios with the same year: all of them, or their names."""
        return str(self.say("story_all") if len(names) == len(self.scenarios) > 1 else self.say.list([self.labels["scenario"].get(name, name) for name in names]))

    def text(self, width: int = 100) -> str:
        """As plain text: years as headings."""
        lines = [self.head, *textwrap.wrap(self.say("story_simulated"), width), ""]
        lines += [line for names, told in self._alike({name: self.end_of(name) for name in self.scenarios})
                  for line in textwrap.wrap(f"{self.of(names)}: {told}", width, subsequent_indent="    ")]
        for year, sentences in self.by_year().items():
            lines += ["", year]
            for names, told in self._alike({name: " ".join(all) for name, all in sentences.items()}):
                lines += textwrap.wrap(f"{self.of(names)}: {told}", width, initial_indent="  ", subsequent_indent="    ")
        return "\n".join(lines) + "\n"

    @staticmethod
    def _alike(told: dict[str, str]) -> list[tuple[list[str], str]]:
        """Scenarios with the same words together; those without any left out."""
        same: dict[str, list[str]] = {}
        for name, text in told.items():
            same.setdefault(text, []).append(name)
        return [(names, text) for text, names in same.items() if text]


def _rounded(x: float) -> float:
    """Three digits: no cents where thousands are assumed."""
    return float(f"{x:.3g}")


def main() -> int:
    parser = Parser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("result", type=Path, metavar="FILE.h5")
    parser.add_argument("--unit", required=True, metavar="NAME", help="official key or name of the municipality")
    parser.add_argument("--lang", choices=("en", "de"), default="en", help="language (default: en)")
    parser.add_argument("--theory", metavar="NAME", help="one of the rival theories (default: the first)")
    parser.add_argument("--replicate", type=int, default=0, metavar="N", help="which replicate, from 0 (default: 0)")
    options = parser.parse_args()
    with Result(options.result) as result:
        story = Story(result, options.unit, options.lang, options.theory, options.replicate)
        print(story.text(min(100, shutil.get_terminal_size().columns)), end="")
    return 0
