"""From gross to net: what direct and indirect rebound and AI's own footprint leave of the saving."""

from rathaus.report import style
from rathaus.report.charts.common import in_language, wrap
from rathaus.report.parts import Figure

STEPS = ("energy_gross_saving", "energy_direct_rebound", "energy_indirect_rebound", "energy_footprint",
         "energy_net")
GWH = 1e6


def last_year(r):
    """Calendar year of the last horizon."""
    return int(r.result.time[r.result.horizon_quarter(r.table.horizons[-1])] - 0.01)


def sums(r, scenario, theory=0):
    """GWh from the start of the run to the last horizon."""
    end = r.result.horizon_quarter(r.table.horizons[-1])
    return [r.result.totals(step, scenario, theory)[:, :end + 1].sum(axis=1).mean() / GWH for step in STEPS]


def waterfall(r):
    values = sums(r, r.baseline)
    gross, net = values[0], values[-1]
    if gross <= 0:
        return None
    figure, grid = style.canvas(1, 1, 2.5)
    axes = grid[0][0]
    level = 0.0
    for x, value in enumerate(values):
        if 0 < x < 4:
            level -= value
            axes.bar(x, value, bottom=level, color=style.BAD, width=0.62)
            axes.plot([x - 0.69, x + 0.31], [level + value] * 2, color=style.GREY, linewidth=0.7)
        else:
            axes.bar(x, value, color=style.GOOD, width=0.62)
            level = value
        top = max(value, 0) if x in (0, 4) else level + value
        sign = "\N{MINUS SIGN}" if 0 < x < 4 else ""
        axes.annotate(f"{sign}{r.numerals.short(value)}\n{r.numerals.percent(100 * value / gross)}", (x, top),
                      xytext=(0, 2), textcoords="offset points", ha="center", va="bottom", fontsize=8.5)
    axes.plot([3.31 - 0.62, 4.31], [net, net], color=style.GREY, linewidth=0.7)
    axes.axhline(0, color=style.GREY, linewidth=1)
    axes.set_xticks(range(5), [wrap(r.say(step), 11) for step in STEPS])
    axes.set_ylim(min(0, net * 1.15), gross * 1.22)
    axes.set_ylabel("GWh")
    in_language(r, axes.yaxis)
    alt = r.say("alt_waterfall", scenario=r.quoted(r.baseline), gross=r.numerals.short(gross),
                net=r.numerals.short(net), lost=r.numerals.percent(100 * (gross - net) / gross))
    return Figure("waterfall", r.say("fig_waterfall", scenario=r.quoted(r.baseline),
                                     year=last_year(r)), alt, figure)

