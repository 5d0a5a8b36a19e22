"""Effects with a known answer: rebound to the watt-hour, and a world without AI."""

import math

import numpy as np

from .chance import Curve, Outcome, exact, within
from rathaus.errors import InputError


def rounded(x):
    """llround: nearest whole number, halves away from zero."""
    return np.copysign(np.floor(np.abs(x) + 0.5), x).astype(np.int64)


def rebound_of(form, saving, elasticity):
    """Direct rebound R of ODD eq. 7."""
    if form == "none":
        return np.zeros_like(saving)
    if form == "linear":
        return np.full_like(saving, elasticity)
    positive = np.where(saving > 0, saving, 1.0)
    return np.where(saving > 0, 1 - (1 - (1 - positive) ** (1 - elasticity)) / positive, elasticity)


def panel(study):
    """State of every cell and unit after every quarter of the first run in the panel."""
    if ("panel/cell_stage" not in study.arrays
            or study["panel/panel_quarter_index"].size != study.quarters):
        raise InputError("the case wants output.panel of every quarter")
    return {name: study["panel/" + name][0] for name in
            ("cell_stage", "cell_vendor", "cell_lock_in", "cell_maturity", "reserve", "staff",
             "data", "trust")}


def scale(study):
    """ψ = n^γ of every unit; nobody is in a cooperation."""
    if study.number["coop_join"]:
        raise InputError("the case wants parameters.coop_join = 0")
    relative = study["unit_population"] / study.number["reference_population"]
    return np.array([math.pow(n, study.number["effort_scale_exp"]) for n in relative])


def energy(study):
    """Gross, direct, indirect and footprint in Wh, (flow, quarter, size class); ODD 7.8."""
    number, seen, psi, price = study.number, panel(study), scale(study), study.price()
    people = study["unit_population"].astype(float)
    form, classes = study.rule["rebound_form"], len(study["units"])
    flows = np.zeros((4, study.quarters, classes), np.int64)
    nothing = {name: np.zeros_like(values[0]) for name, values in seen.items()}
    for t in range(study.quarters):
        old = {name: values[t - 1] for name, values in seen.items()} if t else nothing
        gross = direct = money = operation = 0.0
        spending = np.zeros(len(people), np.int64)
        for u, use in enumerate(study.use_cases):
            stage, now = old["cell_stage"][:, u], seen["cell_stage"][t][:, u]
            cover = np.select([stage == 3, stage == 4], [number["op_coverage"], 1.0], 0.0)
            done = cover * old["cell_maturity"][:, u].astype(float)
            saved = people * use["energy_kwh_per_inhabitant"] / 4 * (use["energy_saving"] * done)
            lost = saved * rebound_of(form, use["energy_saving"] * done, use["direct_rebound"])
            freed = (people / 1000 * use["staff_per_1000"] * (use["staff_saving"] * done)
                     * (1 - rebound_of(form, use["staff_saving"] * done, use["direct_rebound"])))
            gross, direct = gross + saved, direct + lost
            money = money + (number["cashable_share"] * number["wage_eur"] * freed / 4
                             + number["energy_price_eur"] * (saved - lost)
                             + use["other_benefit_eur"] * people * done / 4)
            operation = operation + (people * use["ai_energy_kwh_per_inhabitant"] * cover / 4
                                     * (1 + number["embodied_share"]))
            gap = np.maximum(0.0, use["data_threshold"] - seen["data"][t])
            cost = (use["cost_eur"] * psi * (1 + number["data_gap_cost"] * gap)
                    * price[t][seen["cell_vendor"][t][:, u]])
            pilot, reach = number["pilot_share"], number["op_coverage"]
            for moved, part in (((stage < 2) & (now >= 2), pilot),
                                ((stage == 2) & (now == 3), (1 - pilot) * reach),
                                ((stage == 3) & (now == 4), (1 - pilot) * (1 - reach))):
                spending += np.where(moved, rounded(100 * (part * cost)), 0)
        foot = operation + number["development_energy"] * (spending / 100)
        indirect = number["respend_share"] * money * number["respending_energy"]
        for flow, kilowatt_hours in enumerate((gross, direct, indirect, foot)):
            np.add.at(flows[flow, t], study["unit_size_class"], rounded(1000 * kilowatt_hours))
    return flows


def rebound(study):
    names = ("gross_saving", "direct_rebound", "indirect_rebound", "footprint", "net")
    simulated = {name: rounded(1000 * study["energy_" + name][0]) for name in names}
    flows = energy(study)
    expected = dict(zip(names, (*flows, flows[0] - flows[1] - flows[2] - flows[3])))
    rows, curves = [], []
    gross, direct = (simulated[name].sum(axis=1) for name in names[:2])
    form = study.rule["rebound_form"]
    running = (panel(study)["cell_stage"] >= 3).all(axis=1)
    for u, (use, start) in enumerate(zip(study.use_cases, study.available())):
        # Collapsed, a service that all start in one quarter alone makes the rise of the next.
        alone = sum(begin == start for begin in study.available()) == 1
        if study.rule["funnel"] != "collapsed" or not alone or start + 1 >= study.quarters \
                or not running[start, u]:
            continue
        rise = gross[start + 1] - gross[start]
        share = float(rebound_of(form, np.array(use["energy_saving"]), use["direct_rebound"]))
        rows.append(within(f"R of {use['name']}", share, (direct[start + 1] - direct[start]) / rise,
                           4 * study.units / rise, f"{form}, ODD eq. 7; Wh of each unit",
                           "rounding"))
    for name in names:
        differ = int((simulated[name] != expected[name]).sum())
        rows.append(exact(f"{name.replace('_', ' ')} [kWh]", expected[name].sum() / 1000,
                          simulated[name].sum() / 1000, "identity, ODD eqs. 6-8 and 40-42", differ))
    lost = expected["direct_rebound"] + expected["indirect_rebound"] + expected["footprint"]
    rows.append(exact("quarters with backfire", (lost > expected["gross_saving"]).any(axis=1).sum(),
                      (simulated["net"] < 0).any(axis=1).sum(), "Dir + Ind + Foot > gross"))
    x = np.arange(1, study.quarters + 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        for label, part in (("direct", flows[1]), ("all", flows[1] + flows[2] + flows[3])):
            ratio = part.sum(axis=1) / flows[0].sum(axis=1)
            seen = 1 - simulated["net"].sum(axis=1) / gross if label == "all" else direct / gross
            curves.append(Curve(label, x, ratio, seen, seen, seen))
    return Outcome(rows, curves, "quarters", "rebound, share of gross saving")


def investment(study):
    """inv of ODD eq. 14, one number per unit."""
    number = study.number
    money = (number["data_budget_share"] * number["margin_eur_pc_q"] * study["unit_population"]
             * study["unit_fiscal"])
    return 1 - np.exp(-money / (number["data_unit_cost_eur"] * scale(study)))


def towards(start, rest, rate, steps):
    """rest + (start − rest)(1 − rate)^steps, (steps, unit)."""
    return rest + (start - rest) * (1 - rate) ** np.asarray(steps)[:, None]


def data_row(study, data, first, learning):
    """Data readiness from quarter `first` on, while learning by projects is constant."""
    gain, decay = investment(study) + learning, study.number["data_decay"]
    if study.number["data_spillover"]:
        raise InputError("the case wants parameters.data_spillover = 0")
    rate = gain + decay
    rest = np.divide(gain, rate, out=data[first].copy(), where=rate > 0)
    expected = np.clip(towards(data[first], rest, rate, np.arange(study.quarters - first)), 0, 1)
    gap = np.abs(data[first:] - expected).max()
    return expected, within("data readiness, largest difference", 0.0, gap, 1e-12,
                            "D* + (D - D*)(1 - a - d)^t", "rounding")


def zero_ai(study):
    number, seen = study.number, panel(study)
    people, fiscal = study["unit_population"].astype(float), study["unit_fiscal"]
    nothing = "no service"
    rows = [exact("cells that left NONE", 0, int(study["services"][..., 1:].sum()), nothing)]
    for name in ("energy_gross_saving", "energy_net", "saving", "running_cost", "own_spending",
                 "incidents"):
        rows.append(exact(name.replace("_", " "), 0, float(np.abs(study[name]).sum()), nothing))
    margin = number["margin_eur_pc_q"] * people * fiscal
    inflow = rounded(100 * (margin * (1 - number["data_budget_share"])))
    cap = rounded(100 * (number["reserve_cap_q"] * number["margin_eur_pc_q"] * people * fiscal))
    start = rounded(100 * (number["reserve_start_share"] * number["reserve_cap_q"]
                           * number["margin_eur_pc_q"] * people * fiscal))
    steps = np.arange(1, study.quarters + 1)[:, None]
    reserve = np.minimum(start + steps * inflow, cap)
    differ = int((rounded(100 * seen["reserve"]) != reserve).sum())
    rows.append(exact("reserves at the end [EUR]", reserve[-1].sum() / 100,
                      seen["reserve"][-1].sum(), "min(M + t inflow, cap), in cents", differ))
    staff = (number["hire_rate"] / (number["hire_rate"] + number["turnover_rate"])
             * number["post_share"] * number["staff_per_1000"] * people / 1000)
    rows.append(within("staff, largest relative difference", 0.0,
                       np.abs(seen["staff"] / staff - 1).max(), 1e-12,
                       "hire/(hire + turnover) posts", "rounding"))
    rows.append(exact("trust, units x quarters that moved", 0,
                      int((seen["trust"] != seen["trust"][0]).sum()), "T = T0"))
    expected, row = data_row(study, seen["data"], 0, 0.0)
    rows.append(row)
    x = np.arange(1, study.quarters + 1)
    data = seen["data"]
    curves = [Curve("mean data readiness", x, expected.mean(axis=1), data.mean(axis=1),
                    *np.quantile(data, (0.025, 0.975), axis=1)),
              Curve("reserve, share of cap", x, reserve.sum(axis=1) / cap.sum(),
                    100 * seen["reserve"].sum(axis=1) / cap.sum(),
                    *np.quantile(100 * seen["reserve"] / cap, (0.025, 0.975), axis=1))]
    return Outcome(rows, curves, "quarters", "of 1, 95 % of the units")
