"""What is not known: ignorance, robustness, rival theories, sensitivities."""

from markupsafe import Markup

from rathaus.report.charts import knowledge as charts
from rathaus.report.parts import Section, Table, cell
from rathaus.report.program import sensitivity
from rathaus.report.sections.estimates import estimates, heading_of

ROBUSTNESS = tuple(f"{of}: {what}" for of in ("units with AI in operation", "services in operation")
                   for what in ("largest regret", "regret that 90 % of points stay below", "best at",
                                "mean place"))
RIVALS = ("units with AI in operation", "services in operation")


def design(r):
    """Name of the design, nothing without points."""
    parameters = r.result.file["parameters"]
    cube = parameters.get("unit_cube", parameters.get("unit_cube_by_theory"))
    return str(cube.attrs.get("design", "")) if cube is not None else ""


def rivals(r):
    """Places under each theory: the details of these lines are the theories."""
    if len(r.table.theories) < 2:
        return None
    groups = []
    for metric in RIVALS:
        for theory in r.table.theories:
            rows = []
            for horizon in r.table.horizons:
                if line := r.table.line(metric, horizon, "", theory):
                    rows.append([cell(r.say("after", horizon=r.say.horizon(horizon)), head=True)] +
                                [cell(r.numerals.short(c["level"]["mean"]), c["level"]["mean"])
                                 for c in line.values()])
            if rows:
                groups.append((f"{heading_of(r, metric).split(' [')[0]}: {r.say.theory(theory)}", rows))
    return Table("rivals", r.say("t_rivals"), [""] + [r.scenario(s) for s in r.table.scenarios],
                 groups) if groups else None


def knowledge(r):
    plan = design(r)
    if not plan and len(r.table.theories) < 2:
        return Section("knowledge", r.say("s_knowledge"), [r.say("no_knowledge")])
    parts = [charts.ignorance(r), charts.theories(r), rivals(r)]
    for theory in r.table.theory_keys:
        suffix = f" ({r.say.theory(theory)})" if theory else ""
        index = f"_{r.table.theories.index(theory) + 1}" if theory else ""
        parts.append(estimates(r, f"robustness{index}", r.say("t_robustness") + suffix, ROBUSTNESS, theory))
    if any(parts[3:]):
        parts.insert(3, r.say("robustness_how"))
    answer, why = sensitivity(r.result, plan)
    if answer:
        parts.append(charts.sensitivity(r, answer))
    elif why:
        parts.append(("note", Markup(r.say("no_sensitivity", why='<span lang="en">{}</span>')).format(why)))
    elif plan:
        parts.append(("note", r.say("no_sensitivity_design")))
    return Section("knowledge", r.say("s_knowledge"), parts)
