"""Vendors: shares and prices by kind, lock-in and concentration, the dominant vendor of each region."""

import numpy as np

from rathaus.report import style
from rathaus.report.charts.adoption import broad, by_year
from rathaus.report.charts.common import in_language, key, key_row, years
from rathaus.report.parts import Figure


def kinds(r):
    """(names of the kinds of vendors, kind of each vendor slot)."""
    kind = r.result.names("vendors/vendor_archetype")
    order = list(dict.fromkeys(kind))
    return order, np.array([order.index(k) for k in kind])


def shares_and_prices(r, scenario):
    """Per kind: share of the installed base in %, and mean list price weighted by base; NaN without."""
    base = r.result.mean("vendor_base", scenario)
    price = r.result.mean("vendor_price", scenario)
    order, kind = kinds(r)
    total = base.sum(axis=1)
    share, mean = [], []
    for k in range(len(order)):
        own = base[:, kind == k]
        weight = np.where(own.sum(axis=1, keepdims=True) > 0, own, 1.0)
        share.append(np.where(total > 0, 100 * own.sum(axis=1) / np.maximum(total, 1e-12), np.nan))
        mean.append((price[:, kind == k] * weight).sum(axis=1) / weight.sum(axis=1))
    return order, np.array(share), np.array(mean)


def vendors(r):
    order, share, price = shares_and_prices(r, r.baseline)
    figure = style.sheet(2.6)
    panels = figure.subplot_mosaic("AA;BC", gridspec_kw={"height_ratios": [0.3, 2]})
    key_row(panels["A"], [(style.MUTED[k], r.say.name(name)) for k, name in enumerate(order)], 2, lines=True)
    for axes, values, title in ((panels["B"], share, r.say("share_of_base")),
                                (panels["C"], price, r.say("list_price"))):
        for k in range(len(order)):
            axes.plot(r.result.time, values[k], color=style.MUTED[k], linestyle=style.DASHES[style.MUTED[k]])
        axes.set_title(title)
        axes.set_ylim(0, None)
        years(r, axes, 10)
        in_language(r, axes.yaxis)
    ranking = sorted(range(len(order)), key=lambda k: -share[k][-1])
    alt = r.say("alt_vendors", scenario=r.quoted(r.baseline), list=", ".join(
        f"{r.say.name(order[k])} {r.numerals.percent(share[k][-1])}" for k in ranking))
    table = by_year(r, "vendor_shares", r.say("t_vendor_shares"), dict(zip(map(r.say.name, order), share)), "kind_of_vendor")
    return Figure("vendors", r.say("fig_vendors", scenario=r.quoted(r.baseline)), alt, figure, table=table)


def concentration(r):
    """Mean lock-in of running services and the Herfindahl index, by scenario."""
    figure, grid = style.canvas(2, 2, 1.7, sharex=True)
    panels, courses = list(grid.flat), {}
    for name in r.drawn:
        with np.errstate(invalid="ignore", divide="ignore"):
            running = r.result.totals("services_running", name).mean(axis=0)
            lock_in = r.result.totals("lock_in", name).mean(axis=0) / np.where(running > 0, running, np.nan)
        courses[name] = lock_in
        panels[0].plot(r.result.time, lock_in, color=r.palette[name], linewidth=broad(r, name), linestyle=r.palette.dash(name))
        for axes, path in ((panels[1], "hhi_national"), (panels[2], "hhi_local")):
            values = r.result.totals(path, name)
            known = np.isfinite(values).all(axis=0)
            axes.plot(r.result.time[known], values[:, known].mean(axis=0), color=r.palette[name],
                      linewidth=broad(r, name), linestyle=r.palette.dash(name))
    for axes, title in zip(panels, ("lock_in", "hhi_national", "hhi_local")):
        axes.set_title(r.say(title))
        axes.set_ylim(0, None)
        years(r, axes, 10)
        in_language(r, axes.yaxis)
    panels[1].tick_params(labelbottom=True)
    key(r, panels[3])
    last, theory = r.table.horizons[-1], r.table.theory_keys[0]
    level = {m: r.table.line(m, last, theory)[r.baseline]["level"]["mean"] for m in (
        "mean lock-in of running services", "vendor concentration, national (HHI)",
        "vendor concentration, within regions (HHI)")}
    a, b, c = (r.numerals.short(x) for x in level.values())
    alt = r.say("alt_concentration", scenario=r.quoted(r.baseline), horizon=r.say.horizon(last), lock_in=a,
                national=b, local=c)
    table = by_year(r, "lock_in", r.say("t_lock_in"), courses)
    return Figure("concentration", r.say("fig_concentration") + r.left_out, alt, figure, table=table)


def dominant(r):
    """(region of each unit, vendor with the largest base of each region, its share), from /panel."""
    if not r.result.has("panel/cell_vendor"):
        return None
    runs = r.result.file["panel/panel_run"][:]
    mine = [k for k, run in enumerate(runs) if run in set(r.result.rows(r.baseline).tolist())]
    if not mine:
        return None
    vendor = r.result.file["panel/cell_vendor"][mine[0], -1]
    names, region = np.unique(r.result.names("municipalities/unit_region"), return_inverse=True)
    base = np.zeros((len(names), len(r.result.names("vendor"))))
    for cells in vendor.T:
        np.add.at(base, (region[cells >= 0], cells[cells >= 0]), 1)
    total = base.sum(axis=1)
    share = base.max(axis=1) / np.maximum(total, 1)
    return region, np.where(total > 0, base.argmax(axis=1), -1), share


def regions(r):
    """Map: the kind of vendor with the largest base in each region, where the file has what it takes."""
    found = dominant(r)
    if found is None or not r.result.has("municipalities/unit_lon"):
        return None
    region, vendor, share = found
    order, kind = kinds(r)
    lon, lat = (r.result.file[f"municipalities/unit_{c}"][:] for c in ("lon", "lat"))
    population = r.result.file["municipalities/unit_population"][:]
    figure = style.sheet(4.6)
    panels = figure.subplot_mosaic("A;B", gridspec_kw={"height_ratios": [0.3, 4]})
    colours = [style.NEUTRAL if v < 0 else style.MUTED[kind[v]] for v in vendor[region]]
    key_row(panels["A"], [(style.MUTED[k], r.say.name(name)) for k, name in enumerate(order)], 2)
    axes = panels["B"]
    axes.set_axis_off()
    axes.scatter(lon, lat, s=2 + population / population.max() * 120, c=colours, linewidths=0,
                 rasterized=True)
    axes.set_aspect(1 / np.cos(np.radians(np.nanmean(lat))))
    held = (share[vendor >= 0] > 0.5).mean() if (vendor >= 0).any() else 0.0
    alt = r.say("alt_regions", share=r.numerals.percent(100 * held))
    return Figure("regions", r.say("fig_regions", scenario=r.quoted(r.baseline)), alt, figure)
