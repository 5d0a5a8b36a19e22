"""Running cells of one unit: ageing, evaluation, lock-in, renewal, awareness (K2, steps f and g)."""

import math

import elementary
import philox
from stocks import AWARE, NONE, OPERATION, PILOT, Stocks, cents, float32


def logistic(x):
    return 1 / (1 + elementary.exp(-x))


def log_ratio(a, b):
    """ln(a/b); infinite where one side costs nothing."""
    if b == 0:
        return math.inf
    return elementary.log(a / b) if a > 0 else -math.inf


class Funnel(Stocks):
    """Adds to the stocks what happens to cells before the unit decides anything."""

    def age_cells(self):
        """(f) Ageing, lock-in, discontinuation, renewal, evaluation of pilots."""
        for u, cell in enumerate(self.cells):
            cell.cool = max(0, cell.cool - 1)
            if cell.stage >= PILOT:
                cell.age = min(254, cell.age + 1)
            if cell.stage == PILOT:
                self.evaluate_pilot(u, cell)
            elif cell.stage >= OPERATION:
                self.continue_service(u, cell)

    def cool_down(self, u):
        return int(2 * self.world.own(u, "pilot_quarters"))

    def evaluate_pilot(self, u, cell):
        p = self.world.parameters
        if not self.now.active[cell.vendor]:
            failed = True
        elif cell.age == self.world.own(u, "pilot_quarters"):
            if 0 < p.pilot_success < 1:
                logit = elementary.log(p.pilot_success / (1 - p.pilot_success))
            else:
                logit = math.inf if p.pilot_success else -math.inf
            gap = max(0.0, self.world.use_cases[u].data_threshold - self.data)
            odds = (logit + p.beta_fit * (self.world.fit(cell.vendor, self.inhabitants)
                                          - self.world.coefficients.fit_reference)
                    - p.data_gap_cost * gap)
            failed = not self.uniform(philox.PILOT_SUCCESS, u) < logistic(odds)  # [eq. 22]
            cell.ready = not failed
        else:
            failed = False
        if failed:
            self.flow["pilots_failed"] += 1
            self.ended[u, "failed"] += 1
            cell.fall_back(self.cool_down(u))

    def continue_service(self, u, cell):
        p, k, structure = self.world.parameters, self.world.coefficients, self.world.structure
        openness = self.world.vendors[cell.vendor].openness
        cell.maturity = float32(cell.maturity + p.maturity_rate * (1 - cell.maturity))  # [eq. 19]
        cell.lock = float32(cell.lock + p.lock_rate * (1 - openness) * (1 - cell.lock)  # [eq. 20]
                            * self.gain["portability"])
        if structure.funnel == "full":
            hazard = p.discont_rate
            if structure.feasibility and self.reserve < 0:
                hazard *= k.debt_stop_factor
            if structure.feasibility and self.staff < self.tied:
                hazard *= k.overload_stop_factor
            hazard *= 1 + p.trust_stop * max(0.0, self.trust0 - self.trust)  # [eq. 21]
            if self.uniform(philox.DISCONTINUATION, u) < hazard:
                self.discontinue(u, cell)
                return
        vendor_gone = not self.now.active[cell.vendor]
        if vendor_gone or (cell.age > 0 and cell.age % p.contract_quarters == 0):
            self.renew(u, cell, vendor_gone)

    def discontinue(self, u, cell):
        self.flow["services_discontinued"] += 1
        cell.fall_back(self.cool_down(u))

    def renew(self, u, cell, vendor_gone):
        """End of a contract: stay, change the vendor, or end a service nobody will run."""
        p, row, price = self.world.parameters, self.world.use_cases[u], self.now.price
        others = [v for v, active in enumerate(self.now.active)
                  if active and v != cell.vendor and self.world.offers(v, u)]
        switched, o = False, self.world.own(u, "run_cost_share")
        if others:
            # the first of equals
            best = max(others, key=lambda v: self.attraction_at_renewal(u, v))
            switching = cents(p.switch_share * cell.lock * row.cost_eur * self.cost_scale(u, best))
            cov = self.coverage(cell.stage)
            current = (p.horizon_years * o * cov * price[cell.vendor]
                       * (1 + p.lock_markup * cell.lock))
            other = (p.horizon_years * o * cov * price[best]
                     + p.switch_share * cell.lock)
            current, other = (cost * self.scale_left(u, v)
                              for cost, v in ((current, cell.vendor), (other, best)))
            # [eq. 36]
            gain = p.beta_price * log_ratio(current, other) if p.beta_price > 0 else 0.0
            wish = logistic(gain - p.beta_incumbent)
            affordable = not self.world.structure.feasibility or self.reserve >= switching
            # [eq. 70]
            looks = vendor_gone or p.renew_unasked == 0 or self.uniform(philox.RENEWAL, u) < (
                (1 - p.renew_unasked) * (1 - cell.lock))
            self.tenures["tendered", cell.age] += looks
            switched = looks and affordable and (vendor_gone or self.uniform(philox.SWITCH, u) < wish)
        if switched:
            self.reserve -= switching
            self.flow["switching_cost"] += switching
            cell.maturity = float32(cell.maturity * (1 - cell.lock / 2))
            cell.lock, cell.vendor = 0.0, best
            self.tenures["switched", cell.age] += 1
        elif vendor_gone and self.world.structure.funnel == "full":
            self.discontinue(u, cell)
        elif others and not vendor_gone:  # without an alternative there is nothing to decide
            self.tenures["renewed", cell.age] += 1

    def scale_left(self, u, vendor):
        """What a common solution leaves of ψ: 1 where there is none."""
        return self.cost_scale(u, vendor) / self.cost_scale(u, None)

    def attraction_at_renewal(self, u, v):
        p = self.world.parameters
        if p.beta_price > 0:
            price = -p.beta_price * log_ratio(self.now.price[v] * self.scale_left(u, v), 1.0)
        else:
            price = 0.0
        return price + p.beta_open * self.world.vendors[v].openness

    def become_aware(self):
        """(g) Use cases one hears of."""
        p = self.world.parameters
        if self.world.structure.decision_rule == "bass":
            return
        for u, cell in enumerate(self.cells):
            if self.stage_before[u] == NONE and self.available(u):
                # [eq. 24]
                chance = p.aware_p * (1 + self.gain["aware"]) + p.aware_q * self.peer_share(u)
                if self.uniform(philox.AWARENESS, u) < chance:
                    cell.stage = AWARE
