"""Money by pot and year, from what was offered to what was returned; and what it costs over time."""

import numpy as np

from rathaus.report.charts import money as charts
from rathaus.report.parts import Section, Table, cell

KINDS = ("refilled", "requested", "granted", "paid", "returned", "administration")
OVER_TIME = ("public money, present value", "administration by the funder", "follow-up cost: running cost a year",
             "follow-up cost a year per inhabitant", "net present value for municipalities",
             "net present value for funder and municipalities",
             "switching value: worth of a service a year from which it pays")
MOST_YEARS = 8


def columns_of(r):
    """[(heading, first calendar year, last)]: years with money; many are put together at the end."""
    years = charts.years_with_money(r)
    if len(years) <= MOST_YEARS:
        return [(str(y), y, y) for y in years]
    rest = years[MOST_YEARS - 1:]
    return [(str(y), y, y) for y in years[:MOST_YEARS - 1]] + [(f"{rest[0]}–{rest[-1]}", rest[0], rest[-1])]


def table(r, scenarios):
    columns = columns_of(r)
    groups = []
    for scenario in scenarios:
        rows = []
        for p, programme in enumerate(r.result.names("programme")):
            kinds = [kind for kind in KINDS if r.result.has(f"programmes/{kind}")]       # some not before format 1.2
            by_year = {kind: charts.by_year(r, kind, scenario)[p] for kind in kinds}
            if not any(sum(v.values()) for v in by_year.values()):
                continue
            for kind in kinds:
                if kind in ("requested", "granted") and by_year[kind] == by_year["paid"]:
                    continue                            # nothing was applied for, or all of it was paid
                values = [sum(x for year, x in by_year[kind].items() if first <= year <= last) / 1e6 for _, first, last in columns]
                if kind in ("returned", "administration") and not any(values):
                    continue
                rows.append([cell(f"{r.programme(programme)}: {r.say('money_' + kind)}", head=True)] +
                            [cell(shown(r, x), x) for x in (*values, sum(values))])
        if rows:
            groups.append((r.scenario(scenario), rows))
    return Table("money_by_year", r.say("t_money_by_year"), [r.say("programme"), *(h for h, _, _ in columns), r.say("total")],
                 groups) if groups else None


def lapsed(r):
    """A note where more was awarded than paid."""
    if not r.result.has("programmes/granted"):
        return None
    sums = [{kind: sum(sum(pot.values()) for pot in charts.by_year(r, kind, name)) for kind in ("granted", "paid")} for name in r.highlighted]
    return ("note", r.say("money_lapsed")) if any(each["granted"] > 1.001 * each["paid"] for each in sums) else None


def shown(r, x):
    return r.numerals.fixed(x, 1 if abs(x) < 100 else 0) if x else "–"


def money(r):
    if not r.has_gains or not r.result.has("programmes/paid"):
        return None
    from rathaus.report.sections.estimates import across
    from rathaus.report.sections.front import same_money
    return Section("money", r.say("s_money"), [
        r.say("money_how"), same_money(r), charts.by_pot(r), table(r, r.highlighted), lapsed(r),
        across(r, "money_over_time", r.say("t_money_over_time"), OVER_TIME, r.highlighted), ("note", r.say("money_over_time_how")), ("note", r.left_out.strip()) if r.left_out else None],
        part="body")
