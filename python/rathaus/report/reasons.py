"""Why: the assumption that the gain depends on most, and what the simulated municipalities did.

The effect of a number is the rank correlation of its values with the gain over the points of one theory; it is named where it
passes a bound that keeps the chance of naming any of them by accident below one in twenty (Bonferroni)."""

import numpy as np
from scipy import stats

from rathaus.report.verdicts import ranked


def effects(r, scenario, theory=0):
    """[(name in the file, rank correlation, whether it passes the bound)], the strongest first."""
    gains = r.question.gains(scenario, theory)
    columns = {}
    for name, variable in r.result.file["parameters"].items():
        if "path" in variable.attrs and variable.ndim == 1 and len(values := variable[()]) == len(gains) and np.ptp(values) > 0:
            columns[name] = values
    if len(gains) < 12 or not columns or np.ptp(gains) == 0:
        return []
    found = []
    for name, values in columns.items():
        rho, p = stats.spearmanr(values, gains)
        found.append((name, float(rho), bool(p < 0.05 / len(columns))))
    return sorted(found, key=lambda one: -abs(one[1]))


def reason(r):
    """The assumption that decides, of the design with the largest gain."""
    if r.table.points < 2:
        return ""
    name = ranked(r)[0]
    strong = [one for one in effects(r, name) if one[2]][:2]
    if not strong:
        return r.say("why_none", name=r.quoted(name))
    told = [r.say("why_one", number=r.say.number(number, str(r.result.file[f"parameters/{number}"].attrs.get("long_name", number))),
                  way=r.say("why_more" if rho > 0 else "why_less"), rho=r.numerals.fixed(rho, 2, sign=True)) for number, rho, _ in strong]
    return r.say("why", name=r.quoted(name), list=r.say.list(told))


def waiting(r):
    """How many of those who could apply put off own projects to wait for a call."""
    parts = []
    for programme in r.result.names("programme"):
        found = {}
        for name in r.others:
            line = {step: (r.table.line(step, r.table.main_horizon, r.table.theory_keys[0], f"{programme}, all").get(name) or {})
                    .get("level", {}).get("mean") for step in ("waited", "eligible")}
            if line["eligible"] and line["waited"]:
                found[name] = 100 * line["waited"] / line["eligible"]
        if found and max(found.values()) >= 1:
            low, high = min(found.values()), max(found.values())
            share = r.numerals.percent(high) if high - low < 1 else f"{r.numerals.fixed(low)} {r.numerals.to} {r.numerals.percent(high)}"
            parts.append(r.say("why_waiting", programme=r.quoted(programme), share=share))
    return " ".join(parts)
