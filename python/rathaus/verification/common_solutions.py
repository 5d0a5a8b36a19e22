"""A common solution that costs nothing: offers, launches and cost of the members of groups (ODD 7.24)."""

import numpy as np

from rathaus.errors import InputError

from .chance import Curve, Outcome, counted, exact, near
from .effects import panel, rounded, scale


def groups_of(study):
    """Number of its IT-provider group of each unit: without providers its region."""
    if "file" in study.resolved["population"]:
        raise InputError("the case wants a synthetic population")
    return np.unique(study["unit_region"], return_inverse=True)[1]


def delivering(study, seen, group, price):
    """Vendor of each cell's group, (quarter, unit, use case): most services, else the cheapest."""
    vendors, groups = len(study.vendors), group.max() + 1
    found = np.empty(seen["cell_stage"].shape, int)
    for t in range(study.quarters):
        for u in range(found.shape[2]):
            base = np.zeros((groups, vendors))
            if t:
                runs = seen["cell_stage"][t - 1][:, u] >= 3
                np.add.at(base, (group[runs], seen["cell_vendor"][t - 1][runs, u]), 1)
            found[t, :, u] = np.where(base.any(axis=1), base.argmax(axis=1), price[t].argmin())[group]
    return found


def common_solution(study):
    number, seen, price = study.number, panel(study), study.price()
    if study.rule["feasibility"] or number["pilot_success"] < 1 or number["discont_rate"] \
            or number["offer_relief"] < 1 or number["compliance_cost_eur"]:
        raise InputError("the case wants feasibility = false, pilot_success = offer_relief = 1 and "
                         "discont_rate = compliance_cost_eur = 0")
    stage, vendor, psi = seen["cell_stage"], seen["cell_vendor"], scale(study)
    group, offered = groups_of(study), study["panel/cell_offered"][0] > 0
    of_group = delivering(study, seen, group, price)
    members = np.bincount(group)
    begun = hazards = variance = launched = weighed = 0
    spent, running = (np.zeros((study.quarters, len(study["units"])), np.int64) for _ in range(2))
    for t in range(study.quarters):
        before = stage[t - 1] if t else np.ones_like(stage[0])
        yearly = np.zeros(len(psi))
        for u, (use, start) in enumerate(zip(study.use_cases, study.available())):
            old, now = before[:, u], stage[t][:, u]
            common = offered[t][:, u] & (vendor[t][:, u] == of_group[t][:, u])
            gap = np.maximum(0.0, use["data_threshold"] - seen["data"][t])
            cost = np.where(common, 0.0, use["cost_eur"] * psi * (1 + number["data_gap_cost"] * gap)
                            * price[t][vendor[t][:, u]])
            pilot, reach = number["pilot_share"], number["op_coverage"]
            paid = np.zeros(len(psi), np.int64)
            for moved, part in (((old < 2) & (now >= 2), pilot),
                                ((old == 2) & (now == 3), (1 - pilot) * reach),
                                ((old == 3) & (now == 4), (1 - pilot) * (1 - reach))):
                paid += np.where(moved, rounded(100 * (part * cost)), 0)
            np.add.at(spent[t], study["unit_size_class"], paid)
            if t:
                cover = np.select([old == 3, old == 4], [reach, 1.0], 0.0)
                held = vendor[t - 1][:, u]
                free = offered[t][:, u] & (held == of_group[t][:, u])
                lock = seen["cell_lock_in"][t - 1][:, u].astype(float)
                yearly += np.where(free, 0.0, number["run_cost_share"] * use["cost_eur"] * psi
                                   * (price[t][held] * (1 + number["lock_markup"] * lock)) * cover / 4)
            if t < start:
                continue
            ready = offered[t][:, u] & (old == 1)
            launched += int((now[ready] >= 2).sum())
            weighed += int(ready.sum())
            held_before = np.zeros(len(members), bool)
            np.logical_or.at(held_before, group, offered[t - 1][:, u] if t else False)
            holds = np.zeros(len(members), bool)
            np.logical_or.at(holds, group, offered[t][:, u])
            open_to = ~held_before & (members > 1)
            chance = np.minimum(1.0, number["offer_rate"] * np.bincount(
                group, weights=old >= 3, minlength=len(members)) / members)[open_to]
            begun += int((holds & open_to).sum())
            hazards, variance = hazards + chance.sum(), variance + (chance * (1 - chance)).sum()
        np.add.at(running[t], study["unit_size_class"], rounded(100 * yearly))
    if begun < 30 or weighed < 300:
        raise InputError("hardly any group offers anything: raise offer_rate or units")
    rows = [near("use cases that groups began to offer", hazards, begun, np.sqrt(variance),
                 "offer_rate x share, ODD eq. 73", grain=1.0),
            counted("launches under an offer", launched, weighed, number["decision_rate"],
                    "x = +infinity, ODD eqs. 26 and 29")]
    for name, expected in (("own_spending", spent), ("running_cost", running)):
        simulated = rounded(100 * study[name][0])
        rows.append(exact(f"{name.replace('_', ' ')} [EUR]", expected.sum() / 100,
                          simulated.sum() / 100, "nothing for common solutions, ODD eq. 74",
                          int((simulated != expected).sum())))
    lone = offered[:, members[group] < 2].sum()
    rows.append(exact("cells offered in groups of one", 0, int(lone), "nobody to offer it to"))
    rows.append(exact("cells under an offer that was taken back", 0,
                      int((offered[:-1] & ~offered[1:]).sum()), "offers are for good"))
    x = np.arange(study.quarters)
    share = offered.mean(axis=(1, 2))
    taken = np.array([((stage[t] >= 3) & offered[t]).sum() for t in x]) / stage[0].size
    curves = [Curve("under an offer", x, share, share, share, share),
              Curve("running under one", x, taken, taken, taken, taken)]
    return Outcome(rows, curves, "quarters", "of all cells")
