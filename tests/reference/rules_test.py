#!/usr/bin/python3
"""Single rules of the reference against numbers worked out by hand."""

import math
import unittest
from collections import Counter
from types import SimpleNamespace

import philox
from model_folder import one_use_case, resolve, vendors
from municipality import Municipality
from reference import Market, Now, simulate
from stocks import AWARE, OPERATION, PILOT, SCALED, Cell
from world import World


def scene(changes=None, quarter=0, **arguments):
    """A world at its start: world, units, market, and what the units see in `quarter`."""
    resolved = resolve(quarters=40, parameters={"coop_join": 0.0} | (changes or {}), **arguments)
    world = World(resolved)
    draws = philox.Draws(philox.run_key(world.seed, 0, 0))
    units = [Municipality(world, i, draws) for i in range(len(world.units))]
    market = Market(world, draws)
    return world, units, market, Now(world, quarter, market, units)


class Costs(unittest.TestCase):
    # [eqs. 1, 9]
    def test_pooled_scale_and_shared_compliance(self):
        world, units, market, _ = scene(quarter=22)  # 2026-Q3, duties of deployers apply
        members = max(world.regions, key=len)[:3]
        for i in members:
            units[i].coop = True
        now = Now(world, 22, market, units)
        unit, alone = units[members[0]], units[members[0]].n ** 0.5
        unit.begin(now)
        pool = sum(world.units[i].population for i in members)
        pooled = math.sqrt(pool / 20_000) * unit.inhabitants / pool * (1 + 0.15 * math.log2(3))
        self.assertAlmostEqual(unit.scale, min(alone, pooled), places=14)
        self.assertLess(unit.scale, alone)
        self.assertAlmostEqual(unit.compliance(0), 0.3 * 3000 / 3)
        outsider = units[max(world.regions, key=len)[3]]
        outsider.begin(now)
        self.assertAlmostEqual(outsider.compliance(0), 0.3 * 3000)
        self.assertAlmostEqual(outsider.scale, math.sqrt(outsider.inhabitants / 20_000))

    # [eqs. 25, 26]
    def test_value_of_the_administration_row(self):
        _, units, _, now = scene()
        unit = units[7]
        unit.data = 0.25
        unit.begin(now)
        # cashable share x wage x staff saved, plus a price of energy that is not saved, in EUR/year
        benefit = unit.inhabitants * 0.35 * 75_000 * 4.0 * 0.08 / 1000
        prices = (5 * 0.9 + 3 * 1.1 + 2 * 1.0 + 2 * 1.0) / 12
        cost = 80_000 * math.sqrt(unit.inhabitants / 20_000) * prices * (1.2 + 5 * 0.2)
        self.assertAlmostEqual(unit.value(0), math.log(5 * benefit / cost), places=12)

    # [eqs. 5, 6, 8, 9]
    def test_running_service_in_cents_and_watt_hours(self):
        world, units, _, now = scene()
        unit = units[7]
        unit.cells[1] = Cell(stage=OPERATION, vendor=5, lock=0.5, maturity=0.5)
        unit.begin(now)
        before, c, inhabitants = unit.reserve, 0.4 * 0.5, unit.inhabitants
        unit.run_budget()
        gross = inhabitants * 450 / 4 * 0.12 * c
        freed = inhabitants / 1000 * 0.4 * 0.05 * c * 0.85
        saving = 0.35 * 75_000 * freed / 4 + 0.2 * gross * 0.85
        running = (0.2 * 110_000 * math.sqrt(inhabitants / 20_000) * 1.1 * 1.25 * 0.4 / 4)
        flow = unit.flow
        for name, expected in (("energy_gross", 1000 * gross), ("energy_direct", 150 * gross),
                               ("energy_indirect", 1000 * 0.4 * 0.8 * saving),
                               ("running_cost", 100 * running), ("retained_saving", 30 * saving)):
            self.assertLessEqual(abs(flow[name] - expected), 0.5 + 1e-6, name)
        self.assertAlmostEqual(unit.operation_kwh, inhabitants * 0.3 * 0.4 / 4 * 1.3)
        self.assertEqual(unit.reserve - before, flow["inflow"] + flow["retained_saving"]
                         - flow["running_cost"] - flow["forfeited"])


class Contracts(unittest.TestCase):
    def renewed(self, draw, gone=False, reserve=10**9):
        """A service with lock-in 0.4 at vendor 5 (price 1.1) at the end of a contract."""
        _, units, _, now = scene()
        unit = units[7]
        if gone:
            now.active[5] = False
        unit.begin(now)
        unit.reserve = reserve
        unit.cells[0] = cell = Cell(stage=OPERATION, age=12, vendor=5, lock=0.4, maturity=0.8)
        unit.uniform = lambda process, sub: draw
        unit.renew(0, cell, gone)
        return unit, cell

    # [eq. 36]
    def test_chance_of_a_switch(self):
        current = 5 * 0.2 * 0.4 * 1.1 * (1 + 0.5 * 0.4)
        # Best offer: -2 ln P + openness / 2, public open source 0.45, start-up 0.411.
        other = 5 * 0.2 * 0.4 * 1.0 + 0.6 * 0.4
        chance = 1 / (1 + math.exp(1.5 - 2 * math.log(current / other)))
        _, stayed = self.renewed(chance + 1e-9)
        self.assertEqual((stayed.vendor, stayed.lock), (5, 0.4))
        unit, left = self.renewed(chance - 1e-9)
        self.assertEqual((left.vendor, left.lock, left.age), (10, 0.0, 12))
        self.assertAlmostEqual(left.maturity, 0.8 * 0.8, places=6)
        self.assertEqual(unit.flow["switching_cost"], 10**9 - unit.reserve)
        self.assertAlmostEqual(unit.flow["switching_cost"] / 100,
                               0.6 * 0.4 * 80_000 * math.sqrt(unit.inhabitants / 20_000), places=1)

    def test_vendor_gone(self):
        _, moved = self.renewed(0.999, gone=True)
        self.assertEqual(moved.vendor, 10)
        unit, ended = self.renewed(0.999, gone=True, reserve=0)
        self.assertEqual((ended.stage, ended.cool), (AWARE, 8))
        self.assertEqual(unit.flow["services_discontinued"], 1)


class Vendors(unittest.TestCase):
    # [eq. 38]
    def test_capacity_follows_demand_within_bounds(self):
        _, _, market, _ = scene()
        market.capacity = [10.0] * 12
        market.demand = [0, 5, 8, 10, 12, 20, 40] + [0] * 5
        market.capacity[7] = 0.0
        market.develop([100] * 12, 0)
        for v, factor in enumerate((-0.3, -0.3, -0.2, 0, 0.2, 1, 1)):
            self.assertAlmostEqual(market.capacity[v], 10 * (1 + 0.15 * factor))
        self.assertEqual(market.capacity[7], 0)

    # [eq. 39]
    def test_start_ups_leave_and_new_ones_enter(self):
        resolved = vendors(resolve(), exit_rate=1.0, entry_rate=1.0, base_minimum=5039.0)
        world = World(resolved)
        market = Market(world, philox.Draws((1, 1)))
        market.served = market.demand = [3] * 12
        market.develop([0] + [60] * 11, 0)  # base_minimum is 60 in a world of 60 units
        self.assertEqual(market.active, [False] + [True] * 11)
        market.develop([1] + [60] * 11, 1)
        self.assertFalse(market.active[0])  # a slot with customers is not filled
        market.develop([0] + [60] * 11, 2)
        self.assertEqual((market.active[0], market.projects[0], market.price[0]), (True, 0, 0.9))
        self.assertEqual(market.projects[1], 9)


class Scarcity(unittest.TestCase):
    ample = {"margin_eur_pc_q": 300.0, "aware_p": 1.0, "decision_rate": 1.0, "u0": 200.0,
             "coop_join": 0.0, "rollout_rate": 1.0, "discont_rate": 0.0}

    # [eq. 31]
    def test_five_attempts_then_stranded(self):
        """Staff without end, but data that operation would need are out of reach."""
        resolved = one_use_case(resolve(quarters=18, parameters=self.ample | {
            "post_share": 1.0, "pilot_success": 1.0, "pilot_data_frac": 0.0, "data_spillover": 0.0,
            "data_budget_share": 0.0}, structure={"vendor_capacity": False}), data_threshold=1.0)
        run = simulate(vendors(resolved, exit_rate=0.0), 0)
        for i in range(60):
            self.assertEqual([run.stage[t][i][0] for t in range(18)],
                             [AWARE] + [PILOT] * 8 + [AWARE] * 8 + [PILOT])
        self.assertEqual(run.blocked_total("operation", "data"), [0] * 5 + [60] * 5 + [0] * 8)
        self.assertEqual(run.total("pilots_stranded")[9], 60)

    # [eq. 30]
    def test_a_claim_leaves_nothing_for_the_next(self):
        """Staff for one and a half pilots, two use cases: one starts, the other is blocked."""
        resolved = one_use_case(resolve(quarters=5, parameters=self.ample | {
            "effort_scale_exp": 1.0, "data_gap_cost": 0.0, "learning_by_doing": 0.0,
            "post_share": 0.45 / (0.8 * 0.014 * 20_000)}, structure={"vendor_capacity": False}),
            data_threshold=0.0)
        resolved["model"]["use_cases"]["use_case"] *= 2
        run = simulate(resolved, 0)
        for t in range(1, 5):
            for i in range(60):
                self.assertEqual(Counter(run.stage[t][i]), {PILOT: 1, AWARE: 1})
                self.assertEqual(run.blocked[t][i], {("pilot", "staff"): 1})

    # [eqs. 3, 32]
    def test_cost_of_roll_out(self):
        """Without any coverage in operation the roll-out pays all that the pilot did not."""
        resolved = one_use_case(resolve(quarters=14, parameters=self.ample | {
            "post_share": 1.0, "pilot_success": 1.0, "op_coverage": 0.0},
            structure={"vendor_capacity": False}), data_threshold=0.0)
        rich = simulate(vendors(resolved, exit_rate=0.0), 0)
        self.assertEqual({unit[0] for unit in rich.stage[9]}, {SCALED})
        cost = rich.ledger[9][0]["own_spending"]
        share = 0.7 * 80_000 * math.sqrt(rich.world.units[0].population / 20_000)
        price = rich.vendor_price[8][rich.vendor[9][0][0]]
        self.assertAlmostEqual(cost / 100, share * price, places=1)
        self.assertEqual(rich.ledger[5][0]["own_spending"], 0)  # no coverage, nothing to pay


class Decision(unittest.TestCase):
    # [eq. 23]
    def test_peer_share_is_half_neighbours_half_group(self):
        world, units, market, _ = scene()
        i = max(world.regions, key=len)[0]
        neighbours, group = world.units[i].neighbours, world.groups[world.group_of[i]]
        for j in set(neighbours[:3]) | {i}:
            units[j].cells[2] = Cell(stage=OPERATION, vendor=0)
        units[neighbours[4]].cells[2] = Cell(stage=PILOT, vendor=0)  # a pilot convinces nobody
        now = Now(world, 0, market, units)
        running = sum(units[j].cells[2].stage >= OPERATION for j in group)
        self.assertAlmostEqual(now.peer_share(i, 2),
                               (3 / len(neighbours) + running / len(group)) / 2)
        self.assertEqual(now.peer_share(i, 1), 0)

    # [eqs. 27-29]
    def test_chance_of_a_launch(self):
        """Utility by its parts: u0 0, value x, peers 2 S, doubt, risk 0.3, trust, the unit's ι."""
        _, units, _, now = scene()
        unit = units[7]
        unit.begin(now)
        unit.trust, unit.innov = 0.7, -0.2
        now.peer_share = lambda i, u: 0.3
        doubt = 1 - 0.3 / (0.3 + 0.2)
        utility = unit.value(0) + 2 * 0.3 - (doubt + 0.3) + (0.7 - 0.5) - 0.2
        chance = 0.3 / (1 + math.exp(-utility))
        unit.uniform = lambda process, sub: chance - 1e-9
        self.assertAlmostEqual(unit.decide(0), utility)
        unit.uniform = lambda process, sub: chance + 1e-9
        self.assertIsNone(unit.decide(0))

    # [eq. 30]
    def test_admission_names_everything_that_is_missing(self):
        _, units, _, now = scene()
        unit = units[0]
        unit.begin(now)
        unit.free, unit.money = 1.0, 100
        self.assertFalse(unit.admit("pilot", 2.0, 200, enough_data=False))
        self.assertEqual(unit.blocked, {("pilot", name): 1 for name in ("money", "staff", "data")})
        self.assertTrue(unit.admit("pilot", 1.0, 100))
        self.assertEqual((unit.free, unit.money), (0.0, 0))

    # [eq. 32]
    def test_roll_out_needs_half_of_the_staff_of_integration(self):
        _, units, _, now = scene()
        unit = units[7]
        unit.begin(now)
        unit.cells[0] = Cell(stage=OPERATION, age=4, vendor=0)
        unit.uniform = lambda process, sub: 0.0
        unit.money = 10**12
        for spare, admitted in ((-1e-6, 0), (1e-6, 1)):
            unit.free = 0.35 * unit.effort(0) + spare
            self.assertEqual(len(unit.roll_out()), admitted)


class People(unittest.TestCase):
    # [eqs. 16, 17]
    def test_trust_falls_in_an_incident_and_returns(self):
        _, units, _, now = scene()
        unit = units[7]
        unit.begin(now)
        unit.cells[5] = Cell(stage=OPERATION, vendor=0)  # risk 0.8
        unit.trust = before = unit.trust0 + 0.1
        unit.uniform = lambda process, sub: 0.008 + 1e-9
        unit.update_trust()
        self.assertAlmostEqual(unit.trust, before + 0.05 * (-0.1 + 0.1 / 8))
        self.assertEqual(unit.flow["incidents"], 0)
        unit.uniform = lambda process, sub: 0.008 - 1e-9
        unit.trust = before
        unit.update_trust()
        self.assertAlmostEqual(unit.trust, before - 0.15 + 0.05 * (0.05 + 0.1 / 8))
        self.assertEqual(unit.flow["incidents"], 1)

    # [eq. 44]
    def test_start_data_shares_half_its_luck_with_money(self):
        world, units, _, _ = scene(changes={"data0_sd": 0.02})
        run, fixed = units[0].draws, philox.Draws(philox.world_key(world.seed))
        for unit in units:
            z_data = run.normal(philox.TRAITS, unit.entity, 0, 0)
            z_fiscal = fixed.normal(philox.WORLD, unit.entity, 0, 0)
            mean = 0.30 + 0.10 * math.log10(unit.inhabitants / 2000)
            self.assertAlmostEqual(unit.data,
                                   mean + 0.02 * (math.sqrt(0.75) * z_data + 0.5 * z_fiscal))


if __name__ == "__main__":
    unittest.main()
