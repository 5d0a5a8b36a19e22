"""Fifty dots for each design: how likely which gain is, left and right of zero."""

import numpy as np

from rathaus.report import style
from rathaus.report.charts.common import in_language, wrap
from rathaus.report.parts import Figure, Table, cell

DOTS, ENOUGH = 50, 20


def stacked(values, width):
    """(x, height) of each dot: dots that would touch stand on one another."""
    left = np.floor(values / width + 0.5) * width
    height, seen = [], {}
    for x in left:
        seen[x] = seen.get(x, -1) + 1
        height.append(seen[x])
    return left, np.array(height)


def of_metric(r):
    """What is asked for, and the unit of its difference."""
    return r.say.name(r.question.metric) + (f" [{r.say('percentage_points')}]" if r.question.is_share else "")


def dots(r, names):
    # fewer outcomes than that are drawn as they are: fifty dots would pretend to more
    found = {name: np.quantile(values, (np.arange(DOTS) + 0.5) / DOTS) if len(values) >= ENOUGH else np.sort(values)
             for name in names if len(values := r.question.factor * r.question.gains(name)) > 1}
    if not found:
        return None
    low, high = min(0.0, *(v.min() for v in found.values())), max(0.0, *(v.max() for v in found.values()))
    room = max(high - low, 1e-9)
    labels = [wrap(r.scenario(name), 20, 2) for name in found]
    figure, grid = style.canvas(len(found), 1, 0.0, sharex=True)
    inches = 0.46 if len(found) > 3 else 0.6
    figure.set_size_inches(style.WIDTH, inches * len(found) + 0.5)
    width = room / 46
    tallest = max(stacked(v, width)[1].max() for v in found.values()) + 1
    for axes, (name, values), label in zip(grid[:, 0], found.items(), labels):
        x, height = stacked(values, width)
        below = values < 0 if r.question.more else values > 0
        colour = r.palette[name]
        size = 5.2 if tallest <= 9 else max(2.0, 46 / tallest)
        axes.scatter(x[~below], height[~below], s=size ** 2, color=colour, linewidths=0.6, edgecolors=colour)
        axes.scatter(x[below], height[below], s=size ** 2, facecolors="white", linewidths=0.9, edgecolors=colour)
        axes.axvline(0, color=style.INK, linewidth=1.1)
        axes.set_ylim(-0.8, tallest + 0.3)
        axes.set_yticks([tallest / 3], [label])
        axes.get_yticklabels()[0].set_color(r.palette.word(name))
        axes.grid(False)
        axes.spines["left"].set_visible(False)
        axes.set_xlim(low - 1.5 * width, high + 1.5 * width)
    in_language(r, grid[-1][0].xaxis, 6)
    figure.supxlabel(wrap(r.say("axis_dots", metric=of_metric(r), end=r.say.quarter(r.question.end)), 60), fontsize=8.5,
                     color=style.INK)
    sides = "; ".join(f"{r.scenario(name)}: {int((values > 0).sum())} {r.say('above_zero')}, {int((values < 0).sum())} {r.say('below_zero_dots')}"
                      for name, values in found.items())
    few = "" if len(next(iter(found.values()))) == DOTS else "_few"
    what = ("fig_dots" if r.table.points > 1 else "fig_dots_chance") + few
    table = Table("dots", r.say("t_dots"), [r.say("scenario"), r.say("above_zero"), r.say("below_zero_dots"), "5 %", r.say("middle"), "95 %"],
                  [("", [[cell(r.scenario(name), head=True)] + [cell(r.numerals.short(float(x)), float(x)) for x in (
                      (values > 0).sum(), (values < 0).sum(), *np.quantile(values, (0.05, 0.5, 0.95)))]
                      for name, values in found.items()])])
    n = r.question.all_points if r.table.points > 1 else r.table.points
    return Figure("dots", r.say(what, n=r.numerals.fixed(n)), r.say("alt_dots", list=sides), figure, table=table)
