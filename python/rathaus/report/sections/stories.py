"""Two municipalities, told side by side: one for which the leading design changes something, and one for which it does not."""

import numpy as np

from rathaus.errors import Error
from rathaus.report.parts import Table, cell
from rathaus.result import Result
from rathaus.story import Story

NEVER = 10_000
MOST_COLUMNS, MOST_YEARS = 3, 10


def first_operation(r, scenario):
    """First quarter with a service in the run that is told, `NEVER` without."""
    rows = r.result.rows(scenario, 0)
    index = r.result.index
    rows = rows[(index["point"][rows] == index["point"][rows].min()) & (index["replicate"][rows] == 0)]
    values = r.result.file["municipalities/first_operation"][int(rows[0])].astype(int)
    return np.where(values < 0, NEVER, values)


def eligible(r):
    """Units that the question asks for, or all."""
    chosen = np.ones(len(r.result.file["municipalities/unit_population"]), dtype=bool)
    names = {"size_class": r.result.size_classes, "fiscal_class": r.result.names("fiscal_class")}
    for grouping, label in r.question.group.items():
        path = f"municipalities/unit_{grouping}"
        if r.result.has(path):
            values = r.result.raw(path)
            chosen &= values == (list(names[grouping]).index(label) if grouping in names and values.dtype != object else label)
    return chosen


def middle(candidates, order):
    """The one in the middle of a list, by an order: typical, not extreme."""
    where = np.flatnonzero(candidates)
    return int(where[np.argsort(order[where], kind="stable")[len(where) // 2]]) if len(where) else None


def places(r):
    """[(unit, why it was chosen)]"""
    if not r.has_gains or not r.result.has("municipalities/first_operation"):
        return []
    lead = r.question.order[0]
    with_support, without = first_operation(r, lead), first_operation(r, r.baseline)
    population = r.result.raw("municipalities/unit_population")
    own = eligible(r)
    changed = own & (np.abs(with_support - without) >= 2)
    better = changed & (with_support < without)
    found = [(middle(better, without - with_support) if better.any() else middle(changed, np.abs(with_support - without)),
              "story_changed" if better.any() else "story_later"),
             (middle(own & (with_support == without), population), "story_same")]
    return [(unit, r.say(why, name=r.quoted(lead))) for unit, why in found if unit is not None]


def table(r, story, name):
    """Years in which something differs as rows, scenarios side by side."""
    chosen = [n for n in (r.baseline, *r.question.order) if n in story.scenarios][:MOST_COLUMNS]
    rows = [[cell(r.say("story_outcome"), head=True), *(cell(story.end_of(name)) for name in chosen)]]
    years = {year: told for year, told in story.by_year(brief=True).items() if len({tuple(told[name]) for name in chosen}) > 1}
    for year, told in list(years.items())[:MOST_YEARS]:
        rows.append([cell(year, head=True), *(cell(" ".join(told[name]) or "–") for name in chosen)])
    return Table(name, r.say("t_story", name=story.name), ["", *map(r.scenario, chosen)], [("", rows)], kind="prose story")


def two(r):
    parts = []
    ids = r.result.raw("municipalities/unit_id")
    for unit, why in places(r):
        try:
            story = Story(Result(r.path, r.result.named), str(ids[unit]), r.language)
        except Error:
            continue            # a program or a file that cannot replay the run: the annex names the limits
        parts += [("subhead", story.head), ("note", why), table(r, story, f"story_{len(parts) // 3 + 1}")]
    return [r.say("story_simulated"), *parts] if parts else []
