"""One support programme: its row, windows and pot (K0), whom it supports (K1), what a grant pays.

Equations of the model description, section 7.23.
"""

import copy
import math

import philox
from population import round_half_away
from stocks import AWARE, cents
from world import quarter_number

ADDING = ("aware", "coop", "staff", "data", "trust", "strategy")
CENTRAL = "central"  # of a group, by use case
SHIELDING = ("evid", "cert", "portability")
GRANTS = ("grant_pilot", "grant_scale")
SIZE_WORDS = ("<5k", "5k-20k", "20k-100k", ">=100k")
FISCAL_WORDS = ("weak", "middle", "strong")


def by_class(table, unit, missing=0.0):
    """The value for a unit: a plain number, or the cell of a table by size or fiscal class."""
    if not isinstance(table, dict):
        return table
    size, fiscal = SIZE_WORDS[unit.size_class], FISCAL_WORDS[unit.fiscal_class]
    return table.get(size, table.get(fiscal, missing))


def grant_share(share, bonuses, unit, member):
    """[eq. 75] The rate of a grant, and what a unit earns on top of it."""
    if share <= 0:
        return 0.0
    size, fiscal = SIZE_WORDS[unit.size_class], FISCAL_WORDS[unit.fiscal_class]
    bonus = ((bonuses.get("coop", 0.0) if member else 0.0)
             + bonuses.get(size, 0.0) + bonuses.get(fiscal, 0.0))
    return min(1.0, share + bonus)


def merged(row, change):
    """A copy of a row with a change laid over it: tables key by key, all else replaced."""
    result = copy.deepcopy(row)
    for key, value in change.items():
        old = result.get(key)
        both = isinstance(old, dict) and isinstance(value, dict)
        if both and any(word in old for word in SIZE_WORDS) == any(
                word in value for word in SIZE_WORDS):
            result[key] = merged(old, value)
        else:
            result[key] = copy.deepcopy(value)
    return result


def scenario_rows(resolved, name=None):
    """(name, row) of each programme of a scenario; by default of the baseline or the only one."""
    scenarios = resolved.get("scenario", {})
    if not scenarios and name is None:
        return []
    if name is None:
        baselines = [key for key, each in scenarios.items() if each.get("baseline")]
        (name,) = baselines or scenarios
    scenario = scenarios[name]
    changes = scenario.get("change", {})
    return [(each, merged(resolved["programme"][each], changes.get(each, {})))
            for each in scenario.get("programmes", [])]


def name_hash(name):
    """FNV-1a, 32 bit: the sub id of draws that belong to a programme and to no use case."""
    value = 0x811C9DC5
    for byte in name.encode():
        value = (value ^ byte) * 0x01000193 & philox.MASK
    return value


class Programme:
    """Row and state of one programme. Lists run over units; amounts are whole cents."""

    def __init__(self, world, name, row, draws):
        self.world, self.name, self.draws, self.sub = world, name, draws, name_hash(name)
        self.gain = {port: [by_class(table, unit) for unit in world.units]
                     for port, table in row["ports"].items()}
        self.pays_grants = any(port in self.gain for port in GRANTS)
        self.read_windows(row["window"])
        self.announced_before = row["window"].get("announced", 0)
        self.wait = row.get("wait", world.parameters.wait_share)
        self.early_start = row.get("early_start", "excluded") == "allowed"
        self.filed = self.accepted = 0  # applications of the last quarter with any
        self.weights = 0.0
        budget = row.get("budget")
        self.yearly = budget is not None and "per_year" in budget
        self.budget = None if budget is None else cents(
            budget["per_year"] if self.yearly else budget["total"])
        self.carry_over = budget is not None and budget.get("carry_over", False)
        self.is_stock = not self.pays_grants and budget is not None
        self.unit_cost = row.get("unit_cost", 0.0)
        self.cap = cents(row["cap_per_award"]) if "cap_per_award" in row else None
        self.least = cents(row.get("least_award", 0.0))
        self.bonus = row.get("bonus", {})
        self.funder_cost = row.get("funder_cost")
        self.requires = row.get("requires")  # name of the programme whose winners may apply
        self.first_stage = None  # that programme
        self.winners = set()  # units that were awarded so far
        self.limits = row.get("eligible", {})
        chosen = self.limits.get("use_cases")
        self.use_cases = [u for u, case in enumerate(world.use_cases)
                          if not chosen or case.name in chosen]
        self.award = row.get("award", {})
        self.rule = self.award.get("rule", "lottery" if self.is_stock else "fcfs")
        days = row.get("effort", {}).get("application_days", 0.0)
        self.application_days = 0.0 if self.rule == "formula" else days
        self.joint, self.open_min = row.get("joint", False), row.get("open_min", 0.0)
        self.site_count, self.sites = row.get("sites"), None
        self.pot = 0 if self.budget is not None else None  # None: unlimited
        self.year_of_refill = None
        self.rest = [0] * len(world.units)  # of the entitlements
        self.recipients, self.waiting = set(), set()  # units, in this quarter
        if self.rule == "formula" and self.pot is None:
            raise ValueError(f"programme {name}: a formula shares out a pot, there is no budget")

    def read_windows(self, window):
        first = quarter_number(window["first"]) - self.world.start
        last = self.world.quarters - 1
        if "last" in window:
            last = quarter_number(window["last"]) - self.world.start
        self.length = window.get("length", 1)
        quarters = list(range(first, last + 1))
        self.opens = quarters[::window["every"]] if "every" in window else quarters[:1]

    def clock(self, quarter):
        """K0: the pot is refilled [eq. 61]; the call is open, announced or neither [eq. 60]."""
        self.quarter = quarter
        self.refilled = self.paid = self.returned = self.requested = self.granted = 0
        self.applications = self.awards = 0
        self.in_window = any(first <= quarter < first + self.length for first in self.opens)
        year = (self.world.start + quarter) // 4
        due = self.year_of_refill != year if self.yearly else self.year_of_refill is None
        self.refill_now = self.budget is not None and self.in_window and due
        if self.refill_now:
            self.year_of_refill = year
            self.returned = 0 if self.carry_over else self.pot
            self.refilled = self.budget
            self.pot += self.refilled - self.returned
        spent = self.budget == 0 or (self.budget is not None and not self.yearly
                                     and self.year_of_refill is not None and self.pot == 0)
        self.is_open = self.in_window and (self.pot is None or self.pot > 0)
        self.opens_in = 0  # nobody hears of a call before the results begin
        if quarter >= self.world.spin_up:
            self.opens_in = min((first - quarter for first in self.opens
                                 if quarter < first <= quarter + self.announced_before), default=0)
        self.is_announced = self.opens_in > 0 and not self.in_window and not spent

    def look(self, now, units):
        """K1: who is eligible; sites, recipients and entitlements."""
        self.eligible = [self.is_eligible(unit) for unit in units]
        self.members = [unit.coop for unit in units]
        if self.is_open and self.site_count is not None and self.sites is None:
            ranked = sorted((i for i in range(len(units)) if self.eligible[i]),
                            key=lambda i: (self.luck(philox.SITES, units[i]), i))
            self.sites = set(ranked[:self.site_count])
        if self.rule == "formula":
            self.entitle(units)
        self.recipients, self.waiting = set(), set()
        if self.is_stock and self.is_open:
            self.support(now, units)

    def luck(self, process, unit):
        return self.draws.uniform(process, unit.entity, self.sub, self.quarter)

    def is_eligible(self, unit):
        limits, row = self.limits, self.world.units[unit.index]
        bounds = limits.get("population", {})
        return (bounds.get("at_least", 0) <= row.population < bounds.get("below", math.inf)
                and row.fiscal < limits.get("fiscal_below", math.inf)
                and FISCAL_WORDS[row.fiscal_class] in limits.get("fiscal_class", FISCAL_WORDS)
                and row.land in limits.get("land", [row.land])
                and row.region in limits.get("region", [row.region])
                and (self.first_stage is None or unit.index in self.first_stage.winners)
                and (unit.coop or not limits.get("coop_only", False))
                and (self.has_demand(unit) or not limits.get("demand_only", False)))

    def has_demand(self, unit):
        return any(unit.cells[u].stage == AWARE
                   and unit.data < self.world.use_cases[u].data_threshold for u in self.use_cases)

    def support(self, now, units):
        """Recipients of a stock programme, paid at once [eq. 63]; the first who is too dear ends it."""
        candidates = [i for i in range(len(units)) if self.eligible[i] and self.may_be_site(i)]
        if self.rule == "need":
            candidates.sort(key=lambda i: (units[i].fiscal, i))
        else:
            candidates.sort(key=lambda i: (-self.luck(philox.STOCK_RECIPIENTS, units[i]), i))
        for i in candidates:
            cost = cents(self.unit_cost * units[i].project_scale(now))
            if cost > self.pot:
                break
            self.pay(cost)
            self.requested += cost
            self.granted += cost
            self.recipients.add(i)

    def weight(self, unit):
        return unit.inhabitants * max(0.0, 1 - unit.fiscal) if self.eligible[unit.index] else 0.0

    def entitle(self, units):
        """[eq. 64] The pot by inhabitants times missing fiscal strength, for one window."""
        if not self.in_window:
            self.rest = [0] * len(units)
            self.weights = sum((self.weight(unit) for unit in units), 0.0)
        elif self.refill_now or self.quarter in self.opens:
            weights = [self.weight(unit) for unit in units]
            total = sum(weights, 0.0)
            self.rest = [math.floor(self.pot * weight / total) if total > 0 else 0
                         for weight in weights]

    def may_be_site(self, i):
        return self.site_count is None or (self.sites is not None and i in self.sites)

    def acts_on(self, i, port):
        """Whether a port that is no grant acts on a unit in this quarter."""
        if not self.is_open:
            return False
        if port == "evid" and self.site_count is not None:
            region = self.world.region_of
            return region[i] in {region[site] for site in self.sites}
        if self.is_stock:
            return i in self.recipients
        return self.eligible[i] and self.may_be_site(i)

    def supported(self):
        """Units that it supports in this quarter without an application."""
        if self.is_stock or self.pays_grants or not self.is_open:
            return self.recipients
        return {i for i, eligible in enumerate(self.eligible) if eligible}

    def rate(self, port, i):
        """Share of the cost that it would pay a unit, bonuses included."""
        if port not in self.gain:
            return 0.0
        return grant_share(self.gain[port][i], self.bonus, self.world.units[i], self.members[i])

    def is_enough(self, grant):
        """[eq. 76] Whether a grant reaches the least that is awarded."""
        return grant >= self.least

    def share(self, port, i, u):
        """Share of the cost that it pays for a cell in an open call, 0 if it does not admit it."""
        admitted = (self.is_open and self.eligible[i] and self.may_be_site(i)
                    and u in self.use_cases and (self.rule != "formula" or self.rest[i] > 0))
        return self.rate(port, i) if admitted else 0.0

    def would_admit(self, unit, u, cost):
        """Whether a call that is announced would pay for a pilot in this cell."""
        i = unit.index
        return (self.is_announced and not self.early_start and self.rate("grant_pilot", i) > 0
                and self.eligible[i] and u in self.use_cases
                and (self.sites is None or i in self.sites)
                and self.is_enough(self.foreseen_grant(unit, cost)))

    def grant(self, i, share, cost):
        """[eq. 66] Cents that it would pay of a cost in cents."""
        amounts = [round_half_away(share * cost)]
        amounts += [self.cap] if self.cap is not None else []
        amounts += [self.rest[i]] if self.rule == "formula" else []
        return min(amounts)

    def foreseen_grant(self, unit, cost):
        """Cents that a unit may hope for when the announced call opens."""
        i = unit.index
        amounts = [round_half_away(self.rate("grant_pilot", i) * cost)]
        amounts += [self.cap] if self.cap is not None else []
        if self.rule == "formula":
            amounts += [math.floor(self.budget * self.weight(unit) / self.weights)
                        if self.weights > 0 else 0]
        return min(amounts)

    def award_chance(self):
        return self.accepted / self.filed if self.filed else 1.0

    def takes_late(self, age):
        """Whether its open call admits a pilot that has run for so many quarters."""
        if not (self.is_open and self.early_start):
            return False
        opened = max(first for first in self.opens if first <= self.quarter)
        return age <= min(self.quarter - opened + self.announced_before,
                          self.quarter - self.world.spin_up)

    def draw_on_entitlement(self, i, grant):
        if self.rule == "formula":
            self.rest[i] -= grant

    def restore(self, award):
        """An award that found no slot pays nothing."""
        self.draw_on_entitlement(award.unit, -award.grant)

    def pay(self, amount):
        self.paid += amount
        if self.pot is None:
            self.refilled += amount
        else:
            self.pot -= amount

    def money(self):
        """Flows and pot of the quarter [eq. 62]; None where the cost is not known."""
        counts = {"applications": self.applications, "awards": self.awards,
                  "administration": self.administration()}
        if self.pot is None and not self.pays_grants:
            return counts | dict.fromkeys(("refilled", "paid", "returned", "remaining",
                                           "requested", "granted"))
        return counts | {"refilled": self.refilled, "paid": self.paid, "returned": self.returned,
                         "remaining": self.pot or 0, "requested": self.requested,
                         "granted": self.granted}

    def decided(self, filed, accepted):
        """What was asked for and awarded in the quarter, and the chance that is told of a call."""
        self.requested += sum(each.grant for each in filed)
        self.granted += sum(each.grant for each in accepted)
        self.applications, self.awards = len(filed), len(accepted)
        if filed:
            self.filed, self.accepted = len(filed), len(accepted)

    def administration(self):
        """[eq. 77] Cents that running the programme costs its funder; None if that is not known."""
        if self.funder_cost is None:
            return None
        yearly, application, award = (cents(self.funder_cost.get(key, 0.0)) for key in
                                      ("per_year", "per_application", "per_award"))
        begun = self.quarter - self.opens[0]
        runs = begun >= 0 and self.quarter < self.opens[-1] + self.length
        of_year = yearly * (begun + 1) // 4 - yearly * begun // 4 if runs else 0
        return of_year + application * self.applications + award * self.awards


def gains_of(programmes, i):
    """[eq. 59] Gains that add, and products of 1 - gain, of all programmes that act on a unit."""
    result = dict.fromkeys(ADDING, 0.0) | dict.fromkeys(SHIELDING, 1.0)
    for programme in programmes:
        for port, gain in programme.gain.items():
            if port not in GRANTS and port != CENTRAL and programme.acts_on(i, port):
                if port in ADDING:
                    result[port] += gain[i]
                else:
                    result[port] *= 1 - gain[i]
    return result
