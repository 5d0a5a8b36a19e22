#!/usr/bin/python3
"""Limiting cases of the reference (V1-V3, V10, V11), and its rival rules."""

import math
import tempfile
import unittest

from model_folder import in_file, one_use_case, resolve, vendors
from reference import LEDGER, simulate
from stocks import AWARE, NONE, SCALED


def limiting_case(units, quarters, parameters, seed=1, **structure):
    """One use case, collapsed funnel, nothing scarce, everybody sees everybody."""
    switches = {"funnel": "collapsed", "feasibility": False, "vendor_capacity": False,
                "peer_set": "global"} | structure
    return one_use_case(resolve(units=units, quarters=quarters, seed=seed, parameters=parameters,
                                structure=switches))


class LimitingCases(unittest.TestCase):
    def test_bass_without_imitation_is_geometric(self):
        """V1: F_t = 1 − (1 − p)^t, here within 4 standard errors."""
        p, units = 0.05, 800
        run = simulate(limiting_case(units, 20, {"aware_p": p, "aware_q": 0.0},
                                     decision_rule="bass"), 0)
        for t in (0, 9, 19):
            expected = 1 - (1 - p) ** (t + 1)
            error = math.sqrt(expected * (1 - expected) / units)
            self.assertLess(abs(run.adopters()[t] / units - expected), 4 * error)

    def test_bass_with_imitation(self):
        """V1: mean of 8 runs against F' = F + (p + qF)(1 − F); s.d. per run as in the ODD."""
        share = [simulate(limiting_case(400, 40, {"aware_p": 0.01, "aware_q": 0.1},
                                        decision_rule="bass"), k).adopters() for k in range(8)]
        for step, expected, spread in ((20, 0.40523, 0.0096), (40, 0.87866, 0.0055)):
            mean = sum(run[step - 1] for run in share) / (8 * 400)
            self.assertLess(abs(mean - expected),
                            4 * spread * math.sqrt(10_000 / (8 * 400)) + 0.002)

    def threshold_run(self, thresholds):
        count = len(thresholds)
        resolved = limiting_case(count, count + 2, {"u0": 0.0, "decision_rate": 1.0},
                                 decision_rule="threshold", start_aware=True)
        rows = [(f"{k:03}", "A", "R", 5000, tau) for k, tau in enumerate(thresholds)]
        with tempfile.TemporaryDirectory() as folder:
            resolved = in_file(resolved, "id,land,region,population,innov", rows, folder)
            return simulate(resolved, 0, folder=folder).adopters()

    def test_granovetters_ladder(self):
        """V2: exactly t adopters after t steps; without the second step it stops at one."""
        self.assertEqual(self.threshold_run([k / 40 for k in range(40)]),
                         list(range(1, 41)) + [40, 40])
        self.assertEqual(self.threshold_run([0, 2 / 40] + [k / 40 for k in range(2, 40)]), [1] * 42)

    def test_polya_urn(self):
        """V3b: with weights count + 1 the count after n arrivals is uniform on 0…n."""
        arrivals, runs = 16, 250
        counts = []
        for k in range(runs):
            resolved = vendors(limiting_case(
                arrivals, arrivals, {"u0": -1000.0, "innov_sd": 0.0, "decision_rate": 1.0,
                                     "beta_price": 0.0, "beta_fit": 0.0, "beta_incumbent": 0.0,
                                     "beta_open": 0.0, "beta_base": 1.0, "vendor_learn_rate": 0.0,
                                     "contract_quarters": 240},
                decision_rule="threshold", start_aware=True, arrivals="sequential",
                vendor_choice="logit_logcount"), price=1.0, exit_rate=0.0)
            rows = resolved["model"]["vendors"]["vendor"]
            resolved["model"]["vendors"]["vendor"] = [row | {"slots": 1} for row in rows[:2]]
            base = simulate(resolved, k).vendor_base[-1]
            self.assertEqual(sum(base), arrivals)
            counts.append(base[0])
        mean = sum(counts) / runs
        variance = sum((count - mean) ** 2 for count in counts) / (runs - 1)
        expected = arrivals * (arrivals + 2) / 12
        self.assertLess(abs(mean - arrivals / 2), 4 * math.sqrt(expected / runs))
        self.assertTrue(0.75 < variance / expected < 1.25)

    def test_adopters_grow_with_the_base_utility(self):
        """V10, pathwise: whoever runs a service still does at a higher u0."""
        def stages(u0):
            resolved = vendors(resolve(quarters=24, parameters={
                "u0": u0, "incident_rate": 0.0, "vendor_learn_rate": 0.0}, structure={
                    "funnel": "collapsed", "feasibility": False, "vendor_capacity": False}),
                exit_rate=0.0)
            return simulate(resolved, 0).stage

        low, high = stages(-0.5), stages(0.5)
        more = 0
        for t in range(24):
            for one, other in zip(sum(low[t], []), sum(high[t], [])):
                self.assertFalse(one == SCALED and other != SCALED)
                more += other == SCALED and one != SCALED
        self.assertGreater(more, 0)

    def test_no_capacity_no_launch(self):
        run = simulate(vendors(resolve(quarters=24), capacity=0), 0)
        self.assertEqual(sum(run.total("pilots_started")), 0)
        self.assertGreater(sum(run.blocked_total("pilot", "vendor capacity")), 0)
        self.assertEqual(run.vendor_capacity[-1], [0.0] * 12)

    def test_open_vendors_lock_nobody_in(self):
        run = simulate(vendors(resolve(quarters=60), openness=1.0), 0)
        self.assertGreater(sum(run.total("operations_started")), 0)
        self.assertEqual({x for t in range(60) for unit in run.lock[t] for x in unit}, {0.0})

    def test_no_graveyard_where_nothing_is_scarce(self):
        """V11: certain success, no data needed, ample money and staff."""
        resolved = vendors(resolve(quarters=40, parameters={
            "data0_mean": 0.9, "pilot_success": 1.0, "margin_eur_pc_q": 300.0,
            "post_share": 0.5}), exit_rate=0.0)
        rows = resolved["model"]["use_cases"]["use_case"]
        resolved["model"]["use_cases"]["use_case"] = [row | {"data_threshold": 0.0} for row in rows]
        run = simulate(resolved, 0)
        self.assertGreater(sum(run.total("operations_started")), 0)
        self.assertEqual(sum(run.total("pilots_failed")) + sum(run.total("pilots_stranded")), 0)

    def test_a_use_case_starts_when_it_becomes_available(self):
        resolved = resolve(quarters=24)
        rows = resolved["model"]["use_cases"]["use_case"]
        resolved["model"]["use_cases"]["use_case"] = rows[:1] + [
            row | {"available_from": "2023-Q1"} for row in rows[1:]]
        run = simulate(resolved, 0)
        self.assertEqual({s for unit in run.stage[7] for s in unit[1:]}, {NONE})
        self.assertIn(AWARE, {s for unit in run.stage[8] for s in unit[1:]})

    def test_every_rival_rule_runs_and_matters(self):
        """Each word of [structure] changes the run; cents and cells still add up."""
        words = ([("decision_rule", word) for word in ("threshold", "bass", "payback")]
                 + [("vendor_choice", word) for word in
                    ("logit_logcount", "argmax_count", "uniform")]
                 + [("slot_priority", word) for word in ("random", "large_first", "small_first")]
                 + [("rebound_form", word) for word in ("isoelastic", "none")]
                 + [("funnel", "collapsed"), ("peer_set", "global"), ("feasibility", False),
                    ("vendor_capacity", False), ("vendor_scale", False), ("start_aware", True)])
        plain = simulate(resolve(quarters=32), 0)
        for switch, word in words:
            with self.subTest(switch=switch, word=word):
                run = simulate(resolve(quarters=32, structure={switch: word}), 0)
                self.assertNotEqual((run.stage, run.vendor, run.reserve),
                                    (plain.stage, plain.vendor, plain.reserve))
                change = sum(run.reserve[-1]) - sum(run.start["reserve"])
                booked = {name: sum(run.total(name)) for name in LEDGER}
                self.assertEqual(change, booked["inflow"] + booked["retained_saving"]
                                 - booked["running_cost"] - booked["own_spending"]
                                 - booked["switching_cost"] - booked["forfeited"])


if __name__ == "__main__":
    unittest.main()
