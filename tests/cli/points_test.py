#!/usr/bin/python3
"""Points and ensembles from CSV are read as strictly as population files; what is possible and looks wrong is told. A
Saltelli sample of another tool is recognised and analysed, and Morris says where it cuts tails."""

import csv
import io
import json
import math
import unittest

import harness

harness.skip_without("h5py", "numpy", "pandas", "xarray", "scipy")
import h5py  # noqa: E402
import numpy as np  # noqa: E402
from scipy import stats  # noqa: E402
from scipy.stats import qmc  # noqa: E402

import rathaus  # noqa: E402

BASE = """title = "points"
model = "germany"
doubt = "none"
[population]
units = 10
[time]
quarters = 8
[replicates]
at_least = 2
"""
POINTS = BASE + """[uncertain]
beta_peer = { uniform = [0, 4] }
data_unit_cost_eur = "range"
"coefficients.fit_reference" = { normal = [0.55, 0.05] }
[design]
method = "list"
file = "points.csv"
"""
HEAD = "beta_peer,data_unit_cost_eur,coefficients.fit_reference\n"


class Points(harness.InFolder):
    def check(self, points, text=POINTS, status=0):
        self.write("e.toml", text)
        self.write("points.csv", points)
        return self.rathaus("check", "e.toml", status=status).stderr

    def test_slips_are_errors_with_their_place(self):
        for points, said in (
                (HEAD + "1,5,100000,0.5\n2,25,200000,0.5\n", ["points.csv:2: 4 fields (the header has 3)", "points.csv:3: 4 fields"]),
                (HEAD + "1,100000\n", ["points.csv:2: 2 fields (the header has 3)"]),
                (HEAD.strip() + ",beta_peer\n1,100000,0.5,3\n", ["points.csv:1:57: column 'beta_peer' occurs twice"]),
                (HEAD.strip() + ",parameters.beta_peer\n1,100000,0.5,3\n",
                 ["columns 'beta_peer' and 'parameters.beta_peer' are the same number"]),
                (HEAD.replace(",", ";") + "1,5;100000;0.5\n", ["points.csv:2:1: beta_peer '1,5' has a decimal comma", "write 1.5"]),
                (HEAD + '"1,5",100000,0.5\n', ["points.csv:2:1: beta_peer '1,5' has a decimal comma"]),
                (HEAD + "1,100 000,0.5\n", ["data_unit_cost_eur '100 000' has separators", "write 100000"]),
                (HEAD + "1,1.100.000,0.5\n", ["'1.100.000' has separators", "write 1100000"]),
                (HEAD + "0x3,100000,0.5\n", ["beta_peer '0x3' is no number"]),
                (HEAD + "nan,inf,\n", ["beta_peer 'nan' is no number", "data_unit_cost_eur 'inf' is no number",
                                       "coefficients.fit_reference '' is empty"]),
                (HEAD + "-1,100000,0.5\n", ["beta_peer = -1 is not possible"]),
                (HEAD, ["the file has a header and no row"]),
                (HEAD.replace("beta_peer", "beta_per") + "1,100000,0.5\n", ["no column 'beta_peer'", "is it 'beta_per'?"])):
            with self.subTest(points):
                told = self.check(points, status=1)
                for part in said:
                    self.assertIn(part, told)

    def test_all_errors_of_a_file_are_told(self):
        told = self.check(HEAD + "a,100000,0.5\n1,b,0.5\n1,100000,c\n", status=1)
        self.assertEqual([line.split(":")[2] for line in told.splitlines()], ["2", "3", "4"])

    def test_what_looks_wrong_is_told(self):
        for points, said in (
                (HEAD + "9,100000,0.5\n1,100000,0.5\n",
                 "points.csv:2:1: 1 of 2 values of beta_peer lie outside its distribution { uniform = [0, 4] }, such as 9"),
                (HEAD + "1,100000,0.9\n", "values of coefficients.fit_reference lie outside its distribution { normal"),
                (HEAD + "1,100.000,0.5\n1,200.000,0.5\n",
                 "points.csv:2:3: data_unit_cost_eur '100.000' is 100 (the dot is a decimal point, and 100000 would be plausible)"),
                (HEAD + "1,100,0.5\n1,200000,0.5\n", "1 of 2 values are about a thousandth of the others, such as 100 beside 200000"),
                (HEAD.strip() + ",u0\n1,100000,0.5,3\n", "columns that are not in [uncertain] and not read: u0")):
            with self.subTest(points):
                self.assertIn("warning: ", told := self.check(points))
                self.assertIn(said, told)
        self.assertEqual(self.check("point," + HEAD + "0,0,100000,0.5\n1,4,200000,0.6\n"), "")

    def test_points_within_the_experiment_are_told_the_same(self):
        text = POINTS.replace('file = "points.csv"', "values = [[9, 100000, 0.5], [1, 100000, 0.5]]")
        self.assertIn("1 of 2 values of beta_peer lie outside its distribution", self.check("", text))

    def test_every_name_of_a_number_is_understood(self):
        rows = "1.5,120000,0.56\n2.5,140000,0.57\n"
        digests = set()
        for head in (HEAD, "parameters.beta_peer,parameters.data_unit_cost_eur,fit_reference\n"):
            self.check(head + rows)
            self.rathaus("run", "e.toml", "--quiet", "--force")
            digests.add(self.digest("e.h5"))
        text = POINTS.replace("\nbeta_peer =", '\n"parameters.beta_peer" =').replace('"coefficients.fit_reference"', "fit_reference")
        self.check(HEAD + rows, text)
        self.rathaus("run", "e.toml", "--quiet", "--force")
        digests.add(self.digest("e.h5"))
        self.assertEqual(len(digests), 1)
        twice = POINTS.replace("\nbeta_peer =", '\n"parameters.beta_peer" = "range"\nbeta_peer =')
        self.assertIn("by its short or its long name", self.check(HEAD + rows, twice, status=1))

    def test_the_same_slips_in_an_ensemble(self):
        text = BASE + '[uncertain]\nensemble = "points.csv"\n[design]\nmethod = "latin_hypercube"\npoints = 2\n'
        for points, said in (("weight,beta_peer,data_unit_cost_eur\n1,1,5,100000\n", "points.csv:2: 4 fields (the header has 3)"),
                             ("weight,beta_peer,beta_peer\n1,1,2\n", "column 'beta_peer' occurs twice"),
                             ("weight;beta_peer\n1;1,5\n", "beta_peer '1,5' has a decimal comma"),
                             ("weight,weight,beta_peer\n1,1,2\n", "column 'weight' occurs twice"),
                             ("weight,beta_peer\n0,1\n", "weight is no number above 0"),
                             ("weight,beta_pear\n1,1\n", "the column 'beta_pear' is no number of this experiment (did you mean"),
                             ("weight,beta_peer\n1,0x1\n", "beta_peer '0x1' is no number")):
            with self.subTest(points):
                self.assertIn(said, self.check(points, text, status=1))
        self.assertIn("1 of 2 values of data_unit_cost_eur lie outside the plausible range",
                      self.check("parameters.beta_peer,data_unit_cost_eur\n1,100\n2,120000\n", text))

    def test_populations_and_series(self):
        head = "id,name,land,region,population,fiscal\n"
        rows = "".join(f"{i},Ort {i},L,r,{1000 + i},{900 + i}\n" for i in range(8))
        text = BASE.replace("units = 10", 'file = "p.csv"')
        for extra, said in (("9,Ort 9,L,r,1,950\n", "population: 1 of 9 values are about a thousandth of the others, such as 1 beside"),
                            ("9,Ort 9,L,r,1000,1.050\n", "fiscal: 1 of 9 values are about a thousandth of the others, such as 1.05 beside")):
            with self.subTest(extra):
                self.write("p.csv", head + rows + extra)
                told = self.check("", text)
                self.assertIn("p.csv:10: " + said, told)
        self.write("p.csv", head + rows)
        self.assertNotIn("thousandth", self.check("", text))
        series = BASE + '[series]\nmacro_factor = { path = [{ quarter = "2021-Q1", value = 1 }, { quarter = "2021-Q3", value = 1000 }] }\n'
        self.assertIn("about a thousandth of the others", self.check("", series))


class Morris(harness.InFolder):
    def test_tails_are_cut_at_a_stated_quantile(self):
        self.write("m.toml", BASE + """[uncertain]
beta_peer = { normal = [2.77, 0.3] }
data_unit_cost_eur = { lognormal = { median = 150_000, p95 = 400_000 } }
u0 = { uniform = [0, 2] }
[design]
method = "morris"
trajectories = 20
levels = 4
""")
        told = self.told("check", "m.toml", "--design", "d.csv")
        self.assertIn("note        tails are cut: Morris moves beta_peer, data_unit_cost_eur between the quantiles 0.025 and 0.975",
                      told)
        with open(self.folder / "d.csv", encoding="utf-8") as lines:
            rows = list(csv.DictReader(lines))
        sigma = math.log(400 / 150) / stats.norm.ppf(0.95)
        grid = [0.025 + 0.95 * i / 3 for i in range(4)]
        for name, of in (("beta_peer", stats.norm(2.77, 0.3)), ("data_unit_cost_eur", stats.lognorm(sigma, scale=150_000))):
            found = sorted({float(row[name]) for row in rows})
            np.testing.assert_allclose(found, of.ppf(grid), rtol=1e-5)
        np.testing.assert_allclose(sorted({float(row["u0"]) for row in rows}), [0, 2 / 3, 4 / 3, 2], atol=1e-6)
        self.rathaus("run", "m.toml", "--quiet")
        with rathaus.open(self.folder / "m.h5") as file:
            cube = file.file["parameters/unit_cube"]
            self.assertEqual(cube.attrs["tail"], 0.025)
            self.assertEqual(sorted(set(np.round(cube[:].ravel() * 3))), [0, 1, 2, 3])
            self.assertIn("between its quantiles 0.025 and 0.975", file.raw("parameters/distribution")[0])
            self.assertNotIn("quantiles", file.raw("parameters/distribution")[2])
            self.assertIn("tails are cut", file.text("provenance/log"))

    def test_nothing_is_cut_elsewhere(self):
        for method in ('"morris"\ntrajectories = 2', '"latin_hypercube"\npoints = 4'):
            number = "{ uniform = [0, 2] }" if "morris" in method else "{ normal = [1, 0.1] }"
            self.write("n.toml", BASE + f"[uncertain]\nu0 = {number}\n[design]\nmethod = {method}\n")
            self.assertNotIn("tails", self.told("check", "n.toml"))


def saltelli(n, k, second, seed=1):
    """A, B, AB and BA as SciPy's Sobol sequence gives them."""
    base = qmc.Sobol(2 * k, seed=seed).random(n)
    a, b = base[:, :k], base[:, k:]
    ab = [np.where(np.arange(k) == i, b, a) for i in range(k)]
    ba = [np.where(np.arange(k) == i, a, b) for i in range(k)] if second else []
    return a, b, ab, ba


def by_blocks(a, b, ab, ba):
    return np.vstack([a, b, *ab, *ba])


def by_points(a, b, ab, ba):
    """As SALib writes them."""
    return np.array([block[i] for i in range(len(a)) for block in (a, *ab, *ba, b)])


class Saltelli(harness.InFolder):
    TEXT = """title = "saltelli"
model = "germany"
[population]
units = 2
[time]
quarters = 1
[replicates]
at_least = 2
[uncertain]
beta_peer = { uniform = [0, 1] }
u0 = { uniform = [0, 1] }
lock_rate = { uniform = [0, 1] }
[design]
method = "list"
file = "points.csv"
"""

    def points(self, rows):
        self.write("points.csv", "beta_peer,u0,lock_rate\n" + "".join(",".join(map(repr, map(float, row))) + "\n" for row in rows))

    def study(self, rows, more='sample = "saltelli"\n', status=0):
        self.points(rows)
        self.write("s.toml", self.TEXT + more)
        return self.rathaus("run", "s.toml", "--quiet", "--force", status=status).stderr

    def set_outcome(self):
        """Ishigami's function of the point, whatever its place in the file."""
        with h5py.File(self.folder / "s.h5", "r+") as file:
            x = -math.pi + 2 * math.pi * file["parameters/unit_cube"][:]
            f = np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
            values = np.zeros(file["energy_net"].shape)
            values[:, 0, 0] = f[file["run_point"][:]]
            file["energy_net"][:] = values

    def indices(self):
        out = self.told("sensitivity", "s.h5", "--indicator", "energy_net", "--format", "csv")
        return [(row["number"], float(row["first"]), float(row["total"])) for row in csv.DictReader(io.StringIO(out))]

    def test_samples_of_other_tools_in_every_order(self):
        """Known indices of Ishigami's function; one sample in four orders has the same estimates."""
        found = []
        for second in (False, True):
            blocks = saltelli(512, 3, second)
            for order in (by_blocks, by_points):
                with self.subTest(f"{order.__name__} {second}"):
                    rows = order(*blocks)
                    self.study(rows)
                    self.assertIn("a Saltelli sample of base 512", self.told("check", "s.toml"))
                    self.set_outcome()
                    found.append(self.indices())
        for other in found[1:]:
            for one, two in zip(found[0], other):
                np.testing.assert_allclose(one[1:], two[1:], rtol=1e-12)
        for (_, first, total), (s, st) in zip(found[0], ((0.3139, 0.5576), (0.4424, 0.4424), (0.0, 0.2437))):
            self.assertAlmostEqual(first, s, delta=0.1)
            self.assertAlmostEqual(total, st, delta=0.1)

    def test_their_points_share_chance_and_others_do_so_on_demand(self):
        same = [[1.5, 1, 0.1]] * 2
        for more, shared in (("", False), ('chance = "own"\n', False), ('chance = "shared"\n', True)):
            text = BASE.replace("units = 10", "units = 60").replace("quarters = 8", "quarters = 40") + \
                self.TEXT[self.TEXT.index("[uncertain]"):].replace("[0, 1]", "[0, 4]", 1).replace('file = "points.csv"', f"values = {same}") + more
            self.write("c.toml", text)
            self.rathaus("run", "c.toml", "--quiet", "--force")
            with rathaus.open(self.folder / "c.h5") as file:
                first = file.raw("run_point") == 0
                self.assertEqual((file.raw("services")[first] == file.raw("services")[~first]).all(), shared, more)
                self.assertEqual(file.file["parameters/unit_cube"].attrs["chance"], "shared" if shared else "own")
            if shared:
                self.assertIn("list with shared chance", self.told("check", "c.toml"))
        self.study(by_blocks(*saltelli(4, 3, False)))
        with rathaus.open(self.folder / "s.h5") as file:
            cube = file.file["parameters/unit_cube"]
            self.assertEqual((cube.attrs["chance"], cube.attrs["sample"]), ("shared", "saltelli"))
        self.write("again.toml", self.told("explain", "s.h5"))
        self.rathaus("run", "again.toml", "--quiet")
        self.assertEqual(self.digest("s.h5"), self.digest("again.h5"))

    def test_what_is_none_is_refused_with_the_reason(self):
        a, b, ab, _ = saltelli(4, 3, False)
        rows = by_blocks(a, b, ab, [])
        def refused(rows, *said, more='sample = "saltelli"\n'):
            told = self.study(rows, more, status=1)
            for part in said:
                self.assertIn(part, told)
        refused(rows[:-1], '"saltelli" does not hold (19 rows are not N (3 + 2) or N (2 x 3 + 2) with N of 2 at least)')
        rounded = rows.copy()
        rounded[9, 1] += 1e-9
        refused(rounded, "taken in blocks: row 10 is not row 2 with beta_peer of row 6", "taken point by point: row 2 is not row 1")
        refused(by_blocks(a, a, [a, a, a], []), "beta_peer is the same in A and B")
        refused(rows, "makes a Saltelli sample worthless", more='sample = "saltelli"\nchance = "own"\n')
        refused(rows, '"morris"', more='sample = "morris"\n')
        self.study(rows, 'chance = "shared"\n')
        self.assertIn('say so: [design] sample = "saltelli"', self.refused("sensitivity", "s.h5"))


if __name__ == "__main__":
    unittest.main(verbosity=1)
