#!/usr/bin/python3
"""[doubt]: what a study has that says nothing of what is not known, and how it is left out."""

import csv
import os
import re
import tempfile
import unittest
from pathlib import Path

import harness

harness.skip_without("h5py", "numpy")
import h5py  # noqa: E402
import numpy as np  # noqa: E402

SOURCE = Path(os.environ["RATHAUS_SOURCE"])
STUDY = """title = "doubt"
model = "germany"
[population]
units = 40
[time]
quarters = 32
""" + harness.two_programmes(200_000) + """[replicates]
at_least = 5
"""


class Doubt(harness.InFolder):
    @classmethod
    def setUpClass(cls):
        cls.kept = tempfile.TemporaryDirectory()
        cls.model = harness.model_of_one_rule(cls.kept.name)
        cls.study = STUDY.replace('"germany"', f'"{cls.model}"')

    @classmethod
    def tearDownClass(cls):
        cls.kept.cleanup()

    def setUp(self):
        super().setUp()
        self.write("s.toml", self.study)

    def run_study(self, name, *sets):
        arguments = [part for one in sets for part in ("--set", one)]
        self.rathaus("run", "s.toml", "-o", name, "--quiet", *arguments)
        return h5py.File(self.folder / name)

    def test_a_study_without_a_word_has_48_points_of_the_ensemble_and_of_effects(self):
        with self.run_study("a.h5") as file:
            self.assertEqual(np.asarray(file.attrs["doubt"]).astype(str), "shipped")
            self.assertEqual(file["point"].shape[0], 48)
            self.assertEqual(set(file["run_replicate"][:]), {0})
            names = [n.decode() for n in file["parameters/parameter"][:]]
            with open(SOURCE / "models/germany/ensemble.csv", encoding="utf-8") as rows:
                vectors = list(csv.DictReader(rows))
            joint = [n for n in names if n in vectors[0]]
            self.assertEqual(len(joint), 26)
            # whole vectors: every point is a row of the file
            rows = {tuple(float(v[n]) for n in joint) for v in vectors}
            drawn = np.array([file[f"parameters/{n}"][:] for n in joint]).T
            self.assertTrue(all(tuple(point) in rows for point in drawn))
            self.assertGreater(len({tuple(point) for point in drawn}), 30)
            # effects and prices that the catalogue knows, not what the experiment chose
            self.assertEqual(set(names) - set(joint), {"programme.advice.ports.aware", "programme.advice.ports.coop",
                                                      "programme.advice.unit_cost"})
            for number in set(names) - set(joint):
                cube = file["parameters/unit_cube"][:, names.index(number)]
                self.assertEqual(sorted(int(48 * u) for u in cube), list(range(48)))

    def test_replicates_that_are_set_and_not_used_are_told(self):
        told = self.rathaus("check", "s.toml", "--set", "replicates.at_least=8").stderr
        self.assertIn("warning: --set replicates.at_least=8: replicates.at_least has no effect (the shipped doubt runs 1 at "
                      "each of its 48 points) set doubt.replicates, or doubt=none", told)
        for sets in ((), ("--set", "doubt.replicates=8"), ("--set", "replicates.at_least=8", "--set", "doubt=none")):
            self.assertNotIn("has no effect", self.rathaus("check", "s.toml", *sets).stderr)

    def test_the_points_are_the_same_for_any_threads_and_others_for_another_seed(self):
        self.run_study("a.h5", "doubt.points=6").close()
        self.rathaus("run", "s.toml", "-o", "b.h5", "--quiet", "--threads", "1", "--set", "doubt.points=6")
        self.assertEqual(self.digest("a.h5"), self.digest("b.h5"))
        self.write("again.toml", self.told("explain", "a.h5"))
        self.assertIn('doubt = "shipped"', self.told("explain", "a.h5"))
        self.rathaus("run", "again.toml", "-o", "c.h5", "--quiet")
        with h5py.File(self.folder / "c.h5") as file:
            self.assertEqual(np.asarray(file.attrs["doubt"]).astype(str), "shipped")
        self.assertEqual(self.digest("a.h5"), self.digest("c.h5"))
        self.run_study("d.h5", "doubt.points=6", "random.seed=9").close()
        self.assertNotEqual(self.digest("a.h5"), self.digest("d.h5"))

    def test_none_gives_the_study_at_the_defaults(self):
        with self.run_study("a.h5", "doubt=none") as file:
            self.assertEqual(file["point"].shape[0], 1)
            self.assertEqual(file["run"].shape[0], 10)
        told = self.told("check", "s.toml", "--set", "doubt=none")
        self.assertIn("doubt       none: one vector, chance alone", told)
        self.assertIn("x 5 replicates", told)

    def test_what_is_asked_for_is_what_runs(self):
        told = self.told("check", "s.toml", "--set", "doubt={ points = 12, replicates = 2, effects = false }")
        self.assertIn("x 12 points x 2 replicates", told)
        self.assertIn("doubt       shipped with the model: 12 points of 600 vectors, 2 replicates each", told)
        self.assertIn("[replicates] is not used", told)
        told = self.told("check", "s.toml", "--pilot", "2")
        self.assertIn("48 points of 600 vectors and the ranges of 3 more numbers, 1 replicate each", told)
        self.assertIn("told from zero by 48 runs", told)

    def test_an_own_design_and_a_model_without_an_ensemble_have_no_shipped_doubt(self):
        own = '[uncertain]\nu0 = "range"\n[design]\nmethod = "latin_hypercube"\npoints = 3\n'
        self.write("own.toml", self.study + own)
        self.assertIn("doubt       the experiment's own", self.told("check", "own.toml"))
        self.assertIn("x 3 points x 5 replicates", self.told("check", "own.toml"))
        told = self.told("check", "s.toml", "--set", "structure.decision_rule=payback")
        self.assertIn("the model ships no ensemble for this decision rule", told)
        # a vector is drawn whole, or not at all
        told = self.told("check", "s.toml", "--set", "parameters.u0=0.5")
        self.assertIn("doubt: none, since the experiment sets u0 itself", told)
        self.assertIn("x 5 replicates", told)

    def test_own_numbers_come_on_top_of_the_shipped_doubt(self):
        own = '[uncertain]\nwait_share = "range"\n"programme.advice.unit_cost" = { uniform = [1_000, 2_000] }\n'
        self.write("own.toml", self.study + own)
        told = self.told("check", "own.toml")
        self.assertIn("48 points of 600 vectors and the ranges of 4 more numbers", told)
        self.assertIn("of 2 numbers of programmes over their ranges and of 2 numbers of the experiment's own", told)
        self.rathaus("run", "own.toml", "-o", "own.h5", "--quiet", "--set", "doubt.points=6")
        self.rathaus("run", "s.toml", "-o", "s.h5", "--quiet", "--set", "doubt.points=6")
        with h5py.File(self.folder / "own.h5") as mine, h5py.File(self.folder / "s.h5") as shipped:
            numbers, lent = ([name.decode() for name in file["parameters/parameter"][:]] for file in (mine, shipped))
            self.assertEqual(set(numbers) - set(lent), {"wait_share"})
            self.assertEqual(numbers[-2:], ["wait_share", "programme.advice.unit_cost"])
            for name in lent[:20]:      # the vectors are those of the study without them
                np.testing.assert_array_equal(mine[f"parameters/{name}"][:], shipped[f"parameters/{name}"][:])
            price = mine["parameters/programme.advice.unit_cost"][:]
            self.assertTrue(((price >= 1_000) & (price <= 2_000)).all())
            self.assertEqual(len(set(price)), 6)
        # resolved it stands alone
        self.write("resolved.toml", self.told("explain", "own.h5"))
        self.rathaus("run", "resolved.toml", "-o", "again.h5", "--quiet")
        self.assertEqual(self.digest("again.h5"), self.digest("own.h5"))
        self.write("twice.toml", self.study + '[uncertain]\nu0 = "range"\n')
        self.assertIn("uncertain lets u0 vary, which the shipped ensemble holds", self.refused("check", "twice.toml"))
        for sets in (["doubt=none"], ["structure.decision_rule=payback"], ["parameters.u0=0.5"]):
            arguments = [part for one in sets for part in ("--set", one)]
            self.assertIn("has no [design]", self.refused("check", "own.toml", *arguments))
        self.write("both.toml", 'doubt = "shipped"\n' + self.study + own + '[design]\nmethod = "latin_hypercube"\npoints = 3\n')
        self.assertIn("doubt stands beside [uncertain] (a study has one doubt", self.refused("check", "both.toml"))

    def test_a_priced_programme_that_nobody_pays_is_odd(self):
        self.assertNotIn("costs nothing", self.told("check", "s.toml"))
        self.write("free.toml", re.sub(r"budget = .*\n", "", self.study))
        self.assertRegex(self.told("check", "free.toml"), r"odd +programme 'advice' of \w+: it costs nothing in this study, though a supported unit "
                                                         r"has a price of [\d_]+ EUR a quarter \(without a budget nobody pays\) give it a budget")

    def test_bad_input(self):
        for sets, message in (
                (["doubt=non"], "doubt = \"non\" is no choice (did you mean 'none'?)"),
                (["doubt=3"], "doubt is the number 3"),
                (["doubt.points=1"], "doubt.points = 1 is out of range (2 to 100000)"),
                (["doubt.pionts=3"], "unknown key 'doubt.pionts' (did you mean 'points'?)"),
                (["doubt.points=9", "structure.decision_rule=payback"],
                 "doubt has nothing to draw from (the model ships no ensemble_payback.csv)"),
                (["output.panel={ replicates = [1], every = 4 }"],
                 "output.panel records replicates that are not run (the shipped doubt runs 1")):
            arguments = [part for one in sets for part in ("--set", one)]
            self.assertIn(message, self.refused("check", "s.toml", *arguments))
        self.write("own.toml", self.study + '[doubt]\npoints = 4\n[uncertain]\nu0 = "range"\n'
                   '[design]\nmethod = "latin_hypercube"\npoints = 3\n')
        self.assertIn("doubt stands beside [uncertain]", self.refused("check", "own.toml"))

    def test_run_shows_ranges_over_the_points(self):
        told = self.told("run", "s.toml", "--set", "doubt.points=24")
        self.assertIn("24 points of what is not known, 1 run each", told)
        self.assertIn("from the 1st to the 24th of 24 points: chance and ignorance together", told)
        self.assertRegex(told, r"by the end of 2025 +\d+ \(\d+ to \d+\)")


if __name__ == "__main__":
    unittest.main()
