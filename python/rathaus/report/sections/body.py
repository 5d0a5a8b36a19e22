"""Four to six pages between page 1 and the annex: what changes, who is reached, what would have happened anyway, where the money
goes, dependence, climate, winners and losers, and two places."""

from rathaus.report.charts import adoption, climate as climate_charts, groups as group_charts, market, support
from rathaus.report.parts import Section
from rathaus.report.sections.course import first_theory, group_table, waterfall_table
from rathaus.report.sections.estimates import across, estimates
from rathaus.report.sections.support import any_level, take_up

ADDITIONAL = (*support.FUNDED, "net change = induced + spillover - displaced, funded or not")
CONCENTRATION = ("mean lock-in of running services", "vendor concentration, national (HHI)")


def section(r, key, *parts):
    """Nothing where the file has nothing to show."""
    shown = [part for part in parts if part]
    return Section(key, r.say(f"s_{key}"), shown, part="body") if shown else None


def course(r):
    return section(r, "course", adoption.gains(r)) if r.has_gains else None     # one scenario has its curves on page 1


def reached(r):
    if not r.has_gains or not support.programmes(r):
        return None
    return section(r, "reached", support.funnel(r), take_up(r, r.highlighted), ("note", r.say("reach_how")))


def anyway(r):
    if not r.has_gains or not support.programmes(r):
        return None
    return section(r, "anyway", r.say("strata_how"), support.strata(r, [r.table.main_horizon], r.highlighted),
                   r.say("over_100") if any_level(r, "deadweight by time", lambda x: x > 100) else None,
                   across(r, "additionality_short", r.say("t_anyway_short"), ADDITIONAL, r.highlighted))


def dependence(r):
    return section(r, "dependence", first_theory(r), market.concentration(r),
                   estimates(r, "dependence", r.say("t_dependence"), CONCENTRATION, r.table.theory_keys[0], [r.table.main_horizon], r.drawn))


def remains(r):
    figure = climate_charts.waterfall(r)
    if figure:
        figure.table = waterfall_table(r)
    return section(r, "remains", r.say("climate_how") if figure else None, figure)


def winners(r):
    if not r.has_gains:
        return None
    figure = group_charts.by_class(r)
    figure.table = group_table(r)
    return section(r, "winners", r.say("groups_how"), figure)


def stories(r):
    from rathaus.report.sections.stories import two
    return section(r, "stories", *two(r))
