#!/usr/bin/python3
"""Every experiment that ships, made small, from the study to its table: what sanitizers walk through."""

import os
import unittest
from pathlib import Path

import harness

EXPERIMENTS = Path(os.environ["RATHAUS_SOURCE"]) / "experiments"
SMALL = ["population.units=40", "time.quarters=60", "replicates.at_least=2"]
SHIPPED = ("eight_fields", "first_look", "open_standards", "own_share", "rebound", "windows")    # the shipped doubt
MORE = {name: ["doubt.points=2"] for name in SHIPPED} | {"survives": ["design.points=2"], "uncertainty": ["design.points=3"], "first_look": ["doubt.points=2", "time.quarters=80"]}


class SmallStudies(harness.InFolder):
    def run_small(self, name, *more):
        sets = [word for one in SMALL + MORE.get(name, []) + list(more) for word in ("--set", one)]
        self.rathaus("run", EXPERIMENTS / f"{name}.toml", "-o", f"{name}.h5", "--quiet", "--force", *sets)
        return f"{name}.h5"

    def test_each_experiment(self):
        names = sorted(path.stem for path in EXPERIMENTS.glob("*.toml"))
        self.assertGreaterEqual(len(names), 9)
        for name in names:
            with self.subTest(name):
                result = self.run_small(name)
                self.assertIn("digest", self.told("info", result))
                self.assertTrue(self.told("compare", result))
                self.assertIn("title", self.told("explain", result))
                self.assertTrue(self.told("trace", result, "--run", "0", "--unit", "S01"))

    def test_indices(self):
        for design in ('method = "sobol"\npoints = 2', 'method = "morris"\ntrajectories = 2'):
            self.write("indices.toml", 'title = "indices"\nmodel = "germany"\n[population]\nunits = 40\n'
                       '[time]\nquarters = 20\n[replicates]\nat_least = 2\n'
                       f'[uncertain]\naware_p = "range"\nlock_rate = "range"\n[design]\n{design}\n')
            self.rathaus("run", "indices.toml", "-o", "indices.h5", "--quiet", "--force")
            self.assertTrue(self.told("sensitivity", "indices.h5", "--indicator", "adopters"))

    def test_groups_and_panel(self):
        result = self.run_small("own_share", 'output.groups=["land", "fiscal_class"]',
                                "output.panel={ replicates = [0], every = 8 }")
        self.assertTrue(self.told("compare", result, "--format", "json"))
        self.assertTrue(self.told("patterns", result, "--format", "csv"))


if __name__ == "__main__":
    unittest.main()
