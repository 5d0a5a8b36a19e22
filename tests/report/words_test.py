#!/usr/bin/python3
"""What the page says stands where it is true: odd numbers are explained beside them, and nothing contradicts another."""

import os
import re
import unittest
from pathlib import Path

import harness

harness.skip_without("h5py", "numpy", "scipy", "matplotlib", "jinja2", "openpyxl")
from command import make  # noqa: E402
from rathaus.report.parts import Report  # noqa: E402
from rathaus.report.program import Comparison  # noqa: E402
from rathaus.report.result import Result  # noqa: E402
from rathaus.report.sections import body, front, support  # noqa: E402

SOURCE = Path(os.environ["RATHAUS_SOURCE"])
COST = "public money per additional service"
ALL_COST = "cost to funder and municipalities per additional service"


def printed(section):
    return " ".join(part for part in section.parts if isinstance(part, str))


class Words(harness.InFolder):
    def setUp(self):
        super().setUp()
        self.rathaus("run", SOURCE / "experiments" / "own_share.toml", "-o", "own.h5", "--quiet", "--set",
                     "population.units=30", "--set", "replicates.at_least=3", "--set", "doubt=none")
        self.result = self.folder / "own.h5"

    def report(self, language="en"):
        result = Result(self.result)
        return Report(self.result, result, Comparison(result), language)

    def set_level(self, r, metric, **values):
        """Gives every cell of a metric the same level, as if the study had found it."""
        for horizon in r.table.horizons:
            for name, cell in r.table.line(metric, horizon).items():
                if name != r.baseline:
                    cell["level"].update(values)
                    cell["note"] = values.get("note", "")

    def test_odd_numbers_are_explained_where_they_stand(self):
        for language, over, below in (("en", "above 100 %", "A cost below zero is no price"),
                                      ("de", "über 100 %", "Kosten unter null sind kein Preis")):
            for time, cost in ((90.0, 4e5), (107.0, -1.8e6)):
                r = self.report(language)
                self.set_level(r, "deadweight by time", mean=time)
                for metric in (COST, ALL_COST):
                    self.set_level(r, metric, mean=4e5, low=3e5, high=5e5)
                self.set_level(r, ALL_COST, mean=cost, low=cost - 1e5, high=cost + 1e5)
                self.assertEqual(over in printed(body.anyway(r)), time > 100)
                self.assertEqual(below in printed(support.cost(r)), cost < 0)

    def test_the_figures_of_page_1_are_those_of_the_table(self):
        text = (SOURCE / "experiments" / "own_share.toml").read_text(encoding="utf-8")
        self.write("all.toml", re.sub(r"(?m)^(question\.)?(metric|group|horizon) .*$", "", text).replace('"../models', f'"{SOURCE}/models'))
        self.rathaus("run", "all.toml", "-o", "own.h5", "--quiet", "--force", "--set", "population.units=60", "--set",
                     "replicates.at_least=4", "--set", "doubt=none")
        r = self.report()
        horizon = r.table.main_horizon
        self.assertEqual((r.question.metric, r.question.group), ("adopters", {}))
        self.assertEqual(r.table.ends[horizon], r.question.end)
        for name in r.others:
            five = front.five(r, name)
            gain = r.table.line("units with AI in operation", horizon)[name]["gain"]
            mine = five["additional"]
            for ours, theirs in ((mine.middle, gain["mean"]), (mine.low, gain["low"]), (mine.high, gain["high"])):
                self.assertAlmostEqual(ours, theirs, places=9)
            self.assertAlmostEqual(five["anyway"].middle, r.table.line("deadweight three years after the first payment", horizon)[name]["level"]["mean"], places=9)
            paid = r.table.line("public money paid", horizon)[name]["level"]["mean"]
            self.assertAlmostEqual(r.question.figure("paid", name).middle / 1e6, paid, places=6)
            cost = r.table.line("public money per additional unit with AI", horizon)[name]["level"]
            found = five["cost"]
            self.assertEqual(None if found.middle == float("inf") else found.middle, cost["mean"] if cost["low"] is not None else None)

    def test_calibrated_rows_are_called_calibrated(self):
        for language in ("en", "de"):
            page = self.folder / f"{language}.html"
            make(self.result, "-o", page, "--lang", language)
            text = re.sub(r"<[^>]*>", " ", page.read_text(encoding="utf-8"))
            rows = text.count("calibrated: a member of")
            self.assertGreater(rows, 10)
            said = {"en": rf"The defaults of {rows} numbers are calibrated",
                    "de": rf"Die Vorgabewerte von {rows} Zahlen sind kalibriert"}[language]
            self.assertIn(said, text)
            self.assertNotRegex(text, "fitted formally|formal angepasst")

    def test_one_word_for_one_definition(self):
        for language in ("en", "de"):
            say = self.report(language).say
            stratum, share = say.name("windfall"), say.name("deadweight by count")
            self.assertFalse(set(re.findall(r"\w{5,}", stratum.lower())) & set(re.findall(r"\w{5,}", share.lower())))

    def test_years_name_their_calendar_year(self):
        make(self.result, "-o", self.folder / "r.html")
        text = (self.folder / "r.html").read_text(encoding="utf-8")
        self.assertIn("at the end of Q4 2035", re.search(r'class="note">(.*?)</p>', text, re.S)[1])
        self.assertIn("after 10 years (end of 2035)", text)
        self.assertEqual(set(re.findall(r"after (\d+) years(?! \(end of 20\d\d\))", text)), set())

    def test_targets_that_the_baseline_meets_are_called_so(self):
        r = self.report()
        for detail in r.table.details("met in share of runs"):
            for cell in r.table.line("met in share of runs", r.table.horizons[0], "", detail).values():
                cell["level"]["mean"] = 100.0
        self.assertIn("are met by “no programme” as well; they tell nothing about support", front.what_is_open(r, {"open"}))

    def test_a_report_is_what_its_name_says(self):
        for wrong in ("r.docx", "r"):
            said = make(self.result, "-o", self.folder / wrong, status=1)
            self.assertIn("a report is a web page or a PDF", said)
            self.assertFalse((self.folder / wrong).exists())
            said = self.refused("run", SOURCE / "experiments" / "own_share.toml", "-o", "x.h5", "--report", wrong,
                                "--set", "population.units=20", "--set", "replicates.at_least=2", "--set", "doubt=none")
            self.assertIn("a report is a web page or a PDF", said)
        self.assertFalse((self.folder / "x.h5").exists())
        self.assertIn("is no workbook", make(self.result, "-o", self.folder / "r.html", "--xlsx",
                                             self.folder / "r.csv", status=1))

    def test_names_of_files_may_begin_with_a_dash(self):
        self.result.rename(self.folder / "-own.h5")
        self.assertIn("== adoption", self.told("compare", "--full", "-own.h5"))
        self.rathaus("report", "-own.h5", "-o", "-own.html", "--quiet")
        self.assertTrue((self.folder / "-own.html").exists())
        self.write("-e.toml", (SOURCE / "experiments" / "own_share.toml").read_text(encoding="utf-8"))
        self.assertIn("-e.toml is valid", self.told("check", "-e.toml"))
        self.rathaus("run", "-e.toml", "--set", "population.units=20", "--set", "replicates.at_least=2", "--set", "doubt=none", "--report",
                     "-e.html", "--quiet")
        self.assertTrue((self.folder / "-e.h5").exists() and (self.folder / "-e.html").exists())

    def test_no_folder_of_a_machine_stands_on_the_page(self):
        make(self.result, "-o", self.folder / "r.html")
        text = (self.folder / "r.html").read_text(encoding="utf-8")
        table = re.search(r'id="tab-inputs".*?</table>', text, re.S)[0]
        self.assertIn("germany/parameters.toml", table)
        self.assertNotIn(">/", table)


if __name__ == "__main__":
    unittest.main()
