"""What one unit decides: operation, roll-out, new pilots, choice of vendor (K2, step h)."""

import math
from dataclasses import dataclass

import elementary
import philox
from applications import (OPERATION_STEP, PILOT_STEP, ROLLOUT_STEP, VENDOR_CAPACITY, Applicant,
                          Intention)
from funnel import logistic
from population import round_half_away
from stocks import AWARE, OPERATION, PILOT, cents


MOST_USE_CASES = 16


def logarithm(x):
    return elementary.log(x) if x > 0 else -math.inf


@dataclass
class Wish:
    """A pilot that a unit wants in this quarter."""

    use_case: int
    rank: float  # higher first
    own: bool  # without a grant, too
    score: float
    share: float = 0.0  # of the programme that the cell applies to, named once for the quarter
    programme: object = None


class Municipality(Applicant):
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
        intentions = self.put_into_operation() + self.roll_out() + self.ask_for_pilots()
        arrivals = self.world.structure.arrivals
        if arrivals == "simultaneous" or self.index == self.now.quarter:
            intentions += self.launch_pilots()
        return intentions

    def put_into_operation(self):
        p, result = self.world.parameters, []
        for u, cell in enumerate(self.cells):
            if cell.stage != PILOT or not cell.ready:
                continue
            need = (1 - p.pilot_share) * self.effort(u, cell.vendor)  # [eq. 31]
            cost = cents((1 - p.pilot_share) * p.op_coverage * self.project_cost(u, cell.vendor))
            enough_data = self.data >= self.world.use_cases[u].data_threshold
            project = Intention(self.index, u, OPERATION_STEP, cell.vendor, cost)
            if self.step_up(project, need, enough_data):
                result.append(project)
            else:
                self.strand_if_late(u, cell)
        return result

    def strand_if_late(self, u, cell):
        if cell.age >= 2 * self.world.own(u, "pilot_quarters"):
            self.flow["pilots_stranded"] += 1
            self.ended[u, "stranded"] += 1
            cell.fall_back(self.cool_down(u))

    def take_refusal(self, application):
        """An application that was the last chance of a ready pilot."""
        if application.step == OPERATION_STEP:
            self.strand_if_late(application.use_case, self.cells[application.use_case])

    def roll_out(self):
        p, result = self.world.parameters, []
        for u, cell in enumerate(self.cells):
            if (cell.stage == OPERATION
                    and cell.age >= self.world.coefficients.rollout_wait_quarters
                    and self.uniform(philox.ROLL_OUT, u) < p.rollout_rate):
                need = 0.5 * (1 - p.pilot_share) * self.effort(u, cell.vendor)  # [eq. 32]
                cost = cents((1 - p.pilot_share) * (1 - p.op_coverage)
                             * self.project_cost(u, cell.vendor))
                project = Intention(self.index, u, ROLLOUT_STEP, cell.vendor, cost)
                if self.step_up(project, need, True):
                    result.append(project)
        return result

    def launch_pilots(self):
        wishes = []
        for u, cell in enumerate(self.cells):
            waiting = self.stage_before[u] == AWARE and cell.stage == AWARE
            if self.world.structure.decision_rule == "bass":
                waiting = cell.stage <= AWARE
            if not (waiting and cell.cool == 0 and self.available(u)):
                continue
            if cell.awaited is None:
                wishes += self.wish(u)
            elif not cell.awaited.is_announced:
                cell.awaited = None
                wishes += self.wish(u, kept=True)
        wishes.sort(key=lambda wish: (-wish.rank, wish.use_case))
        return [project for wish in wishes for project in self.launch(wish)]

    def wish(self, u, kept=False):
        """A list of at most one wish: a pilot of its own will, or one that a grant makes wanted."""
        score = self.decide(u, kept=kept)
        share, programme = self.best_programme(u, "grant_pilot")
        own = score is not None
        if share > 0:
            score = self.decide(u, share, kept)
        if score is None:
            return []
        rank = self.strategic_rank(u) if self.has_strategy else score
        return [Wish(u, rank, own, score, share, programme)]

    def launch(self, wish):
        """A list of at most one project: an application, or an order without a grant."""
        p, u = self.world.parameters, wish.use_case
        threshold = self.world.use_cases[u].data_threshold
        if self.has_strategy:
            enough_data = self.data >= threshold - self.world.coefficients.strategy_data_slack
        else:
            enough_data = self.data >= p.pilot_data_frac * threshold
        if wish.programme is not None:
            project = self.pilot(u, self.choose_vendor(u, wish.programme.open_min))
            if project is not None and self.would_pay(wish.programme, wish.share, project):
                need, at_least = self.pilot_effort(project)
                project.own, project.score = wish.own, wish.score
                missing = self.apply(project, wish.share, wish.programme, need, enough_data,
                                     at_least)
                if not missing:
                    return [project]
                if not wish.own:
                    self.count_blocked(PILOT_STEP, missing)
        if not wish.own:
            return []
        project = self.pilot(u, self.choose_vendor(u))
        if project is None:
            self.blocked[PILOT_STEP, VENDOR_CAPACITY] += 1
            return []
        need, at_least = self.pilot_effort(project)
        missing = self.missing(max(need, at_least), project.cost, enough_data)
        self.count_blocked(PILOT_STEP, missing)
        if missing or self.waits(u, project.cost):
            return []
        self.claim(need, project.cost)
        return [project]

    def pilot_effort(self, project):
        """What a pilot claims, and what must be there beside it [FTE]."""
        p, effort = self.world.parameters, self.effort(project.use_case, project.vendor)
        return (p.pilot_share * effort,  # [eq. 30]
                (1 - p.pilot_share) * effort if self.has_strategy else 0.0)

    def pilot(self, u, vendor):
        if vendor is None:
            return None
        cost = cents(self.world.parameters.pilot_share * self.project_cost(u, vendor))
        return Intention(self.index, u, PILOT_STEP, vendor, cost)

    def waits(self, u, cost):
        """Whether a launch is postponed because a call is announced."""
        rule = self.world.structure.waiting
        calls = [programme for programme in self.now.programmes
                 if programme.would_admit(self, u, cost)]
        if not calls or rule == "none":
            return False
        if rule == "share":
            call = max(calls, key=lambda programme: programme.wait)  # the first of equals
            postponed = self.uniform(philox.WAITING, u) < call.wait
        else:
            gain, call = max(((self.gain_of_waiting(each, u, cost), each) for each in calls),
                             key=lambda offer: offer[0])
            postponed = gain > 0
            self.cells[u].awaited = call if postponed else None
        if postponed:
            call.waiting.add(self.index)
        return postponed

    def gain_of_waiting(self, call, u, cost):
        """[eq. 69] Expected grant less the work of asking and the benefit forgone [EUR]."""
        p, k, row = self.world.parameters, self.world.coefficients, self.world.use_cases[u]
        grant = call.foreseen_grant(self, cost) / 100
        yearly = (self.inhabitants * self.benefit_per_inhabitant(row)
                  - self.world.own(u, "run_cost_share")
                  * (row.cost_eur * self.cost_scale(u, self.offering_vendor(u))
                     * self.now.mean_price(u))
                  - self.compliance(u))
        return (call.award_chance() * grant - self.filing_effort(call) * k.wage_eur / 4
                - call.opens_in / 4 * max(0.0, yearly))

    def strategic_rank(self, u):
        """[eq. 65] Net energy and benefit, each against the best use case, and lack of risk."""
        k, rows = self.world.coefficients, self.world.use_cases
        net = [max(0.0, row.energy_kwh_per_inhabitant * row.energy_saving
                   * (1 - row.direct_rebound)
                   - row.ai_energy_kwh_per_inhabitant * (1 + k.embodied_share)) for row in rows]
        benefit = [self.benefit_per_inhabitant(row) for row in rows]
        parts = [values[u] / max(values) if max(values) > 0 else 0.0 for values in (net, benefit)]
        return 1 / 3 * parts[0] + 1 / 3 * (1 - rows[u].risk) + 1 / 3 * parts[1]

    def decide(self, u, grant_share=0.0, kept=False):
        """None, or the rank (higher first) of a pilot this unit wants at this share of a grant."""
        p, now, rule = self.world.parameters, self.now, self.world.structure.decision_rule
        r = self.uniform(philox.LAUNCH, u)
        share = self.peer_share(u)
        if kept and rule in ("bass", "threshold"):
            return 0.0
        if rule == "bass":
            return 0.0 if r < min(1.0, p.aware_p + p.aware_q * share) else None
        if r >= p.decision_rate and not kept:
            return None
        if rule == "threshold":
            threshold = getattr(p, "threshold_mean", p.u0) + self.innov
            if self.world.structure.peer_set == "global":
                reached = now.running[u] >= round_half_away(threshold * len(self.world.units))
            else:
                reached = share >= threshold
            return 0.0 if reached else None
        value = self.value(u, grant_share)
        if rule == "payback":
            return value if value >= 0 or kept else None
        if value == -math.inf:
            return None
        doubt = (1 - share / (share + p.evidence_half)) * self.gain["evid"]  # [eq. 27]
        worth = p.beta_value * value if p.beta_value > 0 else 0.0
        utility = (p.u0 + worth + p.beta_peer * share  # [eq. 28]
                   - p.beta_risk * (doubt + self.remaining_risk(self.world.use_cases[u].risk))
                   + p.beta_trust * (self.trust - 0.5) + self.innov)
        return utility if kept or r < p.decision_rate * logistic(utility) else None  # [eq. 29]

    def benefit_per_inhabitant(self, row):  # [eq. 25]
        p, k = self.world.parameters, self.world.coefficients
        return (p.cashable_share * k.wage_eur * row.staff_per_1000 * row.staff_saving / 1000
                + k.energy_price_eur * row.energy_kwh_per_inhabitant * row.energy_saving
                + row.other_benefit_eur)

    def value(self, u, grant_share=0.0):  # [eq. 26]
        """x: logarithm of expected benefit over cost; minus infinity without any benefit."""
        p, row = self.world.parameters, self.world.use_cases[u]
        benefit = self.inhabitants * self.benefit_per_inhabitant(row)
        scale, least = self.terms(u, self.offering_vendor(u), "cost_scale_exp", row.least_cost_eur)
        project = row.cost_eur * scale * self.now.mean_price(u)
        adaptation = max(self.gap_factor(u), least / project if least > 0 else 0.0)
        cost = (project
                * ((1 - grant_share * p.pilot_share) * adaptation
                   + p.horizon_years * self.world.own(u, "run_cost_share"))
                + p.horizon_years * self.compliance(u))
        if cost == 0:  # whatever it brings is worth it
            return math.inf if benefit > 0 else -math.inf
        return logarithm(benefit * p.horizon_years / cost)

    def start_vendor(self, u):
        """The vendor of a cell that runs before the first quarter, or None where it does not."""
        share, reference = self.world.use_cases[u].start_share, self.world.coefficients.reference_population
        if reference > 1:
            # [eq. 72]
            share = min(1.0, share * elementary.log(self.inhabitants) / elementary.log(reference))
        if not self.uniform(philox.START, u) < share:
            return None
        return self.choose_vendor(u, draw=self.uniform(philox.START, MOST_USE_CASES + u))

    def choose_vendor(self, u, open_min=0.0, draw=None):  # [eq. 34]
        """Slot of the chosen vendor by one uniform, or None if no vendor is active and so open."""
        p, now, rule = self.world.parameters, self.now, self.world.structure.vendor_choice
        common = self.offering_vendor(u)
        if common is not None and self.world.vendors[common].openness >= open_min:
            return common
        active = [v for v, is_active in enumerate(now.active)
                  if is_active and self.world.offers(v, u)
                  and self.world.vendors[v].openness >= open_min]
        if not active:
            return None
        draw = self.uniform(philox.VENDOR_CHOICE, u) if draw is None else draw
        if rule == "argmax_count":
            favourite = active[math.floor(draw * len(active))]
            return max(active, key=lambda v: p.beta_fit * (v == favourite)
                       + p.beta_base * now.base[v])  # the first of equals
        weights = [1.0 if rule == "uniform" else elementary.exp(self.attraction(v)) for v in active]
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
            herd = elementary.log(1 + now.base[v])
        else:
            herd = now.base_share(self.index, v)
        own = [cell.vendor for cell in self.cells if cell.stage >= PILOT]
        own_share = own.count(v) / len(own) if own else 0.0
        return (-p.beta_price * elementary.log(now.price[v])
                + p.beta_fit * self.world.fit(v, self.inhabitants) + p.beta_base * herd
                + p.beta_incumbent * own_share + p.beta_open * vendor.openness)
