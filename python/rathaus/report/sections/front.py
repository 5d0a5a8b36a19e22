"""Page 1: the question, what the designs are, a verdict for each, five figures, one picture, why, what is open, what next."""

import math

from rathaus.report import designs
from rathaus.report.charts import adoption, dots
from rathaus.report.parts import Cell, Section, Table, cell
from rathaus.report.reasons import reason, waiting

MOST_ROWS = 6
ROOMY = 16          # lines of both tables that fit on page 1 in letters of usual size
COLUMN = 26         # letters in a line of a column
# figure of the page: that of the answer, and the factor that shows it
FIGURES = {"reached": ("supported", 1), "additional": ("additional", 1), "anyway": ("anyway", 100), "cost": ("cost_per_additional_unit", 1),
           "called": ("called", 100)}


def shown(r):
    """Designs that page 1 has room for; the annex holds all."""
    return r.highlighted[:MOST_ROWS]


def asked(r):
    """In what numbers the question is answered."""
    q, say = r.question, r.say
    classes = [[label] if isinstance(label, str) else label for label in q.group.values()]
    listed = ", ".join(say("c_or").join(say.name(label) for label in labels) for labels in classes)
    group = say("q_group", list=listed) if q.group else say("q_all")
    text = say("q_measured" if q.asked else "q_not_asked", metric=say.name(q.metric), group=group, end=say.quarter(q.end),
               way=say("q_more" if q.more else "q_less"), smallest=f"{r.numerals.short(100 * q.smallest)} {say('percentage_points')}" if q.is_share else r.numerals.short(q.smallest))
    return text + (" " + say("q_instead", metric=say.name(q.instead)) if q.instead else "")


def doubt(r):
    """Of what the ranges are: the first thing to know of them."""
    if r.table.points > 1:
        if len(r.table.theories) < 2:
            return r.say("doubt_points", n=r.numerals.fixed(r.table.points))
        if not r.has_gains:
            return r.say("doubt_points", n=r.numerals.fixed(r.table.points)) + " " + r.say("doubt_each")
        return r.say("doubt_theories", n=len(r.table.theories), list=r.say.list(map(r.say.theory, r.table.theories)),
                     points=r.numerals.fixed(r.table.points), all=r.numerals.fixed(r.question.all_points))
    return r.say("doubt_none") if r.has_intervals else r.say("doubt_one_run")


def verdict_sentence(r, name):
    found = [r.question.verdict(name, theory) for theory in range(len(r.table.theories))]
    kind = r.question.across[name]["verdict"] if r.question.by_points else found[0].kind
    if not r.question.by_points:
        return kind, r.say(f"v_chance_{found[0].kind}", baseline=r.quoted(r.baseline), metric=r.say.name(r.question.metric))
    # a study with points: how many of them, under each theory
    better, worse = ("v_more", "v_less") if r.question.more else ("v_less", "v_more")

    def counted(one):
        return r.say("v_counted", better=one.wanted, worse=one.unwanted, n=one.points, more=r.say(better), less=r.say(worse))
    if len(found) == 1:
        return kind, r.say("v_points", counted=counted(found[0]), baseline=r.quoted(r.baseline))
    each = "; ".join(f"{r.say.theory(theory)}: {r.say.verdict(one.kind) + ', ' if one.kind != kind else ''}{counted(one)}"
                     for theory, one in zip(r.table.theories, found))
    return kind, r.say("v_theories", each=each, baseline=r.quoted(r.baseline))


def judged(r):
    """[(design, verdict in a word, sentence, its kind)]"""
    return [(r.scenario(name), r.say.verdict(kind := pair[0]), pair[1], kind)
            for name in shown(r) for pair in [verdict_sentence(r, name)]]


def better(r):
    """Which design is the better one, or the pair that says why none is."""
    nearest = r.question.nearest
    if nearest is None or not r.has_intervals and not r.question.by_points:
        return ""
    if r.question.better:
        return r.say("v_best" if r.question.by_points else "v_best_chance", name=r.quoted(r.question.better))
    first, other = r.quoted(nearest["design"]), r.quoted(nearest["other"])
    if not r.question.by_points:
        return r.say("v_no_best_chance", name=first, other=other)
    under = r.say("v_under", theory=r.say.theory(nearest["theory"])) if len(r.table.theories) > 1 else ""
    return r.say("v_no_best", name=first, other=other, k=nearest["better_at"], n=r.numerals.fixed(r.table.points), under=under)


def shown_estimate(r, key, e):
    """One cell: the number, and below it its range."""
    if e.middle is None:
        return cell("–")
    show, unit = r.numerals, "\N{NARROW NO-BREAK SPACE}%" if key in ("anyway", "called") else ""
    sign, factor = key == "additional", 1
    if sign and r.question.is_share:
        factor, unit = 100, "\N{NARROW NO-BREAK SPACE}" + r.say("points_short")

    def number(x):
        x *= factor
        x = x if abs(x) >= 100 else float(f"{x:.2g}")
        x = x if abs(x) < 1000 else float(f"{x:.3g}")
        return show.fixed(x, 0 if abs(x) >= 10 or x == int(x) else 1, sign) + unit
    if e.middle == math.inf:
        lines = [("level", r.say("five_no_price"), {})]
    else:
        lines = [("level", number(e.middle), {"mean": e.middle})]
    if e.low is not None and e.high is not None and e.low != math.inf:
        told = r.say("from_on", low=number(e.low)) if e.high == math.inf else f"{number(e.low)} {show.to} {number(e.high)}"
        lines.append(("band", told, {}))
    return Cell(lines)


def five(r, name):
    """{figure: estimate} of a design over the points of all theories; shares in %."""
    return {key: r.question.figure(told, name).times(factor) for key, (told, factor) in FIGURES.items()}


def figures(r):
    found = {name: five(r, name) for name in shown(r)}
    rows = [[cell(r.scenario(name), head=True), *(shown_estimate(r, key, e) for key, e in estimates.items())]
            for name, estimates in found.items()]
    n = r.question.all_points
    rank = max(1, n // 24)
    what = r.say("five_points", low=r.numerals.ordinal(rank), high=r.numerals.ordinal(n + 1 - rank), n=r.numerals.fixed(n)) \
        if r.table.points > 1 else r.say("five_chance")
    caption = r.say("t_five", what=what, end=r.say.quarter(r.question.end))
    metric = r.say.name(r.question.metric)
    words = {key: f"five_{key}" for key in FIGURES}
    if r.question.anyway_after_payment:
        words["anyway"] += "_after"
    heads = {key: r.say(word, metric=metric) for key, word in words.items()}
    records = [{r.say("scenario"): r.scenario(name), r.say.name("metric"): heads[key]} |
               {r.say.name(head): None if x == math.inf else x for head, x in (("level", e.middle), ("level_low", e.low), ("level_high", e.high))}
               for name, estimates in found.items() for key, e in estimates.items()]
    return Table("five", caption, [r.say("scenario"), *heads.values()], [("", rows)], records, kind="five")


def same_money(r):
    """Whether the designs cost the same, in words."""
    if not r.result.has("programmes/refilled"):
        return ""
    offered, paid = ({n: x for n in r.others if (x := r.question.figure(what, n).middle) and math.isfinite(x)} for what in ("offered", "paid"))
    if len(offered) < 2:
        return ""

    def apart(values):
        return max(values.values()) > 1.01 * min(values.values())

    def ends(values):
        return dict(zip(("low", "high"), (r.numerals.short(x / 1e6) for x in (min(values.values()), max(values.values())))))
    if apart(offered):
        return r.say("money_not_the_same", **ends(offered))
    return r.say("money_paid_differs" if apart(paid) else "money_the_same", **ends(paid or offered))


def what_is_open(r, kinds):
    parts = []
    if len(kinds) > 0 and kinds <= {"holds", "harms", "no_difference"}:
        parts.append(r.say("open_beyond"))
    elif r.table.points > 1:
        parts.append(r.say("open_decides"))
    if r.table.points < 2:
        parts.append(r.say("open_chance"))
    met = [r.table.line("met in share of runs", r.table.horizons[0], r.table.theory_keys[0], d)
           for d in r.table.details("met in share of runs")]
    anyway = sum(1 for line in met if line and (line[r.baseline]["level"]["mean"] or 0) >= 90) if r.has_gains else 0
    if anyway:
        parts.append(r.say("open_targets_one" if anyway == 1 else "open_targets", n=anyway, of=len(met), baseline=r.quoted(r.baseline)))
    return " ".join(parts)


def next_step(r, kinds):
    if r.table.points < 2:
        return r.say("next_doubt")
    good = [name for name, _, _, kind in judged(r) if kind == "holds"]
    if good:
        return r.say("next_holds", list=r.say.list(f"{r.quoted(n)}" for n in good))
    if kinds == {"harms"}:
        return r.say("next_harms")
    if kinds <= {"no_difference", "harms"}:
        return r.say("next_same")
    return r.say("next_open")


def single(r):
    """A study with one scenario: where it stands, and that it can compare nothing."""
    def share(theory):
        level = r.table.line("share of units", r.table.main_horizon, theory)[r.baseline]["level"]
        if level["point_p05"] is not None:
            told = f"{r.numerals.short(level['mean'])} ({r.numerals.range(level['point_p05'], level['point_p95'])})"
        else:
            told = r.numerals.estimate(level["mean"], level["low"], level["high"])
        told += "\N{NARROW NO-BREAK SPACE}%"
        return r.say("a_single_under", share=told, theory=r.say.theory(theory)) if theory else told
    found, horizon = [share(theory) for theory in r.table.theory_keys], r.say.horizon(r.table.main_horizon)
    return [r.say("a_single_theories", horizon=horizon, list="; ".join(found)) if len(found) > 1 else
            r.say("a_single", horizon=horizon, share=found[0]), r.say("a_single_compare")]


def lines_of(part):
    """How many lines a table takes on paper, about."""
    if not isinstance(part, Table):
        return 0
    return sum(max(max(len(c.lines), math.ceil(len(c.text) / COLUMN)) for c in row) for _, rows in part.groups for row in rows)


def front(r):
    text = r.question.texts[r.language]
    parts = [("question", text or r.say("no_question"))]
    if not r.has_gains:
        parts += [*single(r), doubt(r), adoption.curves(r), ("points", [(r.say("l_next"), r.say("next_compare"))])]
    else:
        found = judged(r)
        kinds = {kind for _, _, _, kind in found}
        why = " ".join(x for x in (reason(r), waiting(r)) if x)
        parts += [("note", asked(r)), ("doubt", doubt(r)),
                  designs.table(r, shown(r)), ("note", r.left_out.strip()) if r.left_out else None,
                  ("verdicts", found), better(r), figures(r), ("note", same_money(r)) if same_money(r) else None, dots.dots(r, shown(r)),
                  ("points", [(label, told) for label, told in ((r.say("l_why"), why), (r.say("l_open"), what_is_open(r, kinds)),
                                                                (r.say("l_next"), next_step(r, kinds))) if told])]
    parts.append(("note", r.say("simulated") + (" " + r.say("administrations")
                  if r.result.attribute("unit_kind") == "administration" else "")))
    return Section("answer", r.say("s_answer"), parts, part="front", dense=sum(map(lines_of, parts)) > ROOMY)
