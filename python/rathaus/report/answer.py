"""The answer to the question of a study, as `rathaus compare` gives it: verdicts, figures, curves. Nothing is computed here again."""

import math
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Estimate:
    """None where there is no number; infinite where no price would do."""
    middle: float | None
    low: float | None = None
    high: float | None = None

    def times(self, factor):
        return Estimate(*(None if x is None else factor * x for x in (self.middle, self.low, self.high)))


@dataclass(frozen=True)
class Verdict:
    kind: str               # holds, leans, harms, no_difference, open, unknown; of several theories also mixed
    wanted: int             # points at which the gain is wanted, beyond the smallest that counts
    unwanted: int
    points: int             # 1: by chance alone


def number(x):
    """JSON has no infinity: it is a text there."""
    return None if x is None else float(x)


def numbers(values):
    return np.array([math.nan if x is None else float(x) for x in values])


class Answer:
    def __init__(self, answer):
        self.all, question = answer, answer["question"]
        self.anyway_after_payment = answer.get("anyway_after_payment", False)
        self.texts = {language: question[language] for language in ("en", "de")}
        self.asked = question["in_numbers"]
        self.metric = question["counts"]        # of a cost: what it buys
        self.instead = question["metric"] if question["metric"] != self.metric else ""
        self.group, self.end = question["group"], question["quarter"]
        self.more = question["prefer"] == "more" or bool(self.instead)
        self.smallest = question["smallest_gain"]
        self.points, self.by_points = answer["points"], answer["verdicts_by"] == "points"
        self.theories = list(dict.fromkeys(design["theory"] for design in answer["designs"]))
        self.designs = {(design["scenario"], self.theories.index(design["theory"])): design for design in answer["designs"]}
        # over the points of all theories; else of the only one, or by chance of the first
        self.across = {design["scenario"]: design for design in answer.get("across_theories", [])} or \
            {scenario: design for (scenario, theory), design in self.designs.items() if theory == 0}
        self.order, self.better, self.nearest = answer["order"], answer["better"], answer["nearest"]

    @property
    def is_share(self):
        """Whether the metric lies between 0 and 1, and a difference is told in percentage points."""
        return "share" in self.metric

    @property
    def factor(self):
        """What shows a difference: a share in percentage points."""
        return 100.0 if self.is_share else 1.0

    def verdict(self, scenario, theory=0):
        told = self.designs[scenario, theory]
        return Verdict(told["verdict"], told["wanted_at"], told["unwanted_at"], told["points"])

    @property
    def all_points(self):
        """What figures and gains are taken over: the points of all theories."""
        return self.points * len(self.theories)

    def figure(self, name, scenario):
        """Over the points of all theories."""
        told = self.across[scenario][name]
        return Estimate(*(number(told[end]) for end in ("middle", "low", "high")))

    def gains(self, scenario):
        """At each point of all theories, else of each replicate, in the metric's own sign; without those that lack a run."""
        values = numbers(self.across[scenario]["gains"])
        return values[np.isfinite(values)]

    def course(self, scenario, theory=0):
        """(middle, low, high) of the gain at each quarter."""
        told = self.designs[scenario, theory]["course"]
        return tuple(numbers(told[end]) for end in ("middle", "low", "high"))

    def effects(self, scenario, theory=0):
        """[(number that is not known, rank correlation with the gain)] of those told apart from chance, the strongest first."""
        return [(effect["number"], effect["rank_correlation"]) for effect in self.designs[scenario, theory]["effects"]
                if effect["told_apart"]]
