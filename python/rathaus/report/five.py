"""The five figures of page 1, with the range of each: reached, additional, anyway, cost, money called.

With points the number is the median and the range holds the 2nd to the 47th of 48, chance and ignorance in one; with one point they are
the mean and its 95 % interval over replicates, chance alone."""

import math
from dataclasses import dataclass

import numpy as np

from rathaus.report.charts.support import FUNDED
from rathaus.report.result import interval

ANYWAY = ("windfall", "accelerated", "delayed", "enlarged", "reduced")


@dataclass(frozen=True)
class Estimate:
    """None where there is no number; high is infinite where no price would do."""
    mean: float | None
    low: float | None = None
    high: float | None = None


def span(points):
    """The 2nd and the 47th of 48; the r-th and the (n + 1 − r)-th of n, r = ⌊n/24⌋ and at least 1."""
    points = np.sort(np.asarray(points, dtype=float))
    if len(points) < 2:
        return None, None
    rank = max(1, 2 * len(points) // 48)
    return float(points[rank - 1]), float(points[-rank])


def middle(points):
    """The median; infinite values have their place."""
    points = np.sort(np.asarray(points, dtype=float))
    below, above = points[(len(points) - 1) // 2], points[len(points) // 2]
    return float(below if below == above else (below + above) / 2)


class Five:
    """Of one theory."""

    def __init__(self, r, theory=0):
        self.r, self.result, self.theory = r, r.result, theory
        self.quarter = r.question.quarter
        self.points = r.table.points
        known = self.result.raw("strata/horizon_quarter") if self.result.has("strata/horizon_quarter") else []
        # strata are kept at the horizons of the file alone: the one of the question, else the next one
        self.horizon = min(range(len(known)), key=lambda h: abs(int(known[h]) - self.quarter)) if len(known) else None

    def by_point(self, values, scenario):
        """Sums over the runs of each point."""
        point = self.result.index["point"][self.result.rows(scenario, self.theory)]
        return [values[point == p].sum(axis=0) for p in np.unique(point)]

    def ranged(self, mean, by_point, runs=None):
        if self.points > 1:
            return Estimate(middle(by_point), *span(by_point))
        if runs is None or len(runs) < 2:
            return Estimate(mean)
        half = float(interval(np.asarray(runs, dtype=float))[1])
        return Estimate(mean, mean - half, mean + half)

    def strata(self, scenario):
        rows = self.result.rows(scenario, self.theory)
        count = self.result.file["strata/count"]
        return np.array([count[row, self.horizon].sum(axis=-1) for row in rows])       # (run, stratum)

    def at(self, words):
        names = self.result.names("stratum")
        return [names.index(word) for word in words]

    def has_support(self, scenario):
        return self.horizon is not None and self.result.has("strata/count") and self.strata(scenario)[:, self.at(FUNDED)].sum() > 0

    def reached(self, scenario):
        """Municipalities that were supported by then."""
        if not self.has_support(scenario):
            return Estimate(None)
        runs = self.strata(scenario)[:, self.at(FUNDED)].sum(axis=1).astype(float)
        sizes = self.by_point(np.ones(len(runs)), scenario)
        return self.ranged(runs.mean(), [s / n for s, n in zip(self.by_point(runs, scenario), sizes)], runs)

    def additional(self, scenario):
        """In the metric of the question, its own sign."""
        sign = 1 if self.r.question.more else -1
        points = sign * self.r.question.gains(scenario, self.theory)
        return self.ranged(float(np.nanmean(points)), points, sign * self.r.question.runs(scenario, self.theory))

    def anyway(self, scenario):
        """In % of the supported municipalities with AI: those that would have it without."""
        if not self.has_support(scenario):
            return Estimate(None)
        count = self.strata(scenario)

        def share(total):
            both, induced = total[self.at(ANYWAY)].sum(), total[self.at(("induced",))].sum()
            return 100.0 * both / (both + induced) if both + induced > 0 else math.nan
        shares = [x for total in self.by_point(count, scenario) if not math.isnan(x := share(total))]
        mean = share(count.sum(axis=0))
        return Estimate(None) if math.isnan(mean) else self.ranged(mean, shares)

    def money(self, name, scenario):
        """(run): EUR up to the horizon, over all programmes."""
        rows = self.result.rows(scenario, self.theory)
        values = self.result.file[f"programmes/{name}"]
        return np.array([np.nansum(values[row, :self.quarter + 1]) for row in rows])

    def discounted(self, scenario):
        rows = self.result.rows(scenario, self.theory)
        weight = (1 + float(self.result.attribute("discount", 0.0))) ** (-np.arange(self.quarter + 1) / 4)
        paid = self.result.file["programmes/paid"]
        return np.array([(np.nansum(paid[row, :self.quarter + 1], axis=-1) * weight).sum() for row in rows])

    def cost(self, scenario):
        """Public money, discounted, for one more municipality with AI; nothing where none comes of it."""
        if not self.result.has("programmes/paid"):
            return Estimate(None)
        paid = self.discounted(scenario)
        adopters = [self.result.totals("adopters", name, self.theory)[:, self.quarter] for name in (scenario, self.r.baseline)]
        if paid.sum() == 0 or len(adopters[0]) != len(adopters[1]):
            return Estimate(None)
        more = adopters[0] - adopters[1]
        if self.points > 1:
            both = zip(self.by_point(paid, scenario), self.by_point(more, scenario))
            prices = [p / m if m > 0 else math.inf for p, m in both]
            low, high = span(prices)
            if low == math.inf:
                return Estimate(None)
            return Estimate(None if middle(prices) == math.inf else middle(prices), low, high)
        level = next((cell["level"] for horizon in self.r.table.horizons
                      if self.r.result.horizon_quarter(horizon) == self.quarter and
                      (cell := self.r.table.line("public money per additional unit with AI", horizon,
                                                 self.r.table.theory_keys[self.theory]).get(scenario))), None)
        return Estimate(level["mean"], level["low"], level["high"]) if level and level["low"] is not None else Estimate(None)

    def called(self, scenario):
        """In % of the money offered: what was paid."""
        if not self.result.has("programmes/refilled"):
            return Estimate(None)
        offered, paid = self.money("refilled", scenario), self.money("paid", scenario)
        if offered.sum() == 0 or not np.isfinite(offered.sum()):
            return Estimate(None)
        both = zip(self.by_point(paid, scenario), self.by_point(offered, scenario))
        with np.errstate(invalid="ignore", divide="ignore"):
            return self.ranged(100 * paid.sum() / offered.sum(), [100 * p / o for p, o in both], 100 * paid / offered)
