#!/usr/bin/python3
"""`rathaus sensitivity` on functions whose indices are known, written into a result file with the
design that the file holds: Ishigami's function for Sobol, one with an inactive factor for Morris."""

import csv
import io
import json
import math
import unittest

import harness

harness.skip_without("h5py", "numpy")
import h5py  # noqa: E402
import numpy as np  # noqa: E402

EXPERIMENT = """title = "sensitivity"
model = "germany"
[population]
units = 2
[time]
quarters = 1
[scenario.none]
baseline = true
[scenario.other]
[uncertain]
beta_peer = "range"
u0 = "range"
lock_rate = "range"
[design]
{design}
[replicates]
at_least = 2
"""
PARAMETERS = ("beta_peer", "u0", "lock_rate")


def ishigami(u, a=7.0, b=0.1):
    """Ishigami and Homma 1990 on [-pi, pi]^3."""
    x = -math.pi + 2 * math.pi * u
    return np.sin(x[:, 0]) + a * np.sin(x[:, 1]) ** 2 + b * x[:, 2] ** 4 * np.sin(x[:, 0])


def ishigami_indices(a=7.0, b=0.1):
    """First-order and total indices (Saltelli et al. 2008, section 4.6)."""
    v1 = 0.5 * (1 + b * math.pi ** 4 / 5) ** 2
    v2 = a ** 2 / 8
    v13 = b ** 2 * math.pi ** 8 * (1 / 18 - 1 / 50)
    v = v1 + v2 + v13
    return (v1 / v, v2 / v, 0.0), ((v1 + v13) / v, v2 / v, v13 / v)


class Sensitivity(harness.InFolder):
    def study(self, design, function, noise=0.0, seed=1):
        """A result whose energy_net is the function of the point, plus noise by replicate."""
        self.write("s.toml", EXPERIMENT.format(design=design) + f"[random]\nseed = {seed}\n")
        self.rathaus("run", "s.toml", "--quiet", "--force")
        with h5py.File(self.folder / "s.h5", "r+") as file:
            f = function(file["parameters/unit_cube"][:])
            point, replicate = file["run_point"][:], file["run_replicate"][:]
            scenario = file["run_scenario"][:]
            values = np.zeros(file["energy_net"].shape)
            values[:, 0, 0] = (1 + scenario) * f[point] + noise * (2 * replicate - 1)
            file["energy_net"][:] = values

    def indices(self, *more):
        out = self.told("sensitivity", "s.h5", "--indicator", "energy_net", "--format", "csv", *more)
        rows = list(csv.DictReader(io.StringIO(out)))
        return {(r["scenario"], r["kind"], r["number"]): r for r in rows}

    def test_sobol_indices_of_ishigami(self):
        self.study('method = "sobol"\npoints = 2048', ishigami, noise=3.0)
        rows = self.indices()
        first, total = ishigami_indices()
        self.assertEqual(len(rows), 9)
        for k, name in enumerate(PARAMETERS):
            for scenario, kind in (("none", "level"), ("other", "level"), ("other", "gain")):
                row = rows[scenario, kind, name]
                for index, known in (("first", first[k]), ("total", total[k])):
                    low, high = float(row[f"{index}_low"]), float(row[f"{index}_high"])
                    self.assertTrue(low <= known <= high, (name, index, low, known, high))
                    self.assertLess(high - low, 0.2)
                    self.assertAlmostEqual(float(row[index]), known, delta=0.05)

    def test_intervals_cover_at_their_rate(self):
        """24 indices of 4 seeds at 95 %: 17 or more are inside but for one study in 50,000 if they
        were independent (binomial)."""
        first, total = ishigami_indices()
        inside = 0
        for seed in range(4):
            self.study('method = "sobol"\npoints = 512', ishigami, seed=seed)
            rows = self.indices()
            for k, name in enumerate(PARAMETERS):
                row = rows["none", "level", name]
                for index, known in (("first", first[k]), ("total", total[k])):
                    inside += float(row[f"{index}_low"]) <= known <= float(row[f"{index}_high"])
        self.assertGreaterEqual(inside, 17)

    def test_too_few_points_have_no_interval(self):
        """Resamples of few points may have no variance at all, or an index of one value."""
        without = 0
        for points in (2, 4, 8):
            for function in (ishigami, lambda u: 1.0 * (u[:, 0] > 0.5), lambda u: u[:, 0] ** 9):
                self.study(f'method = "sobol"\npoints = {points}', function)
                for row in self.indices().values():
                    for index in ("first", "total"):
                        low, high = row[f"{index}_low"], row[f"{index}_high"]
                        self.assertEqual(low == "", high == "")
                        without += low == ""
                        self.assertTrue(low == "" or -1e6 < float(low) <= float(high) < 1e6)
        self.assertGreater(without, 0)
        self.study('method = "sobol"\npoints = 2', ishigami)
        self.assertIn("[no interval]", self.told("sensitivity", "s.h5", "--indicator", "energy_net"))

    def test_morris_finds_the_inactive_factor(self):
        # f = 3a + 2ab², nothing of c: over a grid of 4 levels, effects of c are exactly zero
        self.study('method = "morris"\ntrajectories = 40\nlevels = 4',
                   lambda u: 3 * u[:, 0] + 2 * u[:, 0] * u[:, 1] ** 2)
        rows = self.indices()
        inactive = rows["none", "level", "lock_rate"]
        self.assertEqual([float(inactive[x]) for x in ("absolute", "mean", "spread")], [0, 0, 0])
        active = rows["none", "level", "beta_peer"]
        self.assertTrue(3.0 <= float(active["absolute"]) <= 5.0)
        self.assertAlmostEqual(float(active["absolute"]), float(active["mean"]))
        self.assertGreater(float(rows["none", "level", "u0"]["spread"]), 0.1)
        linear = self.indices()["other", "gain", "beta_peer"]
        self.assertAlmostEqual(float(linear["mean"]), float(active["mean"]))

    def test_morris_of_a_linear_function_is_exact(self):
        self.study('method = "morris"\ntrajectories = 5\nlevels = 6',
                   lambda u: 4 * u[:, 0] - 2 * u[:, 1] + 7)
        for name, mean in zip(PARAMETERS, (4, -2, 0)):
            row = self.indices()["none", "level", name]
            self.assertAlmostEqual(float(row["mean"]), mean, places=5)
            self.assertAlmostEqual(float(row["absolute"]), abs(mean), places=5)
            self.assertAlmostEqual(float(row["spread"]), 0, places=5)

    def test_formats_and_constant_outcomes(self):
        self.study('method = "sobol"\npoints = 4', ishigami)
        told = json.loads(self.told("sensitivity", "s.h5", "--indicator", "energy_net",
                                       "--format", "json"))
        self.assertEqual((told["method"], told["replicates"]), ("sobol", 2))
        self.assertIsNone(json.loads(self.told("sensitivity", "s.h5", "--format", "json"))
                          ["outcomes"][0]["effects"][0]["first"]["value"])  # nobody adopts
        table = self.told("sensitivity", "s.h5", "--indicator", "energy_net")
        self.assertIn("other gain over the baseline of energy_net in 2021-Q1 [kWh]", table)

    def test_questions_without_an_answer(self):
        self.study('method = "latin_hypercube"\npoints = 4', ishigami)
        self.assertIn("the design is 'latin_hypercube'", self.refused("sensitivity", "s.h5"))
        self.study('method = "sobol"\npoints = 4', ishigami)
        self.assertIn("did you mean 'energy_net'?", self.refused(
            "sensitivity", "s.h5", "--indicator", "energy_nett"))
        self.assertIn("there is no quarter", self.refused("sensitivity", "s.h5", "--quarter",
                                                          "2031-Q1"))
        with h5py.File(self.folder / "s.h5", "r+") as file:
            file["run_replicate"][5] = 7  # a run of the block is not there
        error = self.refused("sensitivity", "s.h5")
        self.assertIn("the block is not complete", error)
        self.assertIn("at point", error)


if __name__ == "__main__":
    unittest.main(verbosity=1)
