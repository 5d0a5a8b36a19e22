"""Where projects fail: which condition stood in the way, by size of the municipality and by year."""

import numpy as np

from rathaus.report import style
from rathaus.report.charts.adoption import classes
from rathaus.report.charts.common import in_language, years
from rathaus.report.parts import Figure


def by_year(r, scenario, theory=0):
    """(year, constraint, size class): failed attempts a year for 100 administrations."""
    blocked = r.result.mean("blocked", scenario, theory).sum(axis=1)
    full = blocked.shape[0] // 4
    yearly = blocked[:4 * full].reshape(full, 4, *blocked.shape[1:]).sum(axis=1)
    return 100 * yearly / np.maximum(r.result.units, 1)


def binding(r):
    constraints = r.result.names("constraint")
    values = by_year(r, r.baseline)
    if len(values) < 2 or values.sum() == 0:
        return None
    present = classes(r)
    columns = 2 if len(present) > 1 else 1
    figure, grid = style.canvas((len(present) + columns - 1) // columns, columns, 1.75, sharex=True,
                                sharey=True)
    x = r.result.start + np.arange(len(values)) + 0.5
    found = []
    for axes, k in zip(grid.flat, present):
        axes.set_title(r.size_class(r.result.size_classes[k]))
        for c in range(len(constraints)):
            axes.plot(x, values[:, c, k], color=style.MUTED[c], linestyle=style.DASHES[style.MUTED[c]])
        most = int(values[:, :, k].sum(axis=0).argmax())
        share = values[:, most, k].sum() / max(values[:, :, k].sum(), 1e-12)
        found.append(r.say("alt_blocked_one", size_class=r.size_class(r.result.size_classes[k]),
                           constraint=r.say.name(constraints[most]), share=r.numerals.percent(100 * share)))
        years(r, axes, 10)
        in_language(r, axes.yaxis, 3)
    for axes in list(grid.flat)[len(present):]:
        axes.set_axis_off()
    label(r, grid, constraints, values, present, columns)
    return Figure("blocked", r.say("fig_blocked", scenario=r.quoted(r.baseline)), " ".join(found), figure)


def label(r, grid, constraints, values, present, columns):
    """Words at the ends of the lines, in the panels on the right."""
    for k, axes in zip(present, grid.flat):
        if list(grid.flat).index(axes) % columns == columns - 1:
            style.label_ends(axes, list(values[-1, :, k]), [r.say.name(c) for c in constraints],
                             style.MUTED, 0.13 * np.ptp(axes.get_ylim()))
