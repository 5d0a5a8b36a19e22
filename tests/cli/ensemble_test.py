#!/usr/bin/python3
"""The ensemble that ships with the model: its file is what it says, and vectors drawn from it reproduce the
patterns they were calibrated on, with chance that the calibration has not seen."""

import csv
import json
import os
import re
import tomllib
import unittest
from pathlib import Path

import harness

harness.skip_without("numpy")
import numpy as np  # noqa: E402

MODEL = Path(os.environ["RATHAUS_SOURCE"]) / "models/germany"
DRAWN = 20          # vectors, by weight
PRIOR = 10          # vectors from the ranges
SEED = 20260815     # of the drawing and of the runs; the calibration had another one


def toml(name):
    with open(MODEL / name, "rb") as file:
        return tomllib.load(file)


def number(told):
    """Of the JSON of `rathaus patterns`: a ratio over nothing is infinite."""
    return {None: np.nan, "infinite": np.inf}.get(told, told)


class Ensemble(harness.InFolder):
    @classmethod
    def setUpClass(cls):
        with open(MODEL / "ensemble.csv", encoding="utf-8") as lines:
            cls.rows = [{key: float(text) for key, text in row.items()} for row in csv.DictReader(lines)]
        cls.calibration, cls.parameters = toml("calibration.toml"), toml("parameters.toml")
        cls.ranges = {name: cls.parameters[name]["range"] for name in cls.calibration["uncertain"]}
        cls.used = cls.calibration["calibration"]["use"]
        cls.weight = np.array([row["weight"] for row in cls.rows])
        cls.weight /= cls.weight.sum()

    def test_the_file_is_what_it_says(self):
        patterns = {pattern["id"]: pattern for pattern in toml("patterns.toml")["pattern"]}
        self.assertEqual([p for p in patterns if patterns[p]["role"] == "calibration"], self.used)
        expected = {"particle", "weight", "distance", *self.ranges, *(f"statistic.{p}" for p in self.used)}
        self.assertEqual(set(self.rows[0]), expected)
        self.assertEqual(len(self.rows), self.calibration["calibration"]["particles"])
        self.assertGreaterEqual(len(self.rows), 200)
        self.assertGreater(self.weight.min(), 0)
        for row in self.rows:
            self.assertLessEqual(row["distance"], 1)
            for name, (low, high) in self.ranges.items():
                self.assertTrue(low <= row[name] <= high, f"{name} = {row[name]}")
            for name in self.used:
                low, high = patterns[name].get("between", (patterns[name].get("at_least"), np.inf))
                self.assertTrue(low <= row[f"statistic.{name}"] <= high, f"{name} of {row['particle']}")

    def test_its_effective_sample_size_and_its_medoid_are_as_stated(self):
        page = (MODEL / "ENSEMBLE.md").read_text(encoding="utf-8")
        effective = 1 / (self.weight ** 2).sum()
        self.assertGreaterEqual(effective, 100)
        stated = re.search(r"effective sample size is (\d+)", page)
        self.assertEqual(int(stated[1]), round(effective))
        place = np.array([[(row[name] - low) / (high - low) for name, (low, high) in self.ranges.items()]
                          for row in self.rows])
        apart = np.sqrt(((place[:, None] - place[None]) ** 2).sum(axis=2))
        medoid = int((apart @ self.weight).argmin())
        self.assertEqual(int(re.search(r"medoid is particle (\d+)", page)[1]), self.rows[medoid]["particle"])
        for name, known in self.parameters.items():    # of parameters.toml: the defaults are the medoid
            if name in self.ranges:
                self.assertEqual(known["default"], float(f"{self.rows[medoid][name]:.4g}"), name)
            self.assertEqual(name in self.ranges, known["source"].startswith("calibrated: medoid"), name)

    def agreeing(self, vectors):
        """How many vectors meet every pattern of the calibration in one run, and which they miss."""
        met, missed = 0, []
        for i, vector in enumerate(vectors):
            self.write("one.toml", 'title = "one"\nmodel = "germany"\ndoubt = "none"\n'
                       f'[population]\nunits = {self.calibration["population"]["units"]}\n'
                       f"[replicates]\nat_least = 1\n[random]\nseed = {SEED + i}\n[parameters]\n"
                       + "".join(f"{name} = {float(vector[name])}\n" for name in self.ranges))
            self.rathaus("run", "one.toml", "--quiet", "--force")
            table = json.loads(self.told("patterns", "one.h5", "--format", "json"))["patterns"]
            misses = []
            for line in (line for line in table if line["id"] in self.used):
                low, value, high = (number(line[key]) for key in ("low", "value", "high"))
                if not (value >= low and (np.isnan(high) or value <= high)):
                    misses.append(line["id"])
            met += not misses
            missed += misses
        return met, missed

    def test_drawn_vectors_reproduce_the_patterns_and_those_of_the_priors_do_not(self):
        dice = np.random.default_rng(SEED)
        drawn = [self.rows[i] for i in dice.choice(len(self.rows), DRAWN, p=self.weight)]
        met, missed = self.agreeing(drawn)
        self.assertGreaterEqual(met, 13, missed)    # if 85 % agree with new chance: less than 1 in 100 fails
        prior = [{name: dice.uniform(*span) for name, span in self.ranges.items()} for _ in range(PRIOR)]
        met, _ = self.agreeing(prior)
        self.assertLessEqual(met, 4)    # if 10 % agree, as in the calibration: 1 in 600 has more

    def test_the_defaults_reproduce_the_patterns(self):
        met, missed = self.agreeing([{name: self.parameters[name]["default"] for name in self.ranges}] * 4)
        self.assertEqual(met, 4, missed)    # deterministic; of 5,039 administrations 20 of 20 runs agree

    def test_a_study_draws_its_vectors(self):
        self.write("study.toml", 'title = "s"\nmodel = "germany"\n[population]\nunits = 100\n[uncertain]\n'
                   f'ensemble = "{MODEL / "ensemble.csv"}"\n[design]\nmethod = "latin_hypercube"\n'
                   "points = 40\n")
        self.rathaus("check", "study.toml", "--design", "points.csv")
        with open(self.folder / "points.csv", encoding="utf-8") as lines:
            points = list(csv.DictReader(lines))
        known = {tuple(row[name] for name in self.ranges) for row in self.rows}
        self.assertEqual(len(points), 40)
        for point in points:
            self.assertIn(tuple(float(point[name]) for name in self.ranges), known)


if __name__ == "__main__":
    unittest.main(verbosity=1)
