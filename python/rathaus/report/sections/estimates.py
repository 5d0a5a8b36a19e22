"""Tables of estimates as `rathaus compare` gives them: metrics, scenarios, horizons."""

import re

from rathaus.report.parts import Cell, Table, cell


NO_INTERVAL, NO_GAIN = "no finite interval", "no gain: it falls"     # as the program says it


def clear_of_zero(gain):
    """Neither chance nor, where there is a design, ignorance holds zero."""
    if gain["low"] is None:
        return False
    low, high = gain["low"], gain["high"]
    if gain["point_p05"] is not None:
        low, high = min(low, gain["point_p05"]), max(high, gain["point_p95"])
    return low > 0 or high < 0


def scaled(estimate, factor):
    return [None if estimate[key] is None else factor * estimate[key] for key in ("mean", "low", "high")]


def numbers_of(estimate):
    return {key: estimate[key] for key in ("mean", "low", "high", "point_p05", "point_p95")
            if estimate[key] is not None}


def band_text(r, level):
    """The band of the points of a ratio; points without a gain leave it open above."""
    if level["point_p95"] is None:
        return r.say("from_on", low=r.numerals.short(level["point_p05"]))
    return r.numerals.range(level["point_p05"], level["point_p95"])


def note_text(r, note):
    """Notes of the program; the one that counts points has its numbers in it."""
    if found := re.fullmatch(r"no gain at (\d+) of (\d+) points", note):
        return r.say("no_gain_at", n=found[1], points=found[2])
    return r.say.name(note)


def estimate_cell(r, compared, factor=1):
    """Level, gain in brackets, band of the points; or the note that says why there is no number."""
    if not compared:
        return cell("–")
    level, gain, note = compared["level"], compared["gain"], compared["note"]
    if note in (NO_INTERVAL, NO_GAIN):              # a number alone would pretend to know
        return Cell([("note", r.say.name(note), {})])
    lines = []
    if level["mean"] is not None:
        lines.append(("level", r.numerals.estimate(*scaled(level, factor)), numbers_of(level)))
    if gain and gain["mean"] is not None:
        text = r.numerals.estimate(gain["mean"], gain["low"], gain["high"], sign=True)
        lines.append(("gain clear" if clear_of_zero(gain) else "gain", f"({text})", numbers_of(gain)))
        if gain["point_p05"] is not None:
            text = r.numerals.range(gain["point_p05"], gain["point_p95"])
            lines.append(("band", f"{r.say('ignorance')}: {text}", {}))
    if compared["ratio"] and level["point_p05"] is not None:
        lines.append(("band", f"{r.say('ignorance')}: {band_text(r, level)}", {}))
    if note:
        lines.append(("note", note_text(r, note), {}))
    return Cell(lines or [("none", "–", {})])


def record(r, metric, unit, theory, horizon, scenario, compared):
    """The same cell as plain data."""
    german = r.language == "de"        # English has the names of the program, which other programs look for
    if german:
        metric, unit, horizon = r.say.name(metric), r.say.name(unit), r.say.horizon(horizon) if horizon else ""
    row = {"metric": metric, "unit": unit, "theory": theory, "horizon": horizon, "scenario": r.scenario(scenario)}
    for kind in ("level", "gain"):
        estimate = (compared or {}).get(kind) or {}
        for key, name in (("mean", kind), ("low", f"{kind}_low"), ("high", f"{kind}_high"),
                          ("point_p05", f"{kind}_point_p05"), ("point_p95", f"{kind}_point_p95")):
            row[name] = estimate.get(key)
    row["note"] = (compared or {}).get("note", "")
    return {r.say.name(key): value for key, value in row.items()} | ({r.say.name("note"): note_text(r, row["note"])} if german else {})


def heading_of(r, metric):
    unit = r.say.name(r.table.unit(metric))
    return r.say.name(metric) + (f" [{unit}]" if unit else "")


def has_content(line):
    return any(c["level"]["mean"] is not None or c["note"] for c in line.values())


def estimates(r, name, caption, metrics, theory="", horizons=None, scenarios=None, kind="estimates"):
    """One group of rows for each metric; metrics that the file has nothing for are left out."""
    horizons = horizons or r.table.horizons
    scenarios = scenarios or r.table.scenarios
    groups, records = [], []
    for metric in metrics:
        lines = {h: r.table.line(metric, h, theory) for h in horizons}
        if not any(line and has_content(line) for line in lines.values()):
            continue
        rows = []
        for scenario in scenarios:
            compared = [lines[h].get(scenario) for h in horizons]
            if not any(c and (c["note"] or c["level"]["mean"] is not None) for c in compared):
                continue                            # such as the baseline in a comparison with itself
            rows.append([cell(r.scenario(scenario), head=True)] + [estimate_cell(r, c) for c in compared])
            for horizon, c in zip(horizons, compared):
                records.append(record(r, metric, r.table.unit(metric), theory, horizon, scenario, c))
            for printed, horizon in zip(rows[-1][1:], horizons):
                printed.place = {"metric": metric, "horizon": horizon, "scenario": scenario, "theory": theory}
        groups.append((heading_of(r, metric), rows))
    if not groups:
        return None
    columns = [r.say("scenario")] + [r.say("after", horizon=r.say.horizon(h)) for h in horizons]
    return Table(name, caption, columns, groups, records, kind)


def across(r, name, caption, metrics, scenarios):
    """A row for each metric, a column for each scenario, at the main horizon under the first theory."""
    rows = []
    for metric in metrics:
        line = r.table.line(metric, r.table.main_horizon, r.table.theory_keys[0])
        if line and has_content(line):
            rows.append([cell(heading_of(r, metric), head=True), *(estimate_cell(r, line.get(scenario)) for scenario in scenarios)])
    caption = f"{caption}, {r.say('after', horizon=r.say.horizon(r.table.main_horizon))}"
    return Table(name, caption, ["", *map(r.scenario, scenarios)], [("", rows)], kind="across") if rows else None
