"""What the designs are: the settings of every programme in every scenario, as the experiment resolves them."""

import copy

from rathaus.report.parts import Table, cell

STRENGTH = ("weak", "middle", "strong")
FACTORS = {"aware": "port_aware", "coop": "port_coop"}      # gains that are a factor, less 1: what the page calls them


def of(result):
    """{scenario: {programme: its settings there}}"""
    resolved = result.resolved
    programmes = resolved.get("programme", {})
    found = {}
    for scenario, settings in resolved.get("scenario", {}).items():
        found[scenario] = {}
        for name in settings.get("programmes", []):
            own = copy.deepcopy(programmes[name])
            merge(own, settings.get("change", {}).get(name, {}))
            found[scenario][name] = own
    return found


def merge(settings, changes):
    for key, value in changes.items():
        if isinstance(value, dict) and isinstance(settings.get(key), dict) and key == "ports":
            settings[key].update(value)
        else:
            settings[key] = value


def percent(r, x):
    return r.numerals.percent(100 * x, 0 if abs(100 * x - round(100 * x)) < 1e-9 else 1)


def by_class(r, value, told):
    """"95 % weak, 80 % middle, 60 % strong", or one value for all."""
    if not isinstance(value, dict):
        return told(value)
    return ", ".join(f"{told(value[k])} {r.say.name(k)}" for k in (*STRENGTH, *(k for k in value if k not in STRENGTH)) if k in value)


def number(r, x):
    return r.numerals.short(x) if isinstance(x, (int, float)) else str(x)


def effect(r, programme):
    """The rates of grants, and what else the programme gives."""
    parts = []
    for port, value in programme.get("ports", {}).items():
        share = port.startswith("grant") or port in ("evid", "cert")
        told = (lambda x: percent(r, x) if isinstance(x, (int, float)) else str(x)) if share else (lambda x: number(r, x))
        if port in FACTORS:
            told = lambda x: f"+{percent(r, x)}" if isinstance(x, (int, float)) else str(x)  # noqa: E731
        parts.append(f"{r.say.name(FACTORS.get(port, port))} {by_class(r, value, told)}")
    if "bonus" in programme:
        parts.append(r.say("d_bonus") + " " + ", ".join(f"{r.say.name('bonus_coop' if k == 'coop' else k)} +{percent(r, v)}"
                                                         for k, v in programme["bonus"].items()))
    if "unit_cost" in programme:
        parts.append(r.say("d_unit_cost", n=number(r, programme["unit_cost"])))
    return "; ".join(parts) or "–"


def million(r, x):
    return r.say("million", n=r.numerals.short(x / 1e6)) if x >= 1e6 else r.say("d_euro", n=r.numerals.fixed(x))


def money(r, programme):
    budget = programme.get("budget")
    parts = []
    if not budget:
        parts.append(r.say("d_no_limit"))
    elif isinstance(budget.get("total"), (int, float)):
        parts.append(r.say("d_total", n=million(r, budget["total"])))
    elif isinstance(budget.get("per_year"), (int, float)):
        parts.append(r.say("d_per_year", n=million(r, budget["per_year"])))
    else:
        parts.append(", ".join(f"{year}: {million(r, x)}" for year, x in (budget.get("by_year") or budget).items()
                               if isinstance(x, (int, float)) and not isinstance(x, bool)))
    for key in ("cap_per_award", "least_award"):
        if programme.get(key):
            parts.append(r.say(f"d_{key}", n=r.numerals.fixed(programme[key])))
    return "; ".join(part for part in parts if part)


def calls(r, programme):
    window = programme.get("window", {})
    if not window.get("first"):
        return "–"
    first, length = r.say.quarter(window["first"]), window.get("length")
    if "every" in window:
        text = r.say("d_calls", first=first, length=length, every=window["every"], last=r.say.quarter(window.get("last", "")))
    else:
        text = r.say("d_window", first=first, length=length)
    if window.get("announced"):
        text += "; " + r.say("d_announced", n=window["announced"])
    return text


def who(r, programme):
    eligible, parts = programme.get("eligible", {}), []
    population = eligible.get("population", {})
    if "below" in population:
        parts.append(r.say("d_below", n=r.numerals.fixed(population["below"])))
    if "at_least" in population:
        parts.append(r.say("d_at_least", n=r.numerals.fixed(population["at_least"])))
    for key in ("land", "fiscal_class"):
        if key in eligible:
            values = eligible[key] if isinstance(eligible[key], list) else [eligible[key]]
            parts.append(", ".join(r.say.name(v) for v in values))
    parts += [r.say(f"d_{key}") for key in ("coop_only", "demand_only") if eligible.get(key)]
    if programme.get("requires"):
        parts.append(r.say("d_requires", name=r.programme(programme["requires"])))
    return "; ".join(parts) or r.say("d_everybody")


def rule(r, programme):
    award = programme.get("award")
    if not award:
        return r.say("d_no_application")
    text = r.say.name(f"award_{award['rule']}")
    if reserve := award.get("reserve"):
        text += "; " + r.say("d_reserve", list=", ".join(f"{percent(r, v)} {r.say.name(k)}" for k, v in reserve.items()))
    if programme.get("joint"):
        text += "; " + r.say("d_joint")
    return text


def effort(r, programme):
    days = programme.get("effort", {}).get("application_days", 0)
    parts = [r.say("d_days", n=r.numerals.short(days))] if days else []
    if cost := programme.get("funder_cost"):
        parts.append(r.say("d_funder_cost", **{key: r.numerals.fixed(cost.get(f"per_{key}", 0)) for key in ("year", "application", "award")}))
    return "; ".join(parts) or "–"


COLUMNS = (("d_effect", effect), ("d_money", money), ("d_when", calls), ("d_who", who), ("d_rule", rule), ("d_effort", effort))


def table(r, scenarios, name="designs"):
    """A row for each programme as some designs run it: what is the same in several designs stands once."""
    known = of(r.result)
    found = {}
    for scenario in scenarios:
        for programme, settings in known.get(scenario, {}).items():
            told = (r.programme(programme), *(how(r, settings) for _, how in COLUMNS))
            found.setdefault(told, []).append(scenario)
    if not found:
        return None
    many = len(scenarios) > 1
    rows = [[cell(r.say("d_all") if many and len(names) == len(scenarios) else ", ".join(map(r.scenario, names)), head=True),
             *map(cell, told)] for told, names in found.items()]
    return Table(name, r.say(f"t_{name}", baseline=r.quoted(r.baseline)),
                 [r.say("d_designs"), r.say("programme"), *(r.say(key) for key, _ in COLUMNS)], [("", rows)], kind="prose designs")
