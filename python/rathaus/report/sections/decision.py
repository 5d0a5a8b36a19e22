"""The decision table: scenarios, metrics, horizons, gains with intervals; and the declared targets."""

from rathaus.report.parts import ADOPTERS, Section, Table, cell
from rathaus.report.sections.estimates import estimate_cell, estimates, record

METRICS = (ADOPTERS, "services in operation", "share of inhabitants reached",
           "gap between large and small units", "pilots that never reached operation", "public money paid",
           "public money per additional service", "deadweight by count",
           "mean lock-in of running services", "net energy saved")


def target_words(r, k):
    """Target k of the file as a sentence."""
    of = {name: r.result.file[f"targets/target_{name}"][k] for name in (
        "indicator", "group", "label", "share", "start", "by", "bound", "kind")}
    factor, unit = (100, "\N{NARROW NO-BREAK SPACE}%") if of["share"] else (1, "")
    label = of["label"].decode()
    fields = {"indicator": r.say.name(of["indicator"].decode()),
              "group": f" ({r.say.name(label)})" if label else "",
              "bound": r.say("at_most" if of["kind"] else "at_least"),
              "value": r.numerals.short(factor * of["bound"]) + unit,
              "by": r.result.names("quarter_label")[of["by"]]}
    if of["start"] != of["start"]:
        return r.say("target_no_start", **fields)
    return r.say("target", start=r.numerals.short(factor * of["start"]) + unit, **fields)


def with_percent(printed):
    printed.lines = [(kind, f"{text}\N{NARROW NO-BREAK SPACE}%", data) for kind, text, data in printed.lines]
    return printed


def targets(r, theory):
    details = r.table.details("met in share of runs")
    if not details:
        return None
    groups, records, horizon = [], [], r.table.horizons[0]
    for k, detail in enumerate(details):
        both = [r.table.line(m, horizon, theory, detail) for m in ("value", "met in share of runs")]
        rows, percent = [], r.result.file["targets/target_share"][k]
        for scenario in r.table.scenarios:
            met = both[1][scenario]["level"]["mean"]
            value = estimate_cell(r, both[0][scenario], 100 if percent else 1)
            rows.append([cell(r.scenario(scenario), head=True), with_percent(value) if percent else value,
                         cell(r.numerals.percent(met) if met is not None else "–", met)])
            for metric, line in zip(("value", "met in share of runs"), both):
                records.append(record(r, f"{metric}: {detail}", r.table.unit(metric), theory, "", scenario,
                                      line[scenario]))
        groups.append((target_words(r, k), rows))
    every = "all met, on average over chance, at share of points"
    if line := r.table.line(every, horizon, theory, "all"):
        groups.append((r.say("all_targets"), [
            [cell(r.scenario(s), head=True), cell("–"),
             cell(r.numerals.percent(c["level"]["mean"]), c["level"]["mean"])]
            for s, c in line.items() if c["level"]["mean"] is not None]))
    suffix = f" ({r.say.theory(theory)})" if theory else ""
    return Table(f"targets{number(r, theory)}", r.say("t_targets") + suffix,
                 [r.say("scenario"), r.say("value_reached"), r.say("runs_met")], groups, records, "estimates")


def number(r, theory):
    """Distinguishes the tables of rival theories by name."""
    return f"_{r.table.theories.index(theory) + 1}" if theory else ""


def decision(r):
    how = r.say("decision_how", baseline=r.quoted(r.baseline)) if r.has_gains else r.say("decision_single")
    if not r.has_intervals:
        how += " " + r.say("decision_one")
    if r.table.points > 1:
        how += " " + r.say("decision_points")
    parts = [how]
    for theory in r.table.theory_keys:
        suffix = f" ({r.say.theory(theory)})" if theory else ""
        parts.append(estimates(r, f"decision{number(r, theory)}", r.say("t_decision") + suffix, METRICS,
                               theory, kind="estimates decision"))
        parts.append(targets(r, theory))
    if not r.table.details("met in share of runs"):
        parts.append(("note", r.say("no_targets")))
    return Section("decision", r.say("s_decision"), parts)
