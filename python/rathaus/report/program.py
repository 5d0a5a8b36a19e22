"""The program's own answers: `rathaus compare` and `rathaus sensitivity`, never computed again here."""

import json

from rathaus.errors import Error
from rathaus.report.answer import Answer


class Comparison:
    """The decision table of `rathaus compare`, by metric, horizon, theory and detail."""

    def __init__(self, result, *options):
        self.result = result
        self.all = json.loads(result.ask("compare", "--format", "json", *options))
        self.scenarios, self.baseline = self.all["scenarios"], self.all["baseline"]
        self.theories = self.all["alternatives"]
        self.replicates, self.points = self.all["replicates"], self.all["points"]
        self.answer = Answer(self.all["answer"])
        self.warnings = self.all["warnings"]
        # year in which support starts; nothing where no programme does
        start = self.all.get("horizons_count_from", "")
        self.support_start = int(start[:4]) + (int(start[-1]) - 1) / 4 if self.all.get("support_starts_there") and start else None
        self.ends = {h["label"]: h["until"] for h in self.all["horizons"] if h["label"] != h["until"]}
        self.horizons, self.lines = [], {}
        for line in self.all["lines"]:
            if line["horizon"] and line["horizon"] not in self.horizons:
                self.horizons.append(line["horizon"])
            key = line["metric"], line["horizon"], line["alternative"], line["detail"]
            self.lines[key] = line
            for cell in line["cells"]:
                cell["ratio"] = line["ratio"]

    def line(self, metric, horizon="", theory="", detail=""):
        """{scenario: cell}, empty where the table has no such line."""
        line = self.lines.get((metric, horizon, theory, detail))
        return {cell["scenario"]: cell for cell in line["cells"]} if line else {}

    def against(self, scenario, section):
        """One section with the gains over a scenario instead of the baseline."""
        return Comparison(self.result, "--against", scenario, "--section", section)

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


def sensitivity(result, design):
    """Indices of adopters at the end of the run: (answer, None) or (None, why there are none)."""
    if design not in ("sobol", "morris", "list"):
        return None, None
    try:
        return json.loads(result.ask("sensitivity", "--format", "json")), None
    except Error as problem:
        # a list has indices if it is a Saltelli sample
        return None, None if design == "list" else str(problem).splitlines()[0]
