"""The module of the workbench computes what the program computes, bit for bit, in every experiment of the repository."""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import agreement

ENGINE = agreement.SOURCE / "build" / "web" / "engine.wasm"
EXPERIMENTS = sorted(path.relative_to(agreement.SOURCE).as_posix() for path in (agreement.SOURCE / "experiments").rglob("*.toml"))


class Bits(unittest.TestCase):
    def test_equal_those_of_the_program(self):
        node = ["node", agreement.SOURCE / "tests" / "web" / "digests.mjs", ENGINE, agreement.SOURCE]
        self.assertGreater(len(EXPERIMENTS), 15)
        for experiment in EXPERIMENTS:
            with self.subTest(experiment), tempfile.TemporaryDirectory() as folder:
                agreement.compare(self, experiment, node, folder)


if __name__ == "__main__":
    if not ENGINE.exists() or not shutil.which("node"):
        print("skipped: build/web is not built (scripts/web.sh builds it)")
        sys.exit(77)
    unittest.main()
