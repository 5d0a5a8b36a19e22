"""What several charts share: a key in coloured words, and rows of estimates with their intervals."""

import re

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.ticker import Formatter, FuncFormatter, LogLocator, MaxNLocator

from rathaus.report import style


def wrap(text, width=17, most=4):
    """A text in lines of a chart: broken at blanks, else behind signs that join words, else anywhere; what needs
    more lines than `most` loses its middle (tables and alternative texts have all of it)."""
    parts = re.sub(r"(?<=[_.=,;:/-])(?=\w)", "\0", text)
    lines, line = [], ""
    for word in re.findall(r"\s+|[^\s\0]+", parts):
        if line and len(line) + len(word.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        if not line:
            word = word.lstrip()
        while len(word) > width:
            lines.append(word[:width])
            word = word[width:]
        line += word
    lines = [*lines, line.rstrip()] if line.strip() else lines
    if len(lines) > most:
        half = most // 2
        lines = [*lines[:half - 1], lines[half - 1][:width - 1] + "…", *lines[-half:]]
    return "\n".join(lines) or text


class Ticks(Formatter):
    """As the language writes numbers, with the decimals that the steps need."""

    def __init__(self, numerals):
        self.numerals, self.decimals = numerals, 0

    def set_locs(self, locs):
        steps = np.diff(locs)
        exact = (np.allclose(steps, np.round(steps, d), rtol=0, atol=1e-9) for d in range(6))
        self.decimals = next((d for d, fits in enumerate(exact) if fits), 6)

    def __call__(self, x, pos=None):
        return self.numerals.fixed(x, self.decimals)


def after(r, horizon):
    """A horizon as the title of a narrow panel."""
    return wrap(r.say("after", horizon=r.say.horizon(horizon)), 15)


def in_language(r, axis, ticks=4):
    axis.set_major_locator(MaxNLocator(ticks, min_n_ticks=2))
    axis.set_major_formatter(Ticks(r.numerals))


def years(r, axes, step=5):
    """Ticks at full calendar years."""
    first, last = r.result.time[0], r.result.time[-1]
    axes.set_xlim(first - 0.25, last)
    span = last - first
    step = 1 if span <= 4 else 2 if span <= 9 else step if span <= 25 else 10
    axes.set_xticks([year for year in range(int(first), int(last) + 1)
                     if year % step == 0 and first - 0.3 <= year <= last])


def key(r, axes, names=None, extra=()):
    """A free panel with the scenarios' names in their colours, instead of a legend."""
    axes.set_axis_off()
    entries = [(r.palette[name], r.palette.word(name), r.scenario(name)) for name in names or r.drawn]
    entries += [(colour, style.WORDS.get(colour, style.INK), text) for colour, text in extra]
    y = 0.97
    for colour, ink, text in entries:
        lines = wrap(text, 22).split("\n")
        axes.plot([0.02, 0.13], [y - 0.04] * 2, color=colour, linewidth=2.2, transform=axes.transAxes,
                  linestyle=r.palette.dash_of(colour), clip_on=False)
        axes.text(0.17, y, "\n".join(lines), color=ink, va="top", transform=axes.transAxes, fontsize=9)
        y -= 0.115 * len(lines) + 0.02


def key_row(axes, entries, per_row=3, hatched=(), lines=False):
    """The same above a chart, in rows of coloured squares and words; the panel keeps its place free."""
    axes.set_axis_off()
    handles = [Rectangle((0, 0), 1, 1, facecolor=colour, edgecolor="white", linewidth=0,
                                   hatch=style.HATCH if k < len(hatched) and hatched[k] else None)
               for k, (colour, _) in enumerate(entries)]
    if lines:
        handles = [Line2D([], [], color=colour, linestyle=style.DASHES.get(colour, "-"), linewidth=2) for colour, _ in entries]
    axes.figure.legend(handles, [text for _, text in entries], loc="upper left", bbox_to_anchor=(0.01, 1),
                       ncol=per_row, frameon=False, fontsize=8.5, handlelength=2.4 if lines else 0.9, handleheight=0.9,
                       columnspacing=1.0, handletextpad=0.5, borderaxespad=0.2, borderpad=0)


def row_labels(names, width=19):
    """Names of rows, and how high each row has to be, in lines: few rows have room for four lines, many for two."""
    labels = [wrap(name, width) if len(names) <= 6 else wrap(name, width + 5, 2) for name in names]
    return labels, max(1, 0.75 * (max(label.count("\n") for label in labels) + 1))


def forest(r, panels, names, unit="", log=False, zero=True, height=0.25, columns=3, labels=None, colours=None):
    """Rows of scenarios, one field of estimates for each panel, on common axes.

    panels: [(title, {name: (mean, low, high, wide_low, wide_high)} or {name: "why there is none"})]
    labels: other words for rows that are no scenarios; then colours has one scenario for each panel."""
    if labels is None:
        labels, lines = row_labels([r.scenario(name) for name in names])
    else:
        lines = max(1, 0.75 * (max(label.count("\n") for label in labels) + 1))
    rows = len(names) * lines
    columns = min(columns, len(panels))
    lines = -(-len(panels) // columns)
    heading = 0.15 * max(title.count("\n") for title, _ in panels)
    figure, grid = style.canvas(lines, columns, (0.75 if lines == 1 else 0.5) + heading + height * rows,
                                sharex=True, sharey=True)
    for axes in list(grid.flat)[len(panels):]:
        axes.set_axis_off()
    open_ended = []
    for k, (axes, (title, estimates)) in enumerate(zip(grid.flat, panels)):
        axes.set_title(title, fontsize=8.5 if columns > 2 else 9.5,
                       **({"color": r.palette.word(colours[k])} if colours else {}))
        axes.grid(axis="x")
        axes.grid(False, axis="y")
        if zero and not log:
            axes.axvline(0, color=style.GREY, linewidth=1)
        for y, name in enumerate(names):
            estimate = estimates.get(name)
            if isinstance(estimate, str):
                axes.text(0.03, y, wrap(estimate, 16 if columns > 2 else 30), fontsize=7.5, va="center",
                          color="#5c5c5c", style="italic", transform=axes.get_yaxis_transform())
                continue
            if estimate is None:
                continue
            mean, low, high, wide_low, wide_high = estimate
            colour = r.palette[colours[k] if colours else name]
            if wide_low is not None and wide_high is not None:
                axes.plot([wide_low, wide_high], [y, y], color=colour, linewidth=5, alpha=0.3,
                          solid_capstyle="butt")
            elif wide_low is not None:          # no upper end: on to the edge of the panel, and an arrow
                open_ended.append((axes, y, wide_low, colour))
            if low is not None:
                axes.plot([low, high], [y, y], color=colour, linewidth=1.8)
            axes.plot([mean], [y], "o", color=colour, markersize=4.5)
        if log:
            axes.set_xscale("log")
            low, high = axes.get_xlim()
            axes.xaxis.set_major_locator(LogLocator(subs=(1,) if high / low > 50 else (1, 3)))
            axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: r.numerals.short(x)))
            axes.xaxis.set_minor_formatter(FuncFormatter(lambda x, _: ""))
        else:
            in_language(r, axes.xaxis, 3 if columns > 1 else 5)
    for first in grid[:, 0]:
        first.set_yticks(range(len(names)), labels)
        for tick, name in zip(first.get_yticklabels(), names if not colours else ()):
            tick.set_color(r.palette.word(name))
    grid[0][0].set_ylim(len(names) - 0.5, -0.5)
    if not log and not zero:
        grid[0][0].set_xlim(left=0)
    ends = grid[0][0].get_xlim()
    for axes, y, start, colour in open_ended:
        axes.plot([start, ends[1]], [y, y], color=colour, linewidth=5, alpha=0.3, solid_capstyle="butt")
        axes.plot([ends[1]], [y], ">", color=colour, markersize=6, clip_on=False)
    grid[0][0].set_xlim(ends)
    if unit:
        figure.supxlabel(unit, fontsize=9, color=style.INK)
    return figure
