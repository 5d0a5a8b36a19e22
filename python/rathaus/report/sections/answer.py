"""The question, and the answer in three sentences that follow from the intervals and nothing else."""

from rathaus.report.parts import ADOPTERS, Section


def changes(r, horizon, table=None):
    """{scenario: (mean, low, high)}: what the data leave open, ignorance included where it is known."""
    found = {}
    for name, compared in (table or r.table).line(ADOPTERS, horizon, r.table.theory_keys[0]).items():
        if (gain := r.gain_interval(compared)) is None:
            continue
        mean, low, high = gain
        if (bound := compared["gain"])["point_p05"] is not None:
            low, high = min(low, bound["point_p05"]), max(high, bound["point_p95"])
        found[name] = (mean, low, high)
    return found


def beside(r, horizon, best):
    """The best scenario beside each of the others, run by run: its lead, or that there is none to tell."""
    if len(r.others) < 2:
        return ""
    say, show = r.say, r.numerals
    others = changes(r, horizon, r.table.against(best, "adoption"))
    leads = {n: (-mean, -high, -low) for n, (mean, low, high) in others.items() if n != r.baseline}
    kind = "range" if r.table.points > 1 else "interval"
    tied = [n for n, (_, low, high) in leads.items() if low <= 0 <= high]
    told = {n: {"name": r.quoted(n), "range": show.range(low, high),
                "gain": show.fixed(mean, show.decimals_of(low, high), sign=n in tied)}
            for n, (mean, low, high) in leads.items()}
    if tied:
        return say("a_tied", within=say(f"a_in_{kind}"),
                   list=r.listed(tied, lambda name: say("a_tied_one", **told[name])))
    if any(high < 0 for _, _, high in leads.values()):
        return ""                   # more than the best, though not surely more than the baseline
    following = min(leads, key=lambda n: leads[n][0])
    return say("a_ahead", interval=say(f"a_{kind}"), **told[following])


def effect(r, horizon, found):
    """(first sentence, scenario that the others speak of)."""
    say, show = r.say, r.numerals
    base, years = r.quoted(r.baseline), say.horizon(horizon)
    above = [n for n, (_, low, _) in found.items() if low > 0]
    below = [n for n, (_, _, high) in found.items() if high < 0]
    best = max(above or found, key=lambda n: found[n][0])
    mean, low, high = found[best]
    told = {"horizon": years, "baseline": base, "best": r.quoted(best),
            "gain": show.fixed(mean, show.decimals_of(low, high)),
            **dict(zip(("low", "high"), show.range(low, high).split(f" {show.to} ")))}
    if above:
        return say("a_best", rest=beside(r, horizon, best), **told), best
    if len(below) == len(found):
        return say("a_all_below", rest=beside(r, horizon, best), **told), best
    open_ones = [n for n in found if n not in below]
    rest = say("a_below", baseline=base, list=r.listed(below)) if below else ""
    return say("a_none" if len(open_ones) > 1 else "a_none_one", horizon=years, baseline=base,
               list=r.listed(open_ones), rest=rest), best


def cost_range(r, cost):
    """The hull of the interval by chance and the band of the points, which may have no upper end."""
    level, show = cost["level"], r.numerals
    low, high = level["low"], level["high"]
    if level["point_p05"] is None:
        return show.estimate(level["mean"], low, high)
    low = min(low, level["point_p05"])
    if level["point_p95"] is None:
        return r.say("a_cost_open", cost=show.short(level["mean"]), low=show.short(low))
    return show.estimate(level["mean"], low, max(high, level["point_p95"]))


def elsewhere(r, lead, horizon):
    """Second sentence: the other horizons, what would have happened anyway, what it costs."""
    say, show, theory = r.say, r.numerals, r.table.theory_keys[0]
    others = []
    for other in r.table.horizons:
        if other != horizon and lead in (found := changes(r, other)):
            mean, low, high = found[lead]
            others.append(say("a_other_one", horizon=say.horizon(other),
                              gain=show.with_range(mean, low, high)))
    text = say("a_other_horizons", lead=r.quoted(lead), list=say.list(others)) if others else ""
    dead = r.table.line("deadweight by count", horizon, theory).get(lead)
    if text and dead and dead["level"]["mean"] is not None:
        text += say("a_deadweight", share=show.percent(dead["level"]["mean"]))
        cost = r.table.line("public money per additional service", horizon, theory).get(lead)
        if cost and cost["level"]["low"] is not None:
            text += say("a_cost", cost=cost_range(r, cost))
        elif cost and cost["note"]:
            text += say("a_no_cost", why=say.name(cost["note"]))
    return text + "." if text else ""


def judged(r, lead):
    """Third sentence: targets, and what the intervals leave out."""
    say, theory = r.say, r.table.theory_keys[0]
    rest = say("a_points", n=r.numerals.fixed(r.table.points)) if r.table.points > 1 else say("a_chance")
    met = [r.table.line("met in share of runs", r.table.horizons[0], theory, d)
           for d in r.table.details("met in share of runs")]
    met = [line for line in met if line]
    if not met:
        return rest[0].upper() + rest[1:] + "."

    def reached(name):
        return sum(1 for line in met if line[name]["level"]["mean"] >= 90)
    if not r.has_gains:
        text = say("a_target_single", met=reached(lead), n=len(met))
    elif len(met) == 1:
        share = {n: r.numerals.percent(met[0][n]["level"]["mean"]) for n in (lead, r.baseline)}
        text = say("a_target", lead=r.quoted(lead), met=share[lead], baseline=r.quoted(r.baseline),
                   base=share[r.baseline])
    else:
        text = say("a_targets", n=len(met), lead=r.quoted(lead), met=reached(lead),
                   baseline=r.quoted(r.baseline), base=reached(r.baseline))
    anyway = sum(1 for line in met if line[r.baseline]["level"]["mean"] >= 90) if r.has_gains else 0
    if anyway:
        text += say("a_met_anyway_one", baseline=r.quoted(r.baseline)) if anyway == 1 else \
            say("a_met_anyway", n=anyway, baseline=r.quoted(r.baseline))
    return f"{text}; {rest}."


def single(r, horizon):
    compared = r.table.line("share of units", horizon, r.table.theory_keys[0])[r.baseline]["level"]
    share = r.numerals.estimate(compared["mean"], compared["low"], compared["high"])
    return [r.say("a_single", horizon=r.say.horizon(horizon), share=f"{share}\N{NARROW NO-BREAK SPACE}%"),
            r.say("a_single_compare"), judged(r, r.baseline) if r.has_intervals else r.say("a_one_replicate")]


def one_replicate(r, horizon):
    line = r.table.line(ADOPTERS, horizon, r.table.theory_keys[0])
    listed = "; ".join(f"{r.quoted(n)} {r.numerals.short(line[n]['gain']['mean'], sign=True)}"
                       for n in r.others)
    return [r.say("a_one_replicate"), r.say("a_one_numbers", horizon=r.say.horizon(horizon), list=listed,
                                            baseline=r.quoted(r.baseline)), r.say("a_one_more")]


def sentences(r):
    horizon = r.table.main_horizon
    if not r.has_gains:
        return single(r, horizon)
    found = changes(r, horizon)
    if not found:
        return one_replicate(r, horizon)
    first, lead = effect(r, horizon, found)
    return [text for text in (first, elsewhere(r, lead, horizon), judged(r, lead)) if text]


def answer(r):
    question = r.result.attribute("question") or r.say("no_question")
    parts = [("question", question), ("answer", " ".join(sentences(r)))]
    if len(r.table.theories) > 1:
        differ = any("ranking" in warning for warning in r.table.warnings)
        parts.append(r.say("a_rivals", theory=r.say.theory(r.table.theories[0])) +
                     (" " + r.say("a_rivals_differ" if differ else "a_rivals_same") if r.has_gains else ""))
    parts.append(("note", r.say("simulated") + (" " + r.say("administrations")
                  if r.result.attribute("unit_kind") == "administration" else "")))
    return Section("answer", r.say("s_answer"), parts)
