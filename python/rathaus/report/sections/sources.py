"""What the numbers rest on: assumptions with evidence and source, limits, provenance, credits."""

import csv
import re
import tomllib
from pathlib import Path

import h5py
from markupsafe import Markup

from rathaus.report import designs
from rathaus.report.parts import Section, Table, cell

PROVENANCE = ("creator", "git_sha1", "date_created", "model", "model_sha256", "experiment_sha256",
              "population_sha256", "master_seed", "random_scheme", "run_begins", "prices_of",
              "discount")
SAID_AS = {"git_sha1": "p_commit", "date_created": "p_created"}


def value_of(r, values, default):
    """(printed value, whether the experiment set it itself)."""
    low, high = float(values.min()), float(values.max())
    if low != high:
        return r.say("varied", low=r.numerals.short(low), high=r.numerals.short(high)), True
    return number(r, low), default is not None and float(default) != low


def number(r, x):
    """All digits that a parameter has: 0.008 stays 0.008."""
    text = f"{x:.10g}"
    if "e" in text:
        return text
    return r.numerals.fixed(x, len(text.partition(".")[2]))


def parameters(r):
    """(table, {grade: how many}, how many have a calibrated default)."""
    rows, grades, calibrated = [], {}, 0
    for name, variable in r.result.file["parameters"].items():
        if not isinstance(variable, h5py.Dataset) or "path" not in variable.attrs:
            continue
        name = name.removesuffix("_by_theory")
        a = variable.attrs
        value, changed = value_of(r, variable[()].ravel(), a.get("default"))
        grade = str(a.get("evidence_grade", "–"))
        grades[grade] = grades.get(grade, 0) + 1
        span = a.get("range")
        unit = str(a.get("unit", a.get("units", "")))
        calibrated += str(a.get("source", "")).startswith("calibrated")
        rows.append([cell(f"{r.say.number(name, str(a.get('long_name', name)))} ({name})", head=True),
                     cell(("● " if changed else "") + value + f" {r.say.unit(unit)}".rstrip()),
                     cell("–" if span is None else
                          f"{number(r, span[0])} {r.numerals.to} {number(r, span[1])}"),
                     cell(grade), cell(str(a.get("source", "–")), kind="source")])
    columns = [r.say(key) for key in ("number", "value", "range", "grade", "source")]
    return Table("assumptions", r.say("t_assumptions"), columns, [("", rows)], kind="prose"), grades, calibrated


def programmes(r):
    """The comments that `rathaus explain` writes beside the numbers of each programme."""
    groups, rows = [], []
    pattern = re.compile(r"# (?P<name>\S+): \[(?P<unit>[^]]*)\], (?P<low>\S+) to (?P<high>\S+), "
                         r"(?P<grade>[A-D]): (?P<source>.*)")
    for line in r.result.text("provenance/resolved").splitlines():
        if line.startswith("[programme."):
            rows = []
            groups.append((next(iter(tomllib.loads(line)["programme"])), rows))
        elif groups and line.startswith("["):
            break
        elif groups and (found := pattern.fullmatch(line)):
            rows.append([cell(r.say.number(found["name"], found["name"]), head=True),
                         cell(f"{number(r, float(found['low']))} {r.numerals.to} {number(r, float(found['high']))} " +
                              r.say.unit(found["unit"])),
                         cell(found["grade"]), cell(found["source"], kind="source")])
    groups = [group for group in groups if group[1]]
    columns = [r.say(key) for key in ("number", "range", "grade", "source")]
    return Table("programmes", r.say("t_programmes"), columns, groups, kind="prose") if groups else None


def assumptions(r):
    table, grades, calibrated = parameters(r)
    count = {key: grades.get(key.upper(), 0) for key in "abcd"}
    support = programmes(r)
    return Section("assumptions", r.say("s_assumptions"), [
        r.say("assumptions_how", n=len(table.groups[0][1]), **count) + " " +
        (r.say("some_calibrated", n=calibrated) if calibrated else r.say("none_calibrated")) + " " +
        r.say("assumptions_dot"),
        r.say("programmes_how") if support else None, support, table, ("note", r.say("series_how"))])


def missing_cases(r):
    """Cases of the plan that are not in the file."""
    planned = r.result.attribute("planned_cases", None)
    index = r.result.index
    cases = len(set(zip(index["alternative"].tolist(), index["point"].tolist(), index["replicate"].tolist())))
    return (int(planned) - cases, int(planned)) if planned is not None else (0, cases)


def ensemble(r):
    """(file, SHA-256) of the calibrated vectors that the study drew from; nothing without."""
    uncertain = tomllib.loads(r.result.text("provenance/resolved")).get("uncertain", {})
    if "ensemble" not in uncertain:
        return None
    files, hashes = uncertain["ensemble"], uncertain["ensemble_sha256"]
    if isinstance(files, str):
        files, hashes = [files], [hashes]
    return ", ".join(Path(file).name for file in files), ", ".join(sha[:12] for sha in hashes)


def limits(r):
    calibrated = ensemble(r)
    first = r.say("limit_ensemble", file=calibrated[0], sha=calibrated[1]) if calibrated else \
        r.say("limit_1")
    listed = [first] + [r.say(f"limit_{k}") for k in range(2, 7)]
    lacking, planned = missing_cases(r)
    if lacking > 0:
        listed.insert(0, r.say("limit_missing", n=lacking, planned=planned))
    if "synthetic" in r.result.text("provenance/log") or "chance" in r.result.text("provenance/log"):
        listed.append(r.say("limit_drawn"))
    parts = [("list", listed)]
    if r.table.warnings:
        parts.append(("note", quotation(r, r.say("warnings"), r.table.warnings)))
    return Section("limits", r.say("s_limits"), parts)


def place(path, model):
    """Where an input file stands, without the folders of a machine: as the experiment says it, or in its model."""
    where = Path(path)
    if not where.is_absolute():
        return path
    return str(Path(model, *where.parts[where.parts.index(model) + 1:])) if model in where.parts else where.name


def quotation(r, label, lines):
    """What the program said, in its own English."""
    return Markup('{}: <span lang="en">{}</span>').format(label, "; ".join(lines))


def told(r, key, value):
    """Numbers as the language writes them."""
    return r.numerals.fixed(value, 3).rstrip("0") if key == "discount" and isinstance(value, float) else str(value)


def provenance(r):
    version = r.result.attribute("format_version")
    facts = [(r.say("p_file"), r.path.name), (r.say("p_sha"), r.result.ask("info", "--digest").strip()),
             (r.say("p_format"), f"{r.result.attribute('format')} {version[0]}.{version[1]}")]
    for key in PROVENANCE:
        if (value := r.result.attribute(key, None)) is not None:
            facts.append((r.say(SAID_AS.get(key, f"p_{key}")), told(r, key, value)))
    table = Table("provenance", r.say("t_provenance"), ["", ""],
                  [("", [[cell(name, head=True), cell(value)] for name, value in facts])], kind="prose")
    model = str(r.result.attribute("model"))
    inputs = list(csv.reader(r.result.text("provenance/inputs").splitlines()))[1:]
    files = Table("inputs", r.say("t_inputs"), [r.say("path"), r.say("bytes"), "SHA-256"],
                  [("", [[cell(place(row[0], model), head=True), cell(r.numerals.short(int(row[1])), int(row[1])),
                          cell(row[2])] for row in inputs if len(row) == 3])], kind="prose")
    notes = [line for line in r.result.text("provenance/log").splitlines() if line.strip()]
    name = r.path.name
    return Section("provenance", r.say("s_provenance"), [
        r.say("repeat_how"),
        ("code", f"rathaus explain {name} > again.toml\nrathaus run again.toml -o again.h5\n"
                 f"rathaus info --digest again.h5"),
        table, files, ("note", quotation(r, r.say("notes_of_run"), notes)) if notes else None])


def credits(r):
    synthetic = "synthetic" in r.result.text("provenance/log")
    return Section("credits", r.say("s_credits"), [("list", [
        r.say("credits_study"), r.say("credits_destatis" if synthetic else "credits_file"),
        r.say("credits_colours")])])


def all_designs(r):
    """Every design; page 1 has room for some."""
    table = designs.table(r, r.others, "all_designs") if r.has_gains else None
    return Section("designs", r.say("s_designs"), [table]) if table else None
