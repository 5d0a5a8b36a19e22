"""Where AI runs, from the coordinates of the units alone: a small series of years."""

import matplotlib
import numpy as np
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize

from rathaus.report import style
from rathaus.report.parts import Figure

YEARS = 6


def median_start(r, scenario):
    """Quarter by whose end half of the runs have a first service in operation; infinite if never."""
    rows = r.result.rows(scenario)
    units = len(r.result.file["municipalities/unit_population"])
    count = np.zeros(r.result.quarters * units, dtype=np.int64)
    for _, values in r.result.blocks("municipalities/first_operation", rows):
        _, unit = np.nonzero(values >= 0)
        count += np.bincount(values[values >= 0].astype(np.int64) * units + unit, minlength=len(count))
    count = count.reshape(r.result.quarters, units)
    reached = count.cumsum(axis=0) * 2 >= len(rows)
    return np.where(reached.any(axis=0), reached.argmax(axis=0), np.inf)


def series(r):
    needed = ("unit_lon", "unit_lat", "first_operation")
    if not all(r.result.has(f"municipalities/{name}") for name in needed):
        return None
    lon, lat = (r.result.file[f"municipalities/{name}"][:] for name in needed[:2])
    population = r.result.file["municipalities/unit_population"][:].astype(float)
    start = median_start(r, r.baseline)
    stops = np.linspace(r.result.quarters / YEARS, r.result.quarters, YEARS).round().astype(int) - 1
    shade = Normalize(0, r.result.quarters)
    colours = matplotlib.colormaps["viridis"]
    size = 1 + 70 * population / population.max()
    figure, grid = style.canvas(3, 2, 2.0, sharex=True, sharey=True)
    order = np.argsort(-population)
    for axes, stop in zip(grid.flat, stops):
        done = start <= stop
        colour = np.where(done[:, None], colours(shade(np.minimum(start, stop))), [[0.86, 0.86, 0.86, 1.0]])
        axes.scatter(lon[order], lat[order], s=size[order], c=colour[order], linewidths=0, rasterized=True)
        axes.set_axis_off()
        axes.set_aspect(1 / np.cos(np.radians(np.nanmean(lat))))
        axes.set_title(f"{int(r.result.time[stop] - 0.01)}  {r.numerals.percent(100 * done.mean())}",
                       fontsize=9.5)
    bar = figure.colorbar(ScalarMappable(shade, colours), ax=grid, orientation="horizontal", fraction=0.03,
                          pad=0.02, aspect=40)
    ticks = [q for q in range(0, r.result.quarters + 1, 20)]
    bar.set_ticks(ticks, labels=[str(int(r.result.start + q / 4)) for q in ticks])
    bar.outline.set_visible(False)
    bar.set_label(r.say("first_operation"), fontsize=9)
    alt = r.say("alt_places", list=", ".join(f"{int(r.result.time[s] - 0.01)}: "
                f"{r.numerals.percent(100 * (start <= s).mean())}" for s in stops))
    return Figure("places", r.say("fig_places", scenario=r.quoted(r.baseline)), alt, figure)
