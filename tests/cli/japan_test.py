#!/usr/bin/python3
"""models/japan: the folder runs, its population has the published counts, its files are those that the
scripts make, and its page says what outcome.csv says."""

import os
import unittest
from pathlib import Path

import harness

harness.skip_without("h5py", "matplotlib", "numpy", "scipy")
SOURCE = Path(os.environ["RATHAUS_SOURCE"])
MODEL = SOURCE / "models" / "japan"
import csv  # noqa: E402

import h5py  # noqa: E402
import numpy as np  # noqa: E402

import benchmark  # noqa: E402
import outcome  # noqa: E402
import page  # noqa: E402
import population  # noqa: E402
import rathaus  # noqa: E402

PUBLISHED = {"designated city": 20, "special ward": 23, "city": 772, "town": 743, "village": 183}


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Population(unittest.TestCase):
    def test_counts_and_inhabitants(self):
        units = rows(MODEL / "population.csv")
        kinds = [unit["land"] for unit in units]
        self.assertEqual({kind: kinds.count(kind) for kind in kinds}, PUBLISHED)
        self.assertEqual(len(units) - PUBLISHED["designated city"], 1_721)
        self.assertEqual(len(units) + population.PREFECTURES, 1_788)
        self.assertEqual(len({unit["region"] for unit in units}), population.PREFECTURES)
        inhabitants = [int(unit["population"]) for unit in units]
        self.assertAlmostEqual(sum(inhabitants), 126.1e6, delta=0.5e6)    # census of 2020
        designated = [n for n, kind in zip(inhabitants, kinds) if kind == "designated city"]
        self.assertGreater(min(designated), 500_000)    # what the law asks of them

    def test_every_law_of_sizes_keeps_the_sum_of_each_kind(self):
        for law in population.SIZES:
            for kind in population.KINDS:
                self.assertAlmostEqual(sum(population.sizes(kind, law)), kind.inhabitants, delta=kind.count)

    def test_files_are_those_of_the_scripts(self):
        units = population.units()
        for name, text in (("population.csv", population.population_csv(units)),
                           ("population.toml", population.recipe(units, "lognormal"))):
            self.assertEqual((MODEL / name).read_text(encoding="utf-8"), text, name)
        for name in ("parameters", "coefficients", "use_cases", "vendors", "series"):
            german = MODEL.parent / "germany" / f"{name}.toml"
            self.assertTrue((MODEL / f"{name}.toml").samefile(german), name)


class Benchmark(unittest.TestCase):
    def test_a_known_bass_curve_is_found_again(self):
        time = benchmark.after(range(2019, 2023))
        for truth in ((0.05, 0.5, 0.6), (0.02, 0.9, 0.8)):
            found = benchmark.fit(time, benchmark.bass(time, *truth), free_ceiling=True)
            np.testing.assert_allclose(found, truth, rtol=1e-3)
        found = benchmark.fit(time, benchmark.bass(time, 0.07, 0.25), free_ceiling=False)
        np.testing.assert_allclose(found, (0.07, 0.25, 1.0), rtol=1e-3)

    def test_the_curve_solves_its_differential_equation(self):
        p, q, ceiling, step = 0.05, 0.6, 0.7, 1e-4
        for time in (0.5, 3.0, 8.0):
            before, now, after = benchmark.bass([time - step, time, time + step], p, q, ceiling)
            self.assertAlmostEqual((after - before) / (2 * step),
                                   (p + q * now / ceiling) * (ceiling - now), places=7)
        self.assertEqual(benchmark.bass(0.0, p, q, ceiling), 0.0)


class Folder(harness.InFolder):
    def test_patterns_and_runs(self):
        told = self.told("patterns", MODEL, "--replicates", "2", "--format", "csv")
        table = {row["id"]: row for row in csv.DictReader(told.splitlines())}
        calibration = {name for name, row in table.items() if row["role"] == "calibration"}
        self.assertEqual(calibration, {f"{group}{year}" for group in "OD" for year in range(2019, 2023)})
        self.assertTrue(all(float(row["value"]) >= 0 for row in table.values()))

    def test_the_calibration_cannot_see_the_years_that_are_predicted(self):
        self.rathaus("calibrate", MODEL / "calibration.toml", "-o", "post.h5", "--quiet", "--set",
                     "calibration.particles=10", "--set", "calibration.stop.generations=1", "--csv", "e.csv")
        with h5py.File(self.folder / "post.h5") as file:
            years = {name.decode()[1:] for name in file["pattern"]}
        self.assertEqual(years, {"2019", "2020", "2021", "2022"})
        message = self.refused("calibrate", MODEL / "calibration.toml", "-o", "x.h5", "--set",
                               "calibration.use=['O2023']")
        self.assertIn("held out", message)
        self.rathaus("run", MODEL / "prediction.toml", "-o", "ahead.h5", "--quiet", "--set",
                     "design.points=10", "--set", f"uncertain.ensemble={self.folder / 'e.csv'}")
        share = outcome.shares(self.folder / "ahead.h5")
        with rathaus.open(self.folder / "ahead.h5") as file:
            all_of_them = file.raw("adopters")[:, -1].sum(axis=1)    # of all size classes
        parts = 1_721 * share["other"][:, -1] + 20 * share["designated"][:, -1]
        np.testing.assert_allclose(parts, all_of_them)

    def test_the_outcome_is_that_of_the_model_as_it_is(self):
        self.rathaus("run", MODEL / "census.toml", "-o", "census.h5", "--quiet", "--set", "replicates.at_least=1")
        computed = outcome.histories(self.folder / "census.h5")
        stored = {row["value"] for row in rows(MODEL / "outcome.csv") if row["table"] == "histories"}
        self.assertEqual(stored, {computed}, "the model computes otherwise: run experiments/japan/outcome.py")

    def test_the_shipped_ensemble_fits_as_well_as_the_page_says(self):
        self.rathaus("check", MODEL / "prediction.toml")
        stored = page.Outcome(MODEL / "outcome.csv")
        vectors = rows(MODEL / "ensemble.csv")
        self.assertEqual(len(vectors), stored.value("calibration", "accepted vectors", "lognormal", ""))
        weight = np.array([float(vector["weight"]) for vector in vectors])
        self.assertAlmostEqual(stored.value("calibration", "effective number", "lognormal", ""),
                               weight.sum() ** 2 / (weight ** 2).sum(), places=2)
        reached = stored.value("calibration", "tolerance reached", "lognormal", "")
        for year in outcome.FITTED:    # each vector is as close to the census as the page says
            simulated = np.array([float(vector[f"statistic.O{year}"]) for vector in vectors])
            miss = abs(simulated - stored.seen("other", year)).max()
            self.assertLessEqual(miss, 0.03 * reached * (1 + 1e-4), year)


class Page(unittest.TestCase):
    def test_tables_are_those_of_the_stored_outcome(self):
        readme = (MODEL / "README.md").read_text(encoding="utf-8")
        block = readme.split(page.BEGIN)[1].split(page.END)[0]
        self.assertEqual(block, "\n" + page.text(page.Outcome(MODEL / "outcome.csv")),
                         "run experiments/japan/outcome.py --page")

    def test_stored_observations_are_those_of_the_patterns(self):
        stored = page.Outcome(MODEL / "outcome.csv")
        seen = outcome.observed()
        self.assertEqual(len(seen), 14)
        for (group, year), share in seen.items():
            self.assertEqual(stored.seen(group, year), share)

    def test_stored_benchmarks_are_those_of_the_observations(self):
        stored = page.Outcome(MODEL / "outcome.csv")
        for table, item, group, year, value, _, _ in outcome.rows_of_benchmarks(outcome.observed()):
            self.assertAlmostEqual(stored.value(table, item, group, year), value, places=4)


if __name__ == "__main__":
    unittest.main()
