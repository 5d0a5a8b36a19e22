#!/usr/bin/python3
"""The shipped doubt over rival theories: an ensemble for each decision rule, verdicts that hold under every one."""

import csv
import json
import os
import shutil
import tempfile
import unittest
from pathlib import Path

import harness

harness.skip_without("h5py", "numpy", "pandas", "xarray")
import h5py  # noqa: E402
import numpy as np  # noqa: E402

SOURCE = Path(os.environ["RATHAUS_SOURCE"])
import rathaus  # noqa: E402

STUDY = """title = "theories"
model = "MODEL"
[question]
text = { en = "Is the grant taken?", de = "Wird der Zuschuss genommen?" }
metric = "programmes/awarded"
[population]
units = 40
[time]
quarters = 32
[doubt]
points = 6
""" + harness.two_programmes(2_000_000)
RULES = ["logit", "threshold", "payback"]
THEORIES = [f"decision_rule={rule}" for rule in RULES]
DOUBT = "[doubt]\npoints = 6\n"


def vectors(path):
    with open(path, encoding="utf-8") as rows:
        return list(csv.DictReader(rows))


def write_vectors(path, names, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, names, extrasaction="ignore", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


class Theories(harness.InFolder):
    """Every test has the same model: Germany with three ensembles, of which that of the threshold rule holds other numbers."""

    @classmethod
    def setUpClass(cls):
        cls.kept = tempfile.TemporaryDirectory()
        cls.model = harness.model_of_one_rule(cls.kept.name)
        rows = vectors(cls.model / "ensemble.csv")
        names = [n for n in rows[0] if n not in ("particle", "distance", "threshold_mean") and not n.startswith("statistic.")]
        write_vectors(cls.model / "ensemble.csv", names, rows)
        cls.names = [n for n in names if n != "weight"]
        write_vectors(cls.model / "ensemble_payback.csv", names, rows[100:150])
        write_vectors(cls.model / "ensemble_threshold.csv", [n for n in names if n != "u0"] + ["threshold_mean"],
                      [row | {"threshold_mean": 0.2 + 0.001 * i} for i, row in enumerate(rows[:60])])
        cls.study = STUDY.replace("MODEL", str(cls.model))

    @classmethod
    def tearDownClass(cls):
        cls.kept.cleanup()

    def setUp(self):
        super().setUp()
        self.write("s.toml", self.study)

    def run_study(self, name, *sets, experiment="s.toml"):
        arguments = [part for one in sets for part in ("--set", one)]
        self.rathaus("run", experiment, "-o", name, "--quiet", *arguments)
        return h5py.File(self.folder / name)

    def other_model(self, *without, **files):
        """A copy of the model without some files and with others."""
        model = self.folder / "other"
        shutil.rmtree(model, ignore_errors=True)
        shutil.copytree(self.model, model, ignore=lambda _, names: [n for n in names if n in without])
        for name, text in files.items():
            (model / f"{name}.csv").write_text(text, encoding="utf-8")
        self.write("other.toml", self.study.replace(str(self.model), "other"))
        return "other.toml"

    def test_each_theory_has_vectors_of_its_own_and_the_same_effects(self):
        with self.run_study("a.h5") as file, self.run_study("one.h5", "doubt.theories=false") as one:
            self.assertEqual([n.decode() for n in file["alternative"][:]], THEORIES)
            self.assertEqual([n.decode() for n in file["theory_decision_rule"][:]], RULES)
            self.assertEqual(file["run"].shape[0], 2 * 3 * 6)
            group = file["parameters"]
            numbers = [n.decode() for n in group["parameter"][:]]
            joint, effects = numbers[:len(self.names) + 1], numbers[len(self.names) + 1:]
            self.assertEqual(joint, [*self.names, "threshold_mean"])
            cube = group["unit_cube_by_theory"][:]
            self.assertEqual(cube.shape, (3, 6, len(numbers)))
            for theory, name in enumerate(("ensemble.csv", "ensemble_threshold.csv", "ensemble_payback.csv")):
                held = vectors(self.model / name)
                mine = [n for n in joint if n in held[0]]
                drawn = np.array([group[f"{n}_by_theory"][theory] for n in mine]).T
                rows = {tuple(float(v[n]) for n in mine) for v in held}
                self.assertTrue(all(tuple(point) in rows for point in drawn), name)
                for n in joint:
                    self.assertEqual(np.isnan(cube[theory][:, numbers.index(n)]).all(), n not in mine, (name, n))
            # what a theory does not draw is what its rules say
            self.assertEqual(set(group["u0_by_theory"][1]), {group["u0_by_theory"].attrs["default"]})
            mean = group["threshold_mean_by_theory"]
            self.assertEqual(set(mean[[0, 2]].ravel()), {mean.attrs["default"]})
            for n in effects:
                self.assertEqual(group[n].shape, (6,))
                np.testing.assert_array_equal(group[n][:], one[f"parameters/{n}"][:])
                self.assertTrue((cube[..., numbers.index(n)] == cube[0, :, numbers.index(n)]).all())
            # the first theory is the study without the others, bit for bit
            first = file["run_alternative"][:] == 0
            for name in ("adopters", "services", "programmes/paid"):
                np.testing.assert_array_equal(file[name][:][first], one[name][:])
            self.assertIn("unit_cube", one["parameters"])
            self.assertFalse(np.array_equal(file["adopters"][:][first],
                                            file["adopters"][:][file["run_alternative"][:] == 1]))

    def test_the_same_for_threads_shards_resumption_and_the_resolved_experiment(self):
        self.run_study("a.h5").close()
        digest = self.digest("a.h5")
        self.rathaus("run", "s.toml", "-o", "b.h5", "--quiet", "--threads", "1")
        self.assertEqual(self.digest("b.h5"), digest)
        for part in (1, 2):
            self.rathaus("run", "s.toml", "-o", "c.h5", "--quiet", "--shard", f"{part}/2")
        self.rathaus("merge", "c.h5.shards/1-of-2.cases", "c.h5.shards/2-of-2.cases", "-o", "c.h5", "--quiet")
        self.assertEqual(self.digest("c.h5"), digest)
        self.write("again.toml", self.told("explain", "a.h5"))
        with self.run_study("d.h5", experiment="again.toml") as file:
            self.assertEqual(np.asarray(file.attrs["doubt"]).astype(str), "shipped")
        self.assertEqual(self.digest("d.h5"), digest)
        # a second replicate is computed, the first is taken over
        self.run_study("e.h5", "doubt.replicates=2").close()
        self.rathaus("run", "s.toml", "-o", "b.h5", "--quiet", "--resume", "--set", "doubt.replicates=2")
        self.assertEqual(self.digest("b.h5"), self.digest("e.h5"))

    def test_a_theory_of_the_opposite_sign_makes_no_verdict_hold(self):
        self.run_study("a.h5").close()
        answer = self.answer("a.h5")
        (both,) = (d for d in answer["across_theories"] if d["scenario"] == "both")
        self.assertEqual((both["verdict"], both["points"], both["wanted_at"]), ("holds", 18, 18))
        self.assertEqual(len(both["gains"]), 18)
        self.assertEqual(answer["better"], None)                    # one design is no better one
        self.assertIn("over all theories, over 'none'", self.told("compare", "a.h5"))
        self.assertRegex(self.told("compare", "a.h5"), r"both +holds \(18 of 18\)")
        with h5py.File(self.folder / "a.h5", "r+") as file:         # under the second theory the two change places
            scenario = file["run_scenario"][:]
            scenario[file["run_alternative"][:] == 1] ^= 1
            file["run_scenario"][:] = scenario
        answer = self.answer("a.h5")
        told = [d["verdict"] for d in answer["designs"] if d["scenario"] == "both"]
        self.assertEqual(told, ["holds", "harms", "holds"])
        (both,) = (d for d in answer["across_theories"] if d["scenario"] == "both")
        self.assertEqual((both["verdict"], both["wanted_at"], both["unwanted_at"]), ("mixed", 12, 6))
        gains = np.sort(both["gains"])
        self.assertEqual((both["gain"]["low"], both["gain"]["high"]), (gains[0], gains[-1]))
        self.assertLess(gains[0], 0)
        text = self.told("compare", "a.h5")
        self.assertRegex(text, r"both +depends on the theory \(12 of 18, worse at 6\)")
        self.assertIn("'both': holds under 'decision_rule=logit'; harms under 'decision_rule=threshold'; "
                      "holds under 'decision_rule=payback'", text)
        self.assertIn("hängt von der Theorie ab", self.told("compare", "a.h5", "--lang", "de"))
        only = self.told("compare", "a.h5", "--theory", "threshold")
        self.assertNotIn("over all theories", only)
        self.assertRegex(only, r"both +harms")

    def answer(self, name):
        return json.loads(self.told("compare", name, "--format", "json"))["answer"]

    def test_effects_are_told_of_the_numbers_that_a_theory_draws(self):
        self.run_study("a.h5", "doubt.points=8").close()
        for design in self.answer("a.h5")["designs"]:
            if design["scenario"] == "none":
                continue
            told = {effect["number"] for effect in design["effects"]}
            self.assertEqual("u0" in told, design["theory"] != THEORIES[1])
            self.assertEqual("threshold_mean" in told, design["theory"] == THEORIES[1])
        self.assertIn("each theory has an ensemble of its own", self.refused("sensitivity", "a.h5"))

    def test_check_tells_what_it_costs_and_what_is_left_out(self):
        told = self.told("check", "s.toml")
        self.assertIn("runs        36 (2 scenarios x 3 theories x 6 points x 1 replicates)", told)
        self.assertIn("6 points of each of 600 vectors of decision_rule=logit and 60 vectors of decision_rule=threshold and 50 vectors "
                      "of decision_rule=payback", told)
        self.assertIn("rival theories and never averaged", told)
        self.assertNotIn("mean threshold", told)                     # its ensemble brings one
        self.assertNotIn("warning", self.rathaus("check", "s.toml").stderr)
        doubt = json.loads(self.told("check", "s.toml", "--format", "json"))["doubt"]
        self.assertEqual((doubt["theories"], doubt["vectors"]), (THEORIES, [600, 60, 50]))
        # an experiment that chooses its rule has that rule
        for rule in RULES:
            told = self.told("check", "s.toml", "--set", f"structure.decision_rule={rule}")
            self.assertIn("runs        12 (2 scenarios x 6 points x 1 replicates)", told)
            self.assertIn(f"doubt: the rule {rule} alone, since the experiment sets structure.decision_rule itself", told)
        told = self.rathaus("check", "s.toml", "--set", "structure.decision_rule=payback", "--set", "doubt.theories=true").stderr
        self.assertIn("doubt.theories has no effect (the experiment sets structure.decision_rule itself)", told)
        self.assertIn("1 replicates", self.told("check", "s.toml", "--set", "doubt.theories=false"))
        # a number of one ensemble that the experiment sets itself costs that theory, a number of its own rule the doubt
        told = self.told("check", "s.toml", "--set", "parameters.threshold_mean=0.3")
        self.assertIn("doubt: without the rule threshold, since the experiment sets threshold_mean itself", told)
        self.assertIn("x 2 theories", told)
        self.assertIn("doubt: none, since the experiment sets u0 itself", self.told("check", "s.toml", "--set", "parameters.u0=0.5"))

    def test_check_in_german(self):
        other = self.other_model(ensemble_treshold="u0\n1\n")
        told = self.rathaus("check", other, "--lang", "de")
        self.assertIn("6 Punkte aus jeweils 600 Vektoren für decision_rule=logit und 60 Vektoren für decision_rule=threshold und 50 "
                      "Vektoren für decision_rule=payback und den Spannen von 3 weiteren Zahlen, je 1 Wiederholung", told.stdout)
        self.assertIn("6 Punkte aus jeweils ensemble.csv und ensemble_threshold.csv und ensemble_payback.csv", told.stdout)
        self.assertIn("model enthält ensemble_treshold.csv: ein Ensemble zu keiner Entscheidungsregel", told.stderr)

    def test_the_first_look_is_over_the_points_of_all_theories_and_shows_each(self):
        with self.run_study("a.h5") as file:
            share = file["adopters"][:, 19].sum(axis=1) / file["units"][:].sum()    # end of 2025
            theory, first = file["run_alternative"][:], file["run_scenario"][:] == 0
        told = self.told("info", "a.h5")
        self.assertIn("3 theories x 6 points of what is not known, 1 run each", told)
        self.assertIn("of 18 points: chance and ignorance together, 3 theories", told)
        lines = [line.split() for line in told.splitlines() if line.startswith("by the end of 2025")]
        self.assertEqual(int(lines[0][5]), round(100 * np.median(share[first])))
        each = [int(lines[1][at]) for at in (5, 9, 13)]
        self.assertEqual(each, [round(100 * np.median(share[first & (theory == a)])) for a in range(3)])

    def test_bad_input(self):
        other = self.other_model("ensemble_threshold.csv", "ensemble_payback.csv")
        told = self.rathaus("check", other, "--set", "doubt.theories=true").stderr
        self.assertIn("doubt.theories has no effect (the model ships one ensemble, that of the decision rule logit)", told)
        self.assertNotIn("warning", self.rathaus("check", other, "--set", "doubt.theories=false").stderr)
        self.assertIn("doubt.theories", self.refused("check", other, "--set", "doubt.theories=2"))
        other = self.other_model("ensemble_payback.csv", ensemble_treshold="u0\n1\n", ensemble_logit="u0\n1\n")
        told = self.rathaus("check", other).stderr
        self.assertIn("ships ensemble_treshold.csv, which is the ensemble of no decision rule and not read", told)
        self.assertIn("did you mean 'ensemble_threshold.csv'?", told)
        self.assertIn("ships ensemble_logit.csv", told)
        self.assertIn("x 2 theories", self.told("check", other))
        other = self.other_model("ensemble_payback.csv", ensemble_payback="u0,beta_pear\n1,2\n")
        told = self.refused("check", other)
        self.assertIn("beta_pear", told)
        self.assertIn("ensemble_payback.csv", told)

    def test_an_own_design_may_have_an_ensemble_for_each_theory(self):
        files = ", ".join(f'"{self.model}/{name}"' for name in ("ensemble.csv", "ensemble_payback.csv"))
        own = self.study.replace(DOUBT, "[replicates]\nat_least = 1\n") + f"[uncertain]\nensemble = [{files}]\n" + \
            'lock_rate = "range"\n[design]\nmethod = "latin_hypercube"\npoints = 4\n'
        rivals = '[alternatives]\ndecision_rule = ["logit", "payback"]\n'
        self.write("own.toml", own + rivals)
        with self.run_study("own.h5", experiment="own.toml") as file:
            self.assertEqual(file["parameters/u0_by_theory"].shape, (2, 4))
            self.assertEqual(file["parameters/lock_rate"].shape, (4,))
        for rest, theories in (("", "1 theory"), (rivals.replace('"payback"', '"payback", "bass"'), "3 theories")):
            self.write("own.toml", own + rest)
            self.assertIn(f"names 2 files for {theories}", self.refused("check", "own.toml"))
        self.write("own.toml", own.replace(files, "") + rivals)
        self.assertIn("uncertain.ensemble is empty", self.refused("check", "own.toml"))

    def test_the_points_are_read_by_package_and_page(self):
        self.run_study("a.h5").close()
        with rathaus.open(self.folder / "a.h5") as result:
            points = result.parameters()
        self.assertEqual((points.index.names, len(points)), (["theory", "point"], 18))
        self.rathaus("check", "s.toml", "--design", "points.csv")
        with open(self.folder / "points.csv", encoding="utf-8") as rows:
            written = list(csv.DictReader(rows))
        self.assertEqual([row["theory"] for row in written], [t for t in THEORIES for _ in range(6)])
        for row, (_, point) in zip(written, points.iterrows()):
            for name in points:
                if row[name]:
                    self.assertAlmostEqual(float(row[name]), point[name], delta=1e-9 * abs(point[name]))
        self.assertEqual({name for name in points if not written[6][name]}, {"u0"})


if __name__ == "__main__":
    unittest.main()
