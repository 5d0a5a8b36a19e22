"""What one unit decides: operation, roll-out, new pilots, choice of vendor (K2, step h)."""

import math
from dataclasses import dataclass

import philox
from funnel import Funnel, logistic
from population import round_half_away
from stocks import AWARE, OPERATION, PILOT, cents

PILOT_STEP, OPERATION_STEP, ROLLOUT_STEP = "pilot", "operation", "roll-out"
MONEY, STAFF, DATA, VENDOR_CAPACITY = "money", "staff", "data", "vendor capacity"


def logarithm(x):
    return math.log(x) if x > 0 else -math.inf


@dataclass
class Intention:
    """A transition that a unit has decided on and set money and staff aside for."""

    unit: int
    use_case: int
    step: str
    vendor: int
    cost: int  # cents


class Municipality(Funnel):
    """One unit. `act` does K2 for one quarter and returns its intentions."""

    def act(self, now):
        """K2 in quarter `now`. Fills `flow`, `blocked` and `tenures` of the quarter."""
        self.begin(now)
        self.run_budget()
        self.hire()
        self.improve_data()
        self.update_trust()
        self.join()
        self.age_cells()
        self.become_aware()
        return self.intend()

    def intend(self):
        """(h) Operation first, then roll-out, then pilots, within free staff and money."""
        self.free = self.staff - self.tied_staff()
        self.money = self.reserve
        intentions = self.put_into_operation() + self.roll_out()
        arrivals = self.world.structure.arrivals
        if arrivals == "simultaneous" or self.index == self.now.quarter:
            intentions += self.launch_pilots()
        return intentions

    def admit(self, step, need, cost, enough_data=True):
        """Claims staff and money if all is there; else counts everything that is missing."""
        missing = []
        if self.world.structure.feasibility:
            missing = [name for name, enough in ((MONEY, self.money >= cost),
                                                 (STAFF, self.free >= need),
                                                 (DATA, enough_data)) if not enough]
        for constraint in missing:
            self.blocked[step, constraint] += 1
        if missing:
            return False
        self.free -= need
        self.money -= cost
        return True

    def put_into_operation(self):
        p, result = self.world.parameters, []
        for u, cell in enumerate(self.cells):
            if cell.stage != PILOT or not cell.ready:
                continue
            need = (1 - p.pilot_share) * self.effort(u)
            cost = cents((1 - p.pilot_share) * p.op_coverage * self.project_cost(u, cell.vendor))
            enough_data = self.data >= self.world.use_cases[u].data_threshold
            if self.admit(OPERATION_STEP, need, cost, enough_data):
                result.append(Intention(self.index, u, OPERATION_STEP, cell.vendor, cost))
            elif cell.age >= 2 * p.pilot_quarters:
                self.flow["pilots_stranded"] += 1
                cell.fall_back(self.cool_down())
        return result

    def roll_out(self):
        p, result = self.world.parameters, []
        for u, cell in enumerate(self.cells):
            if (cell.stage == OPERATION
                    and cell.age >= self.world.coefficients.rollout_wait_quarters
                    and self.uniform(philox.ROLL_OUT, u) < p.rollout_rate):
                need = 0.5 * (1 - p.pilot_share) * self.effort(u)
                cost = cents((1 - p.pilot_share) * (1 - p.op_coverage)
                             * self.project_cost(u, cell.vendor))
                if self.admit(ROLLOUT_STEP, need, cost):
                    result.append(Intention(self.index, u, ROLLOUT_STEP, cell.vendor, cost))
        return result

    def launch_pilots(self):
        p, wanted, result = self.world.parameters, [], []
        for u, cell in enumerate(self.cells):
            waiting = self.stage_before[u] == AWARE and cell.stage == AWARE
            if self.world.structure.decision_rule == "bass":
                waiting = cell.stage <= AWARE
            if waiting and cell.cool == 0 and self.available(u):
                rank = self.decide(u)
                if rank is not None:
                    wanted.append((-rank, u))
        for _, u in sorted(wanted):
            vendor = self.choose_vendor(u)
            if vendor is None:
                self.blocked[PILOT_STEP, VENDOR_CAPACITY] += 1
                continue
            cost = cents(p.pilot_share * self.project_cost(u, vendor))
            threshold = p.pilot_data_frac * self.world.use_cases[u].data_threshold
            if self.admit(PILOT_STEP, p.pilot_share * self.effort(u), cost,
                          self.data >= threshold):
                result.append(Intention(self.index, u, PILOT_STEP, vendor, cost))
        return result

    def decide(self, u):
        """None, or the rank (higher first) of a pilot this unit wants to launch now."""
        p, now, rule = self.world.parameters, self.now, self.world.structure.decision_rule
        r = self.uniform(philox.LAUNCH, u)
        share = self.peer_share(u)
        if rule == "bass":
            return 0.0 if r < min(1.0, p.aware_p + p.aware_q * share) else None
        if r >= p.decision_rate:
            return None
        if rule == "threshold":
            threshold = p.u0 + self.innov
            if self.world.structure.peer_set == "global":
                reached = now.running[u] >= round_half_away(threshold * len(self.world.units))
            else:
                reached = share >= threshold
            return 0.0 if reached else None
        value = self.value(u)
        if rule == "payback":
            return value if value >= 0 else None
        if value == -math.inf:
            return None
        evidence = 1 - (1 - share / (share + p.evidence_half)) * 1
        utility = (p.u0 + p.beta_value * value + p.beta_peer * share
                   - p.beta_risk * ((1 - evidence)
                                    + self.world.use_cases[u].risk * (1 - self.certified))
                   + p.beta_trust * (self.trust - 0.5) + self.innov)
        return utility if r < p.decision_rate * logistic(utility) else None

    def value(self, u):
        """x: logarithm of expected benefit over cost; minus infinity without any benefit."""
        p, k, row = self.world.parameters, self.world.coefficients, self.world.use_cases[u]
        benefit = self.inhabitants * (
            p.cashable_share * k.wage_eur * row.staff_per_1000 * row.staff_saving / 1000
            + k.energy_price_eur * row.energy_kwh_per_inhabitant * row.energy_saving
            + row.other_benefit_eur)
        cost = (row.cost_eur * self.scale * self.now.mean_price
                * (self.gap_factor(u) + p.horizon_years * p.run_cost_share)
                + p.horizon_years * self.compliance(u))
        return logarithm(benefit * p.horizon_years / cost)

    def choose_vendor(self, u):
        """Slot of the chosen vendor by one uniform, or None if no vendor is active."""
        p, now, rule = self.world.parameters, self.now, self.world.structure.vendor_choice
        active = [v for v, is_active in enumerate(now.active) if is_active]
        if not active:
            return None
        draw = self.uniform(philox.VENDOR_CHOICE, u)
        if rule == "argmax_count":
            favourite = active[math.floor(draw * len(active))]
            return max(active, key=lambda v: p.beta_fit * (v == favourite)
                       + p.beta_base * now.base[v])  # the first of equals
        weights = [1.0 if rule == "uniform" else math.exp(self.attraction(v)) for v in active]
        total = sum(weights)
        below = 0.0
        for v, weight in zip(active, weights):
            below += weight
            if draw * total < below:
                return v
        return active[-1]

    def attraction(self, v):
        p, now, vendor = self.world.parameters, self.now, self.world.vendors[v]
        if self.world.structure.vendor_choice == "logit_logcount":
            herd = math.log(1 + now.base[v])
        else:
            herd = now.base_share(self.index, v)
        own = [cell.vendor for cell in self.cells if cell.stage >= PILOT]
        own_share = own.count(v) / len(own) if own else 0.0
        return (-p.beta_price * math.log(now.price[v])
                + p.beta_fit * self.world.fit(v, self.inhabitants) + p.beta_base * herd
                + p.beta_incumbent * own_share + p.beta_open * vendor.openness)
