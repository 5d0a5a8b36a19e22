#!/usr/bin/python3
"""Enough replicates: the study ends where the rule of docs/metrics.md, recomputed here, says; whatever the
threads, and however often it is killed on its way."""

import subprocess
import time
import unittest

import harness

harness.skip_without("h5py", "numpy", "pandas", "xarray", "scipy")
import numpy as np  # noqa: E402
from scipy import stats  # noqa: E402

import rathaus  # noqa: E402

BASE = """title = "until"
model = "germany"
[population]
units = 120
[time]
quarters = 60
[programme.advice]
from = "advice"
window = {{ first = "2022-Q1", length = 20 }}
budget = {{ per_year = 300_000 }}
[programme.data]
from = "data_platform"
window = {{ first = "2022-Q1", length = 20 }}
budget = {{ per_year = 300_000 }}
[scenario.none]
baseline = true
[scenario.advice]
programmes = ["advice"]
[scenario.data]
programmes = ["data"]
[uncertain]
u0 = "range"
[design]
method = "latin_hypercube"
points = 2
[replicates]
{replicates}
"""
QUARTER = 43  # 2031-Q4


def expected(gains, at_least, at_most, width, confidence=0.95):
    """Replicates that the rule wants; gains over (comparison, replicate)."""
    since = 0
    for r in range(2, at_most + 1):
        t = stats.t.ppf(1 - (1 - confidence) / len(gains) / 2, r - 1)
        widest = max(t * g[:r].std(ddof=1) / np.sqrt(r) for g in gains)
        if widest > width or r < at_least:
            since = 0
            continue
        since = since or r
        if r >= since + (5 if since <= 100 else 5 * since // 100):
            return r
    return at_most


class Until(harness.InFolder):
    def study(self, name, replicates):
        self.write(name, BASE.format(replicates=replicates))

    def rule(self, width, at_least=4, at_most=60):
        return f'at_least = {at_least}\nat_most = {at_most}\nuntil = {{ indicator = "services_running", ' \
               f'quarter = "2031-Q4", half_width = {width} }}'

    def gains(self):
        self.study("all.toml", "at_least = 60")
        self.rathaus("run", "all.toml", "--quiet")
        with rathaus.open(self.folder / "all.h5") as file:
            value = np.zeros((3, 2, 60))
            for s, p, r, x in zip(file.raw("run_scenario"), file.raw("run_point"),
                                  file.raw("run_replicate"),
                                  file.raw("services_running").sum(axis=2)[:, QUARTER]):
                value[s, p, r] = x
            self.services = file.raw("services")
        return (value[1:] - value[0]).mean(axis=1)

    def test_it_stops_where_the_rule_says(self):
        gains = self.gains()
        counts = set()
        for width in (6, 8, 12, 20):
            self.study("u.toml", self.rule(width))
            told = self.rathaus("run", "u.toml", "--force", "--threads", 1 + width % 3)
            with rathaus.open(self.folder / "u.h5") as file:
                replicates = file.raw("run_replicate").max() + 1
                self.assertEqual(replicates, expected(gains, 4, 60, width), width)
                self.assertEqual(len(file.raw("run_point")), replicates * 6)
                np.testing.assert_array_equal(file.raw("services"), self.services[:replicates * 6])
            counts.add(replicates)
            word = "stopped" if replicates < 60 else "not narrow enough"
            self.assertIn(f"{word} after {replicates} replicates: the widest 95 % interval", told.stderr)
            self.assertIn(word, self.told("info", "u.h5"))
            self.assertEqual(sorted(p.name for p in self.folder.glob("u.h5*")), ["u.h5"])
        self.assertGreater(len(counts), 2)

    def test_a_kill_does_not_move_the_end(self):
        self.study("u.toml", self.rule(8))
        self.rathaus("run", "u.toml", "--quiet")
        whole = self.digest("u.h5")
        for delay in (0.3, 0.8):
            process = subprocess.Popen([harness.RATHAUS, "run", "u.toml", "-o", "k.h5", "--quiet"], cwd=self.folder)
            time.sleep(delay)
            process.kill()
            process.wait()
            self.rathaus("run", "u.toml", "-o", "k.h5", "--quiet", "--resume")
            self.assertEqual(self.digest("k.h5"), whole)
            (self.folder / "k.h5").unlink()
        self.write("again.toml", self.told("explain", "u.h5"))
        self.rathaus("run", "again.toml", "--quiet")
        self.assertEqual(self.digest("again.h5"), whole)

    def test_bad_input(self):
        self.study("u.toml", self.rule(8))
        self.assertIn("needs all cases in one process",
                      self.refused("run", "u.toml", "--shard", "1/2"))
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()), ["u.toml"])
        for replicates, words in (
                ('at_most = 9', "needs until"),
                (self.rule(8).replace("at_most = 60\n", ""), "needs at_most"),
                (self.rule(8, at_most=3), "at_most"),
                (self.rule(0), "half_width"),
                (self.rule(8).replace("services_running", "services_runing"), "did you mean"),
                (self.rule(8).replace("2031", "2051"), "outside the run")):
            self.study("bad.toml", replicates)
            self.assertIn(words, self.refused("check", "bad.toml"))


if __name__ == "__main__":
    unittest.main(verbosity=1)
