"""Winners and losers: the same gains, group by group."""

from rathaus.report.charts.adoption import classes
from rathaus.report.charts.common import forest
from rathaus.report.parts import Figure
from rathaus.report.points import middle, span
from rathaus.report.result import interval


def gain_of_class(r, name, size_class, theory=0):
    """Gain at the main horizon in percentage points of the class: (mean or median, low, high or nothing)."""
    quarter = r.result.horizon_quarter(r.table.main_horizon)
    if r.table.points > 1:          # chance and ignorance together, as everywhere in the body
        points = by_point(r, name, size_class, theory, quarter)
        return middle(points), *span(points)
    gains = 100 * r.result.gains("adopters", name, theory, size_class)[:, quarter] / \
        r.result.units[size_class]
    mean, half = interval(gains)
    return (mean, mean - half, mean + half) if half == half else (mean, None, None)


def by_point(r, name, size_class, theory, quarter):
    """Gains in percentage points, averaged over the replicates that a point has in both scenarios."""
    found = []
    for scenario in (name, r.baseline):
        rows = r.result.rows(scenario, theory)
        keys = zip(r.result.index["point"][rows].tolist(), r.result.index["replicate"][rows].tolist())
        found.append(dict(zip(keys, r.result.totals("adopters", scenario, theory, size_class)[:, quarter])))
    own, other = found
    points = {}
    for key in own.keys() & other.keys():
        points.setdefault(key[0], []).append(100 * (own[key] - other[key]) / r.result.units[size_class])
    return [sum(values) / len(values) for _, values in sorted(points.items())]


def by_class(r):
    if not r.has_gains:
        return None
    present = classes(r)
    names = r.highlighted
    panels = [(r.size_class(r.result.size_classes[k]),
               {n: (*gain_of_class(r, n, k), None, None) for n in names}) for k in present]
    figure = forest(r, panels, names, r.say("percentage_points"), columns=2)
    written = [f"{title}: {r.scenario(n)} {r.numerals.estimate(*e[:3], sign=True)}"
               for title, estimates in panels for n, e in estimates.items()]
    alt = r.say("alt_groups", horizon=r.say.horizon(r.table.main_horizon), list="; ".join(written[:24]))
    return Figure("groups", r.say("fig_groups_points" if r.table.points > 1 else "fig_groups", horizon=r.say.horizon(r.table.main_horizon)) + r.left_out,
                  alt, figure)
