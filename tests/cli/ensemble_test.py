#!/usr/bin/python3
"""The ensembles that ship with the model, one for each decision rule: their files are what they say, the defaults are the
vector that the rule names, and vectors drawn from them reproduce the patterns they were calibrated on, with chance that
the calibration has not seen."""

import csv
import json
import os
import re
import tomllib
import unittest
from pathlib import Path

import harness

harness.skip_without("h5py", "numpy", "pandas", "xarray")
import default_vector  # noqa: E402
import numpy as np  # noqa: E402

MODEL = Path(os.environ["RATHAUS_SOURCE"]) / "models/germany"
FILES = {"logit": "ensemble.csv", "threshold": "ensemble_threshold.csv"}
DRAWN = 20          # vectors, by weight
PRIOR = 10          # vectors from the ranges
SEED = 20260815     # of the drawing and of the runs; the calibration had another one


def toml(name):
    with open(MODEL / name, "rb") as file:
        return tomllib.load(file)


def number(told):
    """Of the JSON of `rathaus patterns`: a ratio over nothing is infinite."""
    return {None: np.nan, "infinite": np.inf}.get(told, told)


class Ensembles(harness.InFolder):
    @classmethod
    def setUpClass(cls):
        cls.ensembles = {rule: default_vector.members(MODEL / name) for rule, name in FILES.items()}
        cls.calibration, cls.parameters = default_vector.calibration(), toml("parameters.toml")
        cls.ranges = {name: cls.parameters[name]["range"] for name in cls.calibration["uncertain"]}
        cls.used = cls.calibration["calibration"]["use"]

    def test_the_files_are_what_they_say(self):
        patterns = {pattern["id"]: pattern for pattern in toml("patterns.toml")["pattern"]}
        self.assertEqual([p for p in patterns if patterns[p]["role"] == "calibration"], self.used)
        expected = {"particle", "weight", "distance", *self.ranges, *(f"statistic.{p}" for p in self.used)}
        for rule, (rows, weight) in self.ensembles.items():
            self.assertEqual(set(rows[0]), expected, rule)
            self.assertEqual(len(rows), self.calibration["calibration"]["particles"], rule)
            self.assertGreater(weight.min(), 0, rule)
            for row in rows:
                self.assertLessEqual(row["distance"], 1)
                for name, (low, high) in self.ranges.items():
                    self.assertTrue(low <= row[name] <= high, f"{rule}: {name} = {row[name]}")
                for name in self.used:
                    low, high = patterns[name]["between"]
                    self.assertTrue(low <= row[f"statistic.{name}"] <= high, f"{rule}: {name} of {row['particle']}")

    def test_their_effective_sample_sizes_are_as_stated(self):
        page = (MODEL / "ENSEMBLE.md").read_text(encoding="utf-8")
        for rule, (rows, weight) in self.ensembles.items():
            effective = 1 / (weight ** 2).sum()
            self.assertGreaterEqual(effective, 100, rule)
            stated = re.search(rf"^\| {rule} .*\| (\d+) \|$", page, re.MULTILINE)
            self.assertEqual(int(stated[1]), round(effective), rule)

    def test_the_defaults_are_the_vector_nearest_to_the_medians_of_the_outcomes(self):
        row, values, places, _ = default_vector.default_vector(MODEL / FILES["logit"], default_vector.UNITS)
        page = (MODEL / "ENSEMBLE.md").read_text(encoding="utf-8")
        self.assertEqual(int(re.search(r"default is particle (\d+)", page)[1]),
                         self.ensembles["logit"][0][row]["particle"])
        for name, known in self.parameters.items():
            if name in self.ranges:
                self.assertEqual(known["default"], default_vector.rounded(values[name]), name)
            self.assertEqual(name in self.ranges, known["source"].startswith("calibrated: a member"), name)
        for outcome, place in places.items():    # no outlier in anything
            self.assertTrue(0.2 < place < 0.8, f"{outcome}: {place}")

    def missed(self, vectors, rule):
        """Patterns of the calibration that each vector misses in one run of another seed and world."""
        missed = []
        for i, vector in enumerate(vectors):
            self.write("one.toml", 'title = "one"\nmodel = "germany"\ndoubt = "none"\n'
                       f'[population]\nunits = {self.calibration["population"]["units"]}\n'
                       f"[replicates]\nat_least = 1\n[random]\nseed = {SEED + i}\n"
                       f'[time]\nquarters = {self.calibration["time"]["quarters"]}\n'
                       f'[structure]\ndecision_rule = "{rule}"\n[parameters]\n'
                       + "".join(f"{name} = {float(vector[name])}\n" for name in self.ranges))
            self.rathaus("run", "one.toml", "--quiet", "--force")
            table = json.loads(self.told("patterns", "one.h5", "--format", "json"))["patterns"]
            misses = []
            for line in (line for line in table if line["id"] in self.used):
                low, value, high = (number(line[key]) for key in ("low", "value", "high"))
                if not (value >= low and (np.isnan(high) or value <= high)):
                    misses.append(line["id"])
            missed.append(misses)
        return missed

    def test_with_new_chance_drawn_vectors_meet_most_patterns_and_those_of_the_priors_do_not(self):
        """A vector was accepted by the luck of one run, which another run need not have: eleven bounds at once are met by few."""
        page = (MODEL / "ENSEMBLE.md").read_text(encoding="utf-8")
        for rule, (rows, weight) in self.ensembles.items():
            dice = np.random.default_rng(SEED)
            drawn = self.missed([rows[i] for i in dice.choice(len(rows), DRAWN, p=weight)], rule)
            prior = self.missed([{name: dice.uniform(*span) for name, span in self.ranges.items()} for _ in range(PRIOR)], rule)
            of_drawn, of_prior = (len(self.used) - np.mean([len(misses) for misses in all]) for all in (drawn, prior))
            told = re.search(rf"^\| {rule} \| ([\d.]+) \| ([\d.]+) \| (\d+) of 20 \|$", page, re.MULTILINE)
            self.assertEqual([float(told[1]), float(told[2]), int(told[3])],
                             [round(of_drawn, 2), round(of_prior, 2), sum(not misses for misses in drawn)], rule)
            self.assertGreater(of_drawn, of_prior + 2, rule)

    def test_a_study_draws_its_vectors(self):
        self.write("study.toml", 'title = "s"\nmodel = "germany"\n[population]\nunits = 100\n[uncertain]\n'
                   f'ensemble = "{MODEL / "ensemble.csv"}"\n[design]\nmethod = "latin_hypercube"\n'
                   "points = 40\n")
        self.rathaus("check", "study.toml", "--design", "points.csv")
        with open(self.folder / "points.csv", encoding="utf-8") as lines:
            points = list(csv.DictReader(lines))
        known = {tuple(row[name] for name in self.ranges) for row in self.ensembles["logit"][0]}
        self.assertEqual(len(points), 40)
        for point in points:
            self.assertIn(tuple(float(point[name]) for name in self.ranges), known)


if __name__ == "__main__":
    unittest.main(verbosity=1)
