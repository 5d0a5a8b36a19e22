#!/usr/bin/python3
"""R and Python tell the same of a study under doubt: levels, gains, ratios, and chance and ignorance apart."""

import gzip
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import harness
import studies

harness.skip_without("h5py", "numpy", "pandas", "scipy", "xarray")
import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

import rathaus  # noqa: E402

SOURCE = Path(os.environ["RATHAUS_SOURCE"])
STUDY = """title = "the same"
model = "germany"
[population]
units = 100
[time]
quarters = 32
""" + studies.ADVICE + """[scenario.twice]
programmes = ["advice"]
change.advice.budget.per_year = 600_000
[uncertain]
u0 = "range"
"programme.advice.ports.coop" = "range"
[design]
method = "latin_hypercube"
points = 5
""" + studies.RIVALS + """[replicates]
at_least = 3
[output]
fixed_demand = true
groups = ["land"]
"""
IN_R = """
result <- rathaus_open("s.h5")
for (name in c("adopters", "own_spending", "mean_lock_in", "net_fiscal_effect_per_inhabitant", "graveyard", "effective_vendors")) {
  write.csv(rathaus_levels(result, name), paste0("level-", name, ".csv"), row.names = FALSE)
  write.csv(rathaus_doubt(result, name), paste0("doubt-", name, ".csv"), row.names = FALSE)
}
write.csv(rathaus_doubt(result, "share_of_adopters", by = "size_class", against = "advice"), "by_class.csv", row.names = FALSE)
write.csv(rathaus_levels(result, "adopters", by = "land"), "by_land.csv", row.names = FALSE)
"""
COLUMNS = ["mean", "low", "high", "points_low", "points_high", "positive", "negative", "points", "part_of_chance"]


class SameNumbers(harness.InFolder):
    @classmethod
    def setUpClass(cls):
        if not shutil.which("R"):
            raise unittest.SkipTest("R is not installed")
        kept = tempfile.TemporaryDirectory()
        cls.addClassCleanup(kept.cleanup)
        cls.library = kept.name
        subprocess.run(["R", "CMD", "INSTALL", "--no-docs", f"--library={cls.library}", str(SOURCE / "r")], check=True,
                       capture_output=True)

    def in_r(self, code):
        done = subprocess.run(["Rscript", "-e", f"library(rathaus)\n{code}"], env=os.environ | {"R_LIBS": self.library},
                              cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_result_of_format_1_0_is_the_same_in_r(self):
        old = gzip.decompress((SOURCE / "tests/readers/format_1_0.h5.gz").read_bytes())
        (self.folder / "old.h5").write_bytes(old)
        self.in_r('write.csv(summary(rathaus_gains(rathaus_open("old.h5"), "services_running")), "old.csv", row.names = FALSE)')
        self.same(pd.read_csv(self.folder / "old.csv"),
                  rathaus.interval(rathaus.open(self.folder / "old.h5").gain("services_running")), "format 1.0",
                  columns=["mean", "low", "high"])

    def test_r_and_python_tell_the_same(self):
        self.write("s.toml", STUDY)
        result = rathaus.Experiment(self.folder / "s.toml").run(self.folder / "s.h5")
        self.in_r(IN_R)
        for path in sorted(self.folder.glob("level-*.csv")):
            name = path.stem.removeprefix("level-")
            mine = pd.read_csv(path)
            theirs = result.level(name).stack(row=("scenario", "theory", "point", "replicate", "time"))
            keys = pd.MultiIndex.from_frame(mine[["scenario", "theory", "point", "replicate"]].assign(
                time=pd.PeriodIndex(mine.quarter.str.replace("-", ""), freq="Q").end_time.normalize()))
            there = theirs.to_series().reindex(keys)
            np.testing.assert_allclose(mine.value, there.values, rtol=1e-12, err_msg=name)
            self.assertGreater(there.notna().sum(), len(there) / 2, name)
        for path in sorted(self.folder.glob("doubt-*.csv")):
            self.same(pd.read_csv(path), result.doubt(path.stem.removeprefix("doubt-")), path.stem)
        self.same(pd.read_csv(self.folder / "by_class.csv"), result.doubt("share_of_adopters", "size_class", against="advice"),
                  "by class", ["size_class"])
        land = pd.read_csv(self.folder / "by_land.csv")
        self.assertEqual(set(land.land), set(result.level("adopters", "land").land.values))
        self.assertEqual(land.value.sum(), float(result.level("adopters").sum()))

    def same(self, mine, theirs, name, by=(), columns=COLUMNS):
        frame = theirs.to_dataframe().reset_index()
        mine["time"] = pd.PeriodIndex(mine.quarter.str.replace("-", ""), freq="Q").end_time.normalize()
        keys = ["scenario", "theory", "time", *by]
        both = mine.merge(frame, on=keys, suffixes=("", "_python"))
        self.assertEqual((len(both), len(mine)), (len(frame), len(frame)), name)
        for column in columns:
            # the t quantiles of R and SciPy agree to nine digits, which a difference near zero loses
            largest = both[["mean", "low", "high"]].abs().max().max()
            np.testing.assert_allclose(both[column], both[f"{column}_python"], rtol=1e-9, atol=1e-9 * max(largest, 1e-3),
                                       err_msg=f"{name} {column}")


if __name__ == "__main__":
    unittest.main()
