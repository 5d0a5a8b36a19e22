"""What charts need from the result file itself: histories. Read in blocks of runs, never all at once."""

import re
from functools import lru_cache

import numpy as np
from scipy import stats

from rathaus.errors import InputError
from rathaus.reader import Reader

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
BLOCK = 64      # runs read at a time: the widest variable has 30 kB a run


class Result(Reader):
    """The reader with histories. Runs are rows of one scenario under one theory, twins with fixed demand left out."""

    def __init__(self, path, named=None):
        super().__init__(path, named)
        self.refuse_control_characters()
        self.units = self.file["units"][:].astype(float)
        self.inhabitants = self.file["inhabitants"][:].astype(float)
        self.quarters = self.file["quarter"].shape[0]
        first = self.names("quarter_label")[0]
        self.start = int(first[:4]) + (int(first[-1]) - 1) / 4

    def refuse_control_characters(self):
        """No page, picture or workbook can hold them; the program refuses them in an experiment itself."""
        named = {"title": [str(self.attribute("title"))], "question": [str(self.attribute("question"))]} | {
            kind: self.names(kind) for kind in ("scenario", "programme", "alternative")}
        for kind, names in named.items():
            for name in names:
                if found := CONTROL.search(name):
                    raise InputError(f"the {kind} {ascii(name)} holds the character "
                                f"U+{ord(found[0]):04X} (no page can show it) rename it and run again", file=self.path)

    @lru_cache
    def names(self, path):
        return super().names(path)

    @property
    def time(self):
        """End of each quarter as a year with fraction."""
        return self.start + (np.arange(self.quarters) + 1) / 4

    def horizon_quarter(self, label):
        """Index of the last quarter of "10 years"; the file says it where support was paired."""
        years = float(label.split()[0])
        if "strata/horizon_years" in self.file:
            known = self.file["strata/horizon_years"][:].astype(float)
            if (same := np.flatnonzero(np.abs(known - years) < 0.1)).size:
                return int(self.file["strata/horizon_quarter"][same[0]])
        return min(round(4 * years), self.quarters) - 1

    @lru_cache
    def rows(self, scenario, theory=0):
        """Runs of a scenario, ordered by replicate and point, so that scenarios pair up."""
        rows = self.runs(scenario, self.theories[theory])
        return rows[np.lexsort((self.index["point"][rows], self.index["replicate"][rows]))]

    def blocks(self, path, rows):
        """(positions in rows, values) for blocks of runs; HDF5 wants its rows ascending."""
        order = np.argsort(rows, kind="stable")
        for first in range(0, len(rows), BLOCK):
            chosen = order[first:first + BLOCK]
            yield chosen, self.file[path][rows[chosen]]

    def mean(self, path, scenario, theory=0):
        """Mean over runs of a variable (run, …)."""
        rows = self.rows(scenario, theory)
        total = 0.0
        for _, values in self.blocks(path, rows):
            total = total + values.sum(axis=0, dtype=float)
        return total / len(rows)

    @lru_cache
    def totals(self, path, scenario, theory=0, size_class=None):
        """(run, quarter): a variable over (run, quarter, size_class), summed over classes or of one."""
        rows = self.rows(scenario, theory)
        out = np.empty((len(rows), self.quarters))
        for chosen, values in self.blocks(path, rows):
            if values.ndim > 2:
                values = values.sum(axis=2) if size_class is None else values[:, :, size_class]
            out[chosen] = values
        return out

    def over_replicates(self, values, scenario, theory=0):
        """Means over the points of each replicate; replicates that lack a point are left out."""
        replicate = self.index["replicate"][self.rows(scenario, theory)]
        names, counts = np.unique(replicate, return_counts=True)
        whole = names[counts == counts.max()]
        return np.array([values[replicate == r].mean(axis=0) for r in whole]), whole

    def gains(self, path, scenario, theory=0, size_class=None):
        """(replicate, quarter): differences to the baseline, run by run, averaged over the points."""
        baseline = self.attribute("baseline")
        own, r = self.over_replicates(self.totals(path, scenario, theory, size_class), scenario, theory)
        other, q = self.over_replicates(self.totals(path, baseline, theory, size_class), baseline, theory)
        return own[np.isin(r, q)] - other[np.isin(q, r)]


def interval(values):
    """Mean over replicates and half width of its 95 % interval (Student's t), NaN with one."""
    n = len(values)
    mean = values.mean(axis=0)
    if n < 2:
        return mean, np.full_like(mean, np.nan)
    return mean, stats.t.ppf(0.975, n - 1) * values.std(axis=0, ddof=1) / np.sqrt(n)
