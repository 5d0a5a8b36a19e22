#!/usr/bin/python3
"""`rathaus survives`: its shares against the raw variables, and that neither more money nor the same
programme twice ever wins."""

import os
import re
import subprocess
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
import harness  # noqa: E402

harness.skip_without("h5py", "numpy")
import numpy as np  # noqa: E402
import rathaus  # noqa: E402

PROGRAMME = """[programme.{name}]
from = "data_platform"
window = {{ first = "2022-Q1", length = 20 }}
budget = {{ per_year = {budget} }}
ports = {{ data = {gain} }}
[scenario.{name}]
programmes = ["{name}"]
"""
START = (11, 17.5 / 360, 32.5 / 360)     # 2023-Q4: some of the points of each theory; between what 3 runs of 120 can have
STUDY = """title = "survives"
model = "germany"
[population]
units = 120
[time]
quarters = 40
[scenario.nothing]
baseline = true
programmes = []
""" + "".join(PROGRAMME.format(name=name, budget=budget, gain=gain) for name, budget, gain in (
    ("strong", 1_000_000, 0.2), ("idle", 1_000_000, 0.0), ("rich", 3_000_000, 0.2))) + """[scenario.again]
like = "strong"
[uncertain]
beta_peer = "range"
[design]
method = "latin_hypercube"
points = 8
[alternatives]
"structure.decision_rule" = ["logit", "threshold"]
[replicates]
at_least = 3
[random]
seed = 9
"""


class Survives(harness.InFolder):
    def setUp(self):
        super().setUp()
        self.write("s.toml", STUDY)
        self.rathaus("run", "s.toml", "--quiet")

    def survives(self, *arguments, status=0):
        done = subprocess.run([harness.RATHAUS, "survives", *arguments], cwd=self.folder, capture_output=True,
                              text=True)
        self.assertEqual(done.returncode, status, done.stderr)
        return done.stdout if status == 0 else done.stderr

    def shares(self, a, b, quarter, start=(0, 0, 1)):
        """Share of the points by theory at which a runs more services than b, from the raw variables, and
        the number of points at which the baseline's share of adopters is in bounds in a quarter."""
        with rathaus.open(self.folder / "s.h5") as file:
            name = {text: s for s, text in enumerate(file.scenarios)}
            services = file.raw("services_running")[:, quarter].sum(axis=1)
            of = {key: file.raw(f"run_{key}") for key in ("alternative", "point", "scenario")}
            first = file.raw("adopters")[:, start[0]].sum(axis=1) / file.raw("units").sum()

            def mean(values, theory, point, scenario):
                return values[(of["alternative"] == theory) & (of["point"] == point)
                              & (of["scenario"] == name[scenario])].mean()
            kept = [[p for p in range(8) if start[1] <= mean(first, t, p, "nothing") <= start[2]]
                    for t in range(2)]
            wins = [np.mean([mean(services, t, p, a) > mean(services, t, p, b) for p in kept[t]])
                    for t in range(2)]
            return wins, [len(points) for points in kept]

    def test_statements_are_those_of_the_raw_variables(self):
        for quarter, label in ((39, None), (14, "2024-Q3")):
            told = self.survives("s.h5", "--share", "0", *(["--quarter", label] if label else []))
            self.assertIn("8 points (8 distinct vectors), 3 replicate(s), 120 units, 2 theories", told)
            lines = re.findall(r"(\w+) beats (\w+) \| services in operation \| (\d+) % \| (\d+) % \|", told)
            found = {(a, b): [int(logit), int(threshold)] for a, b, logit, threshold in lines}
            expected, _ = self.shares("strong", "idle", quarter)
            self.assertGreater(min(expected), 0)
            self.assertEqual(found["strong", "idle"], [round(100 * share) for share in expected])
            for a, b in found:      # the same twice, and more money
                self.assertNotIn((a, b), (("strong", "again"), ("again", "strong")))
                self.assertNotIn("rich", (a, b))
        findings = self.survives("s.h5").split("No findings")[0]
        self.assertIn("strong beats idle", findings)
        self.assertNotIn("idle beats", findings)
        self.assertIn("rich beats idle", self.survives("s.h5", "--money", "1"))

    def test_points_that_start_otherwise_are_left_out(self):
        expected, kept = self.shares("strong", "idle", 14, START)
        self.assertTrue(0 < min(kept) and max(kept) < 8, kept)
        told = self.survives("s.h5", "--quarter", "2024-Q3", "--share", "0", "--start", "2023-Q4",
                             *map(str, START[1:]))
        self.assertIn(f"{kept[0]} of 8 (decision_rule=logit), {kept[1]} of 8 (decision_rule=threshold)", told)
        logit, threshold = (round(100 * share) for share in expected)
        self.assertIn(f"| strong beats idle | services in operation | {logit} % | {threshold} % |", told)

    def test_wrong_input_is_told(self):
        self.assertIn("quarter 2050-Q1 is not in the result (it holds 2021-Q1 to 2030-Q4)",
                      self.survives("s.h5", "--quarter", "2050-Q1", status=1))
        self.assertIn("it is not HDF5", self.survives("s.toml", status=1))
        self.assertIn("leaves a theory without a point",
                      self.survives("s.h5", "--start", "2023-Q4", "0.99", "1", status=1))
        self.assertIn("two shares follow",
                      self.survives("s.h5", "--start", "2023-Q4", "few", "1", status=1))
        self.write("bare.toml", 'title = "b"\nmodel = "germany"\ndoubt = "none"\n[population]\nunits = 50\n')
        self.rathaus("run", "bare.toml", "--quiet")
        self.assertIn("holds nothing to compare", self.survives("bare.h5", status=1))


if __name__ == "__main__":
    unittest.main(verbosity=1)
