"""What an appraisal under § 7 BHO/LHO asks for beside the parts of the report: goals, and a plan to see whether it works."""

import numpy as np

from rathaus.report.parts import Section, Table, cell
from rathaus.report.points import span
from rathaus.report.sections.decision import target_words

YEARS = (1, 3, 5)
STEPS = ("applied", "awarded", "in_operation")


def goals(r):
    known = r.table.details("met in share of runs")
    listed = ("list", [target_words(r, k) for k in range(len(known))]) if known else r.say("no_targets")
    return Section("wu_goals", r.say("s_wu_goals"), [("question", r.question.texts[r.language] or r.say("no_question")), listed])


def control(r):
    if not r.has_gains or not r.result.names("programme") or r.table.support_start is None:
        return Section("wu_control", r.say("s_wu_control"), [r.say("no_programmes")])
    lead = r.question.order[0]
    ends = [q for y in YEARS if 0 <= (q := round(4 * (r.table.support_start + y - r.result.start)) - 1) < r.result.quarters]
    rows = [row(r, r.say.name(step), lambda name, step=step: programme_runs(r, step, name), lead, ends) for step in STEPS]
    rows.append(row(r, r.say.name("adopters"), lambda name: r.result.totals("adopters", name), lead, ends))
    columns = ["", *(r.say(what, end=r.say.quarter(r.result.names("quarter_label")[q])) for q in ends for what in ("wu_works", "wu_not"))]
    table = Table("control", r.say("t_control", name=r.quoted(lead)), columns, [("", [one for one in rows if one])], kind="across")
    return Section("wu_control", r.say("s_wu_control"), [r.say("control_how"), table])


def programme_runs(r, step, name):
    """(run, quarter), over all programmes and classes."""
    rows = r.result.rows(name)
    return np.array([np.nansum(r.result.file[f"programmes/{step}"][row], axis=(1, 2)) for row in rows], dtype=float)


def row(r, label, of, lead, ends):
    own, without = of(lead), of(r.baseline)
    cells = []
    for q in ends:
        for values in (own[:, q], without[:, q]):
            low, high = span(values) if len(values) > 1 else (values[0], values[0])
            cells.append(cell(f"{r.numerals.fixed(low)} {r.numerals.to} {r.numerals.fixed(high)}"))
    return [cell(label, head=True), *cells]


def both(r):
    return [goals(r), control(r)]
