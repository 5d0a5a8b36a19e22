"""What the tests of the command line share: a folder of their own and the program in it."""

import importlib
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

RATHAUS = os.environ["RATHAUS"]


def skip_without(*modules):
    """Ends the test as skipped where a module is not installed."""
    for module in modules:
        try:
            importlib.import_module(module)
        except ImportError as missing:
            print(f"skipped: {missing}")
            sys.exit(77)


def two_programmes(grants):
    """Advice and grants of so many EUR a year, with a scenario of both beside one of none."""
    return f"""[programme.advice]
from = "advice"
window = {{ first = "2022-Q1", length = 8 }}
budget = {{ per_year = 200_000 }}
[programme.grant]
from = "pilot_grant"
ports = {{ grant_pilot = 0.7, aware = 0.1 }}
window = {{ first = "2022-Q1", length = 8 }}
budget = {{ per_year = {grants} }}
award = {{ rule = "fcfs" }}
[scenario.none]
baseline = true
programmes = []
[scenario.both]
programmes = ["advice", "grant"]
"""


def model_of_one_rule(folder):
    """A copy of models/germany that ships the ensemble of the logit alone: its shipped doubt has one theory."""
    model = Path(folder) / "model"
    shutil.copytree(Path(os.environ["RATHAUS_SOURCE"]) / "models/germany", model,
                    ignore=lambda _, names: [name for name in names if name.startswith("ensemble_")])
    return model


class InFolder(unittest.TestCase):
    """Every test starts in an empty folder."""

    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = Path(self.temporary.name)

    def tearDown(self):
        self.temporary.cleanup()

    def rathaus(self, *arguments, status=0):
        """Runs the program and checks its exit status; the result has stdout and stderr."""
        result = subprocess.run([RATHAUS, *map(str, arguments)], cwd=self.folder, capture_output=True,
                                text=True)
        self.assertEqual(result.returncode, status, result.stderr)
        return result

    def told(self, *arguments):
        return self.rathaus(*arguments).stdout

    def refused(self, *arguments):
        """What the program says to wrong input."""
        return self.rathaus(*arguments, status=1).stderr

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")

    def digest(self, name):
        return self.told("info", "--digest", name)
