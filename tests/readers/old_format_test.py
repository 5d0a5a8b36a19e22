#!/usr/bin/python3
"""A result of format 1.0 is read by every command as it was by the program that wrote it."""

import gzip
import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
# of format_1_0.h5.gz, as the program of that format told it
DIGEST = "cfd95b752b996013ac04318e0580dfff70513076ede82ba1c1b47a35778db1ed"


class OldFormat(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.file = Path(self.temporary.name) / "format_1_0.h5"
        self.file.write_bytes(gzip.decompress((HERE / "format_1_0.h5.gz").read_bytes()))

    def tearDown(self):
        self.temporary.cleanup()

    def told(self, *arguments):
        result = subprocess.run([os.environ["RATHAUS"], *map(str, arguments)], capture_output=True, text=True)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout

    def test_its_numbers_are_as_they_were(self):
        self.assertEqual(self.told("info", self.file, "--digest").strip(), DIGEST)
        info = self.told("info", self.file)
        self.assertIn("A result of format 1.0", info)
        self.assertRegex(info, r"reserve +\(run, quarter, size_class\) +float64 +EUR")

    def test_it_is_compared(self):
        table = json.loads(self.told("compare", self.file, "--format", "json"))
        self.assertEqual(table["scenarios"], ["no_programme", "flat"])
        self.assertEqual(len(table["alternatives"]), 2)
        metrics = {line["metric"] for line in table["lines"]}
        self.assertIn("public money paid", metrics)
        self.assertIn("mean lock-in of running services", metrics)

    def test_python_reads_it(self):
        try:
            import rathaus
            result = rathaus.open(self.file)
        except ImportError as missing:
            self.skipTest(str(missing))
        self.assertEqual(result.scenarios, ["no_programme", "flat"])
        self.assertEqual(str(result.time[-1])[:10], "2022-12-31")
        table = result.compare()
        for theory in result.theories:
            own = rathaus.interval(result.gain("services_running")).sel(theory=theory, scenario="flat")
            told = table[(table.metric == "services in operation") & (table.theory == theory) & (table.scenario == "flat")
                         & (table.horizon == table.horizon[0])].iloc[0]
            at = own.isel(time=int(result.raw("strata/horizon_quarter")[0]))
            for mine, theirs in ((at["mean"], told.gain), (at.low, told.gain_low), (at.high, told.gain_high)):
                self.assertAlmostEqual(float(mine), theirs, places=9)
        self.assertEqual(len(result.municipalities), 12)
        self.assertEqual(result.doubt("adopters").sizes["scenario"], 1)
        self.assertIn("lock_in", set(result.metrics().variable))

    def test_it_is_explained_and_judged(self):
        self.assertIn("[scenario.flat]", self.told("explain", self.file))
        self.assertIn("P1", self.told("patterns", self.file))


if __name__ == "__main__":
    unittest.main()
