"""Support: its funnel, what would have happened anyway, what an additional operation costs."""

from rathaus.report import style
from rathaus.report.charts.common import after, forest, key_row, row_labels, wrap
from rathaus.report.parts import Figure, Table, cell, isolated

MOST_FUNNELS = 6
FUNNEL = ("eligible", "aware", "applied", "awarded", "in_operation", "in_operation_after_5_years")
# Funded units, best news first. One colour for what support changed for the better, lighter where it
# changed less, grey where it changed nothing, orange where it did harm or failed.
FUNDED = {"induced": style.GOOD, "accelerated": "#6f9fc8", "enlarged": "#b5cfe4", "windfall": style.NEUTRAL,
          "reduced": "#f0cfae", "delayed": "#e3a56f", "displaced": "#bf6a2e", "failed": "#7d4a2a"}
HARM = ("reduced", "delayed", "displaced", "failed")


def programmes(r):
    return r.result.names("programme")


def reach(r, step, programme, group, scenario):
    cell = r.table.line(step, r.table.horizons[-1], r.table.theory_keys[0], f"{programme}, {group}")
    return cell.get(scenario, {}).get("level", {}).get("mean") if cell else None


def users(r, programme):
    """Scenarios in which somebody is eligible for the programme."""
    return [name for name in r.others if reach(r, "eligible", programme, "all", name)]


def funnel(r):
    """From eligible to in operation, in % of the eligible: a funnel for each programme of each design."""
    shown = [(name, programme) for name in r.highlighted for programme in programmes(r) if name in users(r, programme)][:MOST_FUNNELS]
    if not shown:
        return None
    columns = min(3, len(shown)) if len(shown) != 4 else 2
    figure, grid = style.canvas((len(shown) + columns - 1) // columns, columns, 1.6, sharex=True, sharey=True)
    found = []
    for axes, (name, programme) in zip(grid.flat, shown):
        axes.set_title(wrap(r.scenario(name), 16, 2) + "\n" + wrap(r.programme(programme), 18, 2), fontsize=8.5, color=r.palette.word(name))
        axes.grid(False)
        eligible = reach(r, "eligible", programme, "all", name)
        shares = [100 * (reach(r, step, programme, "all", name) or 0) / eligible for step in FUNNEL]
        for y, (step, share) in enumerate(zip(FUNNEL, shares)):
            if step == "applied" and share == 0 and shares[y + 1] > 0:       # nothing to apply for
                axes.text(0, y, "–", ha="center", va="center", fontsize=8)
                continue
            axes.barh(y, share, left=-share / 2, height=0.84, color=r.palette[name], alpha=1 - 0.1 * y)
            inside = share > 45
            axes.text(0 if inside else share / 2 + 3, y, r.numerals.percent(share), ha="center" if inside else "left", va="center",
                      fontsize=8, color="white" if inside and y < 2 else style.INK,
                      bbox={"facecolor": "white", "alpha": 0.75, "pad": 0.6, "edgecolor": "none"} if inside and y >= 2 else None)
        found.append(r.say("alt_funnel_one", programme=isolated(r.programme(programme)), scenario=r.quoted(name), applied=r.numerals.percent(shares[2]),
                           awarded=r.numerals.percent(shares[3]), running=r.numerals.percent(shares[4])))
        axes.set_xlim(-51, 51)
        axes.set_xticks([])
        axes.spines[["left", "bottom"]].set_visible(False)
    for row in grid:
        row[0].set_yticks(range(len(FUNNEL)), [wrap(r.say.name(step), 16) for step in FUNNEL])
    grid[0][0].set_ylim(len(FUNNEL) - 0.5, -0.5)
    for axes in list(grid.flat)[len(shown):]:
        axes.set_axis_off()
    return Figure("funnel", r.say("fig_funnel", horizon=r.say.horizon(r.table.horizons[-1])), " ".join(found), figure,
                  table=funnel_table(r))


def funnel_table(r):
    """Counts behind the funnels, with those who put off own projects to wait."""
    steps = (*FUNNEL[:2], "waited", *FUNNEL[2:])
    groups = []
    for programme in programmes(r):
        rows = []
        for name in users(r, programme):
            counts = [reach(r, step, programme, "all", name) for step in steps]
            rows.append([cell(r.scenario(name), head=True)] + [
                cell("–") if x is None else cell(r.numerals.fixed(x), x) for x in counts])
        if rows:
            groups.append((r.programme(programme), rows))
    return Table("funnel", r.say("t_funnel", horizon=r.say.horizon(r.table.horizons[-1])),
                 [r.say("scenario"), *(r.say.name(step) for step in steps)], groups)


def strata(r, horizons=None, scenarios=None):
    """Funded units by what support changed for them, in % of the funded."""
    theory = r.table.theory_keys[0]
    horizons = horizons or (r.table.horizons if len(r.others) <= 6 else [r.table.main_horizon])
    count = {}
    for horizon in horizons:
        for name in scenarios or r.others:
            means = [(r.table.line(s, horizon, theory).get(name) or {}).get("level", {}).get("mean")
                     for s in FUNDED]
            if None not in means and sum(means) > 0:
                count[horizon, name] = means
    if not count:
        return None
    names = [n for n in r.others if any((h, n) in count for h in horizons)]
    labels, lines = row_labels([r.scenario(name) for name in names], 22)
    panel = 0.45 + 0.25 * len(names) * lines
    figure = style.sheet(0.62 + panel * len(horizons))
    heights = [0.55] + [panel] * len(horizons)
    grid = figure.subplots(len(heights), 1, gridspec_kw={"height_ratios": heights})
    key_row(grid[0], [(colour, r.say.name(s)) for s, colour in FUNDED.items()], 4,
            hatched=[s in HARM for s in FUNDED])
    for axes, horizon in zip(grid[1:], horizons):
        axes.set_title(r.say("after", horizon=r.say.horizon(horizon)))
        axes.grid(False)
        for y, name in enumerate(names):
            if (horizon, name) not in count:
                continue
            means, left = count[horizon, name], 0.0
            for (kind, colour), mean in zip(FUNDED.items(), means):
                share = 100 * mean / sum(means)
                axes.barh(y, share, left=left, color=colour, height=0.74, edgecolor="white", linewidth=0.5,
                          hatch=style.HATCH if kind in HARM else None)
                if share >= 7:
                    dark = colour in (style.GOOD, "#7d4a2a", "#bf6a2e")
                    axes.text(left + share / 2, y, r.numerals.fixed(share), ha="center", va="center",
                              fontsize=8, color="white" if dark else style.INK)
                left += share
        axes.set_yticks(range(len(names)), labels)
        for tick, name in zip(axes.get_yticklabels(), names):
            tick.set_color(r.palette.word(name))
        axes.set_ylim(len(names) - 0.5, -0.5)
        axes.set_xlim(0, 100)
        axes.set_xticks((0, 50, 100), [r.numerals.percent(x) for x in (0, 50, 100)]
                        if axes is grid[-1] else ["", "", ""])
    horizon = r.table.main_horizon if (r.table.main_horizon, names[0]) in count else horizons[-1]
    kinds = list(FUNDED)
    alt = " ".join(r.say("alt_strata_one", scenario=r.quoted(n), horizon=r.say.horizon(horizon),
                         induced=r.numerals.percent(100 * m[0] / sum(m)),
                         windfall=r.numerals.percent(100 * m[kinds.index("windfall")] / sum(m)),
                         accelerated=r.numerals.percent(100 * m[1] / sum(m)))
                   for n in names[:6] if (m := count.get((horizon, n))))
    return Figure("strata", r.say("fig_strata") + (r.left_out if scenarios else ""), alt, figure)


def cost(r):
    """Public money for one additional service in operation, with Fieller's interval."""
    metric, theory = "public money per additional service", r.table.theory_keys[0]
    panels, finite, written = [], 0, []
    for horizon in r.table.horizons:
        line = r.table.line(metric, horizon, theory)
        estimates = {}
        for name in r.others:
            level, note = line[name]["level"], line[name]["note"]
            if level["low"] is None:
                estimates[name] = r.say.name(note) if note else r.say("no_cost")
            else:
                finite += 1
                ends = [level[key] for key in ("mean", "low", "high", "point_p05", "point_p95")]
                estimates[name] = [None if x is None else x / 1000 for x in ends]
                money = r.numerals.estimate(level["mean"], level["low"], level["high"])
                written.append(r.say("alt_cost_one", scenario=r.quoted(name), horizon=r.say.horizon(horizon),
                                     cost=money))
        panels.append((after(r, horizon), estimates))
    if not finite:
        return None
    names = [n for n in r.others if any(not isinstance(p[n], str) for _, p in panels)]
    left_out = [n for n in r.others if n not in names]
    note = " " + r.say("cost_left_out", list=r.listed(left_out)) if left_out else ""
    bands = " " + r.say("fig_cost_band", n=r.numerals.fixed(r.table.points)) if r.table.points > 1 else ""
    values = [v for _, p in panels for e in p.values() if not isinstance(e, str) for v in e if v is not None]
    figure = forest(r, panels, names, r.say("axis_cost"),
                    log=min(values) > 0 and max(values) > 20 * min(values), zero=min(values) < 0, height=0.33)
    figure.axes[0].grid(True, axis="x")
    return Figure("cost", r.say("fig_cost") + bands + note, " ".join(written[:8]), figure)


