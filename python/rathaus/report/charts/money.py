"""Bars of each calendar year: offered as an outline, paid filled."""

from functools import lru_cache

import numpy as np

from rathaus.report import style
from rathaus.report.charts.common import in_language, wrap
from rathaus.report.parts import Figure


@lru_cache
def mean_of(result, kind, scenario):
    values = np.nan_to_num(result.mean(f"programmes/{kind}", scenario))
    return np.where(np.isfinite(values), values, 0.0)           # (quarter, programme)


def by_year(r, kind, scenario):
    """For each programme {calendar year: EUR}, means over runs."""
    values = mean_of(r.result, kind, scenario)
    year = np.floor(r.result.time - 0.01).astype(int)
    return [{int(y): float(values[year == y, p].sum()) for y in np.unique(year)} for p in range(values.shape[1])]


def years_with_money(r):
    found = {y for kind in ("refilled", "paid") for name in r.others for pot in by_year(r, kind, name) for y, x in pot.items() if x > 0}
    return list(range(min(found), max(found) + 1)) if found else []


def by_pot(r):
    years = years_with_money(r)
    if not years:
        return None
    names = r.highlighted
    columns = 2 if len(names) > 1 else 1
    figure, grid = style.canvas((len(names) + columns - 1) // columns, columns, 1.35, sharex=True, sharey=True)
    written = []
    for axes, name in zip(grid.flat, names):
        offered, paid = ([sum(pot.get(y, 0.0) for pot in by_year(r, kind, name)) / 1e6 for y in years] for kind in ("refilled", "paid"))
        axes.bar(years, offered, width=0.8, facecolor="none", edgecolor=style.INK, linewidth=0.9)
        axes.bar(years, paid, width=0.5, color=r.palette[name])
        axes.set_title(wrap(r.scenario(name), 24, 2), color=r.palette.word(name))
        in_language(r, axes.yaxis, 3)
        step = max(1, -(-len(years) // (6 if columns == 1 else 3)))      # as many as do not touch
        axes.set_xticks(years[::step], [str(y) for y in years[::step]])
        written.append(r.say("alt_money_one", name=r.scenario(name), offered=r.numerals.short(sum(offered)), paid=r.numerals.short(sum(paid))))
    for axes in list(grid.flat)[len(names):]:
        axes.set_axis_off()
    if len(names) % 2 and len(names) > 1:
        grid[-2][1].tick_params(labelbottom=True)
    for row in grid:
        row[0].set_ylabel(r.say("million_euro"))
    return Figure("money", r.say("fig_money"), " ".join(written), figure)
