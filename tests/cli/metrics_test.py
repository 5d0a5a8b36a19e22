#!/usr/bin/python3
"""Variables and ratios by name: the list that the program prints is the one of the documents and of the file,
and a ratio is a target, a stopping rule and what a sensitivity analysis is about."""

import csv
import io
import json
import os
import unittest
from pathlib import Path

import harness
import studies

harness.skip_without("h5py", "numpy", "pandas", "xarray")
import numpy as np  # noqa: E402

import rathaus  # noqa: E402

SOURCE = Path(os.environ["RATHAUS_SOURCE"])
STUDY = """title = "metrics"
model = "germany"
doubt = "none"
[population]
units = 80
redraw = "replicate"
[time]
quarters = 48
[output]
groups = ["fiscal_class"]
[replicates]
at_least = 3
""" + studies.ADVICE


class Metrics(harness.InFolder):
    def rows(self):
        return list(csv.DictReader(io.StringIO(self.told("metrics", "--format", "csv"))))

    def test_the_documents_hold_what_the_program_prints(self):
        lines = self.told("metrics", "--format", "markdown").splitlines()
        variables = [line for line in lines[2:] if "| ratio" not in line]
        ratios = [line for line in lines[2:] if "| ratio" in line]
        self.assertGreater(len(variables), 60)
        self.assertGreater(len(ratios), 10)
        for name, rows in (("file_format.md", variables), ("metrics.md", ratios)):
            text = (SOURCE / "docs" / name).read_text(encoding="utf-8")
            self.assertIn("\n".join(lines[:2] + rows) + "\n", text,
                          f"docs/{name} is to hold the table of: rathaus metrics --format markdown")

    def test_a_result_holds_the_variables_of_the_list(self):
        self.write("e.toml", STUDY)
        self.rathaus("run", "e.toml", "--quiet", "-o", "r.h5", "--set", "output.panel={}")
        with rathaus.open(self.folder / "r.h5") as file:
            for row in self.rows():
                if row["tells"].startswith("ratio"):
                    continue
                stored = file.file[row["variable"]]
                axes = [dim[0].name.split("/")[-1] for dim in stored.dims]
                listed = [axis.split()[0] for axis in row["axes or formula"].split(", ")]
                self.assertEqual(axes, listed, row["variable"])
                kinds = {"float32": "<f4", "float64": "<f8"}
                self.assertEqual(stored.dtype, kinds.get(row["type"], row["type"]), row["variable"])
                self.assertEqual(stored.attrs.get("unit", stored.attrs.get("units", "")), row["unit"])
                self.assertEqual(stored.attrs["long_name"], row["meaning"])
                tells = {"flow": "quarter: sum", "state": "quarter: point"}
                if "quarter" in axes:
                    self.assertEqual(stored.attrs["cell_methods"], tells[row["tells"]], row["variable"])

    def test_a_ratio_is_a_target(self):
        self.write("e.toml", STUDY + """
[[target]]
indicator = "mean_lock_in"
by = "2030-Q4"
at_most = 0.3
[[target]]
indicator = "share_of_inhabitants"
group = { fiscal_class = "weak" }
by = "2030-Q4"
at_least = 0.2
[[target]]
indicator = "adopter_inhabitants"
share = true
group = { fiscal_class = "weak" }
by = "2030-Q4"
at_least = 0.2
""")
        self.rathaus("run", "e.toml", "--quiet", "-o", "r.h5")
        self.assertRegex(self.told("check", "e.toml", "--pilot", "2"), "share_of_inhabitants of weak at least 0.2")
        table = json.loads(self.told("compare", "r.h5", "--quarter", "2030-Q4", "--format", "json"))
        with rathaus.open(self.folder / "r.h5") as file:
            lock_in = file.raw("lock_in")[:, 39].sum(axis=1) / file.raw("services_running")[:, 39].sum(axis=1)
            weak = (file.raw("adopter_inhabitants_by_fiscal_class")[:, 39, 0]
                    / file.raw("inhabitants_by_fiscal_class")[0])
            runs = file.raw("run_scenario")
            self.assertEqual(file.names("targets/target_quarter"), ["2030-Q4"] * 3)
        met = {}
        for line in table["lines"]:
            if line["metric"] == "met in share of runs":
                met[line["detail"]] = [cell["level"]["mean"] for cell in line["cells"]]
        self.assertEqual(len(met), 3, table["lines"][0])
        expected = [[100 * np.mean(values[runs == s]) for s in (0, 1)]
                    for values in (lock_in <= 0.3, weak >= 0.2, weak >= 0.2)]
        for told, right in zip(met.values(), expected):
            np.testing.assert_allclose(told, right)

    def test_a_ratio_ends_a_study(self):
        until = '[replicates]\nat_least = 3\nat_most = 40\nuntil = { indicator = "share_of_adopters", ' \
                'quarter = "2030-Q4", half_width = 0.01 }\n'
        self.write("e.toml", STUDY.replace("[replicates]\nat_least = 3\n", until))
        self.write("units.toml", STUDY.replace("[replicates]\nat_least = 3\n", until.replace(
            "share_of_adopters", "adopters").replace("0.01", "0.8")))
        self.rathaus("run", "e.toml", "--quiet", "-o", "share.h5")
        self.rathaus("run", "units.toml", "--quiet", "-o", "units.h5")
        with rathaus.open(self.folder / "share.h5") as share, rathaus.open(self.folder / "units.h5") as units:
            self.assertIn("share_of_adopters in 2030-Q4", share.text("provenance/log"))
            self.assertEqual(share.raw("adopters").shape, units.raw("adopters").shape)  # 0.8 of 80 units

    def test_what_cannot_be_judged_is_refused(self):
        for indicator, group, words in (
                ("mean_lockin", "", "did you mean 'mean_lock_in'"),
                ("hhi_national", 'group = { size_class = "<5k" }', "not kept by class"),
                ("effective_vendors", 'group = { size_class = "<5k" }', "not kept by class"),
                ("mean_lock_in", "share = true", "only units and inhabitants have a whole")):
            self.write("e.toml", STUDY + f'[[target]]\nindicator = "{indicator}"\n{group}\n'
                                         'by = "2030-Q4"\nat_least = 0.2\n')
            self.assertIn(words, self.refused("check", "e.toml"))

    def test_a_ratio_is_what_a_sensitivity_analysis_is_about(self):
        self.write("e.toml", STUDY.replace("units = 80", "units = 40").replace("quarters = 48", "quarters = 24")
                   .replace('redraw = "replicate"', "") + '[uncertain]\nu0 = "range"\nbeta_peer = "range"\n[design]\nmethod = "morris"\n'
                     'trajectories = 3\n')
        self.rathaus("run", "e.toml", "--quiet", "-o", "m.h5")
        share = json.loads(self.told("sensitivity", "m.h5", "--indicator", "share_of_adopters", "--format", "json"))
        units = json.loads(self.told("sensitivity", "m.h5", "--indicator", "adopters", "--format", "json"))
        for one, other in zip(share["outcomes"], units["outcomes"]):
            for a, b in zip(one["effects"], other["effects"]):
                self.assertAlmostEqual(a["mean"] * 40, b["mean"])
        self.assertIn("no ratio", self.refused("sensitivity", "m.h5", "--indicator", "share_of_nothing"))


if __name__ == "__main__":
    unittest.main()
