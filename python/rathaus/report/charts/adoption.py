"""Adoption over time: shares by size class, gains over the baseline, gap between large and small."""

import numpy as np

from rathaus.report import style
from rathaus.report.charts.common import in_language, key, wrap, years
from rathaus.report.parts import Figure, Table, cell


def share_of_class(r, scenario, theory, size_class):
    """(run, quarter) in %: administrations with AI of a class, or of all."""
    units = r.result.units.sum() if size_class is None else r.result.units[size_class]
    return 100 * r.result.totals("adopters", scenario, theory, size_class) / units


def classes(r):
    """Size classes that have a unit at all."""
    return [k for k, units in enumerate(r.result.units) if units > 0]


def broad(r, name):
    """The baseline lies broad and grey below, so that it shows where scenarios coincide with it."""
    return 3.5 if name == r.baseline and r.has_gains else 1.4


def curves(r, theory=0):
    panels = [None, *classes(r)]
    rows = (len(panels) + 2) // 2
    figure, grid = style.canvas(rows, 2, 1.6, sharex=True, sharey=True)
    cells = list(grid.flat)
    for axes, size_class in zip(cells, panels):
        axes.set_title(r.say("all_units") if size_class is None else
                       r.size_class(r.result.size_classes[size_class]))
        for name in r.drawn:
            values = share_of_class(r, name, theory, size_class)
            if len(values) > 1:
                low, high = np.quantile(values, (0.05, 0.95), axis=0)
                axes.fill_between(r.result.time, low, high, color=r.palette[name], alpha=0.18,
                                  linewidth=0)
        for name in r.drawn:
            mean = share_of_class(r, name, theory, size_class).mean(axis=0)
            axes.plot(r.result.time, mean, color=r.palette[name], linewidth=broad(r, name), linestyle=r.palette.dash(name))
        axes.set_ylim(0, 103)
        axes.set_yticks((0, 50, 100), [r.numerals.percent(x) for x in (0, 50, 100)])
        years(r, axes)
    key(r, cells[len(panels)])
    for axes in cells[len(panels) + 1:]:
        axes.set_axis_off()
    for axes in cells[len(panels) - 2:len(panels)]:
        axes.tick_params(labelbottom=True)
    theory_name = r.table.theories[theory]
    last = {k: share_of_class(r, r.baseline, theory, k).mean(axis=0)[-1] for k in classes(r)}
    small, large = min(last), max(last)
    alt = r.say("alt_curves", year=int(r.result.time[-1] - 0.01), scenario=r.quoted(r.baseline),
                all=r.numerals.percent(share_of_class(r, r.baseline, theory, None).mean(axis=0)[-1]),
                small=r.numerals.percent(last[small]), large=r.numerals.percent(last[large]),
                small_class=r.size_class(r.result.size_classes[small]),
                large_class=r.size_class(r.result.size_classes[large]))
    caption = r.say("fig_curves") + (" " + r.say("fig_curves_band") if r.has_intervals or r.table.points > 1 else "")
    if len(r.table.theories) > 1:
        caption += " " + r.say("under_theory", theory=r.say.theory(theory_name))
    caption += r.left_out
    table = by_year(r, f"adoption{theory or ''}", r.say("t_curves"),
                    {name: share_of_class(r, name, theory, None).mean(axis=0) for name in r.drawn})
    return Figure(f"adoption{theory or ''}", caption, alt, figure, table=table)


def gains(r, theory=0):
    """What is asked for, over the years: the gain of each scenario in a panel of its own."""
    if not r.has_gains:
        return None
    names, question = r.highlighted, r.question
    columns = 2 if len(names) > 1 else 1
    rows = (len(names) + columns - 1) // columns
    figure, grid = style.canvas(rows, columns, 1.6, sharex=True, sharey=True)
    ends, middles = {}, {}
    for axes, name in zip(grid.flat, names):
        middle, low, high = (question.factor * values for values in question.course(name, theory))
        if not np.isfinite(low).all():
            low = high = middle
        axes.axhline(0, color=style.GREY, linewidth=1.2)
        axes.fill_between(r.result.time, low, high, color=r.palette[name], alpha=0.28, linewidth=0)
        axes.plot(r.result.time, middle, color=r.palette[name])
        axes.set_title(wrap(r.scenario(name), 22), color=r.palette.word(name))
        in_language(r, axes.yaxis)
        years(r, axes)
        mark_start(r, axes)
        q = r.result.names("quarter_label").index(question.end)
        axes.plot([r.result.time[q]], [middle[q]], "o", color=r.palette[name], markersize=4)
        ends[name], middles[name] = (middle[q], low[q], high[q]), middle
    for axes in list(grid.flat)[len(names):]:
        axes.set_axis_off()
    if len(names) % 2 and len(names) > 1:
        grid[-2][1].tick_params(labelbottom=True)
    # what is asked for stands in the caption; a short axis has room for the unit alone
    unit = r.say("percentage_points") if question.is_share else wrap(r.say("axis_more", metric=r.say.name(question.metric)), 14 if rows == 1 else 26)
    figure.supylabel(unit, fontsize=8.5, color=style.INK)
    alt = r.say("alt_gains", end=r.say.quarter(question.end), list="; ".join(
        f"{r.scenario(name)} {r.numerals.short(float(mean), sign=True)} ({r.numerals.range(low, high)})"
        for name, (mean, low, high) in ends.items()))
    band = "fig_gains_points" if r.table.points > 1 else "fig_gains_band" if r.has_intervals else ""
    caption = r.say("fig_gains", metric=r.say.name(question.metric), baseline=r.quoted(r.baseline), end=r.say.quarter(question.end)) + \
        (" " + r.say(band, n=r.numerals.fixed(r.table.points)) if band else "") + r.left_out
    if len(r.table.theories) > 1:
        caption += " " + r.say("under_theory", theory=r.say.theory(r.table.theories[theory]))
    return Figure(f"gains{theory or ''}", caption, alt, figure, table=by_year(r, f"gains{theory or ''}", r.say("t_gains"), middles))


def mark_start(r, axes):
    """A thin line where support starts."""
    first = r.table.support_start
    if first is not None:
        axes.axvline(first, color=style.INK, linewidth=0.8, linestyle=(0, (2, 2)))


def by_year(r, name, caption, curves, head="scenario"):
    """The curves of a chart as numbers, at the ends of some years."""
    last = [q for q in range(r.result.quarters) if abs(r.result.time[q] - round(r.result.time[q])) < 1e-6]
    chosen = last[::max(1, len(last) // 7)][-8:] if last else []
    chosen = sorted({*chosen, *last[-1:]})
    if not chosen:
        return None
    rows = [[cell(r.scenario(scenario), head=True), *(cell(r.numerals.short(float(curve[q])), float(curve[q])) for q in chosen)]
            for scenario, curve in curves.items()]
    return Table(name, caption, [r.say(head), *(str(round(r.result.time[q]) - 1) for q in chosen)], [("", rows)])


def gap(r):
    """Share of the largest size class less that of the smallest."""
    present = classes(r)
    if len(present) < 2:
        return None
    figure, grid = style.canvas(1, 1, 2.4)
    axes = grid[0][0]
    ends = {}
    for name in r.drawn:
        values = share_of_class(r, name, 0, present[-1]) - share_of_class(r, name, 0, present[0])
        if name == r.baseline and len(values) > 1:
            low, high = np.quantile(values, (0.05, 0.95), axis=0)
            axes.fill_between(r.result.time, low, high, color=style.GREY, alpha=0.18, linewidth=0)
        axes.plot(r.result.time, values.mean(axis=0), color=r.palette[name], linewidth=broad(r, name), linestyle=r.palette.dash(name))
        ends[name] = values.mean(axis=0)
    axes.axhline(0, color=style.GREY, linewidth=1)
    years(r, axes)
    in_language(r, axes.yaxis)
    axes.set_ylabel(r.say("percentage_points"))
    labels = [wrap(r.scenario(name), 18, 2) for name in ends]
    lines = max(label.count("\n") + 1 for label in labels)
    style.label_ends(axes, [curve[-1] for curve in ends.values()], labels,
                     [r.palette.word(n) for n in ends], gap=0.075 * lines * np.ptp(axes.get_ylim()))
    base = ends[r.baseline]
    peak = int(base.argmax())
    alt = r.say("alt_gap", scenario=r.quoted(r.baseline), peak=r.numerals.fixed(base[peak]),
                year=int(r.result.time[peak] - 0.01), end=r.numerals.fixed(base[-1]))
    return Figure("gap", r.say("fig_gap") + r.left_out, alt, figure, table=by_year(r, "gap", r.say("t_gap"), ends))
