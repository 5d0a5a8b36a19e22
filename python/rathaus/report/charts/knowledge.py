"""What is not known: chance beside ignorance, rival theories side by side, which numbers matter."""

from rathaus.report import style
from rathaus.report.charts.common import after, forest, in_language, wrap
from rathaus.report.parts import ADOPTERS, Figure


def estimates(r, horizon, theory):
    """{scenario: (mean, low, high, ignorance from, to)} of the gain in administrations with AI."""
    line = r.table.line(ADOPTERS, horizon, theory)
    return {name: (g["mean"], g["low"], g["high"], g["point_p05"], g["point_p95"])
            for name in r.others if (g := line[name]["gain"]) and g["mean"] is not None}


def written(r, title, found):
    return [f"{title}: {r.scenario(n)} {r.numerals.estimate(*e[:3], sign=True)}" +
            (f" ({r.say('ignorance')} {r.numerals.range(*e[3:])})" if e[3] is not None else "")
            for n, e in found.items()]


def ignorance(r):
    """Gains at each horizon: thin line chance, thick band the points of the design."""
    if not r.has_gains or r.table.points < 2:
        return None
    theory = r.table.theory_keys[0]
    panels = [(after(r, h), estimates(r, h, theory)) for h in r.table.horizons]
    alt = r.say("alt_ignorance", list="; ".join(sum((
        written(r, r.say("after", horizon=r.say.horizon(h)), e)
        for h, (_, e) in zip(r.table.horizons, panels)), [])[:18]))
    return Figure("ignorance", r.say("fig_ignorance", n=r.numerals.fixed(r.table.points)), alt,
                  forest(r, panels, r.others, r.say("axis_gain")))


def theories(r):
    """Gains at the main horizon: a row for each rival theory, a panel for each scenario."""
    if not r.has_gains or len(r.table.theories) < 2:
        return None
    horizon = r.table.main_horizon
    found = {t: estimates(r, horizon, t) for t in r.table.theories}
    names = [name for name in r.others if any(name in e for e in found.values())]
    panels = [(wrap(r.scenario(name), 15), {t: e[name] for t, e in found.items() if name in e}) for name in names]
    labels = ["\n".join(wrap(choice, 24, 2) for choice in theory.split(" ")) for theory in found]
    alt = r.say("alt_theories", horizon=r.say.horizon(horizon), list="; ".join(sum((
        written(r, r.say.theory(t), e) for t, e in found.items()), [])))
    return Figure("theories", r.say("fig_theories", horizon=r.say.horizon(horizon)), alt,
                  forest(r, panels, list(found), r.say("axis_gain"), labels=labels, colours=names))


def strength(answer, effect):
    """(value, low, high): total index of Sobol, mean absolute effect of Morris."""
    bounded = effect["total"] if answer["method"] == "sobol" else effect["absolute"]
    return bounded["value"], bounded["low"], bounded["high"]


def outcomes(r, answer):
    """Of the first theory: gains where there are some, otherwise levels; at most four."""
    first = [o for o in answer["outcomes"] if o["alternative"] in ("", r.table.theories[0])]
    return ([o for o in first if o["kind"] == "gain"] or first)[:4]


def sensitivity(r, answer):
    """The ten numbers that matter most for the gain of each scenario."""
    chosen = outcomes(r, answer)
    total = {}
    for outcome in chosen:
        for effect in outcome["effects"]:
            total[effect["number"]] = max(total.get(effect["number"], 0), strength(answer, effect)[0] or 0)
    numbers = sorted(total, key=lambda n: -total[n])[:10]
    if not numbers:
        return None
    figure, grid = style.canvas(1, len(chosen), 0.8 + 0.3 * len(numbers), sharex=True, sharey=True)
    found = []
    for axes, outcome in zip(grid[0], chosen):
        name = outcome["scenario"]
        axes.set_title(wrap(r.scenario(name), 14), color=r.palette.word(name))
        axes.grid(axis="x")
        axes.grid(False, axis="y")
        effects = {e["number"]: strength(answer, e) for e in outcome["effects"]}
        for y, number in enumerate(numbers):
            value, low, high = effects[number]
            if value is None:
                continue
            if low is not None:
                axes.plot([low, high], [y, y], color=r.palette[name], linewidth=1.5)
            axes.plot([value], [y], "o", color=r.palette[name], markersize=4.5)
        axes.axvline(0, color=style.GREY, linewidth=1)
        in_language(r, axes.xaxis, 3)
        top = max(effects, key=lambda n: effects[n][0] or 0)
        found.append(r.say("alt_sensitivity_one", scenario=r.quoted(name), number=top))
    grid[0][0].set_yticks(range(len(numbers)), [wrap(n.replace("programme.", "").replace("_", " "), 20)
                                                for n in numbers])
    grid[0][0].set_ylim(len(numbers) - 0.5, -0.5)
    figure.supxlabel(r.say("axis_" + answer["method"]), fontsize=9)
    return Figure("sensitivity", r.say("fig_" + answer["method"], quarter=answer["quarter"]),
                  " ".join(found), figure)
