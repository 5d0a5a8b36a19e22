#!/usr/bin/python3
"""Second, independent implementation of the model, written from its description alone.

Plain and slow on purpose: one replicate of one scenario at a time, a few hundred units. The program
must agree with it draw by draw, cent by cent. `simulate` is the whole interface:

    import tomllib, reference
    resolved = tomllib.load(open("resolved.toml", "rb"))
    run = reference.simulate(resolved, replicate=0, scenario="flat")
    run.stage[t][i][u], run.reserve[t][i], run.total("pilots_started")[t]

Index t of every output is the state after quarter t of the results, or the flow of that quarter.
"""

import argparse
import math
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import elementary
import philox
from awards import award
from common_solutions import CommonSolutions
from municipality import (OPERATION_STEP, PILOT_STEP, ROLLOUT_STEP, VENDOR_CAPACITY,
                          Municipality)
from population import round_half_away
from programmes import CENTRAL, Programme, gains_of, scenario_rows
from reach import Reach
from stocks import OPERATION, PILOT, SCALED, float32
from world import World

LEDGER = ("inflow", "retained_saving", "running_cost", "own_spending", "switching_cost",
          "forfeited")  # cents; the reserve changes by + + - - - - [eq. 58]
PILOT_ENDS = ("operation", "failed", "stranded")
EVENTS = ("pilots_started", "pilots_failed", "pilots_stranded", "operations_started",
          "services_discontinued", "incidents")
ENERGY = ("energy_gross", "energy_direct", "energy_indirect", "energy_footprint", "energy_net")  # Wh
FLOWS = LEDGER + EVENTS + ENERGY + ("saving", "locked_cost", "emissions_net",
                                   "grants_received")  # cents, g CO2
TENURE_YEARS = (3, 6, 9, 12)  # upper bounds of the tenure classes but the last


@dataclass
class Run:
    """One replicate. Time is the first index; i unit, u use case, v vendor slot."""

    world: World
    stage: list = field(default_factory=list)  # [t][i][u], as are vendor, age, cool, lock, maturity
    vendor: list = field(default_factory=list)
    age: list = field(default_factory=list)
    cool: list = field(default_factory=list)
    lock: list = field(default_factory=list)
    maturity: list = field(default_factory=list)
    reserve: list = field(default_factory=list)  # [t][i], cents
    staff: list = field(default_factory=list)  # [t][i], FTE, as are posts and freed
    posts: list = field(default_factory=list)
    freed: list = field(default_factory=list)
    data: list = field(default_factory=list)  # [t][i]
    trust: list = field(default_factory=list)  # [t][i]
    coop: list = field(default_factory=list)  # [t][i]
    offered: list = field(default_factory=list)  # [t][i][u], by the unit's group
    common_services: list = field(default_factory=list)  # [t][i]
    groups_offering: list = field(default_factory=list)  # [t]
    ledger: list = field(default_factory=list)  # [t][i], a Counter by names of FLOWS
    blocked: list = field(default_factory=list)  # [t][i], a Counter by (step, constraint)
    ever_short: list = field(default_factory=list)  # [t][i], the constraints of its attempts so far
    renewed: list = field(default_factory=list)  # [t][tenure class]
    switched: list = field(default_factory=list)  # [t][tenure class]
    tendered: list = field(default_factory=list)  # [t][tenure class], put to the market
    pilots_ended: list = field(default_factory=list)  # [t][u][one of PILOT_ENDS]
    vendor_price: list = field(default_factory=list)  # [t][v], as are the next five
    vendor_capacity: list = field(default_factory=list)
    vendor_projects: list = field(default_factory=list)
    vendor_active: list = field(default_factory=list)
    vendor_base: list = field(default_factory=list)
    vendor_demand: list = field(default_factory=list)
    programmes: list = field(default_factory=list)  # names, [k]
    programme_money: list = field(default_factory=list)  # [t][k], what Programme.money returns
    reach: list = field(default_factory=list)  # [t][k], counts by name of reach.REACH, [size class]
    start: dict = field(default_factory=dict)  # state before the first quarter, by name, [i]
    operated_before: list = field(default_factory=list)  # [i], a service before the results began

    def total(self, flow, units=None):
        """Sum of a flow over the chosen units (default all), by quarter."""
        chosen = range(len(self.world.units)) if units is None else units
        return [sum(quarter[i][flow] for i in chosen) for quarter in self.ledger]

    def by_size_class(self, flow):
        """Sums of a flow, [t][size class]."""
        classes = [[i for i, unit in enumerate(self.world.units) if unit.size_class == c]
                   for c in range(4)]
        return list(map(list, zip(*(self.total(flow, members) for members in classes))))

    def blocked_total(self, step, constraint):
        return [sum(unit[step, constraint] for unit in quarter) for quarter in self.blocked]

    def adopters(self):
        """Units with at least one use case in operation or scaled, by quarter."""
        return [sum(any(s >= OPERATION for s in unit) for unit in quarter)
                for quarter in self.stage]


class Now:
    """What every unit sees in one quarter: prices, series and the fields of K1."""

    def __init__(self, world, quarter, market, units, programmes=(), common=None):
        self.world, self.quarter, self.programmes = world, quarter, programmes
        self.macro_factor = world.macro_factor[quarter]
        self.certification = world.certification[quarter]
        self.compliance = world.compliance[quarter]
        self.price, self.active = list(market.price), list(market.active)
        self.base, self.region_base = installed_base(world, units)
        cases = range(len(world.use_cases))
        runs = [[cell.stage >= OPERATION for cell in unit.cells] for unit in units]
        self.runs = runs
        self.running = [sum(row[u] for row in runs) for u in cases]
        self.group_running = [[sum(runs[i][u] for i in group) for u in cases]
                              for group in world.groups]
        self.region_data = [sum(round_half_away(units[i].data * 2**20) for i in members)
                            / (2**20 * len(members)) for members in world.regions]
        self.pools = [[i for i in members if units[i].coop] for members in world.regions]
        for programme in programmes:
            programme.look(self, units)
        self.common = common
        if common is not None:
            common.look(self, units)

    def peer_share(self, i, u):  # [eq. 23]
        """S: half the neighbours' share, half the share of the IT-provider group."""
        if self.world.structure.peer_set == "global":
            return self.running[u] / len(self.world.units)
        group = self.world.group_of[i]
        members, neighbours = len(self.world.groups[group]), self.world.units[i].neighbours
        if not neighbours:
            return self.group_running[group][u] / members
        count = sum(self.runs[j][u] for j in neighbours)
        if members == 1 and not self.world.structure.lone_groups:
            return count / len(neighbours)
        return 0.5 * count / len(neighbours) + 0.5 * self.group_running[group][u] / members

    def mean_price(self, u):
        """Over active vendors that offer a use case; 1 if there is none."""
        listed = [price for v, price in enumerate(self.price)
                  if self.active[v] and self.world.offers(v, u)]
        return sum(listed, 0.0) / len(listed) if listed else 1.0

    def gains(self, i):
        return gains_of(self.programmes, i)

    def central_gain(self, i, u):
        """[eq. 59] Sum of the port CENTRAL over the programmes that act on a unit."""
        return sum((programme.gain[CENTRAL][i] for programme in self.programmes
                    if CENTRAL in programme.gain and u in programme.use_cases
                    and programme.acts_on(i, CENTRAL)), 0.0)

    def pool_members(self, unit):
        return len(self.pools[self.world.region_of[unit.index]])

    def pooled_scale(self, unit, exponent):  # [eq. 1]
        """ψ of a member: its population share of one project at pooled size, plus overhead."""
        p, k = self.world.parameters, self.world.coefficients
        pool = self.pools[self.world.region_of[unit.index]]
        inhabitants = sum(self.world.units[i].population for i in pool)
        return (elementary.pow(inhabitants / k.reference_population, exponent)
                * unit.inhabitants / inhabitants * (1 + p.coop_overhead * elementary.log2(len(pool))))

    def base_share(self, i, v):
        """Share of a vendor in the installed base that the unit looks at."""
        base = self.base
        if self.world.structure.peer_set == "network":
            base = self.region_base[self.world.region_of[i]]
        return base[v] / sum(base) if sum(base) else 0.0


class Market:
    """The vendors: serves orders (K4), learns, grows, exits and enters (K6)."""

    def __init__(self, world, draws):
        self.world, self.draws = world, draws
        slots = range(len(world.vendors))
        self.active = [True for _ in slots]
        self.projects = [0 for _ in slots]
        self.capacity = [float(world.vendors[v].capacity) for v in slots]
        self.price = [world.price(v, 0) for v in slots]
        self.demand = self.served = [0 for _ in slots]

    def serve(self, orders, units, quarter):
        """K4: the orders that find a slot, by priority at their vendor; common solutions need none."""
        result = [order for order in orders
                  if units[order.unit].is_common(order.use_case, order.vendor)]
        orders = [order for order in orders if not any(order is other for other in result)]
        self.demand = [sum(order.vendor == v for order in orders) for v in range(len(self.active))]
        for v in range(len(self.active)):
            queue = sorted((order for order in orders if order.vendor == v),
                           key=lambda order: self.priority(order, units, quarter))
            slots = len(queue)
            if self.world.structure.vendor_capacity:
                slots = min(slots, math.floor(self.capacity[v]))
            result += queue[:slots]
            for order in queue[slots:]:
                units[order.unit].blocked[PILOT_STEP, VENDOR_CAPACITY] += 1
        self.served = [sum(order.vendor == v for order in result) for v in range(len(self.active))]
        return result

    def priority(self, order, units, quarter):  # [eq. 35]
        unit, rule = units[order.unit], self.world.structure.slot_priority
        draw = self.draws.uniform(philox.SLOT_PRIORITY, unit.entity, order.use_case, quarter)
        size = unit.inhabitants
        key = {"size_weighted": (draw / (1 + size / self.world.coefficients.priority_population),),
               "random": (draw,), "large_first": (-size, draw), "small_first": (size, draw)}[rule]
        return key + (order.unit, order.use_case)

    def develop(self, base, quarter):
        """K6: prices fall with projects, capacity follows demand, slots empty and fill."""
        k = self.world.coefficients
        for v, vendor in enumerate(self.world.vendors):
            self.projects[v] += self.served[v]
            self.price[v] = self.world.price(v, self.projects[v])
            if self.world.structure.vendor_capacity and self.capacity[v] > 0:
                pull = min(max(self.demand[v] / self.capacity[v] - 1, k.capacity_fall),
                           k.capacity_rise)
                # [eq. 38]
                self.capacity[v] = max(1.0, self.capacity[v] * (1 + vendor.capacity_growth * pull))
            if self.active[v]:
                hazard = 0.0
                if vendor.base_minimum > 0:
                    # [eq. 39]
                    hazard = vendor.exit_rate * max(0.0, 1 - base[v] / vendor.base_minimum)
                self.active[v] = not self.draws.uniform(philox.VENDOR_EXIT, v, 0, quarter) < hazard
            elif base[v] == 0:
                entry = self.draws.uniform(philox.VENDOR_ENTRY, v, 0, quarter) < vendor.entry_rate
                if entry:
                    self.active[v], self.projects[v] = True, 0
                    self.capacity[v], self.price[v] = float(vendor.capacity), self.world.price(v, 0)


def installed_base(world, units):
    """Cells with a vendor, over all units [v] and by region [r][v]."""
    by_region = [[0] * len(world.vendors) for _ in world.regions]
    for unit in units:
        for cell in unit.cells:
            if cell.stage >= PILOT:
                by_region[world.region_of[unit.index]][cell.vendor] += 1
    return [sum(column) for column in zip(*by_region)], by_region


def commit(world, unit, intention):
    """K5: books the cost of an intention and changes the stage of its cell."""
    cell = unit.cells[intention.use_case]
    unit.reserve -= intention.cost - intention.grant
    unit.flow["own_spending"] += intention.cost - intention.grant
    unit.flow["grants_received"] += intention.grant
    if intention.programme is not None:
        intention.programme.pay(intention.grant)
    if intention.late:
        return
    if intention.step == PILOT_STEP:
        cell.cost = intention.cost if intention.grant == 0 else 0
        collapsed = world.structure.funnel == "collapsed"
        cell.stage = SCALED if collapsed else PILOT
        cell.maturity = 1.0 if collapsed else float32(world.parameters.pilot_share)
        cell.vendor, cell.age, cell.lock, cell.ready = intention.vendor, 0, 0.0, False
        unit.flow["pilots_started"] += 1
        unit.flow["operations_started"] += collapsed
        unit.ended[intention.use_case, "operation"] += collapsed
    elif intention.step == OPERATION_STEP:
        cell.stage, cell.age, cell.lock, cell.ready = OPERATION, 0, 0.0, False
        unit.flow["operations_started"] += 1
        unit.ended[intention.use_case, "operation"] += 1
    else:
        cell.stage = SCALED


def close_energy(world, unit, quarter):
    """Footprint, net energy and emissions, once the spending of the quarter is known."""
    flow = unit.flow
    flow["energy_footprint"] = round_half_away(1000 * (  # [eq. 41]
        unit.operation_kwh
        + world.coefficients.development_energy
        * ((flow["own_spending"] + flow["grants_received"]) / 100)))
    flow["energy_net"] = (flow["energy_gross"] - flow["energy_direct"] - flow["energy_indirect"]
                          - flow["energy_footprint"])
    heat = unit.heat_saved
    flow["emissions_net"] = round_half_away(  # [eq. 42]
        (flow["energy_net"] - heat) / 1000 * world.grid_intensity[quarter]
        + heat / 1000 * world.coefficients.heat_intensity)


def tenure_class(age):
    return sum(age >= 4 * years for years in TENURE_YEARS)


def observe(run, units, market):
    """K7: copies the state and the flows of the quarter."""
    for name in ("stage", "vendor", "age", "cool", "lock", "maturity"):
        getattr(run, name).append([[getattr(cell, name) for cell in unit.cells] for unit in units])
    for name in ("reserve", "staff", "posts", "freed", "data", "trust", "coop"):
        getattr(run, name).append([getattr(unit, name) for unit in units])
    run.ledger.append([unit.flow for unit in units])
    run.blocked.append([unit.blocked for unit in units])
    before = run.ever_short[-1] if run.ever_short else [frozenset()] * len(units)
    run.ever_short.append([lacked | {constraint for (_, constraint), count in unit.blocked.items() if count}
                           for lacked, unit in zip(before, units)])
    run.pilots_ended.append([[sum(unit.ended[u, how] for unit in units) for how in PILOT_ENDS]
                             for u in range(len(units[0].cells))])
    for name in ("renewed", "switched", "tendered"):
        classes = Counter()
        for unit in units:
            for (kind, age), count in unit.tenures.items():
                classes[tenure_class(age)] += count * (kind == name)
        getattr(run, name).append([classes[c] for c in range(len(TENURE_YEARS) + 1)])
    run.vendor_price.append(list(market.price))
    run.vendor_capacity.append(list(market.capacity))
    run.vendor_projects.append(list(market.projects))
    run.vendor_active.append(list(market.active))
    run.vendor_base.append(installed_base(run.world, units)[0])
    run.vendor_demand.append(list(market.demand))


def carry_out(world, market, programmes, intentions, units, quarter, reach):
    """K3 to K5: awards, delivery slots, then payment. Transitions need no slot."""
    intentions = award(programmes, intentions, units, reach)
    orders = [each for each in intentions if each.step == PILOT_STEP and not each.late]
    served = market.serve(orders, units, quarter)
    for each in served + [each for each in intentions if each.step != PILOT_STEP or each.late]:
        commit(world, units[each.unit], each)
    for each in orders:
        if each.programme is not None and not any(each is other for other in served):
            each.programme.restore(each)


def start_services(world, market, units):
    """Cells that run before the first quarter; all vendors are chosen before anybody has one."""
    now = Now(world, 0, market, units)
    for unit in units:
        unit.now = now
    chosen = [(unit.cells[u], unit.start_vendor(u)) for unit in units
              for u, case in enumerate(world.use_cases) if case.start_share > 0 and unit.available(u)]
    for cell, vendor in chosen:
        if vendor is not None:
            cell.stage, cell.vendor, cell.maturity = OPERATION, vendor, 1.0


def runs_a_service(world, unit):
    """An adopter: products alone make none."""
    return any(cell.stage >= OPERATION and not case.turnkey
               for cell, case in zip(unit.cells, world.use_cases))


def simulate(resolved, replicate, point=0, folder=".", scenario=None):
    """One replicate of a resolved experiment; a population file is looked for from `folder`.

    Without a name of a scenario it is the baseline, or the only one.
    """
    world = World(resolved, folder)
    draws = philox.Draws(philox.run_key(world.seed, point, replicate))
    units = [Municipality(world, i, draws) for i in range(len(world.units))]
    market = Market(world, draws)
    programmes = [Programme(world, name, row, draws)
                  for name, row in scenario_rows(resolved, scenario)]
    for programme in programmes:
        programme.first_stage = next(
            (each for each in programmes if each.name == programme.requires), None)
    reach = [Reach(programme) for programme in programmes]
    common = CommonSolutions(world, draws)
    run = Run(world, programmes=[programme.name for programme in programmes])
    run.start = {name: [getattr(unit, name) for unit in units]
                 for name in ("reserve", "staff", "data", "trust", "trust0", "innov")}
    start_services(world, market, units)
    run.operated_before = [runs_a_service(world, unit) for unit in units]
    for quarter in range(world.quarters):
        for programme in programmes:
            programme.clock(quarter)
        now = Now(world, quarter, market, units, programmes, common)
        intentions = [intention for unit in units for intention in unit.act(now)]
        carry_out(world, market, programmes, intentions, units, quarter, reach)
        for unit in units:
            close_energy(world, unit, quarter)
        market.develop(installed_base(world, units)[0], quarter)
        counts = [each.close(units, quarter) for each in reach]
        if quarter < world.spin_up:
            run.operated_before = [before or runs_a_service(world, unit)
                                   for before, unit in zip(run.operated_before, units)]
            continue
        observe(run, units, market)
        run.offered.append([[common.vendor_of(i, u) is not None for u in range(len(world.use_cases))]
                            for i in range(len(units))])
        run.common_services.append([sum(unit.is_common(u, cell.vendor) and cell.stage >= OPERATION
                                        for u, cell in enumerate(unit.cells)) for unit in units])
        run.groups_offering.append(sum(bool(offers) for offers in common.offered))
        run.programme_money.append([programme.money() for programme in programmes])
        run.reach.append(counts)
    return run


def main():
    parser = argparse.ArgumentParser(description="Runs the reference model on what "
                                     "'rathaus explain' printed and shows a summary by year.")
    parser.add_argument("resolved", type=Path, help="resolved, stand-alone experiment (TOML)")
    parser.add_argument("--scenario", help="default: the baseline")
    parser.add_argument("--replicate", type=int, default=0)
    arguments = parser.parse_args()
    with open(arguments.resolved, "rb") as file:
        resolved = tomllib.load(file)
    run = simulate(resolved, arguments.replicate, folder=arguments.resolved.parent,
                   scenario=arguments.scenario)
    print(f"{len(run.world.units)} units, {len(run.world.regions)} regions")
    print("quarter adopters pilots failed stranded operations discontinued reserve/EUR net/MWh")
    started = [run.total(name) for name in EVENTS[:5]] + [run.total("energy_net")]
    adopters = run.adopters()
    for t in range(3, len(run.stage), 4):
        year = [sum(flow[t - 3:t + 1]) for flow in started]
        print(f"{t:7d} {adopters[t]:8d} {year[0]:6d} {year[1]:6d} {year[2]:8d} {year[3]:10d} "
              f"{year[4]:12d} {sum(run.reserve[t]) / 100:11.0f} {year[5] / 1e6:7.1f}")


if __name__ == "__main__":
    main()
