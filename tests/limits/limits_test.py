#!/usr/bin/python3
"""The model where its answer is known, through the product: each limiting case of
experiments/verification at two settings or more, and wrong expectations that each check rejects.

RATHAUS names the program, RATHAUS_SOURCE the source tree. Seeds are fixed, so the outcome is too;
for a fresh seed a right program would fail a comparison at most once in 10,000
(python/rathaus/verification/chance.py).
"""

import copy
import importlib.util
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

for package in ("numpy", "scipy", "h5py"):
    if not importlib.util.find_spec(package):
        print(f"skipped: python3-{package} is missing")
        sys.exit(77)

RATHAUS = os.environ["RATHAUS"]
SOURCE = Path(os.environ["RATHAUS_SOURCE"])
sys.dont_write_bytecode = True

import numpy as np  # noqa: E402

from rathaus.verification import adoption, chance, effects, funnel, urns  # noqa: E402
from rathaus.verification.cases import CHECKS  # noqa: E402
from rathaus.verification.study import EXPERIMENTS, run  # noqa: E402


class Limits(unittest.TestCase):
    def study(self, case, *sets):
        with tempfile.TemporaryDirectory() as folder:
            return run(RATHAUS, EXPERIMENTS / f"{case}.toml", sets, Path(folder) / "result.h5")

    def holds(self, case, *sets):
        """The study of a case, all of whose comparisons pass."""
        study = self.study(case, *sets)
        rows = CHECKS[case](study).rows
        self.assertGreater(len(rows), 2)
        for row in rows:
            self.assertTrue(row.passed, f"{case} {sets}: {row}")
        return study

    def rejects(self, case, study, what=None, **wrong):
        """Expectations of other parameters fail, in the row whose name begins with `what`."""
        other = copy.deepcopy(study)
        for name, value in wrong.items():
            self.assertIn(name, other.number)
            other.number[name] = value
        failed = [row.quantity for row in CHECKS[case](other).rows if not row.passed]
        self.assertTrue(failed, f"{case} accepts {wrong}")
        if what:
            self.assertTrue(any(name.startswith(what) for name in failed),
                            f"{wrong}: only {failed}")


class Adoption(Limits):
    def bass_within(self, study, times, published=None):
        """|F - recursion| < .005: more than five standard errors for 10^6 units x runs."""
        p, q = study.number["aware_p"], study.number["aware_q"]
        limit = adoption.bass_recursion(p, q, study.quarters)
        share = study.adopters().mean(axis=0) / study.units
        for k, t in enumerate(times):
            self.assertLess(abs(share[t - 1] - limit[t]), 0.005, t)
            if published:
                self.assertAlmostEqual(limit[t], published[k], delta=5e-6)

    # [eqs. 23, 29]
    def test_bass(self):
        study = self.holds("bass")
        self.assertEqual((study.units, study.runs), (10_000, 100))
        self.bass_within(study, (20, 40, 80), (0.40523, 0.87866, 0.99869))
        self.rejects("bass", study, aware_p=0.0102)
        self.rejects("bass", study, aware_q=0.102)

    def test_bass_elsewhere(self):
        study = self.holds("bass", "parameters.aware_p=0.03", "parameters.aware_q=0.38",
                           "population.units=20000", "replicates.at_least=50", "time.quarters=24")
        self.bass_within(study, (6, 12, 24))
        self.rejects("bass", study, aware_q=0.39)

    def test_bass_without_imitation(self):
        study = self.holds("bass", "parameters.aware_p=0.07", "parameters.aware_q=0",
                           "population.units=900", "replicates.at_least=60", "time.quarters=32")
        mean, spread = adoption.bass_moments(900, 0.07, 0.0, 32)
        share = 1 - 0.93 ** np.arange(33)
        np.testing.assert_allclose(mean, 900 * share, atol=1e-8)
        np.testing.assert_allclose(spread ** 2, 900 * share * (1 - share), atol=1e-6)
        self.rejects("bass", study, aware_q=0.01)

    # [eq. 29]
    def test_ladder(self):
        study = self.holds("granovetter_ladder")
        np.testing.assert_array_equal(study.adopters()[0, :100], np.arange(1, 101))
        self.rejects("granovetter_ladder", study, u0=0.01)

    def test_broken_ladder(self):
        study = self.holds("granovetter_ladder",
                           f"population.file={EXPERIMENTS / 'ladder_broken.csv'}")
        self.assertTrue((study.adopters() == 1).all())
        self.rejects("granovetter_ladder", study, u0=-0.01)

    # [eq. 29]
    def test_normal_thresholds_below_the_jump(self):
        study = self.holds("granovetter_normal")
        self.assertFalse((study.adopters()[:, -1] > study.units / 2).any())
        self.rejects("granovetter_normal", study, innov_sd=0.13)
        self.rejects("granovetter_normal", study, innov_sd=0.11)

    def test_normal_thresholds_above_the_jump(self):
        study = self.holds("granovetter_normal", "parameters.innov_sd=0.13",
                           "population.units=5000", "replicates.at_least=60")
        self.assertTrue((study.adopters()[:, -1] > study.units / 2).all())
        self.rejects("granovetter_normal", study, innov_sd=0.12)

    def test_normal_thresholds_where_chance_decides(self):
        study = self.holds("granovetter_normal", "population.units=200",
                           "parameters.innov_sd=0.122", "replicates.at_least=500",
                           "time.quarters=150")
        large = (study.adopters()[:, -1] > 100).mean()
        self.assertTrue(0.02 < large < 0.98, large)
        self.rejects("granovetter_normal", study, u0=0.26)


class Vendors(Limits):
    # [eqs. 33, 34]
    def test_symmetry(self):
        study = self.holds("vendor_symmetry")
        study.arrays["vendor_base"] = np.sort(study["vendor_base"], axis=2)
        self.rejects("vendor_symmetry", study)

    def test_symmetry_by_counts_with_room(self):
        study = self.holds("vendor_symmetry", "structure.vendor_choice=logit_logcount",
                           "parameters.beta_base=1", "structure.vendor_capacity=false",
                           "structure.peer_set=global", "random.seed=44")
        study.arrays["vendor_base"][:, :, 0] += study["vendor_base"][:, :, 1] // 3
        self.rejects("vendor_symmetry", study)

    # [eq. 34]
    def test_polya(self):
        study = self.holds("polya_urn", "time.quarters=60", "population.units=60")
        self.rejects("polya_urn", study, "their variance", beta_base=0.8)
        study.arrays["vendor_base"] = study["vendor_base"][:, :, ::-1] + 1
        self.rejects("polya_urn", study, "customers in all")

    def test_polya_elsewhere(self):
        study = self.holds("polya_urn", "parameters.beta_base=0.4", "time.quarters=40",
                           "population.units=50", "replicates.at_least=2500")
        self.rejects("polya_urn", study, beta_base=0.6)

    def test_share_urn_tips(self):
        study = self.holds("share_urn", "time.quarters=90", "population.units=90")
        self.rejects("share_urn", study, "choices", beta_base=3.3)

    def test_share_urn_rests(self):
        study = self.holds("share_urn", "parameters.beta_base=1.5", "time.quarters=80",
                           "population.units=80")
        self.rejects("share_urn", study, beta_base=1.1)

    # [eq. 34]
    def test_arthur(self):
        study = self.holds("arthur_walk", "time.quarters=100", "population.units=100")
        self.rejects("arthur_walk", study, "mean of min", beta_fit=5.5)

    def test_arthur_cut_short(self):
        study = self.holds("arthur_walk", "parameters.beta_fit=3.8", "parameters.beta_base=0.5",
                           "time.quarters=60", "population.units=60")
        self.assertLess(sum(urns.absorption(8, 60)), 0.7)
        self.rejects("arthur_walk", study, "choices of the loser", beta_fit=3.3)


class Effects(Limits):
    DETOURS = ("parameters.respend_share=0.4", "coefficients.respending_energy=0.8",
               "coefficients.development_energy=0.15")

    # [eqs. 5-9]
    def test_linear(self):
        study = self.holds("linear_rebound")
        study.use_cases[2]["direct_rebound"] = 0.500001
        self.rejects("linear_rebound", study, "R of half_rebound")

    # [eq. 7]
    def test_isoelastic(self):
        study = self.holds("isoelastic_rebound")
        self.rejects("isoelastic_rebound", self.holds("isoelastic_rebound", *self.DETOURS),
                     "footprint", development_energy=0.1501)
        study.rule["rebound_form"] = "linear"
        self.rejects("isoelastic_rebound", study, "R of tenth_saved")

    # [eqs. 3, 5-9, 40-42]
    def test_all_flows_through_a_whole_funnel(self):
        for case in ("linear_rebound", "isoelastic_rebound"):
            study = self.holds(case, *self.DETOURS, "structure.funnel=full", "time.quarters=48",
                               "parameters.rollout_rate=0.3", "parameters.vendor_learn_rate=0.15",
                               "parameters.data_gap_cost=2", "parameters.effort_scale_exp=0.7")
            self.rejects(case, study, "indirect", respend_share=0.4001)
            self.rejects(case, study, "gross", op_coverage=0.41)
            self.rejects(case, study, "footprint", effort_scale_exp=0.71)

    def test_backfire(self):
        study = self.holds("linear_rebound", "coefficients.development_energy=50")
        quarters = (study["energy_net"][0] < 0).any(axis=1).sum()
        self.assertTrue(0 < quarters < study.quarters, quarters)
        self.rejects("linear_rebound", study, "quarters with backfire", development_energy=0.0)

    def test_no_rebound(self):
        study = self.holds("linear_rebound", "structure.rebound_form=none")
        np.testing.assert_array_equal(study["energy_net"], study["energy_gross_saving"])


class Stocks(Limits):
    # [eqs. 10, 13-15, 46]
    def test_zero_ai(self):
        study = self.holds("zero_ai")
        for row, wrong in (("reserves", {"margin_eur_pc_q": 1.0001}),
                           ("reserves", {"reserve_cap_q": 7.999}),
                           ("data", {"data_decay": 0.0101}),
                           ("data", {"data_unit_cost_eur": 150_001.0}),
                           ("staff", {"post_share": 0.00801})):
            self.rejects("zero_ai", study, row, **wrong)
        study.arrays["services"][0, 3, 1, 1] += 1
        self.rejects("zero_ai", study, "cells")

    def test_zero_ai_elsewhere(self):
        self.holds("zero_ai", "parameters.data_decay=0", "parameters.margin_log_sd=1.2",
                   "parameters.margin_eur_pc_q=0.37", "parameters.hire_rate=0.2",
                   "parameters.trust0_sd=0.1", "time.quarters=150")

    # [eqs. 12, 13, 15, 17, 19, 20, 37]
    def test_closed_forms(self):
        study = self.holds("closed_forms")
        for row, wrong in (("lock-in", {"lock_rate": 0.0801}),
                           ("maturity", {"maturity_rate": 0.1001}),
                           ("maturity", {"pilot_share": 0.3001}), ("data", {"data_decay": 0.01001}),
                           ("staff", {"hire_rate": 0.0801}),
                           ("staff", {"learning_by_doing": 0.0021}),
                           ("trust", {"trust_revert": 0.0501}), ("trust", {"trust_gain": 0.1001}),
                           ("price", {"vendor_learn_rate": 0.1501}),
                           ("cells", {"pilot_quarters": 5.0})):
            self.rejects("closed_forms", study, row, **wrong)

    def test_closed_forms_elsewhere(self):
        self.holds("closed_forms", "parameters.pilot_quarters=2", "parameters.lock_rate=0.2",
                   "parameters.data_learn=0.01", "parameters.trust_revert=0.2",
                   "time.start=2021-Q4", "parameters.rollout_rate=0.3",
                   "parameters.vendor_learn_rate=0.3")


class Funnel(Limits):
    # [eqs. 21, 22, 24, 29, 32]
    def test_markov(self):
        study = self.holds("markov_funnel", "replicates.at_least=20")
        for wrong in ({"aware_p": 0.053}, {"decision_rate": 0.33}, {"u0": 0.6}, {"beta_risk": 0.9},
                      {"pilot_quarters": 5.0}, {"rollout_rate": 0.2},
                      {"rollout_wait_quarters": 5.0},
                      {"discont_rate": 0.013}, {"trust0_mean": 0.7}):
            self.rejects("markov_funnel", study, **wrong)
        self.rejects("markov_funnel", study, "share of pilots", pilot_success=0.72)

    def test_markov_elsewhere(self):
        self.holds("markov_funnel", "parameters.pilot_quarters=2", "parameters.pilot_success=0.5",
                   "parameters.rollout_rate=0.4", "parameters.u0=2", "time.start=2023-Q1",
                   "structure.start_aware=true", "parameters.discont_rate=0.05")

    # [eqs. 1, 25-30]
    def test_size_neutrality(self):
        self.holds("size_neutrality")
        self.holds("size_neutrality", "parameters.margin_log_sd=0", "parameters.pilot_success=0.9",
                   "time.quarters=30", "random.seed=99")

    def test_traces_of_size(self):
        for trace in ("parameters.effort_scale_exp=0.9", "parameters.effort_scale_exp=1.1"):
            self.rejects("size_neutrality", self.study("size_neutrality", trace))


class CommonSolutions(Limits):
    # [eqs. 26, 29, 73, 74]
    def test_a_common_solution_costs_nothing(self):
        study = self.holds("common_solution")
        for row, wrong in (("use cases", {"offer_rate": 0.6}), ("launches", {"decision_rate": 0.22}),
                           ("own spending", {"pilot_share": 0.3001}),
                           ("running cost", {"lock_markup": 0.3001})):
            self.rejects("common_solution", study, row, **wrong)

    def test_elsewhere(self):
        study = self.holds("common_solution", "random.seed=4", "parameters.offer_rate=0.15", "parameters.coop_join=0",
                           "parameters.effort_scale_exp=0.7", "parameters.data_gap_cost=2", "time.quarters=60")
        self.rejects("common_solution", study, "own spending", effort_scale_exp=0.71)
        study.arrays["panel/cell_offered"][0, 40, 7] = 0  # a unit is left out for a quarter
        self.rejects("common_solution", study, "cells under an offer")


class Formulas(unittest.TestCase):
    """The expectations themselves, where they were published or can be counted by hand."""

    def test_bass_of_two_units(self):
        mean, _ = adoption.bass_moments(2, 0.1, 0.4, 2)
        alone = 0.9 ** 2
        self.assertAlmostEqual(mean[1], 0.2)
        self.assertAlmostEqual(mean[2], alone * 0.2 + 0.18 * (1 + 0.3) + 0.01 * 2)

    def test_fixed_points_of_normal_thresholds(self):
        for spread, share in ((0.10, 0.0077), (0.12, 0.04021), (0.122, 0.05479), (0.1223, 1.0)):
            self.assertAlmostEqual(adoption.fixed_point(0.25, spread), share, delta=5e-5)

    def test_stopping_of_two_units(self):
        law = adoption.stopping(2, np.array([0.3, 0.6, 1.0]))
        np.testing.assert_allclose(law, [0.49, 2 * 0.3 * 0.4, 0.27])

    def test_urns(self):
        law = urns.urn(40, lambda k, n: (k + 1) / (n + 2))[40]
        np.testing.assert_allclose(law, np.full(41, 1 / 41))
        for beta, share in ((3, 0.92928), (4, 0.97875), (1.5, 0.5)):
            self.assertAlmostEqual(urns.stable_share(beta), share, delta=5e-6)

    def test_absorption_takes_the_square_of_the_barrier(self):
        for barrier in (1, 2, 5):
            when = urns.absorption(barrier, 3000)
            self.assertAlmostEqual(when @ np.arange(3001), barrier ** 2, places=9)

    def test_rebound(self):
        for saving, share in ((0.1, 0.191661), (0.3, 0.172529), (1e-6, 0.2), (0.0, 0.2)):
            rebound = float(effects.rebound_of("isoelastic", np.array(saving), 0.2))
            self.assertAlmostEqual(rebound, share, delta=1e-6)

    def test_chain_keeps_its_cells_and_time_to_awareness(self):
        number = {"pilot_quarters": 4, "rollout_wait_quarters": 4, "aware_p": 0.05,
                  "discont_rate": 0.01, "pilot_success": 0.7, "rollout_rate": 0.15}
        step, stage = funnel.chain(number, 0.2)
        np.testing.assert_allclose(step.sum(axis=1), 1)
        state, quarters = np.eye(len(stage))[0], 0.0
        for _ in range(2000):
            quarters += state[0]
            state = state @ step
        self.assertAlmostEqual(quarters, 20)

    def test_verdicts(self):
        self.assertTrue(chance.near("", 1.0, 1.04, 0.01, "").passed)
        self.assertFalse(chance.near("", 1.0, 1.05, 0.01, "").passed)
        self.assertFalse(chance.near("", 1.0, 1.1, 0.0, "").passed)
        self.assertFalse(chance.counted("", 80, 100, 0.5, "").passed)
        self.assertTrue(chance.counted("", 65, 100, 0.5, "").passed)
        uneven = chance.distributed("", np.array([60, 140]), np.array([0.5, 0.5]), "")
        self.assertFalse(uneven.passed)
        self.assertFalse(chance.exact("", 1, 1 + 1e-15, "").passed)
        self.assertFalse(chance.within("", 0.0, float("nan"), 1.0, "").passed)


class Script(unittest.TestCase):
    def verify(self, *arguments, status=0):
        ended = subprocess.run([sys.executable, "-m", "rathaus", "verify", "--rathaus", RATHAUS, *arguments],
                               capture_output=True, text=True,
                               env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"})
        self.assertEqual(ended.returncode, status, ended.stdout + ended.stderr)
        return ended.stdout + ended.stderr

    def test_table_and_status(self):
        text = self.verify("zero_ai", "granovetter_ladder", "--set", "time.quarters=20", "--strict")
        self.assertIn("15 comparisons, 0 failed", text)
        wrong = ("size_neutrality", "--set", "parameters.effort_scale_exp=0.5")
        self.assertIn("FAILED", self.verify(*wrong))
        self.verify(*wrong, "--strict", status=2)

    def test_wrong_usage(self):
        self.assertIn("there is no case riot", self.verify("riot", status=1))
        misspelt = self.verify("zero_ai", "--set", "parameters.lock_rat=1", status=1)
        self.assertIn("parameters.lock_rat", misspelt)
        self.assertIn("whole", self.verify("arthur_walk", "--set", "parameters.beta_fit=4", "--set",
                                           "replicates.at_least=2", status=1))
        absent = self.verify("zero_ai", "--rathaus", "/no/such/program", status=1)
        self.assertIn("is no program", absent)

    def test_ladders_are_those_beside_the_experiment(self):
        self.assertEqual(self.verify("--ladder", "100"), (EXPERIMENTS / "ladder.csv").read_text())
        self.assertEqual(self.verify("--ladder", "100", "--without", "1"),
                         (EXPERIMENTS / "ladder_broken.csv").read_text())

    @unittest.skipUnless(importlib.util.find_spec("matplotlib"), "python3-matplotlib is missing")
    def test_figures_are_the_same_every_time(self):
        with tempfile.TemporaryDirectory() as folder:
            drawn = []
            for force in ((), ("--force",)):
                self.verify("zero_ai", "--figures", folder, *force)
                drawn.append((Path(folder) / "zero_ai.svg").read_bytes())
            self.assertIn("is not empty", self.verify("zero_ai", "--figures", folder, status=1))
        self.assertEqual(*drawn)
        self.assertIn(b"mean data readiness", drawn[0])

    def test_every_case_is_an_experiment(self):
        self.assertEqual(sorted(CHECKS), sorted(path.stem for path in EXPERIMENTS.glob("*.toml")))


if __name__ == "__main__":
    unittest.main(verbosity=2)  # names what is skipped, and why
