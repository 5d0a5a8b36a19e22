#!/usr/bin/python3
"""scripts/tools/skipped_tests.py: a skip passes only with a reason that is listed for that very test."""

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SOURCE = Path(os.environ["RATHAUS_SOURCE"])


class Skips(unittest.TestCase):
    def judge(self, case):
        """Exit status and all that was said about a report of one test case."""
        with tempfile.TemporaryDirectory() as folder:
            report, listed = Path(folder) / "report.xml", Path(folder) / "skips.txt"
            report.write_text(f"<testsuite>{case}</testsuite>", encoding="utf-8")
            listed.write_text("# name | words | reason\nslurm | no node | a container\n", encoding="utf-8")
            run = subprocess.run([sys.executable, SOURCE / "scripts" / "tools" / "skipped_tests.py", report, listed],
                                 capture_output=True, text=True)
            return run.returncode, run.stdout + run.stderr

    @staticmethod
    def case(name, printed, status="run", mark=""):
        return f'<testcase name="{name}" status="{status}">{mark}<system-out>{printed}</system-out></testcase>'

    def skipped(self, name, printed):
        return self.case(name, printed, "notrun", '<skipped message="SKIP_RETURN_CODE=77"/>')

    def test_what_ran_passes(self):
        self.assertEqual(self.judge(self.case("a", "OK")), (0, ""))

    def test_a_listed_skip_is_told(self):
        status, said = self.judge(self.skipped("slurm", "skipped: no node came up"))
        self.assertEqual((status, "no node came up" in said), (0, True))

    def test_others_fail(self):
        for case in (self.skipped("other", "skipped: no node came up"),
                     self.skipped("slurm", "skipped: no munge"),
                     self.skipped("slurm", ""),
                     self.case("slurm", "OK (skipped=1)"),
                     self.case("slurm", "x ... skipped 'no node'\ny ... skipped 'no munge'\nOK (skipped=2)")):
            status, said = self.judge(case)
            self.assertEqual(status, 1, case)
            self.assertIn("not listed", said)

    def test_a_case_that_is_listed(self):
        self.assertEqual(self.judge(self.case("slurm", "x ... skipped 'no node'\nOK (skipped=1)"))[0], 0)

    def test_the_list_names_tests(self):
        """Every name on the list is one of CTest's."""
        shown = subprocess.run(["ctest", "--show-only=json-v1"], cwd=os.environ["RATHAUS_BUILD"], text=True,
                               capture_output=True, check=True).stdout
        for line in (SOURCE / "tests" / "skips.txt").read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                self.assertIn(f'"{line.split("|")[0].strip()}"', shown)


if __name__ == "__main__":
    unittest.main()
