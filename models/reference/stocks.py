"""State of one unit, and its stocks in a quarter: money, staff, data, trust (K2, steps a to e)."""

import math
import struct
from collections import Counter
from dataclasses import dataclass

import elementary
import philox
from population import round_half_away

NONE, AWARE, PILOT, OPERATION, SCALED = range(5)
NO_VENDOR = 255


def cents(euro):
    """Euro to whole cents: the one rounding of an amount."""
    return round_half_away(100 * euro)


def float32(x):
    """The nearest 32-bit float: lock-in and maturity are stored so."""
    return struct.unpack("f", struct.pack("f", x))[0]


def clip(x, low, high):
    return min(max(x, low), high)


def direct_rebound(form, efficiency, elasticity):  # [eq. 7]
    """Share of a gross saving that comes back as more use of the cheaper service."""
    if form == "none":
        return 0.0
    if form == "linear" or efficiency == 0:
        return elasticity
    return 1 - (1 - elementary.pow(1 - efficiency, 1 - elasticity)) / efficiency


@dataclass
class Cell:
    """One unit and one use case."""

    stage: int = NONE
    age: int = 0
    cool: int = 0
    ready: bool = False
    vendor: int = NO_VENDOR
    lock: float = 0.0
    maturity: float = 0.0
    awaited: object = None  # the programme whose call a wish waits for
    cost: int = 0  # cents, of a pilot that may still ask for a grant

    def fall_back(self, cool):
        self.__init__(stage=AWARE, cool=cool)


class Stocks:
    """State of one unit; `begin` opens a quarter, the other steps follow in the order written."""

    def __init__(self, world, index, draws):
        self.world, self.index, self.draws = world, index, draws
        unit, p, k = world.units[index], world.parameters, world.coefficients
        self.entity, self.inhabitants, self.fiscal = unit.entity, unit.population, unit.fiscal
        self.n = unit.population / k.reference_population
        self.all_staff = k.staff_per_1000 * unit.population / 1000
        if not unit.fiscal_given:
            z_fiscal = philox.Draws(philox.world_key(world.seed)).normal(
                philox.WORLD, self.entity, 0, 0)
        elif p.margin_log_sd > 0:
            half_variance = p.margin_log_sd * p.margin_log_sd / 2
            z_fiscal = (elementary.log(unit.fiscal) + half_variance) / p.margin_log_sd
        else:
            z_fiscal = 0.0
        z_data, z_trust, z_innov = (draws.normal(philox.TRAITS, self.entity, sub, 0)  # [eq. 48]
                                    for sub in (0, 2, 4))
        r = k.data0_fiscal_correlation
        self.data = clip(p.data0_mean  # [eq. 44]
                         + p.data0_slope * elementary.log10(unit.population / k.data_reference_population)
                         + p.data0_sd * (math.sqrt(1 - r * r) * z_data + r * z_fiscal),
                         k.data0_lowest, k.data0_highest)
        # [eq. 45]
        drawn_trust = clip(p.trust0_mean + p.trust0_sd * z_trust, k.trust0_lowest, k.trust0_highest)
        self.trust0 = unit.trust if unit.trust is not None else drawn_trust
        self.trust = self.trust0
        self.innov = unit.innov if unit.innov is not None else p.innov_sd * z_innov
        # [eq. 46]
        self.staff = p.hire_rate / (p.hire_rate + p.turnover_rate) * p.post_share * self.all_staff
        self.reserve = cents(k.reserve_start_share * p.reserve_cap_q * p.margin_eur_pc_q
                             * unit.population * unit.fiscal)
        self.coop = self.strategy = False
        first = AWARE if world.structure.start_aware else NONE
        self.cells = [Cell(stage=first) for _ in world.use_cases]

    def begin(self, now):
        """Opens quarter `now` (fields of K1, prices, series) with empty ledgers."""
        self.now = now
        self.flow = Counter()
        self.blocked = Counter()
        self.tenures = Counter()  # ("renewed", "switched" or "tendered", age in quarters)
        self.ended = Counter()  # (use case, how its pilot ended)
        self.stage_before = [cell.stage for cell in self.cells]
        # A joiner counts from the next quarter: everything below sees the old bits.
        self.member, self.has_strategy = self.coop, self.strategy
        self.scale = self.project_scale(now)
        self.scale_by = {name: self.scales_of(name) for name in ("cost_scale_exp", "effort_scale_exp")}
        self.gain = now.gains(self.index)

    def scales_of(self, name):
        """ψ of each use case: its own where it has an exponent, else the model's."""
        own = [getattr(row, name) for row in self.world.use_cases]
        return [self.scale if each is None else self.project_scale(self.now, each) for each in own]

    def is_common(self, u, vendor):
        """Whether a project with this vendor is a common solution of the unit's group."""
        offering = self.now.common.vendor_of(self.index, u) if self.now.common else None
        return offering is not None and offering == vendor

    def offering_vendor(self, u):
        return self.now.common.vendor_of(self.index, u) if self.now.common else None

    def terms(self, u, vendor, exponent_name, least):
        """ψ of a project and its part of the least: by the pool, or by the offer of the group."""
        scale = self.scale_by[exponent_name][u]
        if self.is_common(u, vendor):
            exponent = self.world.own(u, exponent_name, "effort_scale_exp")
            left = 1 - self.world.parameters.offer_relief
            offered = left * elementary.pow(self.n, exponent)  # [eq. 74]
            if offered < scale:
                return offered, left * least
        return scale, least / self.sharers()

    def cost_scale(self, u, vendor):
        return self.terms(u, vendor, "cost_scale_exp", 0.0)[0]

    def project_scale(self, now, exponent=None):  # [eq. 1]
        """ψ at the start of a quarter, by the model's exponent or another."""
        exponent = self.world.parameters.effort_scale_exp if exponent is None else exponent
        alone = elementary.pow(self.n, exponent)
        return min(alone, now.pooled_scale(self, exponent)) if self.coop else alone

    def remaining_risk(self, risk):
        """What certification leaves of a risk, or of what is proportional to it."""
        return risk * (1 - self.now.certification) * self.gain["cert"]

    def available(self, u):
        return self.now.quarter >= self.world.use_cases[u].available_from

    def peer_share(self, u):
        return self.now.peer_share(self.index, u)

    def uniform(self, process, sub):
        return self.draws.uniform(process, self.entity, sub, self.now.quarter)

    def gap_factor(self, u):  # [eq. 2]
        """κ: a project costs more the further data is from what the use case needs."""
        gap = max(0.0, self.world.use_cases[u].data_threshold - self.data)
        return 1 + self.world.parameters.data_gap_cost * gap

    def sharers(self):
        """Members of the pool, or nobody but the unit itself."""
        return self.now.pool_members(self) if self.member else 1

    def effort(self, u, vendor=None):
        row = self.world.use_cases[u]
        scale, least = self.terms(u, vendor, "effort_scale_exp", row.least_effort_fte)
        return max(least, row.effort_fte * scale * self.gap_factor(u))  # [eqs. 4, 71]

    def project_cost(self, u, vendor):
        row = self.world.use_cases[u]
        scale, least = self.terms(u, vendor, "cost_scale_exp", row.least_cost_eur)
        return max(least,  # [eqs. 3, 71]
                   row.cost_eur * scale * self.gap_factor(u) * self.now.price[vendor])

    def coverage(self, stage):
        return self.world.parameters.op_coverage if stage == OPERATION else 1.0

    def compliance(self, u):
        """Yearly cost of a deployer's duties for one running service [EUR]."""
        duties = (self.now.compliance * self.world.use_cases[u].risk
                  * self.world.parameters.compliance_cost_eur)
        return self.remaining_risk(duties) / self.sharers()

    def tied_staff(self):  # [eq. 12]
        p, tied = self.world.parameters, 0.0
        for u, cell in enumerate(self.cells):
            if cell.stage == PILOT:
                tied += p.pilot_share * self.effort(u, cell.vendor)
            elif cell.stage >= OPERATION:
                tied += p.maint_share * self.effort(u, cell.vendor)
        return tied

    def run_budget(self):
        """(a) Effects of running services, then the free reserve with its yearly cap."""
        p, k, form = self.world.parameters, self.world.coefficients, \
            self.world.structure.rebound_form
        gross = direct = heat = saving = running = locked = own_energy = self.freed = 0.0
        for u, cell in enumerate(self.cells):
            if cell.stage < OPERATION:
                continue
            row, inhabitants, cov = self.world.use_cases[u], self.inhabitants, \
                self.coverage(cell.stage)
            c = cov * cell.maturity
            staff_rebound = direct_rebound(form, row.staff_saving * c, row.direct_rebound)
            freed = (inhabitants / 1000 * row.staff_per_1000 * row.staff_saving * c  # [eq. 5]
                     * (1 - staff_rebound))
            # [eq. 6]
            cell_gross = inhabitants * row.energy_kwh_per_inhabitant / 4 * row.energy_saving * c
            cell_direct = cell_gross * direct_rebound(form, row.energy_saving * c,
                                                      row.direct_rebound)
            heat += (1 - row.electric_share) * (cell_gross - cell_direct)
            saving += (p.cashable_share * k.wage_eur * freed / 4  # [eq. 8]
                       + k.energy_price_eur * (cell_gross - cell_direct)
                       + row.other_benefit_eur * inhabitants * c / 4)
            contract = (self.world.own(u, "run_cost_share") * row.cost_eur
                        * self.cost_scale(u, cell.vendor) * self.now.price[cell.vendor]
                        * (1 + p.lock_markup * cell.lock) * cov / 4)
            running += contract + self.compliance(u) / 4  # [eq. 9]
            locked += cell.lock * contract  # [eq. 56]
            own_energy += (inhabitants * row.ai_energy_kwh_per_inhabitant * cov / 4
                           * (1 + k.embodied_share))
            gross, direct, self.freed = gross + cell_gross, direct + cell_direct, self.freed + freed
        self.operation_kwh = own_energy
        self.heat_saved = round_half_away(1000 * heat)
        margin = p.margin_eur_pc_q * self.inhabitants * self.fiscal
        flow = self.flow
        flow["inflow"] = cents(margin * self.now.macro_factor * (1 - p.data_budget_share))
        flow["retained_saving"] = cents(p.savings_retained * saving)
        flow["saving"] = cents(saving)
        flow["running_cost"] = cents(running)
        flow["locked_cost"] = cents(locked)
        self.reserve += flow["inflow"] + flow["retained_saving"] - flow["running_cost"]  # [eq. 10]
        cap = cents(p.reserve_cap_q * p.margin_eur_pc_q * self.inhabitants * self.fiscal
                    + 4 * p.savings_retained * saving)
        flow["forfeited"] = max(0, self.reserve - cap)
        self.reserve -= flow["forfeited"]
        flow["energy_gross"] = round_half_away(1000 * gross)
        flow["energy_direct"] = round_half_away(1000 * direct)
        flow["energy_indirect"] = round_half_away(  # [eq. 40]
            1000 * (p.respend_share * saving * k.respending_energy))

    def hire(self):
        """(b) Qualified staff: posts, hiring, turnover, learning by doing."""
        p = self.world.parameters
        self.posts = p.post_share * self.all_staff + p.relief_to_posts * self.freed  # [eq. 11]
        self.tied = self.tied_staff()
        # [eq. 13]
        self.staff = max(0.0, self.staff + p.hire_rate * max(0.0, self.posts - self.staff)
                         - p.turnover_rate * self.staff + p.learning_by_doing * self.tied
                         + self.gain["staff"] * p.post_share * self.all_staff)

    def improve_data(self):
        """(c) Data readiness: own budget, learning from projects, the region, decay."""
        p, old = self.world.parameters, self.data
        invested = 1 - elementary.exp(  # [eq. 14]
            -(p.data_budget_share * p.margin_eur_pc_q * self.inhabitants * self.fiscal
              * self.now.macro_factor) / (p.data_unit_cost_eur * self.scale))
        active = sum(cell.stage >= PILOT for cell in self.cells)
        # [eq. 15]
        self.data = clip(old + (1 - old) * (invested + p.data_learn * active / len(self.cells)
                                        + self.gain["data"])
                         + p.data_spillover * (1 + self.member)
                         * max(0.0, self.now.region_data[self.world.region_of[self.index]] - old)
                         - p.data_decay * old, 0.0, 1.0)

    def update_trust(self):
        """(d) At most one incident a quarter, then the return to the set-point."""
        p, hazard = self.world.parameters, 0.0
        for u, cell in enumerate(self.cells):
            if cell.stage >= OPERATION:
                hazard += self.remaining_risk(p.incident_rate * self.world.use_cases[u].risk)
        if self.uniform(philox.UNIT_EVENTS, 0) < hazard:  # [eq. 16]
            self.flow["incidents"] = 1
            self.trust = max(0.0, self.trust - p.trust_loss)
        running = sum(cell.stage >= OPERATION for cell in self.cells)
        self.trust = clip(self.trust + p.trust_revert * (  # [eq. 17]
            self.trust0 + p.trust_gain * running / len(self.cells) + self.gain["trust"]
            + self.world.trust_drift[self.now.quarter] - self.trust), 0.0, 1.0)

    def join(self):
        """(e) Joining the cooperation of the region and getting a strategy, both for good."""
        if self.uniform(philox.UNIT_EVENTS, 1) < (self.world.parameters.coop_join  # [eq. 18]
                                                  * (1 + self.gain["coop"])):
            self.coop = True
        if self.uniform(philox.UNIT_EVENTS, 2) < self.gain["strategy"]:
            self.strategy = True
