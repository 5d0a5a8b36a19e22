"""The funnel as a Markov chain, stocks with closed forms, and neutrality to size."""

import numpy as np
from scipy import stats

from .chance import Curve, Outcome, band, by_probability, counted, distributed, exact, near, within
from .effects import data_row, panel, scale, towards
from rathaus.errors import InputError

NONE, AWARE, PILOT, OPERATION, SCALED = range(5)
STAGES = ("none", "aware", "pilot", "operation", "scaled")


def chain(number, launch):
    """Transition matrix of one cell over a quarter, and the stage of each of its states.

    States: NONE; AWARE by cool-down left; PILOT by age; OPERATION by age up to the least one for
    roll-out; SCALED. launch: chance that an AWARE cell without cool-down starts a pilot.
    """
    length, wait = int(number["pilot_quarters"]), int(number["rollout_wait_quarters"])
    states = ([(NONE, 0)] + [(AWARE, c) for c in range(2 * length + 1)]
              + [(PILOT, a) for a in range(length)] + [(OPERATION, a) for a in range(wait + 1)]
              + [(SCALED, 0)])
    place = {state: k for k, state in enumerate(states)}
    step = np.zeros((len(states), len(states)))

    def go(source, target, chance):
        step[place[source], place[target]] += chance

    fallen, end = (AWARE, 2 * length), number["discont_rate"]
    for state in states:
        stage, age = state
        if stage == NONE:
            go(state, (AWARE, 0), number["aware_p"])
            go(state, state, 1 - number["aware_p"])
        elif stage == AWARE and age > 1:
            go(state, (AWARE, age - 1), 1)
        elif stage == AWARE:
            go(state, (PILOT, 0), launch)
            go(state, (AWARE, 0), 1 - launch)
        elif stage == PILOT and age + 1 < length:
            go(state, (PILOT, age + 1), 1)
        elif stage == PILOT:
            go(state, (OPERATION, 0), number["pilot_success"])
            go(state, fallen, 1 - number["pilot_success"])
        else:
            go(state, fallen, end)
            rollout = number["rollout_rate"] if stage == OPERATION and age + 1 >= wait else 0
            go(state, (SCALED, 0), (1 - end) * rollout)
            go(state, (OPERATION, min(age + 1, wait)) if stage == OPERATION else state,
               (1 - end) * (1 - rollout))
    return step, np.array([stage for stage, _ in states])


def stage_shares(study, use, start):
    """Expected share of cells in each stage after every quarter, (quarter, stage)."""
    number = study.number
    utility = (number["u0"] - number["beta_risk"] * (1 + use["risk"])
               + number["beta_trust"] * (number["trust0_mean"] - 0.5))
    step, stage = chain(number, number["decision_rate"] / (1 + np.exp(-utility)))
    state = np.zeros(len(stage))
    state[1 if study.rule["start_aware"] else 0] = 1
    shares = np.zeros((study.quarters, len(STAGES)))
    for t in range(study.quarters):
        if t >= start:
            state = state @ step
        shares[t] = np.bincount(stage, state, len(STAGES))
    return shares


def markov(study):
    cells, source = study.units * study.runs, "t-th power of its matrix"
    services = study["services"]
    rows, curves = [], []
    for u, (use, start) in enumerate(zip(study.use_cases, study.available())):
        shares = stage_shares(study, use, start)
        half = (study.quarters + start) // 2
        if half >= study.quarters:
            continue
        running = services[:, half - 1, u, OPERATION:].sum()
        rows.append(counted(f"{use['name']}: running after {half} quarters", running, cells,
                            shares[half - 1, OPERATION:].sum(), source))
        for t in (half, study.quarters):
            rows.append(distributed(f"{use['name']}: stages after {t}, chi-square",
                                    services[:, t - 1, u].sum(axis=0), shares[t - 1], source))
        curves.append(Curve(use["name"], np.arange(1, study.quarters + 1),
                            shares[:, OPERATION:].sum(axis=1),
                            *band(services[:, :, u, OPERATION:].sum(axis=2) / study.units)))
    failed, done = study["pilots_failed"].sum(), study["operations_started"].sum()
    chance = study.number["pilot_success"]
    rows.append(near("share of pilots that fail", 1 - chance, failed / max(1, failed + done),
                     np.sqrt(chance * (1 - chance) / max(1, failed + done)), "1 - pilot_success",
                     1 / max(1, failed + done)))
    rows.append(exact("pilots stranded", 0, int(study["pilots_stranded"].sum()),
                      "nothing is scarce"))
    return Outcome(rows, curves, "quarters", "share of cells in operation or scaled")


def closed_forms(study):
    number, seen = study.number, panel(study)
    begin = np.array([start + int(number["pilot_quarters"]) for start in study.available()])
    if begin.max() + 1 >= study.quarters:
        raise InputError("the case wants more quarters: not every pilot has ended")
    all_run = int(begin.max())
    age = np.arange(study.quarters)[:, None] - begin
    shape = seen["cell_stage"].shape
    running = np.broadcast_to((age >= 0)[:, None, :], shape)
    wrong = int(((seen["cell_stage"] >= 3) != running).sum())
    rows = [exact("cells x quarters in another stage", 0, wrong, "available + pilot_quarters")]
    openness = np.array([v["openness"] for v in study.vendors])[np.maximum(0, seen["cell_vendor"])]
    elapsed = np.broadcast_to(np.maximum(0, age)[:, None, :], shape)
    immature = (1 - number["pilot_share"]) * (1 - number["maturity_rate"]) ** elapsed
    forms = {"cell_lock_in": 1 - (1 - number["lock_rate"] * (1 - openness)) ** elapsed,
             "cell_maturity": 1 - immature}
    curves, x = [], np.arange(1, study.quarters + 1)
    for name, expected in forms.items():
        label = name.removeprefix("cell_").replace("_", "-")
        gap = np.abs(seen[name] - expected)[running].max()
        # Stored in 32 bit each quarter: half a unit in the last place below 1 is 2^-25.
        rows.append(within(f"{label}, largest difference", 0.0, gap, study.quarters * 2.0 ** -25,
                           "1 - (1 - start)(1 - rate)^t", "32 bit"))
        curves.append(Curve(f"{label} of {study.use_cases[0]['name']}", x,
                            np.where(running, expected, np.nan)[:, :, 0].mean(axis=1),
                            *band_of_units(np.where(running, seen[name], np.nan)[:, :, 0])))
    learning = number["data_learn"]
    last_start = max(study.available())
    expected, row = data_row(study, seen["data"], last_start, learning)
    rows.append(row)
    rows.append(staff_row(study, seen["staff"], all_run))
    trust = seen["trust"]
    rest = clipped_trust(number) + number["trust_gain"]
    expected = towards(trust[all_run], rest, number["trust_revert"],
                       np.arange(study.quarters - all_run))
    rows.append(within("trust, largest difference", 0.0,
                       np.abs(trust[all_run:] - expected).max(), 1e-12,
                       "T0 + gain + (T - T0 - gain)(1 - r)^t", "rounding"))
    price = study.price()[1:]
    rows.append(within("price, largest relative difference", 0.0,
                       np.abs(study["vendor_price"][0] / price - 1).max(), 2.0 ** -23,
                       "(1 + Q/q)^log2(1 - LR)", "32 bit"))
    return Outcome(rows, curves, "quarters", "of 1")


def clipped_trust(number):
    if number["trust0_sd"]:
        raise InputError("the case wants parameters.trust0_sd = 0")
    return min(max(number["trust0_mean"], number["trust0_lowest"]), number["trust0_highest"])


def band_of_units(values):
    return values.mean(axis=1), values.min(axis=1), values.max(axis=1)


def staff_row(study, staff, first):
    """Staff while ties and posts are constant: H goes to (h+ H* + h_E tied)/(h+ + h-)."""
    number = study.number
    if number["relief_to_posts"] or number["data_gap_cost"]:
        raise InputError("the case wants relief_to_posts = data_gap_cost = 0")
    posts = number["post_share"] * number["staff_per_1000"] * study["unit_population"] / 1000
    tied = number["maint_share"] * scale(study) * sum(use["effort_fte"] for use in study.use_cases)
    rate = number["hire_rate"] + number["turnover_rate"]
    rest = (number["hire_rate"] * posts + number["learning_by_doing"] * tied) / rate
    if (rest > posts).any() or (staff > posts).any():
        raise InputError("staff exceeds its posts: lower learning_by_doing or raise post_share")
    expected = towards(staff[first], rest, rate, np.arange(study.quarters - first))
    return within("staff, largest relative difference", 0.0,
                  np.abs(staff[first:] / expected - 1).max(), 1e-12,
                  "H* + (H - H*)(1 - hire - turn)^t", "rounding")


def size_neutrality(study):
    """Units as observations: fiscal strength is that of all runs, so runs are no repeats of it."""
    first, group = study["first_operation"], study["unit_size_class"]
    rows, curves = [], []
    x = np.arange(1, study.quarters + 1)
    for t in sorted({study.quarters // 2, study.quarters}):
        adopted = ((first >= 0) & (first < t)).mean(axis=0)
        if min(adopted.sum(), (1 - adopted).sum()) < 25:
            raise InputError(f"hardly anybody, or nearly everybody, adopts in {t} quarters: no test")
        classes = [adopted[group == c] for c in np.unique(group)]
        ratio, probability = stats.f_oneway(*classes)
        rows.append(by_probability(f"adoption by size after {t} quarters, F", 1.0, ratio,
                                   np.sqrt(2 / (len(classes) - 1)), probability,
                                   "one mean for all"))
        for c in np.unique(group):
            inside, others = adopted[group == c], adopted[group != c]
            error = np.sqrt(inside.var(ddof=1) / len(inside) + others.var(ddof=1) / len(others))
            rows.append(near(f"class {c + 1} of 4 against the others, after {t}", others.mean(),
                             inside.mean(), error, "one mean for all"))
    share = np.array([((first >= 0) & (first < t)).mean(axis=0) for t in x])  # (quarter, unit)
    for c in np.unique(group):
        mean = share[:, group == c].mean(axis=1)
        error = 1.96 * share[:, group == c].std(axis=1) / np.sqrt((group == c).sum())
        curves.append(Curve(f"class {c + 1} of 4", x, share.mean(axis=1), mean, mean - error,
                            mean + error))
    return Outcome(rows, curves, "quarters", "adopters, 95 % interval")
