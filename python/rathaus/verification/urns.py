"""Markets of identical vendors: symmetry, urns, and Arthur's walk.

In the urns one unit decides per quarter, so n arrivals take n quarters, and the number of customers
of the first of two vendors is a Markov chain: urn() gives its exact distribution.
"""

import numpy as np
from scipy.stats import f as f_distribution

from .chance import (LIMIT, Curve, Outcome, band, by_probability, counted, distributed, exact,
                     near, within)
from rathaus.errors import InputError


def urn(arrivals, choice):
    """Distributions of the first vendor's customers after 0 … arrivals.

    choice(customers, total): chance that the next one goes to the first vendor, element by element.
    """
    laws = [np.array([1.0])]
    for total in range(arrivals):
        go = choice(np.arange(total + 1), total)
        laws.append(np.append(laws[-1] * (1 - go), 0) + np.insert(laws[-1] * go, 0, 0))
    return laws


def arrivals_of(study):
    """Customers of the first vendor after each arrival, (run, arrival); checks the setting."""
    if len(study.vendors) != 2 or study.rule["arrivals"] != "sequential":
        raise InputError("an urn wants two vendors and arrivals = \"sequential\"")
    base = study["vendor_base"]
    n = min(study.quarters, study.units)
    count = exact("customers in all, quarters that differ", 0,
                  int((base[:, :n].sum(axis=2) != np.arange(1, n + 1)).sum()),
                  "one unit decides a quarter")
    return base[:, :n, 0], n, count


def moments(law):
    values = np.arange(len(law))
    mean = law @ values
    return mean, law @ (values - mean) ** 2, law @ (values - mean) ** 4


def end_rows(first, law, source):
    """Mean, variance and distribution of the first vendor's customers at the end."""
    n, runs = len(law) - 1, len(first)
    mean, variance, fourth = moments(law)
    values = first[:, -1]
    return [near(f"customers of one vendor after {n}, mean", mean, values.mean(),
                 np.sqrt(variance / runs), source, 1 / runs),
            near("their variance between runs", variance, ((values - mean) ** 2).mean(),
                 np.sqrt((fourth - variance ** 2) / runs), source),
            distributed("their distribution, chi-square", np.bincount(values, minlength=n + 1), law,
                        source)]


def lead_curve(laws, first, label):
    """Share of the larger vendor by arrivals, expected and simulated."""
    x = np.arange(1, len(laws))
    expected = [law @ np.maximum(np.arange(n + 1), n - np.arange(n + 1)) / n
                for n, law in enumerate(laws) if n]
    return Curve(label, x, np.array(expected), *band(np.maximum(first, x - first) / x))


def polya(study):
    power = study.number["beta_base"]
    first, n, count = arrivals_of(study)

    def choice(k, total):
        ours, theirs = (1.0 + k) ** power, (1.0 + total - k) ** power
        return ours / (ours + theirs)

    laws = urn(n, choice)
    source = "Polya urn: uniform on 0 ... n" if power == 1 else "recursion over arrivals, exact"
    return Outcome([count] + end_rows(first, laws[n], source),
                   [lead_curve(laws, first, f"power {power:g}")], "arrivals",
                   "share of the larger vendor")


def stable_share(beta):
    """Larger share at which the lead m = tanh(beta m/2) rests, found by iteration from 1."""
    lead = 1.0
    for _ in range(100_000):
        lead = np.tanh(beta * lead / 2)
    return (1 + lead) / 2 if beta > 2 else 0.5


def share_urn(study):
    beta = study.number["beta_base"]
    first, n, count = arrivals_of(study)

    def choice(k, total):
        share = k / total if total else np.full(len(k), 0.5)
        return 1 / (1 + np.exp(-beta * (2 * share - 1)))

    laws = urn(n, choice)
    rows = [count]
    # One step at a time: given the past, each choice is a coin of known chance. Sums of coins
    # minus their chances are a martingale: z by its exact conditional variance.
    before = np.concatenate([np.zeros((len(first), 1), int), first[:, :-1]], axis=1)
    chose = first - before
    chance = np.stack([choice(before[:, t], t) for t in range(n)], axis=1)
    share = before / np.maximum(1, np.arange(n))
    for low in (0.0, 0.2, 0.4, 0.6, 0.8):
        inside = (share >= low) & ((share < low + 0.2) | (low == 0.8))
        inside[:, 0] = False  # without any base there is no share
        if chance[inside].size < 100:
            continue
        size = inside.sum()
        rows.append(near(f"choices of it at a share of {low:.1f} to {low + 0.2:.1f}",
                         chance[inside].mean(), chose[inside].mean(),
                         np.sqrt((chance[inside] * (1 - chance[inside])).sum()) / size,
                         "logit in shares, ODD eq. 34", 1 / size))
    rows += end_rows(first, laws[n], "recursion over arrivals, exact")
    larger = np.maximum(np.arange(n + 1), n - np.arange(n + 1)) / n
    mean = laws[n] @ larger
    error = np.sqrt(laws[n] @ (larger - mean) ** 2 / study.runs)
    simulated = np.maximum(first[:, -1], n - first[:, -1]).mean() / n
    rows.append(near(f"larger share after {n} arrivals", mean, simulated, error,
                     "recursion over arrivals, exact"))
    limit = stable_share(beta)
    rows.append(within("larger share, n infinite", limit, simulated,
                       abs(mean - limit) + LIMIT * error, "Arthur et al. 1987: m = tanh(bm/2)"))
    return Outcome(rows, [lead_curve(laws, first, f"beta {beta:g}")], "arrivals",
                   "share of the larger vendor")


def absorption(barrier, arrivals):
    """P(a fair walk first reaches ±barrier at arrival t), t = 0 … arrivals; the rest is later."""
    walk, when = np.zeros(2 * barrier + 1), np.zeros(arrivals + 1)
    walk[barrier] = 1.0
    for t in range(1, arrivals + 1):
        walk = (np.append(walk[1:], 0) + np.insert(walk[:-1], 0, 0)) / 2
        when[t] = walk[0] + walk[-1]
        walk[0] = walk[-1] = 0
    return when


def arthur(study):
    gap, gain = study.number["beta_fit"], study.number["beta_base"]
    if gain <= 0 or float(gap / gain).is_integer():
        raise InputError("beta_fit/beta_base must not be whole (ties go to the first vendor)")
    barrier = int(gap // gain) + 1
    first, n, count = arrivals_of(study)
    runs = study.runs
    lead = 2 * first - np.arange(1, n + 1)
    reached = np.abs(lead) >= barrier
    absorbed = reached.any(axis=1)
    time = np.where(absorbed, reached.argmax(axis=1) + 1, n)

    when = absorption(barrier, n)
    later = max(0.0, 1 - when.sum())
    truncated = when.copy()
    truncated[n] += later
    mean, variance, _ = moments(truncated)
    winner = np.sign(lead[np.arange(runs), time - 1])
    steps = np.diff(np.concatenate([np.zeros((runs, 1), int), lead], axis=1), axis=1)
    after = np.arange(1, n + 1) > time[:, None]
    loser = (after & absorbed[:, None] & (steps != winner[:, None])).sum()
    source = "fair walk to +-k, exact, cut at n"
    rows = [count,
            near(f"mean of min(time to lead {barrier}, {n})", mean, time.mean(),
                 np.sqrt(variance / runs), source),
            within("the same without end: k^2", barrier ** 2, time.mean(),
                   abs(mean - barrier ** 2) + LIMIT * np.sqrt(variance / runs),
                   "Arthur 1989: E = k^2"),
            distributed("its distribution, chi-square", np.bincount(time, minlength=n + 1),
                        truncated, source),
            counted("runs absorbed in time", absorbed.sum(), runs, min(1.0, when.sum()), source),
            counted("of these won by the first vendor", (winner[absorbed] > 0).sum(),
                    absorbed.sum(), 0.5, "symmetry"),
            exact("choices of the loser afterwards", 0, int(loser), "Arthur 1989: lock-in")]
    x = np.arange(1, n + 1)
    still = np.sort(time)
    simulated = np.searchsorted(still, x, side="right") / runs
    simulated[-1] = absorbed.mean()
    expected = np.cumsum(when)[1:]
    spread = 1.96 * np.sqrt(expected * (1 - expected) / runs)
    return Outcome(rows, [Curve(f"k = {barrier}", x, expected, simulated, simulated - spread,
                                simulated + spread)], "arrivals", "share of runs locked in")


def symmetry(study):
    base = study["vendor_base"].astype(float)
    runs, quarters, vendors = base.shape
    share = base / np.maximum(1, base.sum(axis=2, keepdims=True))
    started = base.sum(axis=2) > 0
    source = "exchangeability: 1/V"
    rows = []
    for t in sorted({max(1, quarters // 4), max(1, quarters // 2), quarters}):
        some = share[started[:, t - 1], t - 1]
        gap = some.mean(axis=0)[:-1] - 1 / vendors
        square = len(some) * gap @ np.linalg.pinv(np.cov(some[:, :-1].T)) @ gap
        free = vendors - 1
        scaled = square * (len(some) - free) / (free * (len(some) - 1))
        rows.append(by_probability(f"all shares after {t} quarters, Hotelling's T^2", free, square,
                                   np.sqrt(2 * free),
                                   f_distribution.sf(scaled, free, len(some) - free), source))
    last = share[started[:, -1], -1]
    for v in range(vendors):
        rows.append(near(f"mean share of vendor {v + 1} at the end", 1 / vendors, last[:, v].mean(),
                         last[:, v].std(ddof=1) / np.sqrt(len(last)), source))
    best = base[:, -1] == base[:, -1].max(axis=1, keepdims=True)
    alone = best.sum(axis=1) == 1
    rows.append(distributed("runs led by each vendor, chi-square", best[alone].sum(axis=0),
                            np.full(vendors, 1 / vendors), source))
    share = share[:, started.all(axis=0)]
    x = 1 + np.flatnonzero(started.all(axis=0))
    curves = []
    for v in range(vendors):
        mean, error = share[..., v].mean(axis=0), share[..., v].std(axis=0) / np.sqrt(runs)
        curves.append(Curve(f"vendor {v + 1}", x, np.full(len(x), 1 / vendors), mean,
                            mean - 1.96 * error, mean + 1.96 * error))
    return Outcome(rows, curves, "quarters", "mean share, 95 % interval")
