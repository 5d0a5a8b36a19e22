"""What holds of each design, by fixed rules: the gain of a point counts beyond the smallest that matters.

Of 48 points, holds: at least 46; leans: at least 36; harms: at least 46 the other way; no difference: at least 46 within
the smallest gain that matters; else open. Other numbers of points in proportion. A study with one point shows chance
alone: then the 95 % interval over replicates takes the place of the points, and the verdict says so."""

import math
from dataclasses import dataclass

import numpy as np
from scipy import stats

NEARLY_ALL, MOST, OF = 46, 36, 48
KINDS = {"no_difference": "same"}       # where the program has another word


@dataclass(frozen=True)
class Verdict:
    kind: str               # holds, leans, harms, same, open; unknown with one run
    better: int             # points beyond the smallest gain
    worse: int
    points: int             # 1: chance alone


def needed(points, of_48=NEARLY_ALL):
    return math.ceil(of_48 * points / OF - 1e-9)


def of_points(gains, smallest):
    gains = np.asarray(gains)[np.isfinite(gains)]
    n = len(gains)
    better, worse = int((gains > smallest).sum()), int((gains < -smallest).sum())
    kind = "holds" if better >= needed(n) else "harms" if worse >= needed(n) else \
        "same" if n - better - worse >= needed(n) else "leans" if better >= needed(n, MOST) else "open"
    return Verdict(kind, better, worse, n)


def of_runs(gains, smallest):
    """By chance alone."""
    gains = np.asarray(gains)[np.isfinite(gains)]
    if len(gains) < 2:
        return Verdict("unknown", 0, 0, 1)
    half = stats.t.ppf(0.975, len(gains) - 1) * gains.std(ddof=1) / np.sqrt(len(gains))
    low, high = gains.mean() - half, gains.mean() + half
    kind = "holds" if low > smallest else "harms" if high < -smallest else \
        "same" if -smallest <= low and high <= smallest else "open"
    return Verdict(kind, int(low > smallest), int(high < -smallest), 1)


def verdict(r, scenario, theory=0):
    """Of one design under one theory: the program's, where its table has an answer."""
    if (told := r.table.answered(scenario, theory)) and (told["points"] > 1 or r.has_intervals):
        return Verdict(KINDS.get(told["verdict"], told["verdict"]), told["wanted_at"], told["unwanted_at"], told["points"])
    question = r.question
    if r.table.points > 1:
        return of_points(question.gains(scenario, theory), question.smallest)
    return of_runs(question.runs(scenario, theory), question.smallest)


def ranked(r):
    """Designs by their middle gain under the first theory, the largest first."""
    return sorted(r.others, key=lambda name: -float(np.nanmedian(r.question.gains(name))))


def beats(r, one, other, theory):
    """At how many points one design does better than another, and whether these are nearly all."""
    if r.table.points < 2:
        told = of_runs(r.question.runs(one, theory) - r.question.runs(other, theory), r.question.smallest)
        return told.better, told.kind == "holds"
    gains = r.question.gains(one, theory, against=other)
    better = int((gains > r.question.smallest).sum())
    return better, better >= needed(len(gains))


def failing_pair(r):
    """(design, other, theory, points): why the leading one is not the better one; nothing if it is, or stands alone."""
    first, *rest = ranked(r)
    for theory in range(len(r.table.theories)):
        for other in rest:
            better, wins = beats(r, first, other, theory)
            if not wins:
                return first, other, theory, better
    return None
