#!/usr/bin/python3
"""Calibration as a user types it: known numbers are found again, the same bits come from any number of
threads and after a kill, and whole vectors are drawn from what was found."""

import csv
import os
import signal
import subprocess
import time
import unittest
from pathlib import Path

import harness

harness.skip_without("h5py", "numpy", "xarray")
import h5py  # noqa: E402
import numpy as np  # noqa: E402
import xarray as xr  # noqa: E402

SOURCE = Path(os.environ["RATHAUS_SOURCE"])
WORLD = f"""model = "{SOURCE}/models/verification/one_service"
[population]
units = 150
[time]
quarters = 20
[random]
seed = 7
[structure]
decision_rule = "bass"
funnel = "collapsed"
feasibility = false
vendor_capacity = false
peer_set = "global"
"""
PRIORS = """[uncertain]
aware_p = { log_uniform = [0.005, 0.1] }
aware_q = { uniform = [0.0, 0.6] }
lock_rate = { uniform = [0, 0.2] }
"""
CALIBRATION = """[calibration]
patterns = "p.toml"
particles = 200
"""
TRUTH = {"aware_p": 0.02, "aware_q": 0.25}
QUARTERS = {4: "2022-Q1", 9: "2023-Q2", 14: "2024-Q3", 19: "2025-Q4"}


def pattern(name, quarter, target, tolerance=0.05, more=""):
    return f"""[[pattern]]
id = "{name}"
title = "share of adopters"
role = "calibration"
grade = "D"
source = "synthetic"
statistic = "ratio"
of = {{ sum = "adopters", per = "units" }}
quarter = "{quarter}"
target = {target}
tolerance = {tolerance}
{more}"""


def weighted_quantile(values, weights, share):
    order = np.argsort(values)
    return values[order][np.searchsorted(np.cumsum(weights[order]), share)]


class Calibrate(harness.InFolder):
    def setUp(self):
        super().setUp()
        # the data: one run of another seed, with known numbers
        self.write("data.toml", 'title = "data"\n' + WORLD.replace("seed = 7", "seed = 424242")
                   + "[parameters]\n" + "".join(f"{k} = {v}\n" for k, v in TRUTH.items()))
        self.rathaus("run", "data.toml", "--quiet")
        with h5py.File(self.folder / "data.h5") as file:
            share = file["adopters"][0].sum(axis=1) / file["units"][:].sum()
        self.write("p.toml", "".join(pattern(f"F{t}", q, share[t]) for t, q in QUARTERS.items()))
        self.write("c.toml", 'title = "bass"\n' + WORLD + PRIORS + CALIBRATION)

    def calibrate(self, name, *more):
        self.rathaus("calibrate", "c.toml", "-o", name, "--quiet", *more)
        return self.digest(name)

    def test_known_numbers_are_found_again_and_a_number_without_influence_keeps_its_prior(self):
        self.calibrate("post.h5", "--csv", "e.csv")
        with h5py.File(self.folder / "post.h5") as file:
            names = [name.decode() for name in file["parameter"]]
            value, weight = file["value"][-1], file["weight"][-1]
            contraction = dict(zip(names, file["contraction"][:]))
            self.assertAlmostEqual(weight.sum(), 1)
            n = 1 / (weight ** 2).sum()
            np.testing.assert_allclose(file["effective_sample_size"][-1], n)
            self.assertGreater(n, 50)
            for name, truth in TRUTH.items():
                values = value[:, names.index(name)]
                low, high = (weighted_quantile(values, weight, s) for s in (0.025, 0.975))
                self.assertLess(low, truth, name)
                self.assertGreater(high, truth, name)
                self.assertGreater(contraction[name], 0.6, name)  # the interval is not the prior's
            place = file["unit_cube"][-1][:, names.index("lock_rate")]
            self.assertLess(abs((weight * place).sum() - 0.5), 4.5 * np.sqrt(1 / 12 / n))
            self.assertLess(abs(contraction["lock_rate"]), 4.5 * np.sqrt(0.8 / n))
            np.testing.assert_allclose(place * 0.2, value[:, names.index("lock_rate")], atol=1e-9)
            # what is stored agrees with itself: distances from statistics, tolerances from distances
            target, high = file["pattern_target"][:], file["pattern_high"][:]
            distance = (abs(file["statistic"][:] - target) / (high - target)).max(axis=2)
            np.testing.assert_allclose(file["distance"][:], distance, atol=1e-9)
            tolerance = file["tolerance"][:]
            self.assertTrue((file["distance"][1:] <= tolerance[1:, None] + 1e-12).all())
            self.assertEqual(tolerance[-1], 1)
            np.testing.assert_allclose(file["acceptance_rate"][:], 200 / file["proposals"][:])
            self.assertIn("is reached", file.attrs["stopped"])
        with xr.open_dataset(self.folder / "post.h5") as data:
            self.assertEqual(data.value.dims, ("generation", "particle", "parameter"))
            mean = (data.value * data.weight).sum("particle").isel(generation=-1)
            self.assertAlmostEqual(float(mean.sel(parameter="aware_q")), 0.25, delta=0.1)
        with open(self.folder / "e.csv", encoding="utf-8") as lines:
            rows = list(csv.DictReader(lines))
        self.assertEqual([float(row["aware_q"]) for row in rows], list(value[:, names.index("aware_q")]))
        self.assertIn("the tolerance 1 is reached", self.told("info", "post.h5"))
        # the resolved calibration stands alone and gives the same posterior
        self.write("again.toml", self.told("explain", "post.h5"))
        self.rathaus("calibrate", "again.toml", "-o", "again.h5", "--quiet")
        self.assertEqual(self.digest("again.h5"), self.digest("post.h5"))

    def test_same_bits_for_one_and_two_threads_and_after_kills(self):
        digest = self.calibrate("one.h5", "--threads", "1")
        self.assertEqual(digest, self.calibrate("two.h5", "--threads", "2"))
        self.assertNotEqual(digest, self.calibrate("other.h5", "--set", "random.seed=8"))
        log = self.folder / "killed.h5.generations"
        command = [harness.RATHAUS, "calibrate", "c.toml", "-o", "killed.h5", "--quiet"]
        kills, resume = 0, []
        for size in (3_000, 12_000, 30_000):  # bytes of what is done
            process = subprocess.Popen(command + resume, cwd=self.folder)
            while process.poll() is None and not (log.exists() and log.stat().st_size > size):
                time.sleep(0.002)
            process.send_signal(signal.SIGKILL)
            kills += process.wait() == -signal.SIGKILL
            self.assertFalse((self.folder / "killed.h5").exists() and log.exists())
            resume = ["--resume"]
            if not log.exists():
                break
            self.assertIn("go on with --resume", self.refused(*command[1:]))
            self.assertIn("of another calibration",
                          self.refused(*command[1:], "--resume", "--set", "random.seed=8"))
            with open(log, "ab") as file:  # a record that was cut short
                file.write(b"case\0\0\0\0torn")
        self.assertGreater(kills, 0)
        if log.exists():
            self.rathaus(*command[1:], "--resume")
        self.assertEqual(self.digest("killed.h5"), digest)
        self.assertFalse(log.exists())
        self.assertIn("exists already", self.refused(*command[1:]))

    def test_an_interrupt_keeps_what_is_finished(self):
        slow = ["--set", "calibration.particles=3000"]
        process = subprocess.Popen([harness.RATHAUS, "calibrate", "c.toml", "-o", "i.h5", *slow],
                                   cwd=self.folder, stderr=subprocess.PIPE, text=True)
        log = self.folder / "i.h5.generations"
        while not (log.exists() and log.stat().st_size > 10_000):
            time.sleep(0.002)
        process.send_signal(signal.SIGTERM)
        _, error = process.communicate()
        self.assertEqual(process.returncode, 3, error)
        self.assertRegex(error, r"interrupted: \d+ generations and what is done of the next are kept in i.h5.generations")

    def test_whole_vectors_are_drawn_by_weight(self):
        self.calibrate("post.h5", "--csv", "e.csv")
        with h5py.File(self.folder / "post.h5") as file:
            names = [name.decode() for name in file["parameter"]]
            vectors, weight = file["value"][-1], file["weight"][-1]
        experiment = 'title = "e"\n' + WORLD + '[uncertain]\nensemble = "{}"\n' \
            'beta_peer = {{ uniform = [0, 4] }}\n[design]\nmethod = "latin_hypercube"\npoints = 60\n'
        digests = set()
        for name in ("e.csv", "post.h5"):
            self.write("run.toml", experiment.format(name))
            self.rathaus("run", "run.toml", "--quiet", "--force")
            digests.add(self.digest("run.h5"))
        self.assertEqual(len(digests), 1)
        with h5py.File(self.folder / "run.h5") as file:
            drawn = np.array([file[f"parameters/{name}"][:] for name in names]).T
            peer = file["parameters/beta_peer"][:]
            self.assertIn("ensemble", file["parameters/distribution"][0].decode())
        which = [int(np.flatnonzero((vectors == row).all(axis=1))[0]) for row in drawn]  # jointly
        count = np.bincount(which, minlength=len(weight))
        self.assertLess(abs(count - 60 * weight).max(), 2)  # one point in every 60th of the weights
        self.assertEqual(len(set(np.floor(peer / 4 * 60))), 60)
        self.assertLess(abs(np.corrcoef(which, peer)[0, 1]), 0.5)
        # a resolved experiment names the file and its hash, and gives the same result
        self.write("again.toml", self.told("explain", "run.h5"))
        self.rathaus("run", "again.toml", "--quiet")
        self.assertEqual({self.digest("again.h5")}, digests)
        self.write("e.csv", "aware_q\n0.2\n")
        self.write("run.toml", experiment.format("e.csv").replace("[uncertain]", "[uncertain]\n"
                   f'ensemble_sha256 = "{"0" * 64}"'))
        self.assertIn("has changed", self.refused("check", "run.toml"))

    def test_an_ensemble_that_cannot_be_drawn_is_refused(self):
        self.write("e.csv", "weight,aware_p,aware_q\n1,0.02,0.3\n2,0.03,0.2\n")
        base = 'title = "e"\n' + WORLD + '[uncertain]\nensemble = "e.csv"\n'
        for method in ('"sobol"\npoints = 4', '"morris"\ntrajectories = 4', '"full_factorial"',
                       '"list"\nvalues = [[0.02, 0.3]]'):
            self.write("x.toml", base + f"[design]\nmethod = {method}\n")
            self.assertIn("whole vectors, and do not vary one by one", self.refused("check", "x.toml"))
        hypercube = '[design]\nmethod = "latin_hypercube"\npoints = 4\n'
        self.write("x.toml", base + 'aware_p = { uniform = [0, 1] }\n' + hypercube)
        self.assertIn("is in the ensemble as well", self.refused("check", "x.toml"))
        self.write("x.toml", base + hypercube)
        for text, words in (("aware_pp\n0.1\n", "did you mean 'aware_p'?"),
                            ("aware_p\nmany\n", "e.csv:2:1: aware_p 'many' is no number"),
                            ("aware_p,weight\n0.1,0\n", "above 0 (a weight is)"),
                            ("aware_p\n1.5\n", "reaches from 1.5 to 1.5 (possible are 0 to 1"),
                            ("pilot_quarters\n4\n", "is a whole number"),
                            ("aware_p\n", "has a header and no row")):
            self.write("e.csv", text)
            self.assertIn(words, self.refused("check", "x.toml"), text)
        self.write("x.toml", base.replace("e.csv", "data.h5") + hypercube)
        self.assertIn("is no posterior", self.refused("check", "x.toml"))

    def test_the_documented_files_are_valid(self):
        text = (SOURCE / "docs" / "calibration.md").read_text(encoding="utf-8")
        patterns, calibration, _ = (part.split("```")[0] for part in text.split("```toml\n")[1:])
        self.write("one.toml", patterns)
        small = ["--set", "population.units=100"]
        self.assertIn("P2", self.told("patterns", "germany", "--patterns", "one.toml", "--replicates", "2",
                                      *small))
        self.write("patterns.toml", (SOURCE / "models/germany/patterns.toml").read_text(encoding="utf-8"))
        self.write("d.toml", calibration)
        told = self.rathaus("calibrate", "d.toml", "-o", "d.h5", *small, "--set", "calibration.particles=10",
                            "--set", "calibration.stop.generations=2").stdout
        self.assertIn("use_cases.cost_eur", told)

    def test_bad_input_is_told_at_once(self):
        self.write("p.toml", pattern("A", "2022-Q1", 0.2) + pattern("B", "2040-Q4", 0.2)
                   + pattern("V", "2022-Q1", 0.2).replace('"calibration"', '"validation"'))
        self.write("bad.toml", 'title = "bad"\n' + WORLD + PRIORS + """[design]
method = "sobol"
[alternatives]
[calibration]
patterns = "p.toml"
use = ["A", "B", "V", "C"]
particals = 100
quantile = 1.5
stop = { acceptance = 0, simulations = 0.5 }
""")
        error = self.refused("calibrate", "bad.toml", "-o", "x.h5")
        for words in ("design has no place in a calibration", "alternatives has no place",
                      "did you mean 'particles'?", "calibration.quantile = 1.5 is no share",
                      "calibration.stop.acceptance = 0 is no share", "calibration.stop.simulations"):
            self.assertIn(words, error)
        self.assertFalse((self.folder / "x.h5").exists())
        self.write("bad.toml", 'title = "bad"\n' + WORLD + PRIORS
                   + '[calibration]\npatterns = "p.toml"\nuse = ["A", "B", "V", "C"]\n')
        error = self.refused("calibrate", "bad.toml", "-o", "x.h5")
        for words in ("names B, which looks at 2040-Q4", "is held out (role",
                      'use[3] = "C" is no choice'):
            self.assertIn(words, error)
        for method, key in (("smc", "training = 500"), ("screen", "quantile = 0.5")):
            self.write("bad.toml", 'title = "bad"\n' + WORLD + PRIORS
                       + f'[calibration]\npatterns = "p.toml"\nuse = ["A"]\nmethod = "{method}"\n{key}\n')
            self.assertIn('is for method = "', self.refused("calibrate", "bad.toml", "-o", "x.h5"))
        never = pattern("N", "2022-Q1", 0.2).replace('"ratio"', '"time_to_reach"') + "level = 2\n"
        self.write("p.toml", never)
        error = self.refused("calibrate", "c.toml", "-o", "x.h5", "--set", "calibration.particles=10")
        self.assertIn("no generation could be made: fewer than 0.5 %", error)
        self.assertEqual(list(self.folder.glob("x.h5*")), [])
        self.assertIn("belongs to `rathaus calibrate`", self.refused("run", "c.toml"))
        self.write("none.toml", 'title = "bad"\n' + WORLD + CALIBRATION)
        self.assertIn("uncertain is missing", self.refused("calibrate", "none.toml", "-o", "x.h5"))


if __name__ == "__main__":
    unittest.main(verbosity=1)
