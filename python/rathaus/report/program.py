"""The program's own answers: `rathaus compare` and `rathaus sensitivity`, never computed again here."""

import json
import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


class Wrong(Exception):
    """What the user can mend: problem (why) suggestion."""


def find_program():
    """RATHAUS names it; otherwise the newest kind of build in this tree, then the path."""
    if named := os.environ.get("RATHAUS"):
        return named
    for build in ("release", "dev"):
        if (program := ROOT / "build" / build / "rathaus").is_file():
            return str(program)
    if installed := shutil.which("rathaus"):
        return installed
    raise Wrong("rathaus: is not there (neither in build/release, build/dev nor in the path) "
                "build it, or set RATHAUS=/path/to/rathaus")


def ask(*arguments):
    """Standard output of the program; Wrong with its own message where it refuses."""
    program = find_program()
    try:
        done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)
    except OSError as problem:
        raise Wrong(f"{program}: does not start ({problem.strerror}) "
                    "set RATHAUS=/path/to/rathaus") from problem
    if done.returncode:
        raise Wrong(done.stderr.strip().removeprefix("error: ") or f"{program}: failed without a word")
    return done.stdout


class Comparison:
    """The decision table of `rathaus compare`, by metric, horizon, theory and detail."""

    def __init__(self, path, *options):
        self.path = path
        self.all = json.loads(ask("compare", path, "--format", "json", *options))
        self.scenarios, self.baseline = self.all["scenarios"], self.all["baseline"]
        self.theories = self.all["alternatives"]
        self.replicates, self.points = self.all["replicates"], self.all["points"]
        self.warnings = self.all["warnings"]
        self.horizons, self.lines = [], {}
        for line in self.all["lines"]:
            if line["horizon"] and line["horizon"] not in self.horizons:
                self.horizons.append(line["horizon"])
            key = line["metric"], line["horizon"], line["alternative"], line["detail"]
            self.lines[key] = line

    def line(self, metric, horizon="", theory="", detail=""):
        """{scenario: cell}, empty where the table has no such line."""
        line = self.lines.get((metric, horizon, theory, detail))
        return {cell["scenario"]: cell for cell in line["cells"]} if line else {}

    def against(self, scenario, section):
        """One section with the gains over a scenario instead of the baseline."""
        return Comparison(self.path, "--against", scenario, "--section", section)

    def unit(self, metric):
        return next((line["unit"] for line in self.all["lines"] if line["metric"] == metric), "1")

    def details(self, metric):
        return list(dict.fromkeys(line["detail"] for line in self.all["lines"] if line["metric"] == metric))

    @property
    def main_horizon(self):
        """The one that the answer speaks of: the middle one, ten years where the run is long enough."""
        return self.horizons[min(1, len(self.horizons) - 1)]

    @property
    def theory_keys(self):
        """What lines call the theories: nothing where there is one only."""
        return self.theories if len(self.theories) > 1 else [""]


def sensitivity(path, design):
    """Indices of adopters at the end of the run: (answer, None) or (None, why there are none)."""
    if design not in ("sobol", "morris"):
        return None, None
    try:
        return json.loads(ask("sensitivity", path, "--format", "json")), None
    except Wrong as problem:
        return None, str(problem).splitlines()[0]
