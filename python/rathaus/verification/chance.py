"""Verdicts: how far chance, or rounding, may take a simulated number from the expected one.

Every comparison with chance in it becomes a score z: either the distance from the expected number
in standard errors, or the normal score of the same two-sided probability as that of an exact test.
It fails beyond LIMIT. Were every statistic normal, a right program would fail one comparison in
150,000 (7e-6); stated is 1e-4, which leaves a factor of 15 for statistics that are normal only in
the limit of many runs. A mean that rests on a handful of rare events is not: its limit is RARE, by
Chebyshev's inequality, which holds for any distribution.
"""

from dataclasses import dataclass

import numpy as np
from scipy import stats

LIMIT = 4.5
RATE = 2 * stats.norm.sf(LIMIT)
RARE = 100.0  # P(|z| >= 100) <= 1e-4


@dataclass
class Row:
    """One line of the table. error: a standard error, "exact", or a bound as text."""

    quantity: str
    expected: float
    simulated: float
    error: object
    score: float
    passed: bool
    source: str


@dataclass
class Curve:
    """For a figure: expected line and simulated band over x."""

    label: str
    x: np.ndarray
    expected: np.ndarray
    simulated: np.ndarray
    low: np.ndarray
    high: np.ndarray


@dataclass
class Outcome:
    rows: list
    curves: list
    x_label: str
    y_label: str


def limit_of(error, grain):
    """Largest score that passes; grain is what one event (one unit in one run) adds to the mean.

    With a standard error of five events a Poisson count leaves LIMIT once in 20,000 times.
    """
    return LIMIT if error >= 5 * grain else RARE


def near(quantity, expected, simulated, error, source, grain=0.0):
    """A mean with a known standard error; without spread it must be met to 1e-9."""
    gap = simulated - expected
    score = gap / error if error > 1e-12 else (0.0 if abs(gap) <= 1e-9 else float("inf"))
    return Row(quantity, expected, simulated, error, score,
               bool(abs(score) <= limit_of(error, grain)), source)


def exact(quantity, expected, simulated, source, differences=None):
    """Equal or not. `differences`: how many single values differ, where the row shows a sum."""
    gap = differences if differences is not None else simulated - expected
    return Row(quantity, expected, simulated, "exact", gap, bool(gap == 0), source)


def within(quantity, expected, simulated, bound, source, what="bound"):
    """A difference below a bound that the source justifies."""
    gap = simulated - expected
    return Row(quantity, expected, simulated, f"{what} {bound:.1e}", gap, bool(abs(gap) <= bound),
               source)


def counted(quantity, happened, trials, chance, source):
    """Exact two-sided binomial test."""
    probability = stats.binomtest(int(happened), int(trials), chance).pvalue
    return by_probability(quantity, trials * chance, happened,
                          np.sqrt(trials * chance * (1 - chance)), probability, source)


def distributed(quantity, observed, probabilities, source):
    """Chi-square test of counts; neighbours are merged until each expects ten."""
    total, bins = observed.sum(), [[0.0, 0.0]]
    for count, share in zip(observed, probabilities / probabilities.sum()):
        if bins[-1][1] >= 10:
            bins.append([0.0, 0.0])
        bins[-1][0] += count
        bins[-1][1] += total * share
    if len(bins) > 1 and bins[-1][1] < 10:
        last = bins.pop()
        bins[-1] = [bins[-1][0] + last[0], bins[-1][1] + last[1]]
    freedom = len(bins) - 1
    if freedom == 0:  # nothing but one outcome is expected
        return exact(quantity, total, bins[0][0], source)
    square = sum((seen - wanted) ** 2 / wanted for seen, wanted in bins)
    return by_probability(quantity, freedom, square, np.sqrt(2 * freedom),
                          stats.chi2.sf(square, freedom), source)


def by_probability(quantity, expected, simulated, error, probability, source):
    """A row judged by the probability of a result at least as far from the expected one."""
    score = float(np.copysign(stats.norm.isf(min(probability, 1.0) / 2), simulated - expected))
    return Row(quantity, float(expected), float(simulated), float(error), score,
               bool(probability >= RATE), source)


def band(values):
    """Mean and central 95 % of the runs, (run, x) -> three arrays."""
    return values.mean(axis=0), *np.quantile(values, (0.025, 0.975), axis=0)
