#!/usr/bin/python3
"""`rathaus compare` as a user types it, against the same numbers recomputed from the raw variables."""

import csv
import io
import json
import math
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

try:
    import h5py
    import numpy as np
    from rathaus.result import Result
    from scipy import stats
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

RATHAUS = os.environ["RATHAUS"]
EXPERIMENTS = Path(os.environ["RATHAUS_SOURCE"]) / "experiments"

EXPERIMENT = """title = "compare"
model = "germany"
doubt = "none"
[population]
units = 150
[programme.grant]
from = "pilot_grant"
window = { first = "2022-Q1", length = 16, announced = 0 }
budget = { per_year = 300_000, carry_over = true }
award = { rule = "merit" }
funder_cost = { per_year = 40_000.01, per_application = 300, per_award = 500 }
[programme.inert]
from = "pilot_grant"
window = { first = "2022-Q1", length = 16, announced = 4 }
budget = { total = 0 }
award = { rule = "merit" }
[programme.data]
from = "data_platform"
window = { first = "2022-Q1", length = 16 }
budget = { per_year = 500_000 }
[scenario.nothing]
baseline = true
[scenario.inert]
programmes = ["inert"]
[scenario.grant]
programmes = ["grant"]
[scenario.both]
programmes = ["grant", "data"]
[replicates]
at_least = 8
[random]
seed = 3
[output]
fixed_demand = true
[[target]]
indicator = "adopters"
group = { size_class = "<5k" }
share = true
by = "2035-Q4"
at_least = 0.5
"""


def rathaus(*arguments, folder, status=0):
    done = subprocess.run([RATHAUS, *map(str, arguments)], cwd=folder, capture_output=True, text=True)
    if done.returncode != status:
        raise AssertionError(f"status {done.returncode}: {done.stderr}")
    return done.stdout if status == 0 else done.stderr


def two_digits(x):
    decimals = max(0, 1 - math.floor(math.log10(abs(x)))) if x else 0
    return "0" if not float(f"{x:.{min(4, decimals)}f}") else f"{x:.{min(4, decimals)}f}"


class Compare(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.temporary.name)
        (cls.folder / "study.toml").write_text(EXPERIMENT)
        rathaus("run", "study.toml", "--quiet", folder=cls.folder)
        text = rathaus("compare", "study.h5", "--format", "csv", folder=cls.folder)
        cls.rows = {(r["metric"], r["detail"], r["horizon"], r["scenario"], r["kind"]): r
                    for r in csv.DictReader(io.StringIO(text))}
        cls.file = Result(cls.folder / "study.h5")
        cls.names = cls.file.names("scenario")

    @classmethod
    def tearDownClass(cls):
        cls.file.close()
        cls.temporary.cleanup()

    def runs(self, scenario, twin=0):
        mask = (self.file.raw("run_scenario") == self.names.index(scenario)) & \
            (self.file.raw("run_fixed_demand") == twin)
        return np.flatnonzero(mask)

    def row(self, metric, horizon, scenario, kind="level", detail=""):
        return self.rows[metric, detail, horizon, scenario, kind]

    def close(self, row, mean, half_width=None):
        self.assertAlmostEqual(float(row["mean"]), mean, delta=1e-9 * (1 + abs(mean)))
        if half_width is not None:
            self.assertAlmostEqual(float(row["high"]) - float(row["mean"]), half_width,
                                   delta=1e-9 * (1 + half_width))

    def test_levels_and_paired_gains(self):
        adopters = self.file.raw("adopters").sum(axis=-1)
        t = stats.t.ppf(0.975, 7)
        for horizon, quarter in (("5 years", 23), ("10 years", 43), ("19 years", 79)):
            for name in self.names:
                level = adopters[self.runs(name), quarter].astype(float)
                gain = level - adopters[self.runs("nothing"), quarter]
                metric = "units with AI in operation"
                self.close(self.row(metric, horizon, name), level.mean(),
                           t * level.std(ddof=1) / math.sqrt(8))
                if name != "nothing":
                    self.close(self.row(metric, horizon, name, "gain"), gain.mean(),
                               t * gain.std(ddof=1) / math.sqrt(8))

    def test_sections_are_parts_of_the_table(self):
        def told(*arguments):
            return rathaus("compare", "study.h5", "--format", "csv", *arguments, folder=self.folder).splitlines()

        head, *lines = told()
        names = ("adoption", "what would")
        part = [line for line in lines if line.lstrip('"').startswith(names)]
        self.assertTrue(0 < len(part) < len(lines))
        self.assertEqual(told("--section", "adoption", "--section", "what would"), [head, *part])
        self.assertIn("did you mean 'adoption'?",
                      rathaus("compare", "study.h5", "--section", "adoptoin", folder=self.folder, status=1))

    def check_against(self, path):
        """Every scenario against every other: antisymmetric, and what the raw variables say."""
        def told(*arguments):
            return json.loads(rathaus("compare", path, "--format", "json", *arguments, folder=self.folder))

        def by_key(told):
            return {(line["metric"], line["detail"], line["horizon"]):
                    {cell["scenario"]: cell for cell in line["cells"]} for line in told["lines"]}

        plain, tables = by_key(told()), {name: told("--against", name) for name in self.names}
        self.assertEqual(told()["horizons"], [{"label": "5 years", "until": "2026-Q4"},
                                              {"label": "10 years", "until": "2031-Q4"},
                                              {"label": "19 years", "until": "2040-Q4"}])
        self.assertEqual([table.get("against") for table in tables.values()], [None, *self.names[1:]])
        tables = {name: by_key(table) for name, table in tables.items()}
        self.assertEqual(tables["nothing"], plain)
        ends = [("mean", "mean"), ("low", "high"), ("high", "low"), ("p05", "p95"), ("p95", "p05"),
                ("point_p05", "point_p95"), ("point_p95", "point_p05")]
        seen = set()
        for a in self.names:
            for b in set(self.names) - {a}:
                for key in set(tables[a]) & set(tables[b]):
                    one, other = tables[b][key][a]["gain"], tables[a][key][b]["gain"]
                    if not one or not other or one["mean"] is None:
                        continue
                    seen.add(key[0])
                    for end, opposite in ends:
                        if one[end] is None:
                            self.assertIsNone(other[opposite])
                        else:
                            self.assertAlmostEqual(one[end], -other[opposite], msg=f"{a} {b} {key} {end}",
                                                   delta=1e-12 * (1 + abs(one[end])))
        self.assertGreater(len(seen), 15)
        levels = {key: {s: c["level"] for s, c in cells.items()} for key, cells in plain.items()
                  if any(c["gain"] for c in cells.values())}
        for name in self.names[1:]:     # gains change, levels do not; nothing speaks of the baseline
            self.assertEqual({key: {s: c["level"] for s, c in tables[name][key].items()} for key in levels},
                             levels)
            self.assertFalse([key for key in tables[name] if key[0].startswith(
                ("induced", "windfall", "deadweight", "rebound of the programme", "net change")) or
                "baseline" in key[0]])
        return tables

    def check_raw(self, path, tables):
        """The paired differences from the variables of the file, by replicate and by point."""
        with Result(self.folder / path) as file:
            index = {name: file.raw(f"run_{name}")
                     for name in ("scenario", "fixed_demand", "replicate", "point")}
            paid = np.nan_to_num(file.raw("programmes/paid")).sum(axis=-1)
            discount = (1 + float(file.attribute("discount"))) ** (-np.arange(80) / 4)
            sums = {"units with AI in operation": file.raw("adopters").sum(axis=-1).astype(float),
                    "services in operation": file.raw("services_running").sum(axis=-1).astype(float),
                    "own spending on projects": file.raw("own_spending").sum(axis=-1).cumsum(axis=1) / 1e6,
                    "public money paid": paid.cumsum(axis=1) / 1e6}
        replicates, points = index["replicate"].max() + 1, index["point"].max() + 1

        def square(values, name):               # (replicate, point)
            out = np.full((replicates, points), np.nan)
            runs = (index["scenario"] == self.names.index(name)) & (index["fixed_demand"] == 0)
            out[index["replicate"][runs], index["point"][runs]] = values[runs]
            return out

        costs = 0
        for b in self.names[1:]:
            for a in set(self.names) - {b}:
                cell = tables[b]["public money per additional service", "", "19 years"][a]
                more, cost = (square(values, a).mean() - square(values, b).mean() for values in (
                    sums["services in operation"][:, 79], (paid * discount).sum(axis=1)))
                if cell["note"] == "no gain: it falls":
                    self.assertLess(more, 0)
                elif not cell["note"]:
                    costs += 1
                    self.assertAlmostEqual(cell["level"]["mean"], cost / more, delta=1e-9 * abs(cost / more))
        self.assertGreater(costs, 0)
        t, moved = stats.t.ppf(0.975, replicates - 1), 0
        for metric, values in sums.items():
            for horizon, quarter in (("5 years", 23), ("10 years", 43), ("19 years", 79)):
                for b in self.names[1:]:
                    for a in set(self.names) - {b}:
                        gain = tables[b][metric, "", horizon][a]["gain"]
                        d = square(values[:, quarter], a) - square(values[:, quarter], b)
                        half = t * d.mean(axis=1).std(ddof=1) / math.sqrt(replicates)
                        wanted = {"mean": d.mean(), "low": d.mean() - half, "high": d.mean() + half}
                        if points > 1:
                            wanted |= {"point_p05": np.quantile(d.mean(axis=0), 0.05),
                                       "point_p95": np.quantile(d.mean(axis=0), 0.95)}
                        for end, value in wanted.items():
                            self.assertAlmostEqual(gain[end], value, delta=1e-9 * (1 + abs(value)))
                        moved += abs(d.mean()) > half > 0
        self.assertGreater(moved, 10)

    def test_any_scenario_takes_the_place_of_the_baseline(self):
        self.check_raw("study.h5", self.check_against("study.h5"))
        (self.folder / "points.toml").write_text(
            EXPERIMENT + '[uncertain]\n"post_share" = "range"\n'
            '[design]\nmethod = "latin_hypercube"\npoints = 3\n')
        rathaus("run", "points.toml", "--quiet", "--set", "replicates.at_least=3", folder=self.folder)
        self.check_raw("points.h5", self.check_against("points.h5"))

    def test_against_says_what_it_compares_with(self):
        def told(*arguments):
            return rathaus("compare", "study.h5", *arguments, folder=self.folder)

        for form in ("table", "csv", "json"):
            self.assertEqual(told("--format", form), told("--format", form, "--against", "nothing"))
        table = told("--against", "grant", "--full")
        self.assertIn("gain over 'grant', run by run", table)
        self.assertIn("correlation with 'grant'", table)
        self.assertNotIn("gain over the baseline", table)
        self.assertLessEqual(max(map(len, table.splitlines())), 120)
        rows = list(csv.DictReader(io.StringIO(told("--against", "grant", "--format", "csv"))))
        self.assertEqual({row["against"] for row in rows}, {"grant"})
        for wrong, why in (("grnat", "did you mean 'grant'?"), ("x" * 20, "known: " + ", ".join(self.names))):
            error = rathaus("compare", "study.h5", "--against", wrong, folder=self.folder, status=1)
            self.assertIn(f"--against '{wrong}' is no scenario of the file ({why})", error)

    def test_a_pilot_sees_what_the_same_runs_show(self):
        # a pilot of as many replicates as are planned computes the very cases of the study
        out = rathaus("check", "study.toml", "--pilot", "8", folder=self.folder)
        rows = {tuple(line.split()[:2]): line.split() for line in out.splitlines() if " beyond " in line}
        self.assertEqual(len(rows), 2 * (len(self.names) - 1))
        t = stats.t.ppf(0.975, 7)
        for name in self.names[1:]:
            for indicator in ("adopters", "services_running"):
                level, baseline = (self.file.raw(indicator).sum(axis=-1)[self.runs(s), -1].astype(float)
                                   for s in (name, "nothing"))
                gain = level - baseline
                row = rows[name, indicator]
                half, deviation = t * gain.std(ddof=1) / math.sqrt(8), gain.std(ddof=1)
                sure = [half * math.sqrt(7 / stats.chi2.ppf(p, 7)) for p in (0.975, 0.025)]
                told = [row[2], row[4], row[5], row[8], row[9].lstrip("("), row[11].rstrip(")")]
                for word, value in zip(told, (gain.mean(), half, deviation, half, *sure)):
                    self.assertEqual(word, two_digits(value))

    def test_strata_add_up_and_partition(self):
        names = self.file.names("stratum")
        count = self.file.raw("strata/count").sum(axis=-1)
        units = self.file.raw("units").sum()
        adopters = self.file.raw("adopters").sum(axis=-1)
        self.assertTrue((count.sum(axis=-1) == units).all())
        self.assertTrue((self.file.raw("strata/count_by_fiscal_class").sum(axis=-1) == count).all())
        sign = {"induced": 1, "spillover": 1, "displaced": -1, "displaced_unfunded": -1}
        for twin in (0, 1):
            for name in self.names:
                for h, quarter in enumerate((23, 43, 79)):
                    gain = adopters[self.runs(name, twin), quarter] - \
                        adopters[self.runs("nothing", twin), quarter]
                    strata = sum(s * count[self.runs(name, twin), h, names.index(k)]
                                 for k, s in sign.items())
                    self.assertTrue((gain == strata).all())

    def test_deadweight(self):
        names = self.file.names("stratum")
        count = self.file.raw("strata/count").sum(axis=-1)[self.runs("both"), 1].sum(axis=0)
        both = sum(count[names.index(k)]
                   for k in ("windfall", "accelerated", "delayed", "enlarged", "reduced"))
        self.assertGreater(both, 0)
        self.close(self.row("deadweight by count", "10 years", "both"),
                   100 * both / (both + count[names.index("induced")]))

    def test_cost_per_additional_service_with_its_fieller_interval(self):
        services = self.file.raw("services_running").sum(axis=-1)
        paid = np.nan_to_num(self.file.raw("programmes/paid")).sum(axis=-1)
        weight = (1 + float(self.file.attribute("discount"))) ** (-np.arange(80) / 4)
        finite = 0
        for name in ("grant", "both"):
            for horizon, quarter in (("10 years", 43), ("19 years", 79)):
                x = (services[self.runs(name), quarter] - services[self.runs("nothing"), quarter]).astype(float)
                y = (paid[self.runs(name), :quarter + 1] * weight[:quarter + 1]).sum(axis=1)
                row = self.row("public money per additional service", horizon, name)
                t2 = stats.t.ppf(0.975, 7) ** 2 / 8
                xx, yy = t2 * x.var(ddof=1), t2 * y.var(ddof=1)
                xy = t2 * np.cov(x, y)[0, 1]
                if x.mean() ** 2 <= xx:
                    self.assertEqual(row["note"], "no finite interval")
                elif x.mean() < 0:
                    self.assertEqual(row["note"], "no gain: it falls")
                else:
                    finite += 1
                    self.close(row, y.mean() / x.mean())
                    ends = np.roots([x.mean() ** 2 - xx, -2 * (x.mean() * y.mean() - xy),
                                     y.mean() ** 2 - yy])
                    self.assertAlmostEqual(float(row["low"]), min(ends.real), delta=1e-6 * max(ends.real))
                    self.assertAlmostEqual(float(row["high"]), max(ends.real), delta=1e-6 * max(ends.real))
        self.assertGreater(finite, 0)

    def so_far(self, variable, name, quarter, discounted=False):
        """Sum over the quarters up to one, of each run of a scenario."""
        values = self.file.raw(variable)[self.runs(name), :quarter + 1].astype(float)
        weight = (1 + float(self.file.attribute("discount"))) ** (-np.arange(quarter + 1) / 4) if discounted else 1
        return ((values.sum(axis=-1) if values.ndim > 2 else values) * weight).sum(axis=1)

    def test_what_a_funder_counts(self):
        programmes = self.file.names("programme")
        for horizon, quarter in (("5 years", 23), ("19 years", 79)):
            for k, programme in enumerate(programmes):
                whole = {}
                for metric, variable in (("money offered", "refilled"), ("money applied for", "requested"),
                                         ("money awarded", "granted"), ("money paid", "paid"), ("money returned", "returned")):
                    values = self.file.raw(f"programmes/{variable}")[self.runs("both"), :quarter + 1, k].sum(axis=1)
                    whole[variable] = np.rint(values * 100).astype(np.int64)
                    self.close(self.row(metric, horizon, "both", detail=programme), values.mean() / 1e6)
                left = self.file.raw("programmes/remaining")[self.runs("both"), quarter, k]
                self.close(self.row("money left in the pot", horizon, "both", detail=programme), left.mean() / 1e6)
                # to the cent, in every run
                np.testing.assert_array_equal(whole["refilled"], whole["paid"] + whole["returned"] + np.rint(left * 100).astype(np.int64))
                self.assertTrue((whole["paid"] <= whole["granted"]).all() and (whole["granted"] <= whole["requested"]).all())
        grant = programmes.index("grant")
        numbers = {key: self.file.raw(f"programmes/{key}")[self.runs("grant"), :, grant].sum(axis=1).astype(np.int64)
                   for key in ("applications", "awards")}
        cost = 4 * 4_000_001 + 30_000 * numbers["applications"] + 50_000 * numbers["awards"]       # four years, in cents
        told = self.file.raw("programmes/administration")[self.runs("grant"), :, grant].sum(axis=1)
        np.testing.assert_array_equal(np.rint(told * 100).astype(np.int64), cost)
        self.assertGreater(numbers["applications"].min(), 0)
        self.close(self.row("administration by the funder", "19 years", "grant"), cost.mean() / 1e8)
        self.assertEqual(self.row("administration by the funder", "19 years", "both")["mean"], "", "of one it is not known")

    def test_money_over_time(self):
        def net(name, quarter):
            spent = sum(self.so_far(key, name, quarter, True) for key in ("own_spending", "running_cost", "switching_cost"))
            return self.so_far("saving", name, quarter, True) - spent

        known = 0
        for horizon, quarter in (("10 years", 43), ("19 years", 79)):
            inhabitants = self.file.raw("inhabitants").sum()
            for name in ("grant", "both"):
                paid = self.so_far("programmes/paid", name, quarter, True)
                self.close(self.row("public money, present value", horizon, name), paid.mean() / 1e6)
                running = {n: 4 * self.file.raw("running_cost")[self.runs(n), quarter].sum(axis=-1) for n in (name, "nothing")}
                more = (running[name] - running["nothing"]).mean()
                self.close(self.row("follow-up cost: running cost a year", horizon, name, "gain"), more / 1e6)
                self.close(self.row("follow-up cost a year per inhabitant", horizon, name, "gain"), more / inhabitants)
                self.close(self.row("net present value for municipalities", horizon, name), net(name, quarter).mean() / 1e6)
                cost = paid + (self.so_far("programmes/administration", name, quarter, True) if name == "grant" else 0)
                gain = net(name, quarter) - cost - net("nothing", quarter)
                self.close(self.row("net present value for funder and municipalities", horizon, name), (net(name, quarter) - cost).mean() / 1e6)
                years = (self.so_far("services_running", name, quarter, True) - self.so_far("services_running", "nothing", quarter, True)) / 4
                row = self.row("switching value: worth of a service a year from which it pays", horizon, name)
                if not row["note"]:
                    known += 1
                    self.close(row, -gain.mean() / years.mean())
        self.assertGreater(known, 0)

    def test_an_inert_programme_is_the_baseline(self):
        for name in self.file.file:
            variable = self.file.file[name]
            if not isinstance(variable, h5py.Dataset) or name.startswith("run") or \
                    not variable.shape or variable.shape[0] != len(self.file.raw("run_point")):
                continue
            for twin in (0, 1):
                inert = variable[:][self.runs("inert", twin)]
                np.testing.assert_array_equal(inert, variable[:][self.runs("nothing", twin)], name)

    def test_money_is_exact_and_grants_are_booked(self):
        cents = {name: np.rint(self.file.raw(f"programmes/{name}") * 100).astype(np.int64)
                 for name in ("refilled", "paid", "returned", "remaining")}
        total = {name: cents[name].cumsum(axis=1) for name in ("refilled", "paid", "returned")}
        self.assertTrue((total["refilled"] == total["paid"] + total["returned"] + cents["remaining"]).all())
        received = np.rint(self.file.raw("grants_received").sum(axis=-1) * 100).astype(np.int64)
        grants = self.file.names("programme").index("grant")
        np.testing.assert_array_equal(received, cents["paid"][:, :, grants])
        self.assertGreater(received.sum(), 0)

    def test_rebound_against_twins_is_like_for_like(self):
        """1 - (N_s - N_0) / (N_s' - N_0') with Fieller's interval; the baseline's own rebound is in neither."""
        net, finite = self.file.raw("energy_net").sum(axis=-1).cumsum(axis=1), 0
        for name in ("grant", "both"):
            for horizon, quarter in (("5 years", 23), ("10 years", 43), ("19 years", 79)):
                gain, potential = (net[self.runs(name, twin), quarter] - net[self.runs("nothing", twin), quarter]
                                   for twin in (0, 1))
                row = self.row("rebound of the programme, against twins", horizon, name)
                t2 = stats.t.ppf(0.975, 7) ** 2 / 8
                xx, ww = t2 * potential.var(ddof=1), t2 * gain.var(ddof=1)
                xw = t2 * np.cov(potential, gain)[0, 1]
                x, w = potential.mean(), gain.mean()
                if x * x <= xx:
                    self.assertEqual((row["mean"], row["note"]), ("", "no finite interval"))
                elif x < 0:
                    self.assertEqual((row["mean"], row["note"]), ("", "no gain: it falls"))
                else:
                    finite += 1
                    self.close(row, 1 - w / x)
                    kept = np.roots([x * x - xx, -2 * (x * w - xw), w * w - ww]).real
                    self.assertAlmostEqual(float(row["low"]), 1 - max(kept), delta=1e-9)
                    self.assertAlmostEqual(float(row["high"]), 1 - min(kept), delta=1e-9)
                lost = self.row("net energy lost to rebound, against the twin", horizon, name, "gain")
                self.close(lost, (x - w) / 1e6)
        self.assertGreater(finite, 0)

    def test_an_inert_programme_has_no_ratio_of_its_own(self):
        ratios = {key[0] for key, row in self.rows.items() if row["note"] == "no finite interval"}
        self.assertIn("rebound of the programme, against twins", ratios)
        for metric in ratios:
            for horizon in ("5 years", "10 years", "19 years"):
                row = self.row(metric, horizon, "inert")
                self.assertEqual((row["mean"], row["low"], row["note"]), ("", "", "no finite interval"), metric)

    def test_targets(self):
        small = self.file.raw("adopters")[:, 59, 0] / self.file.raw("units")[0]
        detail = "adopters of <5k at least 0.5 by 2035-Q4"
        for name in self.names:
            value = small[self.runs(name)]
            self.close(self.row("value", "5 years", name, detail=detail), value.mean())
            self.close(self.row("met in share of runs", "5 years", name, detail=detail),
                       100 * (value >= 0.5).mean())

    def test_formats_say_the_same(self):
        told = json.loads(rathaus("compare", "study.h5", "--format", "json", folder=self.folder))
        self.assertEqual(told["baseline"], "nothing")
        self.assertEqual(told["scenarios"], self.names)
        for line in told["lines"]:
            for cell in line["cells"]:
                row = self.row(line["metric"], line["horizon"], cell["scenario"], detail=line["detail"])
                mean = cell["level"]["mean"]
                self.assertEqual(row["mean"], "" if mean is None else row["mean"])
                if mean is not None:
                    self.assertEqual(float(row["mean"]), mean)
        table = rathaus("compare", "study.h5", "--full", folder=self.folder)
        for words in ("baseline 'nothing'", "Support starts in 2022-Q1.",
                      "5 years after support starts: end of 2026", "induced", "deadweight by count", "simulated under",
                      "independent runs that one pair replaces"):
            self.assertIn(words, table)
        self.assertLessEqual(max(map(len, table.splitlines())), 120)
        for number in set(re.findall(r" \*(\d+)", table)):        # what is marked is explained
            self.assertRegex(table, rf"(?m)^\*{number} \w")
        self.assertEqual({row["until"] for row in self.rows.values()}, {"2026-Q4", "2031-Q4", "2040-Q4"})

    def test_costs_hold_what_the_points_do_not_know(self):
        """The band of a ratio is that of the points; one without a gain has no price that would do."""
        (self.folder / "band.toml").write_text(EXPERIMENT + '[uncertain]\n"programme.data.ports.data" = "range"\n'
                                               '[design]\nmethod = "latin_hypercube"\npoints = 12\n')
        rathaus("run", "band.toml", "--quiet", "--set", "replicates.at_least=3", folder=self.folder)
        told = json.loads(rathaus("compare", "band.h5", "--format", "json", folder=self.folder))
        lines = [line for line in told["lines"] if line["metric"] == "public money per additional service"]
        with Result(self.folder / "band.h5") as file:
            index = {n: file.raw(f"run_{n}") for n in ("scenario", "fixed_demand", "replicate", "point")}
            services = file.raw("services_running").sum(axis=-1).astype(float)
            paid = (np.nan_to_num(file.raw("programmes/paid")).sum(axis=-1) *
                    (1 + float(file.attribute("discount"))) ** (-np.arange(80) / 4)).cumsum(axis=1)
        bands = 0
        for line, quarter in zip(lines, (23, 43, 79)):
            for cell in line["cells"]:
                level, s = cell["level"], self.names.index(cell["scenario"])
                if level["low"] is None:
                    continue

                def points(values, scenario):
                    mine = (index["scenario"] == scenario) & (index["fixed_demand"] == 0)
                    return np.array([values[mine & (index["point"] == p), quarter].mean() for p in range(12)])
                more, cost = points(services, s) - points(services, 0), points(paid, s) - points(paid, 0)
                ratios = np.where(more > 0, cost / np.where(more > 0, more, 1), np.inf)
                bands += 1
                self.assertAlmostEqual(level["point_p05"], np.quantile(ratios, 0.05), delta=1e-6 * abs(level["mean"]))
                place = 0.95 * 11
                unbounded = np.isinf(np.sort(ratios)[math.ceil(place)])
                self.assertEqual(level["point_p95"] is None, bool(unbounded))
                if not unbounded:
                    self.assertAlmostEqual(level["point_p95"], np.quantile(ratios, 0.95),
                                           delta=1e-6 * abs(level["mean"]))
                lost = int((more <= 0).sum())
                self.assertEqual(cell["note"], f"no gain at {lost} of 12 points" if lost else "")
        self.assertGreater(bands, 0)
        table = rathaus("compare", "band.h5", "--full", folder=self.folder)
        self.assertIn("bands hold what the points declare", table)
        self.assertLessEqual(max(map(len, table.splitlines())), 120)

    def test_one_quarter(self):
        text = rathaus("compare", "study.h5", "--quarter", "2030-Q4", "--format", "csv", folder=self.folder)
        horizons = {row["horizon"] for row in csv.DictReader(io.StringIO(text))}
        self.assertEqual(horizons, {"2030-Q4"})
        error = rathaus("compare", "study.h5", "--quarter", "2099-Q1", folder=self.folder, status=1)
        self.assertIn("there is no quarter '2099-Q1' (the file holds 2021-Q1 to 2040-Q4)", error)

    def test_places_that_the_population_does_not_have(self):
        text = EXPERIMENT.replace('[programme.inert]', 'eligible = { land = ["Bayern", "Hesen"] }\n'
                                  '[programme.inert]')
        text = text.replace('group = { size_class = "<5k" }', 'group = { size_class = ">=100k" }')
        (self.folder / "nowhere.toml").write_text(text.replace("units = 150", "units = 12"),
                                                  encoding="utf-8")
        error = rathaus("check", "nowhere.toml", folder=self.folder, status=1)
        self.assertRegex(error, r"nowhere.toml:12:\d+: programme.grant.eligible.land names the Land "
                                r"'Hesen', and no unit of the population is in it \(did you mean "
                                r"'Hessen'\?\)")
        self.assertIn("names the size_class '>=100k', and no unit", error)

    def test_experiments_that_teach_run_and_compare(self):
        for name in ("own_share", "eight_fields", "open_standards", "rebound", "windows",
                     "uncertainty"):
            points = ["--set", "design.points=3"] if name == "uncertainty" else []
            rathaus("run", EXPERIMENTS / f"{name}.toml", "-o", f"{name}.h5", "--quiet", "--set",
                    "population.units=80", *points, "--set", "replicates.at_least=2", folder=self.folder)
            self.assertIn("no programme", rathaus("compare", f"{name}.h5", folder=self.folder))
            self.assertIn("ohne Programm", rathaus("compare", f"{name}.h5", "--lang", "de", folder=self.folder))


if __name__ == "__main__":
    unittest.main()
