#!/usr/bin/python3
"""Points and rival theories as a user types them: every number goes where it says, every theory is
the experiment with its choices, a design comes back from its own CSV, and `compare` tells chance
from ignorance."""

import csv
import io
import os
import unittest
from pathlib import Path

import harness

harness.skip_without("h5py", "numpy", "pandas", "xarray", "scipy")
import numpy as np  # noqa: E402
from scipy import stats  # noqa: E402

import rathaus  # noqa: E402


BASE = """title = "uncertain"
model = "germany"
doubt = "none"
[population]
units = 60
[time]
quarters = 48
[programme.advice]
field = "competences"
ports = { coop = 2.0, staff = 0.02 }
window = { first = "2022-Q1", length = 24 }
budget = { per_year = 200_000 }
unit_cost = 1_500
[scenario.none]
baseline = true
[scenario.advice]
programmes = ["advice"]
[replicates]
at_least = 4
[random]
seed = 12
"""
UNCERTAIN = """[uncertain]
beta_peer = { triangular = [0, 2, 4] }
data_unit_cost_eur = { lognormal = { median = 150_000, p95 = 400_000 } }
"coefficients.fit_reference" = { uniform = [0.4, 0.7] }
"use_cases.direct_rebound" = { uniform = [0.5, 2] }
"vendors.price" = { normal = [1.0, 0.1] }
"programme.advice.ports.coop" = { triangular = [0.2, 1.0, 3.0] }
"programme.advice.unit_cost" = { log_uniform = [500, 3_000] }
"""
PATHS = ["beta_peer", "data_unit_cost_eur", "coefficients.fit_reference",
         "use_cases.direct_rebound", "vendors.price", "programme.advice.ports.coop",
         "programme.advice.unit_cost"]


class Uncertain(harness.InFolder):
    def run_text(self, name, text, *sets):
        self.write(f"{name}.toml", text)
        self.rathaus("run", f"{name}.toml", "--quiet", *(part for s in sets for part in ("--set", s)))
        return rathaus.open(self.folder / f"{name}.h5")

    def test_every_number_goes_where_it_says(self):
        values = [2.7, 220_000, 0.62, 1.4, 0.9, 0.5, 2_100]
        plain = ["parameters.beta_peer=2.7", "parameters.data_unit_cost_eur=220000",
                 "coefficients.fit_reference=0.62", None, None, "programme.advice.ports.coop=0.5",
                 "programme.advice.unit_cost=2100"]
        standard = [None] * len(values)
        with self.run_text("plain", BASE) as plain_file:
            names = [name for name in plain_file.variables() if plain_file.file[name].ndim == 3]
            before = {name: plain_file.raw(name) for name in names}
        distributions = dict(line.split(" = ", 1) for line in UNCERTAIN.splitlines()[1:])
        for k, path in enumerate(PATHS):
            key = f'"{path}"' if "." in path else path
            text = BASE + f"[uncertain]\n{key} = {distributions[key]}\n" \
                          f'[design]\nmethod = "list"\nvalues = [[{values[k]}]]\n'
            with self.run_text(f"one{k}", text) as file:
                after = {name: file.raw(name) for name in names}
                self.assertEqual(file.raw("parameters/unit_cube").shape, (1, 1))
                variable = path.removeprefix("coefficients.")
                self.assertEqual(file.raw(f"parameters/{variable}"), [values[k]])
            self.assertTrue(any((after[name] != before[name]).any() for name in names), path)
            if plain[k] is None:
                continue
            with self.run_text(f"set{k}", BASE, plain[k]) as file:
                for name in names:
                    np.testing.assert_array_equal(after[name], file.raw(name), f"{path} {name}")

    def test_factors_scale_a_whole_column(self):
        text = BASE + '[uncertain]\n"use_cases.direct_rebound" = { uniform = [0, 2] }\n' \
                      '"vendors.learning_projects" = { uniform = [0.5, 2] }\n' \
                      '[design]\nmethod = "list"\nvalues = [[1, 1], [0, 1]]\n'
        with self.run_text("factor", text) as file, self.run_text("plain", BASE) as plain:
            first = file.raw("run_point") == 0
            np.testing.assert_array_equal(file.raw("adopters")[first], plain.raw("adopters"))
            rebound = file.raw("energy_direct_rebound").sum(axis=(1, 2))
            self.assertTrue((rebound[first] > 0).all())
            self.assertTrue((rebound[~first] == 0).all())

    def test_theories_are_the_experiment_with_their_choices(self):
        theories = {
            "decision_rule=logit funnel=full": ["structure.decision_rule=logit"],
            "decision_rule=logit funnel=collapsed": ["structure.funnel=collapsed"],
            "decision_rule=threshold u0=0.2 innov_sd=0.15 funnel=full": [
                "structure.decision_rule=threshold", "parameters.u0=0.2", "parameters.innov_sd=0.15"],
            "decision_rule=threshold u0=0.2 innov_sd=0.15 funnel=collapsed": [
                "structure.decision_rule=threshold", "parameters.u0=0.2", "parameters.innov_sd=0.15",
                "structure.funnel=collapsed"]}
        text = BASE + '''[alternatives]
"structure.decision_rule" = ["logit", { value = "threshold", with = { "parameters.u0" = 0.2, "parameters.innov_sd" = 0.15 } }]
"structure.funnel" = ["full", "collapsed"]
'''
        with self.run_text("rivals", text) as file:
            labels = file.names("alternative")
            self.assertEqual([sorted(x.split()) for x in labels], [sorted(x.split()) for x in theories])
            for a, sets in enumerate(theories.values()):
                with self.run_text(f"theory{a}", BASE, *sets) as plain:
                    rows = file.raw("run_alternative") == a
                    for name in ("services", "reserve", "hhi_local"):
                        np.testing.assert_array_equal(file.raw(name)[rows], plain.raw(name))
        table = self.told("compare", "rivals.h5", "--full")
        self.assertIn("== adoption, under decision_rule=threshold", table)
        self.assertIn("== rival theories: place of each scenario", table)

    def test_a_design_comes_back_from_its_csv_and_from_its_own_result(self):
        design = '[design]\nmethod = "latin_hypercube"\npoints = 5\n'
        self.run_text("drawn", BASE + UNCERTAIN + design).close()
        self.assertIn("5 points written", self.told("check", "drawn.toml", "--design", "p.csv"))
        self.assertIn("exists", self.refused("check", "drawn.toml", "--design", "p.csv"))
        listed = '[design]\nmethod = "list"\nfile = "p.csv"\n'
        self.run_text("listed", BASE + UNCERTAIN + listed).close()
        self.write("again.toml", self.told("explain", "listed.h5"))
        self.rathaus("run", "again.toml", "--quiet")
        digests = {self.digest(f"{name}.h5") for name in ("listed", "again")}
        self.assertEqual(len(digests), 1)
        with rathaus.open(self.folder / "drawn.h5") as drawn, rathaus.open(self.folder / "listed.h5") as listed:
            for name in ("adopters", "services", "reserve", "parameters/beta_peer"):
                np.testing.assert_array_equal(drawn.raw(name), listed.raw(name))
            np.testing.assert_allclose(drawn.raw("parameters/unit_cube"),
                                       listed.raw("parameters/unit_cube"), atol=1e-6)

    def test_points_of_sobol_and_morris_share_chance_those_of_a_hypercube_do_not(self):
        same = "values = [[1.5], [1.5]]\n"
        text = BASE + "[uncertain]\nbeta_peer = { uniform = [0, 4] }\n[design]\n"
        with self.run_text("list", text + 'method = "list"\n' + same) as file:
            first = file.raw("run_point") == 0
            self.assertTrue((file.raw("services")[first] != file.raw("services")[~first]).any())
        # at the same seed, replicate 0 of every Sobol point meets the chance of point 0
        with self.run_text("sobol", text + 'method = "sobol"\npoints = 2\n') as file:
            values = file.raw("parameters/beta_peer")
            self.assertEqual(len(values), 6)
            for point, value in enumerate(values):
                rows = file.raw("run_point") == point
                with self.run_text("alone", BASE, f"parameters.beta_peer={value!r}") as plain:
                    np.testing.assert_array_equal(file.raw("services")[rows], plain.raw("services"))
                os.remove(self.folder / "alone.h5")

    def test_compare_tells_chance_from_ignorance(self):
        text = BASE + UNCERTAIN + '[design]\nmethod = "latin_hypercube"\npoints = 6\n' \
            '[[target]]\nindicator = "adopters"\nby = "2032-Q4"\nat_least = 30\n'
        with self.run_text("study", text) as file:
            index = {name: file.raw(f"run_{name}") for name in ("scenario", "point", "replicate")}
            services = file.raw("services_running").sum(axis=2)[:, 43]
            target = file.raw("adopters").sum(axis=2)[:, 47]
            units = np.zeros((2, 6, 4))
            met = np.zeros((2, 6, 4))
            for s, p, r, value, reached in zip(*index.values(), services, target):
                units[s, p, r], met[s, p, r] = value, reached
            chance = file.raw("summary/services_running").shape
            self.assertEqual(chance[-1], 7)
        out = self.told("compare", "study.h5", "--format", "csv", "--quarter", "2031-Q4")
        rows = {(row["metric"], row["scenario"], row["kind"]): row
                for row in csv.DictReader(io.StringIO(out))}
        gain = units[1] - units[0]
        told = rows["services in operation", "advice", "gain"]
        by_replicate = gain.mean(axis=0)
        self.assertAlmostEqual(float(told["mean"]), gain.mean(), places=9)
        self.assertAlmostEqual(float(told["high"]) - float(told["mean"]), stats.t.ppf(0.975, 3)
                               * by_replicate.std(ddof=1) / 2, places=9)
        np.testing.assert_allclose([float(told["point_p05"]), float(told["point_p95"])],
                                   np.quantile(gain.mean(axis=1), [0.05, 0.95]))
        f = units.mean(axis=2)
        regret = f.max(axis=0) - f
        for s, name in enumerate(("none", "advice")):
            row = rows["services in operation: largest regret", name, "level"]
            self.assertAlmostEqual(float(row["mean"]), regret[s].max(), places=9)
            row = rows["services in operation: regret that 90 % of points stay below", name, "level"]
            self.assertAlmostEqual(float(row["mean"]), np.quantile(regret[s], 0.9), places=9)
            row = rows["services in operation: best at", name, "level"]
            self.assertAlmostEqual(float(row["mean"]), 100 * (regret[s] == 0).mean(), places=9)
            row = rows["all met, on average over chance, at share of points", name, "level"]
            self.assertAlmostEqual(float(row["mean"]),
                                   100 * (met[s].mean(axis=1) >= 30).mean(), places=9)

    def test_spread_by_chance_and_by_ignorance(self):
        text = BASE + "[uncertain]\nmargin_eur_pc_q = { uniform = [0.2, 1.2] }\n" \
                      '[design]\nmethod = "full_factorial"\nlevels = 4\n'
        with self.run_text("spread", text) as file:
            rows = file.raw("run_scenario") == 0
            values = file.raw("adopters")[rows][:, 40, 0].astype(float)
            points = file.raw("run_point")[rows]
            at = np.array([values[points == p] for p in range(4)])
            within = at.var(axis=1, ddof=1)
            between = max(0.0, at.mean(axis=1).var(ddof=1) - (within / 4).mean())
            told = file.raw("summary/adopters")[0, 0, 40, 0]
            np.testing.assert_allclose(told[5:], [np.sqrt(within.mean()), np.sqrt(between)])

    def test_the_documented_experiment_is_valid(self):
        """The snippets of docs/experiments.md are one experiment, but for those on the doubt that a model lends to an
        experiment without its own: each of these stands in one."""
        text = (Path(os.environ["RATHAUS_SOURCE"]) / "docs" / "experiments.md").read_text(encoding="utf-8")
        whole, doubt = text.split("\n### Doubt by default\n")
        doubt, after = doubt.split("\n## ", 1)
        documented, doubts = ([block.split("```")[0] for block in part.split("```toml\n")[1:]]
                              for part in (whole + after, doubt))
        # a question is a line or a table
        documented[0] = documented[0].replace('question = "Advice for five years, against none."', "")
        self.write("documented.toml", "".join(documented))
        told = self.told("check", "documented.toml", "--set", "population.units=300")
        self.assertIn("3 scenarios x 2 with their fixed-demand twins x 2 theories x 64 points "
                      "x 200 replicates", told)
        self.assertEqual(len(doubts), 2)
        for doubt in doubts:
            self.write("doubt.toml", f'title = "t"\nmodel = "germany"\n{doubt}')
            self.told("check", "doubt.toml")

    def test_bad_input_is_told_at_once(self):
        self.write("bad.toml", BASE.replace("ports = { coop = 2.0, staff = 0.02 }",
                                            "ports = { coop = { weak = 1, middle = 1, strong = 0 }, "
                                            "staff = 0.02 }") + '''change.advice.ports.staff = 0.03
[uncertain]
beta_pear = { uniform = [0, 1] }
beta_peer = { uniform = [3, 1] }
beta_value = { beta = [1, 1] }
lock_rate = { uniform = [-1, 0.2] }
pilot_quarters = { uniform = [2, 6] }
"programme.advice.ports.coop" = { uniform = [0, 1] }
"programme.nobody.ports.coop" = { uniform = [0, 1] }
beta_trust = { triangular = [0, 1] }
beta_risk = { uniform = [0, 1], normal = [0, 1] }
u0 = "rang"
[alternatives]
"structure.decision_rule" = ["logit"]
"scenario.none" = ["a", "b"]
''')
        text = (self.folder / "bad.toml").read_text(encoding="utf-8")
        self.write("bad.toml", text.replace("change.advice.ports.staff = 0.03\n", ""))
        error = self.refused("check", "bad.toml")
        for words in ("beta_pear is no number of this experiment (did you mean 'beta_peer'?)",
                      "in ascending order", "names no distribution", "reaches from -1 to 0.2",
                      "is a whole number", "is a table of classes",
                      '"programme.nobody.ports.coop" is no number', "has 2 values (3 wanted)",
                      "is a second distribution", "fewer than two choices",
                      "is no choice among theories", "has no [design]"):
            self.assertIn(words, error)
        policy = BASE.replace('programmes = ["advice"]', 'programmes = ["advice"]\n'
                              'change.advice.ports.coop = 1.0')
        self.write("policy.toml", policy + '[uncertain]\n"programme.advice.ports.coop" = "range"\n'
                   '[design]\nmethod = "latin_hypercube"\npoints = 4\n')
        error = self.refused("check", "policy.toml")
        for words in ("is changed by the scenario 'advice' (a change is policy",
                      "has no plausible range (nobody says one) say { uniform = [lowest, highest] }"):
            self.assertIn(words, error)
        self.write("both.toml", BASE + '[uncertain]\nu0 = "range"\n[design]\nmethod = "sobol"\n'
                   'points = 4\n[alternatives]\n"parameters.u0" = [0, 1]\n')
        self.assertIn("theories and lack of knowledge do not mix",
                      self.refused("check", "both.toml"))
        self.write("none.toml", BASE + "[alternatives]\n")
        self.assertIn("alternatives is empty", self.refused("check", "none.toml"))
        self.write("pair.toml", BASE + '[uncertain]\nsavings_retained = { uniform = [0, 1] }\n'
                   'respend_share = { uniform = [0, 1] }\n[design]\nmethod = "latin_hypercube"\n'
                   'points = 20\n')
        self.assertRegex(self.refused("check", "pair.toml"),
                         r"savings_retained \+ respend_share exceed 1 at \d+ of 20 points")
        self.write("p.csv", "point,beta_peer\n0,1.5\n1,many\n2\n")
        self.write("list.toml", BASE + "[uncertain]\nbeta_peer = { uniform = [0, 4] }\n"
                   'u0 = "range"\n[design]\nmethod = "list"\nfile = "p.csv"\n')
        self.assertIn("there is no column 'u0'", self.refused("check", "list.toml"))
        text = (self.folder / "list.toml").read_text(encoding="utf-8")
        self.write("list.toml", text.replace('u0 = "range"\n', ""))
        error = self.refused("check", "list.toml")
        self.assertIn("p.csv:3:3: beta_peer 'many' is no number", error)
        self.assertIn("p.csv:4: 1 fields (the header has 2) fill the row", error)
        self.write("far.toml", BASE + "[uncertain]\nbeta_peer = { uniform = [0, 4] }\n"
                   '[design]\nmethod = "list"\nvalues = [[1], [-1], [1, 2]]\n')
        error = self.refused("check", "far.toml")
        self.assertIn("= -1 is not possible for beta_peer", error)
        self.assertIn("has 2 values (1 wanted)", error)


if __name__ == "__main__":
    unittest.main(verbosity=1)
