"""What happens in the simulated world: adoption, failures, vendors, climate, pillars, groups, places."""

from rathaus.report.charts import adoption as adoption_charts
from rathaus.report.charts import climate as climate_charts
from rathaus.report.charts import failures as failure_charts
from rathaus.report.charts import groups as group_charts
from rathaus.report.charts import market, places as place_charts
from rathaus.report.parts import Section, Table, cell
from rathaus.report.sections.estimates import estimates

PILLARS = ("economic: net fiscal effect per inhabitant (8.2, 17.1)",
           "economic: effective number of vendors (8.3, 9.3)", "social: residents left behind (1.4, 10.3)",
           "social: staff time freed (8.5)", "social: incidents so far (16.6)",
           "ecological: net energy saved (7.3)", "ecological: net emissions avoided (13.2)",
           "governance: openness of systems (16.10)")
LOCK_IN = ("mean lock-in of running services", "locked cost a year", "openness of the installed base",
           "vendor concentration, national (HHI)", "vendor concentration, within regions (HHI)")
CLIMATE = ("rebound by formula, footprint included", "rebound of the programme, against twins",
           "net energy lost to rebound, against the twin", "net energy saved", "net emissions avoided")


def adoption(r):
    parts = []
    for theory in range(len(r.table.theories)):
        parts += [adoption_charts.curves(r, theory) if r.has_gains or theory else None, adoption_charts.gains(r, theory) if theory else None]
    return Section("adoption", r.say("s_adoption"), [*parts, adoption_charts.gap(r)])


def first_theory(r):
    return ("note", r.say("first_theory", theory=r.say.theory(r.table.theories[0]))) \
        if len(r.table.theories) > 1 else None


def blocked_table(r):
    """Steps and conditions by size class, for the baseline and the scenarios with a colour."""
    steps, constraints = r.result.names("step"), r.result.names("constraint")
    present = adoption_charts.classes(r)
    groups = []
    for scenario in r.drawn:
        blocked = r.result.mean("blocked", scenario).sum(axis=0)
        rows = []
        for s, step in enumerate(steps):
            total = blocked[s].sum(axis=0)
            if total.sum() == 0:
                continue
            for c, constraint in enumerate(constraints):
                row = [cell(f"{r.say.name(step)}: {r.say.name(constraint)}", head=True)]
                for k in present:
                    share = 100 * blocked[s, c, k] / total[k] if total[k] else None
                    row.append(cell("–") if share is None else cell(r.numerals.percent(share), share))
                rows.append(row)
        if rows:
            groups.append((r.scenario(scenario), rows))
    columns = [""] + [r.size_class(r.result.size_classes[k]) for k in present]
    return Table("blocked", r.say("t_blocked"), columns, groups) if groups else None


def failures(r):
    figure = failure_charts.binding(r)
    return Section("failures", r.say("s_failures"), [
        first_theory(r), figure or r.say("nothing_blocked"), blocked_table(r)])


def vendors(r):
    found = market.regions(r)
    return Section("vendors", r.say("s_vendors"), [
        first_theory(r), market.vendors(r),
        estimates(r, "vendors", r.say("t_vendors"), LOCK_IN, r.table.theory_keys[0]),
        found or ("note", r.say("no_regions"))])


def waterfall_table(r):
    rows = []
    for scenario in r.table.scenarios:
        rows.append([cell(r.scenario(scenario), head=True)] +
                    [cell(r.numerals.short(x), x) for x in climate_charts.sums(r, scenario)])
    return Table("waterfall", r.say("t_waterfall", year=climate_charts.last_year(r)),
                 [r.say("scenario")] + [r.say(step) for step in climate_charts.STEPS], [("", rows)])


def climate(r):
    figure = climate_charts.waterfall(r)
    return Section("climate", r.say("s_climate"), [
        first_theory(r), r.say("climate_how"), None if figure else r.say("no_energy"), waterfall_table(r),
        estimates(r, "climate", r.say("t_climate"), CLIMATE, r.table.theory_keys[0])])


def pillars(r):
    return Section("pillars", r.say("s_pillars"), [
        first_theory(r), r.say("pillars_how"),
        estimates(r, "pillars", r.say("t_pillars"), PILLARS, r.table.theory_keys[0])])


def group_table(r):
    present = adoption_charts.classes(r)
    rows = []
    for scenario in r.others:
        row = [cell(r.scenario(scenario), head=True)]
        for k in present:
            mean, low, high = group_charts.gain_of_class(r, scenario, k)
            row.append(cell(r.numerals.estimate(mean, low, high, sign=True), float(mean)))
        rows.append(row)
    return Table("groups", r.say("t_groups", horizon=r.say.horizon(r.table.main_horizon)),
                 [r.say("scenario")] + [r.size_class(r.result.size_classes[k]) for k in present],
                 [("", rows)])


def places(r):
    figure = place_charts.series(r)
    return Section("places", r.say("s_places"), [figure or r.say("no_places")])
