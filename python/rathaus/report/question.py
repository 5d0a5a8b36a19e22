"""The question that a study was made to answer: whose metric, when, and which way is better; and what each point says."""

import json
import math
from functools import cached_property, lru_cache

import numpy as np

from rathaus import gains
from rathaus.errors import InputError

ADOPTERS = "adopters"
COUNTS_UNITS = {ADOPTERS: "units", "adopter_inhabitants": "inhabitants"}
SMALLEST = 0.001        # of the units asked for


class Question:
    """Read from the attributes of the file; without them municipalities with AI, all, after ten years."""

    def __init__(self, result, main_quarter, smallest=None):
        self.result, self.told_smallest = result, smallest
        self.asked = bool(result.attribute("question_in_numbers", result.attribute("question_metric", None) is not None))
        self.metric = str(result.attribute("question_metric", ADOPTERS))
        self.group = json.loads(str(result.attribute("question_group", "{}")) or "{}")
        self.quarter = main_quarter
        if (horizon := str(result.attribute("question_horizon", ""))) in (labels := result.names("quarter_label")):
            self.quarter = labels.index(horizon)
        self.more = str(result.attribute("question_prefer", "more")) == "more"
        self.instead = ""       # the metric asked for, where the file holds no numbers of it
        try:
            self.of(result.baseline)
        except InputError:
            self.instead, self.metric, self.group, self.more = self.metric, ADOPTERS, {}, True
            self.__dict__.pop("values", None)
            self.levels.cache_clear()

    def text(self, language):
        return str(self.result.attribute(f"question_text_{language}", "") or self.result.attribute("question", ""))

    @property
    def end(self):
        """The last quarter that counts, such as "2035-Q4"."""
        return self.result.names("quarter_label")[self.quarter]

    @cached_property
    def values(self):
        """(scenario, theory, point, replicate, time) of the group asked for."""
        grouping = "_and_".join(self.group)
        values = gains.level(self.result, self.metric, grouping or None)
        if "time" not in values.dims:
            raise InputError(f"{self.metric}: has no course over time")
        return values.sel({grouping: ", ".join(self.group.values())}) if grouping else values

    @lru_cache
    def levels(self, scenario, theory=0):
        """(point, quarter): averaged over replicates."""
        return self.values.sel(scenario=scenario).isel(theory=theory).mean("replicate").transpose("point", "time").values

    def of(self, scenario, theory=0):
        """The metric at the horizon, point by point."""
        return self.levels(scenario, theory)[:, self.quarter]

    def gains(self, scenario, theory=0, against=None):
        """Differences at the horizon, point by point, such that more is better."""
        difference = self.of(scenario, theory) - self.of(against or self.result.baseline, theory)
        return difference if self.more else -difference

    def runs(self, scenario, theory=0):
        """The same, run by run: what chance alone does where the study has one point."""
        own, other = (self.values.sel(scenario=name).isel(theory=theory, time=self.quarter).values.ravel()
                      for name in (scenario, self.result.baseline))
        return own - other if self.more else other - own

    @property
    def is_share(self):
        """Whether the metric lies between 0 and 1, and a difference is told in percentage points."""
        return "share" in self.metric

    @property
    def units(self):
        """Units or inhabitants asked for; nothing where the metric counts neither."""
        if self.metric not in COUNTS_UNITS:
            return None
        grouping = "_and_".join(self.group)
        name = COUNTS_UNITS[self.metric]
        if not grouping:
            return float(self.result.raw(name).sum())
        for path in (name, f"{name}_by_{grouping}"):
            if self.result.has(path) and grouping in self.result.dimensions(path):
                array = self.result.array(path)
                rest = [axis for axis in array.dims if axis not in (grouping, "run")]
                array = array.isel(run=0) if "run" in array.dims else array
                return float(array.sum(rest).sel({grouping: ", ".join(self.group.values())}))
        return None

    @property
    def smallest(self):
        """The smallest gain that matters."""
        if self.told_smallest is not None:      # as the program reckons it
            return self.told_smallest
        told = float(self.result.attribute("question_smallest_gain", math.nan))
        if not math.isnan(told):
            return told
        return SMALLEST * (self.units or abs(float(np.nanmean(self.of(self.result.baseline)))))
