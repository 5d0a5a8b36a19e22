#!/usr/bin/python3
"""Patterns as a user types them: every statistic is what numpy makes of the result file, simulating and
reading agree, and what cannot be measured is said so."""

import csv
import io
import json
import os
import unittest
from pathlib import Path

import harness

harness.skip_without("h5py", "numpy", "pandas", "xarray", "scipy")
import numpy as np  # noqa: E402
from scipy import optimize, stats  # noqa: E402

import rathaus  # noqa: E402

SOURCE = Path(os.environ["RATHAUS_SOURCE"])
EXPERIMENT = """title = "patterns"
model = "germany"
doubt = "none"
[population]
units = 400
[time]
quarters = 60
[programme.call]
from = "pilot_grant"
window = { first = "2024-Q1", length = 2, every = 4, last = "2030-Q4", announced = 2 }
budget = { per_year = 1_000_000 }
award = { rule = "merit" }
[scenario.none]
baseline = true
[scenario.call]
programmes = ["call"]
[replicates]
at_least = 6
[output]
groups = ["fiscal_class", "land"]
"""
HEAD = """[[pattern]]
id = "{0}"
title = "{0}"
role = "validation"
grade = "D"
source = "test"
"""
# id: the rest of its table, and its value of one run by numpy: f, file; s, rows of the scenarios;
# r, replicate
PATTERNS = {
    "share": ('statistic = "ratio"\nof = { sum = "adopters", per = "units" }\nquarter = "2030-Q4"\n',
              lambda f, s, r: (f.raw("adopters")[s[0][r]][39].sum(), f.raw("units").sum())),
    "odds": ('statistic = "ratio"\nof = { sum = "adopters", per = "units", size_class = ["20k-100k", '
             '">=100k"] }\nto = { sum = "adopters", per = "units", size_class = "5k-20k" }\n'
             'quarters = ["2026-Q1", "2027-Q4"]\n',
             lambda f, s, r: (f.raw("adopters")[s[0][r]][20:28, 2:].sum() / f.raw("units")[2:].sum(),
                              f.raw("adopters")[s[0][r]][20:28, 1].sum() / f.raw("units")[1])),
    "blocked": ('statistic = "ratio"\nof = { sum = "blocked", step = "operation", constraint = "staff" }\n'
                'to = { sum = "blocked", step = "operation", constraint = ["money", "data"] }\n'
                'quarters = ["2021-Q1", "2035-Q4"]\n',
                lambda f, s, r: (f.raw("blocked")[s[0][r]][:, 1, 1].sum(),
                                 f.raw("blocked")[s[0][r]][:, 1, [0, 2]].sum())),
    "ever short": ('statistic = "ratio"\nof = { sum = "ever_short", constraint = "staff" }\n'
                   'to = { sum = "ever_short", constraint = "money" }\nquarter = "2025-Q4"\n',
                   lambda f, s, r: tuple(f.raw("ever_short")[s[0][r]][19, c].sum() for c in (1, 0))),
    "share short": ('statistic = "ratio"\nof = { sum = "ever_short", per = "units", constraint = "data", '
                    'size_class = "<5k" }\nquarter = "2030-Q4"\n',
                    lambda f, s, r: (f.raw("ever_short")[s[0][r]][39, 2, 0], f.raw("units")[0])),
    "fiscal": ('statistic = "ratio"\nof = { sum = "adopters_by_fiscal_class", per = '
               '"units_by_fiscal_class", fiscal_class = "weak" }\nquarter = "2033-Q2"\n',
               lambda f, s, r: (f.raw("adopters_by_fiscal_class")[s[0][r]][49, 0],
                                f.raw("units_by_fiscal_class")[0])),
    "money": ('statistic = "ratio"\nof = { sum = "saving", size_class = "5k-20k" }\n'
              'to = { sum = "own_spending", size_class = "5k-20k" }\nquarters = ["2021-Q1", "2035-Q4"]\n',
              lambda f, s, r: (f.raw("saving")[s[0][r]][:, 1].sum(), f.raw("own_spending")[s[0][r]][:, 1].sum())),
    "stage": ('statistic = "ratio"\nof = { sum = "services", stage = "pilot", use_case = '
              '["administration", "mobility"] }\nquarter = "2030-Q1"\n',
              lambda f, s, r: (f.raw("services")[s[0][r]][36][np.isin(
                  f.raw("use_case"), ["administration", "mobility"])][:, 2].sum(), 1)),
    "apart": ('statistic = "log_odds"\nof = { sum = "adopters", per = "units", size_class = ["20k-100k", '
              '">=100k"] }\nto = { sum = "adopters", per = "units", size_class = "<5k" }\nquarter = "2024-Q4"\n',
              lambda f, s, r: (log_odds(f, s[0][r], [2, 3]) - log_odds(f, s[0][r], [0]), 1)),
    "sample": ('statistic = "weighted_mean"\nquarter = "2028-Q4"\nparts = [\n'
               '  { weight = 0.3, sum = "adopters", per = "units", size_class = ["<5k", "5k-20k"] },\n'
               '  { weight = 0.7, sum = "adopters", per = "units", size_class = "20k-100k", quarter = "2027-Q4" },\n]\n',
               lambda f, s, r: (0.3 * f.raw("adopters")[s[0][r]][31, :2].sum() / f.raw("units")[:2].sum()
                                + 0.7 * f.raw("adopters")[s[0][r]][27, 2] / f.raw("units")[2], 1)),
    "graveyard": ('statistic = "ratio"\nof = { sum = "pilots_ended", ending = ["failed", "stranded"], '
                  'per = { sum = ["pilots_failed", "pilots_stranded", "operations_started"] } }\n'
                  'quarters = ["2021-Q1", "2035-Q4"]\n',
                  lambda f, s, r: (f.raw("pilots_ended")[s[0][r]][:, :, 1:].sum(),
                                   f.raw("pilots_ended")[s[0][r]].sum())),
    "tendered": ('statistic = "ratio"\nof = { sum = "contracts_tendered", per = ["contracts_renewed", '
                 '"contracts_switched"] }\nquarters = ["2021-Q1", "2035-Q4"]\n',
                 lambda f, s, r: (f.raw("contracts_tendered")[s[0][r]].sum(),
                                  (f.raw("contracts_renewed") + f.raw("contracts_switched"))[s[0][r]].sum())),
    "hhi": ('statistic = "ratio"\nof = { sum = "hhi_local" }\nto = { sum = "hhi_national" }\n'
            'quarter = "2030-Q4"\n',
            lambda f, s, r: (f.raw("hhi_local")[s[0][r]][39], f.raw("hhi_national")[s[0][r]][39])),
    "paired": ('statistic = "ratio"\nof = { sum = "pilots_started", scenario = "call" }\n'
               'to = { sum = "pilots_started" }\nquarters = ["2024-Q1", "2024-Q2"]\n',
               lambda f, s, r: (f.raw("pilots_started")[s[1][r]][12:14].sum(),
                                f.raw("pilots_started")[s[0][r]][12:14].sum())),
    "reach": ('statistic = "ratio"\nof = { sum = "programmes/awarded_by_fiscal_class", per = '
              '"programmes/eligible_by_fiscal_class", fiscal_class = "strong", programme = "call", '
              'scenario = "call" }\nquarter = "2031-Q1"\n',
              lambda f, s, r: (f.raw("programmes/awarded_by_fiscal_class")[s[1][r]][40, 0, 2],
                               f.raw("programmes/eligible_by_fiscal_class")[s[1][r]][40, 0, 2])),
    "strata": ('statistic = "ratio"\nof = { sum = "strata/count", stratum = ["windfall", "enlarged"], '
               'scenario = "call", per = { sum = "strata/count", stratum = ["windfall", "enlarged", '
               '"induced", "accelerated"] } }\nquarter = "2030-Q4"\n',
               lambda f, s, r: (f.raw("strata/count")[s[1][r]][-1, [1, 4]].sum(),
                                f.raw("strata/count")[s[1][r]][-1, [1, 4, 0, 2]].sum())),
    "rises": ('statistic = "ordering"\nof = { sum = "adopters", per = "units" }\nalong = "size_class"\n'
              'quarter = "2028-Q4"\n',
              lambda f, s, r: (np.diff(f.raw("adopters")[s[0][r]][31] / f.raw("units")).min(), 1)),
    "falls": ('statistic = "ordering"\nof = { sum = "contracts_switched", per = ["contracts_switched", '
              '"contracts_renewed"], tenure = ["3-6", "6-9"] }\nalong = "tenure"\ndirection = "falls"\n'
              'quarters = ["2021-Q1", "2035-Q4"]\n',
              lambda f, s, r: (-np.diff(
                  f.raw("contracts_switched")[s[0][r]].sum(axis=0)[1:3] /
                  (f.raw("contracts_switched")[s[0][r]] + f.raw("contracts_renewed")[s[0][r]])
                  .sum(axis=0)[1:3])[0], 1)),
    "time": ('statistic = "time_to_reach"\nof = { sum = "adopters", per = "units" }\nlevel = 0.1\n'
             'quarters = ["2022-Q1", "2035-Q4"]\n',
             lambda f, s, r: (np.argmax(f.raw("adopters")[s[0][r]][4:].sum(axis=1)
                                        >= 0.1 * f.raw("units").sum()), 1)),
    "lead": ('statistic = "lead"\nof = { sum = "data_readiness" }\nto = { sum = "services_running" }\n'
             'level = 0.3\nquarters = ["2021-Q1", "2035-Q4"]\n',
             lambda f, s, r: (rise(f.raw("services_running")[s[0][r]]) - rise(f.raw("data_readiness")[s[0][r]]), 1)),
    "bass": ('statistic = "bass_fit"\nof = { sum = "adopters", per = "units" }\n'
             'quarters = ["2021-Q1", "2035-Q4"]\n',
             lambda f, s, r: (bass(f.raw("adopters")[s[0][r]].sum(axis=1) / f.raw("units").sum()), 1)),
    "peak": ('statistic = "single_inflection"\nof = { sum = "adopters" }\n'
             'quarters = ["2021-Q1", "2035-Q4"]\n',
             lambda f, s, r: (one_peak(f.raw("adopters")[s[0][r]].sum(axis=1)), 1)),
}


def log_odds(file, run, classes):
    have = file.raw("adopters")[run][15, classes].sum()
    return np.log((have + 0.5) / (file.raw("units")[classes].sum() - have + 0.5))


def rise(path):
    path = path.sum(axis=1)
    return np.argmax(path >= path[0] + 0.3 * (path[-1] - path[0]))


def bass(path):
    t = np.arange(1, len(path) + 1)

    def miss(x):
        p, q, m = np.exp(x)
        decay = np.exp(-(p + q) * t)
        return m * (1 - decay) / (1 + q / p * decay) - path
    fits = [optimize.least_squares(miss, np.log([p, q, path[-1]])) for p in (1e-3, 1e-2) for q in (0.05, 0.3)]
    return 1 - 2 * min(fit.cost for fit in fits) / ((path - path.mean()) ** 2).sum()


def one_peak(path):
    gains = np.diff(path[::4].astype(float))
    peak = int(np.argmax(gains))
    if peak in (0, len(gains) - 1):
        return 0.0
    moves = np.diff(gains)
    along = moves[:peak].clip(min=0).sum() - moves[peak:].clip(max=0).sum()
    return along / abs(moves).sum()


class Patterns(harness.InFolder):
    def setUp(self):
        super().setUp()
        self.write("e.toml", EXPERIMENT)
        self.write("p.toml", "".join(HEAD.format(name) + table + "at_least = 0.5\n"
                                     for name, (table, _) in PATTERNS.items()))

    def rows(self, *arguments):
        text = self.told("patterns", *arguments, "--format", "csv")
        return {row["id"]: row for row in csv.DictReader(io.StringIO(text))}

    def test_every_statistic_is_what_numpy_makes_of_the_file(self):
        self.rathaus("run", "e.toml", "--quiet")
        read = self.rows("e.h5", "--patterns", "p.toml")
        self.assertEqual(list(read), list(PATTERNS))
        self.assertEqual(read, self.rows("e.toml", "--patterns", "p.toml", "--threads", "2"))
        with rathaus.open(self.folder / "e.h5") as file:
            scenario = file.raw("run_scenario")
            rows = [np.flatnonzero(scenario == s) for s in (0, 1)]
            for name, (_, compute) in PATTERNS.items():
                with self.subTest(name):
                    num, den = np.array([compute(file, rows, r) for r in range(6)], dtype=float).T
                    row = read[name]
                    close = 1e-4 if name == "bass" else 1e-9
                    value = num.mean() / den.mean()
                    np.testing.assert_allclose(float(row["value"]), value, rtol=close)
                    met = num / den >= 0.5
                    self.assertEqual(int(row["runs_met"]), met.sum())
                    if (den == den[0]).all():  # then Fieller's interval is Student's
                        half = stats.t.ppf(0.975, 5) * (num / den).std(ddof=1) / np.sqrt(6)
                        np.testing.assert_allclose(float(row["value_low"]), value - half, atol=1e-4)
                    low, high = float(row["value_low"]), float(row["value_high"])
                    self.assertEqual(row["verdict"], "met" if low >= 0.5 else
                                     "missed" if high < 0.5 else "unclear")
        spread = {row["verdict"] for row in read.values()}
        self.assertTrue({"met", "missed"} <= spread, spread)

    def test_what_the_runs_do_not_hold_is_said(self):
        self.write("small.toml", EXPERIMENT.split("[programme")[0] + "[replicates]\nat_least = 3\n")
        rows = self.rows("small.toml", "--patterns", "p.toml")
        for name, words in (("fiscal", "do not hold adopters_by_fiscal_class"),
                            ("paired", "do not hold pilots_started of 'call'"),
                            ("reach", "do not hold programmes/awarded_by_fiscal_class of 'call'"),
                            ("strata", "of 'call'")):
            self.assertEqual(rows[name]["verdict"], "not measured")
            self.assertEqual(rows[name]["value"], "")
            self.assertIn(words, rows[name]["why"])
        rows = self.rows("small.toml", "--patterns", "p.toml", "--set", "time.quarters=8")
        self.assertIn("does not reach", rows["share"]["why"])
        # a level that some runs reach and some do not
        self.rathaus("run", "small.toml", "--quiet")
        with rathaus.open(self.folder / "small.h5") as file:
            highest = np.sort(file.raw("adopters").sum(axis=2).max(axis=1)) / file.raw("units").sum()
        self.assertLess(highest[0], highest[2])
        level = (highest[0] + highest[2]) / 2
        reached = int((highest >= level).sum())
        self.write("n.toml", HEAD.format("never") + PATTERNS["time"][0].replace("0.1", str(level))
                   + "at_most = 100\n")
        told = self.told("patterns", "small.h5", "--patterns", "n.toml")
        self.assertIn(f"{3 - reached} of 3 runs have no value", told)
        self.assertIn(f"{reached}/{reached}*", told)

    def test_the_model_of_germany_has_its_twelve_patterns(self):
        text = self.told("patterns", "germany", "--replicates", "2", "--set", "population.units=300",
                         "--format", "json")
        patterns = json.loads(text)["patterns"]
        self.assertEqual({row["id"].rstrip("abcdefg") for row in patterns}, {f"P{n}" for n in range(1, 13)})
        by_id = {row["id"]: row for row in patterns}
        for row in patterns:
            self.assertTrue(row["source"] and row["grade"] in "ABCD")
            if row["verdict"] == "not measured":
                self.assertEqual(row["role"], "validation")
        self.assertEqual((by_id["P2"]["target"], by_id["P2"]["low"], by_id["P2"]["high"]), (0.08, 0.03, 0.15))
        self.assertNotEqual(by_id["P6a"]["verdict"], "not measured")  # found its own experiment

    def test_bad_input_is_told_at_once(self):
        self.write("bad.toml", """replicats = 3
[[pattern]]
id = "A"
title = "a"
role = "calibrations"
grade = "E"
source = ""
statistic = "ratio"
of = { sum = "adoptors", per = "units", size_klass = "<5k", step = "pilot" }
quarter = "2022-Q5"
at_least = 1
between = [0, 1]
[[pattern]]
id = "A"
title = "b"
role = "validation"
grade = "B"
source = "s"
statistic = "ordering"
of = { sum = "blocked", step = "pilots" }
along = "tenure"
quarter = "2022-Q1"
target = 0.5
[[pattern]]
id = "C"
role = "calibration"
grade = "B"
source = "s"
title = "c"
not_held = "nothing"
[[pattern]]
id = "D"
title = "d"
role = "validation"
grade = "B"
source = "s"
statistic = "lead"
of = { sum = "units" }
quarters = ["2023-Q1", "2022-Q1"]
target = 2
between = [0, 1]
[[pattern]]
id = "E"
title = "e"
role = "validation"
grade = "B"
source = "s"
statistic = "weighted_mean"
parts = [{ weight = 0.5, sum = "adopters", per = "units" }, { weight = 1.4, sum = "adopters" }]
quarter = "2022-Q1"
at_least = 0
[[pattern]]
id = "F"
title = "f"
role = "validation"
grade = "B"
source = "s"
statistic = "log_odds"
of = { sum = "adopters" }
quarter = "2022-Q1"
at_least = 0
""")
        error = self.refused("patterns", "e.toml", "--patterns", "bad.toml")
        for words in ("bad.toml:1:1: unknown key 'replicats' (did you mean 'replicates'?)",
                      "did you mean 'calibration'?", '= "E" is no choice', "source is empty",
                      "(did you mean 'adopters'?)", "(did you mean 'size_class'?)", "of.step'",
                      "is no quarter between", "says one of at_least", "has the id \"A\" of an earlier",
                      "did you mean 'pilot'?", 'along = "tenure" is no choice',
                      "in a pattern of role calibration", "to is missing (what follows)",
                      "does not change over the quarters", "ends before it begins", "is not within between",
                      "weight must be above 0 and at most 1", "has weights that sum to 1.9",
                      "to is missing (what it is compared with)", "has no `per` (odds are of a share)"):
            self.assertIn(words, error)
        self.write("inline.toml", self.told("explain", "e.toml"))
        self.assertIn("name them with --patterns", self.refused("patterns", "inline.toml"))
        self.assertIn("no such file", self.refused("patterns", "e.toml", "--patterns", "none.toml"))
        self.assertIn("there is no model", self.refused("patterns", "germny"))


if __name__ == "__main__":
    unittest.main(verbosity=1)
