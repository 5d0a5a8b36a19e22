"""Adoption with a known answer: Bass diffusion and Granovetter's thresholds."""

import numpy as np
from scipy.optimize import brentq
from scipy.special import gammaln, xlog1py, xlogy
from scipy.stats import norm

from .chance import Curve, Outcome, band, counted, exact, limit_of, near, within


def binomial(successes, trials, chance):
    """Probability of a binomial count, by logarithms; any array shapes that broadcast."""
    return np.exp(gammaln(trials + 1) - gammaln(successes + 1) - gammaln(trials - successes + 1)
                  + xlogy(successes, chance) + xlog1py(trials - successes, -chance))


def bass_moments(units, p, q, quarters):
    """Mean and standard deviation of adopters after 0 … quarters, of the exact Markov chain.

    States and jumps whose probability is below 1e-14 are left out: the mean is exact to 1e-9.
    """
    first, chance = 0, np.array([1.0])
    mean, spread = [0.0], [0.0]
    for _ in range(quarters):
        adopters = first + np.arange(len(chance))
        rest = units - adopters
        hazard = np.minimum(1.0, p + q * adopters / units)
        reach = 8 * np.sqrt(rest * hazard * (1 - hazard)) + 12
        lowest = np.maximum(0, np.floor(rest * hazard - reach)).astype(int)
        joins = lowest[:, None] + np.arange(int(2 * reach.max()) + 3)
        possible = joins <= rest[:, None]
        joins = np.where(possible, joins, 0)
        jump = binomial(joins, rest[:, None], hazard[:, None])
        moved = np.where(possible, chance[:, None] * jump, 0)
        after = np.bincount((adopters[:, None] + joins - first).ravel(), moved.ravel())
        kept = np.flatnonzero(after > 1e-14)
        first, chance = first + kept[0], after[kept[0]:kept[-1] + 1]
        chance = chance / chance.sum()
        adopters = first + np.arange(len(chance))
        mean.append(chance @ adopters)
        spread.append(np.sqrt(max(0.0, chance @ (adopters - mean[-1]) ** 2)))
    return np.array(mean), np.array(spread)


def bass_recursion(p, q, quarters):
    """F after 0 … quarters with infinitely many units: F' = F + (p + qF)(1 − F)."""
    share = [0.0]
    for _ in range(quarters):
        share.append(share[-1] + min(1.0, p + q * share[-1]) * (1 - share[-1]))
    return np.array(share)


def bass(study):
    p, q, units = study.number["aware_p"], study.number["aware_q"], study.units
    share = study.adopters() / units
    mean, spread = (x / units for x in bass_moments(units, p, q, study.quarters))
    limit = bass_recursion(p, q, study.quarters)
    rows, grain = [], 1 / (units * study.runs)
    for t in sorted({max(1, study.quarters // 4), max(1, study.quarters // 2), study.quarters}):
        simulated, error = share[:, t - 1].mean(), spread[t] / np.sqrt(study.runs)
        rows.append(near(f"share after {t} quarters", mean[t], simulated, error,
                         "Markov chain of N units, exact", grain))
        # The mean of N units differs from the recursion by a bias that is known exactly.
        rows.append(within("the same, N infinite", limit[t], simulated,
                           abs(mean[t] - limit[t]) + limit_of(error, grain) * error,
                           "Bass 1969, recursion"))
    return Outcome(rows, [Curve(f"p = {p:g}, q = {q:g}", np.arange(1, study.quarters + 1), mean[1:],
                                *band(share))], "quarters", "share of adopters")


def whole(x):
    """Nearest whole number, halves away from zero, as the program rounds thresholds."""
    return np.copysign(np.floor(np.abs(x) + 0.5), x)


def ladder(study):
    """Everybody whose threshold is met adopts: a recursion without chance."""
    units, given = study.units, study.thresholds()
    if given is None:  # all alike: innov_sd = 0
        given = np.zeros(units)
    threshold = whole((study.number["u0"] + given) * units)
    expected = [0]
    for _ in range(study.quarters):
        expected.append(int((threshold <= expected[-1]).sum()))
    expected, simulated = np.array(expected[1:]), study.adopters()
    differ = int((simulated != expected).sum())
    rows = [exact(f"adopters after {t} quarters", expected[t - 1], simulated[:, t - 1].mean(),
                  "Granovetter 1978")
            for t in sorted({1, max(1, study.quarters // 2), study.quarters})]
    rows.append(exact("quarters that differ", 0, differ, "Granovetter 1978"))
    x = np.arange(1, study.quarters + 1)
    return Outcome(rows, [Curve("thresholds of the file", x, expected, *band(simulated))],
                   "quarters", "adopters")


def stopping(units, reached):
    """Distribution of the final number of adopters; reached[k] = P(threshold <= k others).

    Adoption stops at the first k with exactly k thresholds of at most k. "Exactly k of all N are
    at most k" happens if it stops at k, or stopped at j < k and k - j of the other N - j lie
    between: solved for the former, k ascending.
    """
    chance = np.zeros(units + 1)
    for k in range(units + 1):
        met = reached[k]
        chance[k] = binomial(k, units, met)
        j = np.flatnonzero(chance[:k] > 1e-18)
        if len(j):
            between = np.clip((met - reached[j]) / np.maximum(1 - reached[j], 1e-300), 0, 1)
            chance[k] -= chance[j] @ binomial(k - j, units - j, between)
        chance[k] = max(0.0, chance[k])
        if chance[:k + 1].sum() > 1 - 1e-12:
            break
    return chance / chance.sum()


def normal_thresholds(study):
    mean, spread = study.number["u0"], study.number["innov_sd"]
    units, runs = study.units, study.runs
    count = np.arange(units + 1)
    chance = stopping(units, norm.cdf(((count + 0.5) / units - mean) / spread))
    adopters = study.adopters()
    final = adopters[:, -1]
    source = "final number of N units, exact"

    settled = int((adopters[:, -1] == adopters[:, -2]).sum())
    large = count > units / 2
    rows = [exact("runs that have settled", runs, settled, "else the horizon is too short"),
            counted("runs that end above one half", (final > units / 2).sum(), runs,
                    float(np.clip(chance[large].sum(), 0, 1)), source)]
    # Dvoretzky, Kiefer and Wolfowitz: P(distance > b) <= 2 exp(-2 runs b^2), for any distribution.
    distance = np.abs(np.searchsorted(np.sort(final), count, side="right") / runs
                      - np.cumsum(chance)).max()
    rows.append(within("largest distance of distribution functions", 0.0, distance,
                       np.sqrt(np.log(2 / 1e-4) / (2 * runs)), source + "; DKW inequality"))
    side = large if chance[large].sum() > 0.5 else ~large
    seen = final[side[final]] / units
    share = count / units
    weight = np.where(side, chance, 0) / chance[side].sum()
    middle = weight @ share
    error = np.sqrt(weight @ (share - middle) ** 2 / max(1, len(seen)))
    simulated = seen.mean() if len(seen) else np.nan
    grain = 1 / (units * max(1, len(seen)))
    rows.append(near("mean final share on the likelier side", middle, simulated, error, source,
                     grain))
    point = fixed_point(mean, spread)
    rows.append(within("smallest fixed point, N infinite", point, simulated,
                       abs(middle - point) + limit_of(error, grain) * error,
                       "Granovetter 1978: x = F(x)"))
    path = [0.0]
    for _ in range(study.quarters):
        path.append(norm.cdf((path[-1] - mean) / spread))
    return Outcome(rows, [Curve(f"s.d. {spread:g}, N infinite", np.arange(1, study.quarters + 1),
                                np.array(path[1:]), *band(adopters / units))],
                   "quarters", "share of adopters")


def fixed_point(mean, spread):
    """Smallest x with x = F(x): where the rising recursion from 0 first meets the diagonal."""
    grid = np.linspace(0, 1, 200_001)
    below = np.flatnonzero(norm.cdf((grid - mean) / spread) <= grid)
    if not len(below):
        return 1.0
    k = below[0]
    if k == 0:
        return 0.0
    return brentq(lambda x: norm.cdf((x - mean) / spread) - x, grid[k - 1], grid[k])
