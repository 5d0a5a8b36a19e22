"""Why: the assumption that the gain depends on most, and what the simulated municipalities did."""


def reason(r):
    """The assumptions that decide, of the design with the largest gain."""
    if r.table.points < 2:
        return ""
    name = r.question.order[0]

    def one(number, rho):
        return r.say("why_one", number=r.say.number(number, long_name(r, number)),
                     way=r.say("why_more" if rho > 0 else "why_less"), rho=r.numerals.fixed(rho, 2, sign=True))
    strong = [r.question.effects(name, theory) for theory in range(len(r.table.theories))]
    if not any(strong):
        return r.say("why_none", name=r.quoted(name))
    if len(strong) == 1:
        return r.say("why", name=r.quoted(name), list=r.say.list(one(*effect) for effect in strong[0][:2]))
    # the strongest of each theory: what decides under one need not decide under another
    each = (r.say("why_under", theory=r.say.theory(theory), told=one(*effects[0]) if effects else r.say("why_none_under"))
            for theory, effects in zip(r.table.theories, strong))
    return r.say("why", name=r.quoted(name), list="; ".join(each))


def long_name(r, number):
    for path in (f"parameters/{number.removeprefix('coefficients.')}{end}" for end in ("", "_by_theory")):
        if r.result.has(path):
            return str(r.result.file[path].attrs.get("long_name", number))
    return number


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
            parts.append(r.say("why_waiting", programme=r.quoted_programme(programme), share=share))
    return " ".join(parts)
