#!/usr/bin/python3
"""`rathaus report`: what it reads, refuses and writes; the numbers and words of both languages."""

import csv
import errno
import json
import os
import re
import sys
import tomllib
import unittest
from pathlib import Path
from unittest import mock

sys.dont_write_bytecode = True
SOURCE = Path(os.environ["RATHAUS_SOURCE"])
import harness  # noqa: E402

harness.skip_without("h5py", "numpy", "scipy", "matplotlib", "jinja2", "openpyxl", "weasyprint")
import h5py  # noqa: E402
import openpyxl  # noqa: E402
from command import make  # noqa: E402

from rathaus.errors import InputError  # noqa: E402
from rathaus import safe_output  # noqa: E402
from rathaus.report import command  # noqa: E402
from rathaus.report.charts import support as support_charts  # noqa: E402
from rathaus.report.numerals import Numerals  # noqa: E402
from rathaus.report.sections import body, course, decision, knowledge, support  # noqa: E402



class Files(harness.InFolder):
    """What is read, what is refused, what is written."""

    def setUp(self):
        super().setUp()
        self.rathaus("run", SOURCE / "experiments" / "own_share.toml", "-o", "own.h5", "--quiet", "--set",
                     "population.units=30", "--set", "replicates.at_least=2", "--set", "doubt=none")
        self.result, self.page = self.folder / "own.h5", self.folder / "report.html"

    def refused(self, result, *arguments):
        before = set(self.folder.iterdir())
        said = make(result, "-o", self.page, *arguments, status=1)
        self.assertRegex(said, r"\Aerror: .+\(.+\).*\n\Z")
        self.assertEqual(set(self.folder.iterdir()), before)
        return said

    def test_what_is_no_result_is_refused_and_nothing_is_written(self):
        data = self.result.read_bytes()
        broken = self.folder / "broken.h5"
        broken.write_bytes(data[:len(data) // 2])
        self.assertIn("cut off", self.refused(broken))
        broken.write_text("no HDF5 at all\n")
        self.assertIn("not HDF5", self.refused(broken))
        with h5py.File(broken, "w") as file:
            file["x"] = 1
        self.assertIn("no result of Rathaus", self.refused(broken))
        for version, word in (((0, 9), "older"), ((2, 0), "newer")):
            broken.write_bytes(data)
            with h5py.File(broken, "r+") as file:
                file.attrs.modify("format_version", version)
            self.assertIn(word, self.refused(broken))
        self.assertIn("missing.h5", self.refused(self.folder / "missing.h5"))

    def test_nothing_is_overwritten_unasked_and_nothing_is_half_written(self):
        self.page.write_text("mine")
        self.assertIn("exists already", self.refused(self.result))
        self.assertEqual(self.page.read_text(), "mine")
        make(self.result, "-o", self.page, "--force")
        first = self.page.read_bytes()
        self.assertTrue(first.rstrip().endswith(b"</html>"))
        make(self.result, "-o", self.page, "--force")
        self.assertEqual(self.page.read_bytes(), first)         # the same result, the same bytes
        self.assertIn("--lang", make(self.result, "-o", self.page, "--lang", "fr", status=1))
        self.assertIn("no folder", make(self.result, "-o", self.folder / "no" / "r.html", status=1))
        before = set(self.folder.iterdir())
        with mock.patch("os.replace", side_effect=KeyboardInterrupt), self.assertRaises(KeyboardInterrupt):
            safe_output.write(self.page, b"half", force=True)
        self.assertEqual(set(self.folder.iterdir()), before)
        self.assertEqual(self.page.read_bytes(), first)

    def test_figures_tables_and_workbook(self):
        make(self.result, "-o", self.page, "--figures", self.folder / "f", "--tables", self.folder / "t",
             "--xlsx", self.folder / "all.xlsx")
        pictures = {path.stem for path in (self.folder / "f").iterdir()}
        inside = set(re.findall(r'<figure id="fig-(\w+)"', self.page.read_text()))
        self.assertEqual(pictures, inside)
        for stem in pictures:
            self.assertEqual((self.folder / "f" / f"{stem}.png").read_bytes()[:4], b"\x89PNG")
        tables = {path.stem for path in (self.folder / "t").iterdir()}
        self.assertEqual(tables, set(re.findall(r'<table id="tab-(\w+)"', self.page.read_text())))
        book = openpyxl.load_workbook(self.folder / "all.xlsx")
        self.assertEqual(set(book.sheetnames), tables)
        self.assertEqual(list(book["decision"].values)[1][0], "metric")
        with open(self.folder / "t" / "decision.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        compared = json.loads(self.told("compare", "own.h5", "--format", "json"))
        # a scenario has one name in every table: its label
        labels = {"no_programme": "no programme", "flat": "flat", "tiered": "tiered", "flat_advice": "flat, with advice", "tiered_advice": "tiered, with advice"}
        told = set()
        for path in (self.folder / "t").glob("*.csv"):
            with open(path, encoding="utf-8", newline="") as file:
                told |= {row["scenario"] for row in csv.DictReader(file) if "scenario" in row}
        self.assertEqual(told - {""}, set(labels.values()))
        truth = {(line["metric"], line["horizon"], labels[cell["scenario"]]): cell["level"]["mean"]
                 for line in compared["lines"] if not line["detail"] for cell in line["cells"]}
        self.assertGreater(len(rows), 50)
        for row in rows:
            self.assertEqual(float(row["level"]) if row["level"] else None,
                             truth[row["metric"], row["horizon"], row["scenario"]])

    def test_without_coordinates_it_says_so_and_with_them_it_draws(self):
        lines = ["id,name,land,region,population,lon,lat"] + [
            f"U{k},Town {k},L{k // 20},R{k // 5},{900 + 731 * k},{8 + k % 7 / 3},{48 + k // 7 / 3}"
            for k in range(40)]
        self.write("pop.csv", "\n".join(lines) + "\n")
        self.rathaus("run", SOURCE / "experiments" / "first_look.toml", "-o", "map.h5", "--quiet", "--set",
                     f"population.file={self.folder / 'pop.csv'}", "--set", "replicates.at_least=3", "--set", "doubt=none", "--set",
                     "output.panel={ replicates = [0], every = 8 }")
        make(self.folder / "map.h5", "-o", self.page)
        text = self.page.read_text()
        self.assertIn('id="fig-places"', text)
        self.assertIn('id="fig-regions"', text)
        make(self.result, "-o", self.page, "--force")
        self.assertNotIn('id="fig-places"', self.page.read_text())
        self.assertIn("no coordinates", self.page.read_text())

    def test_run_writes_the_report_that_the_script_writes(self):
        run = ["run", SOURCE / "experiments" / "own_share.toml", "--set", "population.units=30", "--set",
               "replicates.at_least=2", "--set", "doubt=none"]
        said = self.rathaus(*run, "-o", "own.h5", "--force", "--report", self.page)
        self.assertEqual(said.stdout.splitlines()[-1], str(self.page))
        make(self.result, "-o", self.folder / "script.html")
        self.assertEqual(self.page.read_bytes(), (self.folder / "script.html").read_bytes())
        # what would fail at the end is told at the beginning
        for wrong, why in ((("-o", "other.h5"), "exists already"),
                           (("-o", "other.h5", "--shard", "1/2"), "needs the whole study")):
            self.assertIn(why, self.rathaus(*run, *wrong, "--report", self.page, status=1).stderr)
        self.assertFalse((self.folder / "other.h5").exists() or (self.folder / "other.h5.shards").exists())
        # a result that is whole already still gets its report
        self.page.unlink()
        self.rathaus(*run, "-o", "own.h5", "--resume", "--quiet", "--report", self.page)
        self.assertTrue(self.page.exists())

    def test_a_study_over_an_ensemble_says_what_it_rests_on(self):
        text = (SOURCE / "experiments" / "own_share.toml").read_text(encoding="utf-8")
        self.write("e.toml", text + '\n[uncertain]\nensemble = "'
                   f'{SOURCE / "models" / "germany" / "ensemble.csv"}"\n'
                   '[design]\nmethod = "latin_hypercube"\npoints = 2\n')
        self.rathaus("run", "e.toml", "--quiet", "--set", "population.units=30", "--set",
                     "replicates.at_least=2", "--set", "doubt=none")
        for language, says, hides in (("en", "calibrated, which is not validated", "a default was calibrated"),
                                      ("de", "kalibriert, nicht validiert", "ein Vorgabewert kalibriert")):
            make(self.folder / "e.h5", "-o", self.page, "--lang", language, "--force")
            page = self.page.read_text(encoding="utf-8")
            self.assertIn(says, page)
            self.assertIn("ensemble.csv", page)
            self.assertNotIn(hides, page)
        make(self.result, "-o", self.page, "--force")
        page = self.page.read_text(encoding="utf-8")
        self.assertIn("Where a default was calibrated, its source says so", page)
        self.assertIn("calibrated: a member of ensemble.csv", page)    # and it does

    def test_the_pdf_is_the_page_on_paper(self):
        for language in ("en", "de"):
            pdf = self.folder / f"{language}.pdf"
            make(self.result, "-o", pdf, "--lang", language)
            self.assertEqual(pdf.read_bytes()[:5], b"%PDF-")
        before = set(self.folder.iterdir())
        with mock.patch("rathaus.report.command.lacking", return_value=["weasyprint"]), \
                self.assertRaisesRegex(InputError, "needs the Python package weasyprint"):
            command.check_names(self.folder / "x.pdf", None)
        self.assertEqual(set(self.folder.iterdir()), before)

    def test_the_parts_of_an_appraisal(self):
        make(self.result, "-o", self.page, "--lang", "de", "--structure", "wu")
        text = self.page.read_text(encoding="utf-8")
        headings = re.findall(r'class="part">([^<]*)<', text)
        self.assertEqual(headings, ["Ausgangslage und Handlungsbedarf", "Ziele", "Optionen mit Null-Variante", "Kosten", "Nutzen",
                                    "Wirkung", "Sensitivität", "Kriterien der Erfolgskontrolle", "Nachweis"])
        self.assertIn('id="tab-control"', text)
        make(self.result, "-o", self.page, "--lang", "de", "--force")
        plain = self.page.read_text(encoding="utf-8")
        self.assertEqual(set(re.findall(r'<section id="(\w+)"', plain)) - set(re.findall(r'<section id="(\w+)"', text)), set())

    def test_a_run_too_short_for_anything_to_happen_is_still_reported(self):
        self.rathaus("run", SOURCE / "experiments" / "first_look.toml", "-o", "short.h5", "--quiet", "--set",
                     "population.units=20", "--set", "replicates.at_least=2", "--set", "doubt=none", "--set", "time.quarters=3")
        make(self.folder / "short.h5", "-o", self.page)
        text = re.sub(r"<[^>]*>", " ", self.page.read_text(encoding="utf-8"))
        self.assertIn("After 0.75 years", text)         # one scenario: where it stands
        self.assertNotRegex(text, r"\b(nan|NaN|inf)\b")


class Texts(unittest.TestCase):
    def test_numbers_as_people_write_them(self):
        en, de = Numerals("en"), Numerals("de")
        self.assertEqual(en.fixed(1234.5, 1), "1,234.5")
        self.assertEqual(de.fixed(1234.5, 1), "1.234,5")
        self.assertEqual(de.fixed(-0.04, 1), "0,0")
        self.assertEqual(en.estimate(-19.5, -34.1, -4.9, sign=True), "−20\u202f±\u202f15")
        self.assertEqual(en.estimate(14.0, 0.34, 27.66, sign=True), "+14.0\u202f±\u202f13.7")
        self.assertEqual(de.estimate(2.0, 1.0, 9.5), "2 [1,0\N{NO-BREAK SPACE}bis\N{NO-BREAK SPACE}9,5]")
        self.assertEqual(en.estimate(None), "–")

    def test_both_languages_say_the_same(self):
        with open(SOURCE / "python" / "rathaus" / "report" / "words.toml", "rb") as file:
            words = tomllib.load(file)
        for name, group in words.items():
            for key, both in group.items() if name not in ("number", "said") else ():     # their English stands elsewhere
                self.assertEqual(set(both), {"en", "de"}, key)
                fields = [set(re.findall(r"{(\w+)}", text)) for text in both.values()]
                self.assertEqual(fields[0], fields[1], key)

    def test_what_is_said_in_german_is_said_by_the_program(self):
        """Each form of [said] has the fields of its German, and its words stand in a text of the sources, or are the system's."""
        literal = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
        texts = [os.strerror(number) for number in errno.errorcode]
        for path in (*(SOURCE / "src").rglob("*.cpp"), *(SOURCE / "src").rglob("*.h")):
            for run in re.findall(r'(?:"(?:[^"\\\n]|\\.)*"\s*)+', path.read_text(encoding="utf-8")):
                texts.append("".join(literal.findall(run)).replace('\\"', '"').replace("{{", "{").replace("}}", "}"))
        wholes = [re.compile(".*".join(map(re.escape, re.split(r"{[^{}]*}", text))))       # what is put together of parts
                  for text in texts if len(re.sub(r"{[^{}]*}|\W", "", text)) > 6]
        forms = self.table("words.toml")["said"]
        self.assertGreater(len(forms), 250)
        for english, german in forms.items():
            fields = re.findall(r"{(\d)}", english)
            self.assertEqual(fields, [str(n + 1) for n in range(len(fields))], english)
            self.assertLessEqual(set(re.findall(r"{#?(\d)}", german)), set(fields), english)    # meanings of numbers are English
            words = max(re.split(r"{\d}", english), key=len).strip().removeprefix("is ").removeprefix(".csv ")  # of a list of files
            self.assertTrue(any(words in text for text in texts) or any(whole.fullmatch(english) for whole in wholes),
                            f"no text of the program: {english}")

    def table(self, name):
        with open(SOURCE / "python" / "rathaus" / "report" / name, "rb") as file:
            return tomllib.load(file)

    def test_every_word_of_the_program_has_its_own_in_both_languages(self):
        known = set(self.table("words.toml")["name"])
        table = self.table("words.toml")
        for path in ("parameters.toml", "coefficients.toml"):
            with open(SOURCE / "models" / "germany" / path, "rb") as file:
                numbers = {name for name, number in tomllib.load(file).items() if isinstance(number, dict)}
            self.assertEqual(numbers - set(table["number"]), set(), f"{path}: numbers without a German name")
        used = {*decision.METRICS, *course.PILLARS, *course.LOCK_IN, *course.CLIMATE, *support.SUMMARY, *body.ADDITIONAL, *body.CONCENTRATION,
                *support.MONEY, *support.UNFUNDED, *knowledge.ROBUSTNESS, *support_charts.FUNDED,
                *support_charts.FUNNEL}
        self.assertEqual(used - known, set())


if __name__ == "__main__":
    unittest.main()
