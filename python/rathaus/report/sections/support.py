"""Who is reached, what would have happened anyway, what one additional operation costs."""

from rathaus.report.charts import support as charts
from rathaus.report.parts import Section, Table, cell
from rathaus.report.sections.estimates import NO_GAIN, NO_INTERVAL, estimates

UNFUNDED = ("spillover", "earlier", "later", "displaced_unfunded", "unchanged")
SUMMARY = ("deadweight by count", "deadweight three years after the first payment", "deadweight by money", "deadweight by time",
           "net change = induced + spillover - displaced, funded or not",
           "years by which accelerated units are earlier, sum", "unit-years with AI gained",
           "unit-years with AI lost", "concentration of support over fiscal strength")
MONEY = ("public money paid", "own spending on projects", "running cost",
         "public money per additional unit with AI", "public money per additional service",
         "cost to funder and municipalities per additional service",
         "additional own spending per public euro")


PER_ADDITIONAL = MONEY[3:6]


def any_level(r, metric, odd):
    """Whether the table shows a level of that metric that needs a word of explanation."""
    shown = (compared for horizon in r.table.horizons
             for compared in r.table.line(metric, horizon, r.table.theory_keys[0]).values())
    return any(c["level"]["mean"] is not None and odd(c["level"]["mean"]) for c in shown
               if c["note"] not in (NO_INTERVAL, NO_GAIN))


def take_up(r, scenarios, name="take_up"):
    """Supported in % of eligible, by programme, scenario, size class and fiscal class."""
    classes = ["all", *r.result.size_classes, *r.result.names("fiscal_class")]
    groups = []
    for programme in charts.programmes(r):
        rows = []
        for scenario in (s for s in charts.users(r, programme) if s in scenarios):
            row = [cell(r.scenario(scenario), head=True)]
            for group in classes:
                eligible = charts.reach(r, "eligible", programme, group, scenario)
                awarded = charts.reach(r, "awarded", programme, group, scenario)
                row.append(cell("–") if not eligible or awarded is None else
                           cell(r.numerals.percent(100 * awarded / eligible), 100 * awarded / eligible))
            rows.append(row)
        if rows:
            groups.append((r.programme(programme), rows))
    columns = [r.say("scenario")] + [r.say.name(c) for c in classes]
    return Table(name, r.say("t_reach", horizon=r.say.horizon(r.table.horizons[-1])), columns,
                 groups) if groups else None


def why_not(r):
    """What stands instead of a section where there is no support or nothing to compare with."""
    if not r.has_gains:
        return r.say("no_baseline")
    return None if charts.programmes(r) else r.say("no_programmes")


def fiscal_table(r):
    """Funded units by fiscal class: which share was induced, accelerated, windfall …"""
    path = "strata/count_by_fiscal_class"
    if not r.result.has(path):
        return None
    strata, fiscal = r.result.names("stratum"), r.result.names("fiscal_class")
    kinds = ("induced", "accelerated", "windfall", "displaced", "failed")
    funded = [strata.index(s) for s in charts.FUNDED]
    horizon = r.table.horizons.index(r.table.main_horizon)
    groups = []
    for scenario in r.others:
        count = r.result.mean(path, scenario)[horizon]
        total = count[funded].sum(axis=0)
        if total.sum() == 0:
            continue
        rows = []
        for k, name in enumerate(fiscal):
            rows.append([cell(r.say.name(name), head=True),
                         cell(r.numerals.short(round(total[k], 1)), total[k])] +
                        [cell("–") if not total[k] else
                         cell(r.numerals.percent(share := 100 * count[strata.index(s), k] / total[k]), share)
                         for s in kinds])
        groups.append((r.scenario(scenario), rows))
    return Table("fiscal_class", r.say("t_fiscal", horizon=r.say.horizon(r.table.main_horizon)),
                 [r.say("fiscal_class"), r.say("funded_mean")] + [r.say.name(s) for s in kinds],
                 groups) if groups else None


def additionality(r):
    """The whole table; the picture stands in the body."""
    if why := why_not(r):
        return Section("additionality", r.say("s_additionality"), [why])
    return Section("additionality", r.say("s_additionality"), [
        None if charts.strata(r) else r.say("no_support"),
        estimates(r, "additionality", r.say("t_anyway"), [*SUMMARY, *charts.FUNDED, *UNFUNDED], r.table.theory_keys[0],
                  scenarios=r.others, horizons=r.table.horizons),
        take_up(r, r.others, "take_up_all") if len(r.others) > len(r.highlighted) else None, fiscal_table(r)])


def cost(r):
    if why := why_not(r):
        return Section("cost", r.say("s_cost"), [why])
    return Section("cost", r.say("s_cost"), [
        r.say("cost_how"), charts.cost(r) or r.say("no_finite_cost"),
        r.say("below_zero", baseline=r.quoted(r.baseline)) if any(
            any_level(r, metric, lambda x: x < 0) for metric in PER_ADDITIONAL) else None,
        estimates(r, "cost", r.say("t_cost"), MONEY, r.table.theory_keys[0])])
