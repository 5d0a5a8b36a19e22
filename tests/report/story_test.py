#!/usr/bin/python3
"""`rathaus story`: the events of `trace`, as sentences, side by side over the scenarios."""

import json
import re
import unittest

import harness

harness.skip_without("h5py", "numpy", "pandas", "scipy", "xarray", "markupsafe")
import numpy as np  # noqa: E402

import rathaus  # noqa: E402
from rathaus.story import BRIEF, SILENT, Story  # noqa: E402

STUDY = """title = "story"
model = "germany"
doubt = "none"
[population]
units = 60
[programme.grant]
from = "pilot_grant"
window = { first = "2026-Q1", length = 2, every = 4, last = "2029-Q4" }
budget = { per_year = 3_000_000 }
award = { rule = "fcfs" }
[scenario.none]
baseline = true
[scenario.grant]
programmes = ["grant"]
[scenario.same]
programmes = []
[alternatives]
"structure.decision_rule" = ["logit", "payback"]
[replicates]
at_least = 2
"""


class Stories(harness.InFolder):
    def setUp(self):
        super().setUp()
        self.write("s.toml", STUDY)
        self.rathaus("run", "s.toml", "--quiet")

    def test_every_event_is_told_in_its_year(self):
        with rathaus.open(self.folder / "s.h5") as result:
            first = result.raw("municipalities/first_operation")[0]
            unit = str(result.municipalities.id[int(np.argmax(first >= 0))])
            story = Story(result, unit)
            self.assertEqual(story.scenarios, ["none", "grant", "same"])
            told = story.by_year()
            for name, trace in zip(story.scenarios, story.told):
                years = {event["quarter"][:4] for event in trace["events"] if event["event"] == "operation_started"}
                self.assertEqual(years, {year for year, by in told.items() if any(s.startswith("Into operation") for s in by[name])})
                self.assertEqual(trace["scenario"], name)
            self.assertEqual([by["none"] for by in told.values()], [by["same"] for by in told.values()])
            self.assertFalse(BRIEF & SILENT)
            self.assertLessEqual(set(story.by_year(brief=True)), set(told))
            runs = {(trace["run"]) for trace in story.told}
            index = {key: result.index[key][sorted(runs)] for key in ("alternative", "point", "replicate", "fixed_demand")}
            self.assertTrue(all(len(set(values.tolist())) == 1 for values in index.values()))

    def test_the_command_tells_it_in_both_languages(self):
        with rathaus.open(self.folder / "s.h5") as result:    # one whom the grant moves, so that two scenarios are alike and one is not
            units = [str(name) for name in result.municipalities.id.values]
            unit = next(name for name in units
                        if any(by["none"] != by["grant"] for by in Story(result, name).by_year().values()))
        for language, words in (("en", ("inhabitants", "One simulated history", "none and same")),
                                ("de", ("Einwohner", "simulierte Geschichte", "none und same"))):
            text = self.told("story", "s.h5", "--unit", unit, "--lang", language)
            for word in words:
                self.assertIn(word, text)
            self.assertTrue(re.search(r"(?m)^20\d\d$", text))
        other = self.told("story", "s.h5", "--unit", "S01", "--theory", "decision_rule=payback", "--replicate", "1")
        self.assertTrue(other)
        with rathaus.open(self.folder / "s.h5") as result:
            self.assertEqual(result.story("S01", lang="de").splitlines()[0], Story(result, "S01", "de").head)
        trace = json.loads(self.told("trace", "s.h5", "--run", 0, "--unit", "S01", "--format", "json"))
        self.assertIn(trace["unit_name"], other.splitlines()[0])

    def test_wrong_questions(self):
        for arguments, words in ((("--unit", "S001"), "is no unit of this result"), (("--unit", "S01", "--theory", "x"), "known: "),
                                 (("--unit", "S01", "--replicate", 7), "--replicate 7 is not there"), ((), "--unit"),
                                 (("--unit", "S01", "--lang", "fr"), "--lang")):
            self.assertIn(words, self.refused("story", "s.h5", *arguments))


if __name__ == "__main__":
    unittest.main()
