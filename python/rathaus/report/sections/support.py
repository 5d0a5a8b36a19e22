"""Who is reached, what would have happened anyway, what one additional operation costs."""

from rathaus.report.charts import adoption
from rathaus.report.charts import support as charts
from rathaus.report.parts import Section, Table, cell
from rathaus.report.sections.estimates import estimates

UNFUNDED = ("spillover", "earlier", "later", "displaced_unfunded", "unchanged")
SUMMARY = ("deadweight by count", "deadweight by money", "deadweight by time",
           "net change = induced + spillover - displaced, funded or not",
           "years by which accelerated units are earlier, sum", "unit-years with AI gained",
           "unit-years with AI lost", "concentration of support over fiscal strength")
MONEY = ("public money paid", "own spending on projects", "running cost",
         "public money per additional unit with AI", "public money per additional service",
         "cost to funder and municipalities per additional service",
         "additional own spending per public euro")


def take_up(r):
    """Supported in % of eligible, by programme, scenario, size class and fiscal class."""
    classes = ["all", *r.result.size_classes, *r.result.names("fiscal_class")]
    groups = []
    for programme in charts.programmes(r):
        rows = []
        for scenario in charts.users(r, programme):
            row = [cell(r.scenario(scenario), head=True)]
            for group in classes:
                eligible = charts.reach(r, "eligible", programme, group, scenario)
                awarded = charts.reach(r, "awarded", programme, group, scenario)
                row.append(cell("–") if not eligible or awarded is None else
                           cell(r.numerals.percent(100 * awarded / eligible), 100 * awarded / eligible))
            rows.append(row)
        if rows:
            groups.append((programme.replace("_", " "), rows))
    columns = [r.say("scenario")] + [r.say.name(c) for c in classes]
    return Table("take_up", r.say("t_reach", horizon=r.say.horizon(r.table.horizons[-1])), columns,
                 groups) if groups else None


def why_not(r):
    """What stands instead of a section where there is no support or nothing to compare with."""
    if not r.has_gains:
        return r.say("no_baseline")
    return None if charts.programmes(r) else r.say("no_programmes")


def reach(r):
    parts = [charts.funnel(r), take_up(r)] if charts.programmes(r) else [r.say("no_programmes")]
    if parts[0] and not isinstance(parts[0], str):
        parts.append(("note", r.say("reach_how")))
    return Section("reach", r.say("s_reach"), [*parts, adoption.gap(r)])


def anyway(r):
    if why := why_not(r):
        return Section("anyway", r.say("s_anyway"), [why])
    theory = r.table.theory_keys[0]
    figure = charts.strata(r)
    return Section("anyway", r.say("s_anyway"), [
        r.say("strata_how"), figure or r.say("no_support"),
        estimates(r, "additionality", r.say("t_anyway"), [*SUMMARY, *charts.FUNDED, *UNFUNDED], theory,
                  scenarios=r.others, horizons=r.table.horizons)])


def cost(r):
    if why := why_not(r):
        return Section("cost", r.say("s_cost"), [why])
    return Section("cost", r.say("s_cost"), [
        r.say("cost_how"), charts.cost(r) or r.say("no_finite_cost"),
        estimates(r, "cost", r.say("t_cost"), MONEY, r.table.theory_keys[0])])
