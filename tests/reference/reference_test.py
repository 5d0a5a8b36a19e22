#!/usr/bin/python3
"""Is the reference itself right? Conservation in one ordinary run, and closed forms (V4-V6, V8)."""

import math
import unittest
from collections import Counter

import population
from model_folder import one_use_case, resolve, vendors
from reference import simulate
from stocks import AWARE, NO_VENDOR, NONE, OPERATION, PILOT, SCALED, direct_rebound, float32
from world import World


class Bookkeeping(unittest.TestCase):
    """One ordinary run: 60 units, 20 years, all mechanisms on."""

    @classmethod
    def setUpClass(cls):
        cls.run_ = simulate(resolve(units=60, quarters=80), 0)

    def cells(self):
        """(t, i, u, stage before, stage after), starting from an empty world."""
        before = [[NONE] * 8 for _ in range(60)]
        for t, after in enumerate(self.run_.stage):
            for i in range(60):
                for u in range(8):
                    yield t, i, u, before[i][u], after[i][u]
            before = after

    # [eq. 58]
    def test_every_cent_is_accounted_for(self):
        before = self.run_.start["reserve"]
        for t, after in enumerate(self.run_.reserve):
            for i in range(60):
                flow = self.run_.ledger[t][i]
                self.assertEqual(after[i] - before[i],
                                 flow["inflow"] + flow["retained_saving"] - flow["running_cost"]
                                 - flow["own_spending"] - flow["switching_cost"]
                                 - flow["forfeited"])
            before = after
        for name in ("retained_saving", "own_spending", "switching_cost", "forfeited"):
            self.assertGreater(sum(self.run_.total(name)), 0, name)

    def test_every_transition_is_counted_once(self):
        moves = Counter()
        for t, _, _, before, after in self.cells():
            if before != after:
                moves[t, before, after] += 1
        kinds = {kind[1:] for kind in moves}
        self.assertEqual(kinds, {(NONE, AWARE), (AWARE, PILOT), (PILOT, AWARE),
                                 (PILOT, OPERATION), (OPERATION, SCALED), (OPERATION, AWARE),
                                 (SCALED, AWARE)})
        for t in range(80):
            total = {name: self.run_.total(name)[t] for name in (
                "pilots_started", "pilots_failed", "pilots_stranded", "operations_started",
                "services_discontinued")}
            self.assertEqual(total["pilots_started"], moves[t, AWARE, PILOT])
            self.assertEqual(total["operations_started"], moves[t, PILOT, OPERATION])
            self.assertEqual(total["pilots_failed"] + total["pilots_stranded"],
                             moves[t, PILOT, AWARE])
            self.assertEqual(total["services_discontinued"],
                             moves[t, OPERATION, AWARE] + moves[t, SCALED, AWARE])

    def test_only_cells_with_a_project_have_a_vendor(self):
        for t, i, u, _, after in self.cells():
            vendor = self.run_.vendor[t][i][u]
            self.assertEqual(vendor == NO_VENDOR, after < PILOT)
        for t, base in enumerate(self.run_.vendor_base):
            self.assertEqual(sum(base), sum(s >= PILOT for unit in self.run_.stage[t]
                                            for s in unit))

    def test_no_vendor_serves_more_than_its_slots(self):
        capacity, projects = [1.0] * 12, [0] * 12
        for t in range(80):
            served = [now - then for now, then in zip(self.run_.vendor_projects[t], projects)]
            self.assertEqual(sum(served), self.run_.total("pilots_started")[t])
            for v in range(12):
                self.assertLessEqual(served[v], min(self.run_.vendor_demand[t][v],
                                                    math.floor(capacity[v])))
            self.assertEqual(sum(self.run_.vendor_demand[t]) - sum(served),
                             self.run_.blocked_total("pilot", "vendor capacity")[t])
            capacity, projects = self.run_.vendor_capacity[t], self.run_.vendor_projects[t]

    def test_stocks_stay_in_their_ranges(self):
        for t in range(80):
            self.assertTrue(all(0 <= x <= 1 for x in self.run_.data[t] + self.run_.trust[t]))
            self.assertGreaterEqual(min(self.run_.staff[t]), 0)

    # [eq. 42]
    def test_energy_adds_up(self):
        flows = [unit for quarter in self.run_.ledger for unit in quarter]
        for flow in flows:
            self.assertEqual(flow["energy_net"], flow["energy_gross"] - flow["energy_direct"]
                             - flow["energy_indirect"] - flow["energy_footprint"])
        gross, direct = (sum(self.run_.total(name)) for name in ("energy_gross", "energy_direct"))
        self.assertTrue(0.10 < direct / gross < 0.35)  # between the smallest and the largest ε

    def test_a_replicate_is_repeated_and_another_differs(self):
        again = simulate(resolve(units=60, quarters=80), 0)
        other = simulate(resolve(units=60, quarters=80), 1)
        self.assertEqual((again.stage, again.reserve), (self.run_.stage, self.run_.reserve))
        self.assertNotEqual(other.stage, self.run_.stage)
        self.assertEqual([u.fiscal for u in other.world.units],
                         [u.fiscal for u in self.run_.world.units])


class ClosedForms(unittest.TestCase):
    def test_zero_ai(self):
        """V5, V8: no awareness, no cells; stocks follow their closed forms."""
        run = simulate(resolve(quarters=40, parameters={
            "aware_p": 0.0, "aware_q": 0.0, "data_spillover": 0.0, "coop_join": 0.0}), 0)
        p, world = run.world.parameters, run.world
        for i, unit in enumerate(world.units):
            self.assertEqual({s for t in range(40) for s in run.stage[t][i]}, {NONE})
            money = p.data_budget_share * p.margin_eur_pc_q * unit.population * unit.fiscal
            scale = (unit.population / 20_000) ** p.effort_scale_exp
            a = 1 - math.exp(-money / (p.data_unit_cost_eur * scale))
            limit = a / (a + p.data_decay)
            for t in (0, 10, 39):
                kept = (1 - a - p.data_decay) ** (t + 1)
                self.assertAlmostEqual(run.data[t][i],
                                       limit + (run.start["data"][i] - limit) * kept, places=12)
            posts = p.post_share * 14 * unit.population / 1000
            self.assertAlmostEqual(
                run.staff[39][i] / (posts * p.hire_rate / (p.hire_rate + p.turnover_rate)), 1,
                places=12)
            self.assertAlmostEqual(run.trust[39][i], run.start["trust"][i], places=12)
            inflow = run.ledger[0][i]["inflow"]
            self.assertEqual(inflow, population.round_half_away(
                100 * unit.population * unit.fiscal * 0.85))
            cap = population.round_half_away(100 * 8 * unit.population * unit.fiscal)
            for t in range(40):
                self.assertEqual(run.reserve[t][i],
                                 min(run.start["reserve"][i] + (t + 1) * inflow, cap))
        self.assertEqual(sum(run.total("energy_net")), 0)

    # [eq. 37]
    def test_price_after_the_reference_number_of_projects(self):
        world = World(resolve())
        for v, vendor in enumerate(world.vendors):
            for doublings in (0, 1, 2):
                projects = vendor.learning_projects * (2**doublings - 1)
                self.assertAlmostEqual(world.price(v, projects),
                                       vendor.price * (1 - 0.15) ** doublings, places=12)

    def timeline(self, success):
        """Certain decisions: every unit launches as soon as it may."""
        resolved = one_use_case(vendors(resolve(quarters=40, parameters={
            "aware_p": 1.0, "decision_rate": 1.0, "u0": 200.0, "pilot_success": success,
            "rollout_rate": 1.0, "discont_rate": 0.0, "incident_rate": 0.0,
            "contract_quarters": 240}, structure={
                "feasibility": False, "vendor_capacity": False}), exit_rate=0.0),
            data_threshold=0.0)
        return simulate(resolved, 0)

    # [eq. 22]
    def test_certain_success_in_time(self):
        run = self.timeline(1.0)
        p = run.world.parameters
        for i in range(60):
            stages = [run.stage[t][i][0] for t in range(40)]
            self.assertEqual(stages, [AWARE] + [PILOT] * 4 + [OPERATION] * 4 + [SCALED] * 31)
            for t in range(5, 40):
                steps = t - 5
                self.assertEqual(run.age[t][i][0], steps)
                openness = run.world.vendors[run.vendor[t][i][0]].openness
                self.assertAlmostEqual(run.lock[t][i][0],
                                       1 - (1 - p.lock_rate * (1 - openness)) ** steps, places=6)
                self.assertAlmostEqual(run.maturity[t][i][0],
                                       1 - (1 - p.pilot_share) * (1 - p.maturity_rate) ** steps,
                                       places=6)
        self.assertEqual(run.total("operations_started")[5], 60)
        self.assertEqual(sum(run.total("pilots_failed")), 0)

    # [eq. 22]
    def test_certain_failure_in_time(self):
        run = self.timeline(0.0)
        cycle = [PILOT] * 4 + [AWARE] * 8
        for i in range(60):
            self.assertEqual([run.stage[t][i][0] for t in range(40)],
                             [AWARE] + cycle * 3 + [PILOT] * 3)
        self.assertEqual(run.total("pilots_failed")[5], 60)

    # [eq. 7]
    def test_isoelastic_rebound(self):
        """V4, with the numbers of the ODD."""
        self.assertAlmostEqual(direct_rebound("isoelastic", 0.1, 0.2), 0.191661, places=6)
        self.assertAlmostEqual(direct_rebound("isoelastic", 0.3, 0.2), 0.172529, places=6)
        self.assertAlmostEqual(direct_rebound("isoelastic", 1e-7, 0.2), 0.2, places=6)
        self.assertEqual(direct_rebound("isoelastic", 0.0, 0.2), 0.2)
        self.assertEqual(direct_rebound("linear", 0.3, 0.2), 0.2)
        self.assertEqual(direct_rebound("none", 0.3, 0.2), 0.0)

    # [eq. 20]
    def test_storage_of_lock_in(self):
        self.assertEqual(float32(0.5), 0.5)
        self.assertEqual(float32(0.1), 0.10000000149011612)


if __name__ == "__main__":
    unittest.main()
