"""One run of the program: what it was asked, and what it answered."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from rathaus.errors import Error
from rathaus.executable import ask
from rathaus.reader import Reader

SOURCE = Path(__file__).resolve().parents[3]
EXPERIMENTS = SOURCE / "experiments" / "verification"


@dataclass
class Study:
    """A result file in memory; every number a check needs is read from it, none from elsewhere.

    number: parameters and coefficients by name. rule: the switches of [structure].
    use_cases, vendors: rows of the model's tables; vendors one per slot.
    """

    number: dict
    rule: dict
    use_cases: list
    vendors: list
    resolved: dict
    arrays: dict = field(repr=False)

    def __getitem__(self, name):
        """An array by its name in the result file (docs/file_format.md)."""
        return self.arrays[name]

    @property
    def units(self):
        return int(self["units"].sum())

    @property
    def quarters(self):
        return len(self["quarter_label"])

    @property
    def runs(self):
        return len(self["run_replicate"])

    def available(self):
        """First quarter of each use case, as an index of this run, at least 0."""
        def index(text):
            year, quarter = text.split("-Q")
            return 4 * int(year) + int(quarter)

        start = index(self.resolved["time"]["start"])
        return [max(0, index(row.get("available_from", "1900-Q1")) - start)
                for row in self.use_cases]

    def adopters(self):
        """Units with a running service, (run, quarter)."""
        return self["adopters"].sum(axis=-1)

    def price(self):
        """List price of each vendor in each quarter, (quarter + 1, vendor), ODD eq. 37.

        From the projects in the panel, since the file keeps prices in 32 bit only. Needs a panel
        of every quarter, and that no vendor leaves.
        """
        stage, vendor = self["panel/cell_stage"][0], self["panel/cell_vendor"][0]
        served = np.zeros((self.quarters + 1, len(self.vendors)))
        for t in range(self.quarters):
            before = stage[t - 1] if t else np.zeros_like(stage[0])
            launched = (before < 2) & (stage[t] >= 2)
            served[t + 1] = served[t] + np.bincount(vendor[t][launched],
                                                    minlength=len(self.vendors))
        scale = 1.0
        if self.rule["vendor_scale"]:
            kind = self.resolved["population"]["unit"]
            scale = self.units / self.resolved["model"]["population"]["national_units"][kind]
        listed = np.array([v["price"] for v in self.vendors])
        projects = np.array([v["learning_projects"] for v in self.vendors]) * scale
        return listed * (1 + served / projects) ** np.log2(1 - self.number["vendor_learn_rate"])

    def thresholds(self):
        """Column innov of the population file, by id; none if the population is synthetic."""
        if "file" not in self.resolved["population"]:
            return None
        lines = Path(self.resolved["population"]["file"]).read_text().splitlines()
        columns = lines[0].split(",")
        rows = sorted((line.split(",") for line in lines[1:]), key=lambda row: row[0].encode())
        return np.array([float(row[columns.index("innov")]) for row in rows])


def read(path):
    """The study in a result file."""
    with Reader(path) as result:
        # at the first point; coefficients are left out where the file holds none by itself
        number = {name: float(data[0]) for name, data in result.file["parameters"].items()
                  if data.ndim == 1 and "path" in data.attrs}
        arrays = {prefix + name: result.raw(f"{group}/{name}")
                  for group, prefix in (("/", ""), ("municipalities", ""), ("panel", "panel/"))
                  if result.has(group) for name in (*result.variables(group), *result.scales(group))}
        resolved = result.resolved
    model = resolved["model"]
    vendors = [row for row in model["vendors"]["vendor"] for _ in range(row.get("slots", 1))]
    return Study(number, resolved["structure"], model["use_cases"]["use_case"], vendors, resolved,
                 arrays)


def run(rathaus, experiment, sets, output, threads=None):
    """Runs an experiment file with the given --set options into `output` and reads the result."""
    options = ["--threads", threads] if threads else []
    for change in sets:
        options += ["--set", change]
    try:
        ask("run", experiment, "-o", output, "--force", "--quiet", *options, named=rathaus)
    except Error as error:
        raise type(error)(f"{experiment}: the program refused it", *error.diagnostics) from None
    return read(output)
