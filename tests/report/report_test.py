#!/usr/bin/python3
"""The page of `rathaus report` as a reader sees it: in a browser, on a phone, on paper, in both languages;
every number of the decision table is that of `rathaus compare`."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.dont_write_bytecode = True
SOURCE = Path(os.environ["RATHAUS_SOURCE"])
import harness  # noqa: E402

harness.skip_without("h5py", "numpy", "scipy", "matplotlib", "jinja2", "openpyxl", "selenium")
from browser import Browser, skip_without_browser  # noqa: E402
from command import make  # noqa: E402

skip_without_browser()

STUDIES = {
    "own": ("own_share", "population.units=120", "replicates.at_least=4"),
    "eight": ("eight_fields", "population.units=50", "replicates.at_least=2"),
    "theories": ("uncertainty", "population.units=60", "replicates.at_least=2", "design.points=3",
                 'alternatives."structure.decision_rule"=["logit","payback"]'),
    "single": ("first_look", "population.units=60", "replicates.at_least=1"),
}
MARKS = {"en": (",", "."), "de": (".", ",")}
NUMBER = r"[−+]?\d[\d.,]*"


def numbers_in(text, language):
    """[(number, half a unit of its last digit)] as a reader of the language reads them."""
    thousands, mark = MARKS[language]
    found = []
    for word in re.findall(NUMBER, text):
        plain = word.strip(".,").replace(thousands, "").replace(mark, ".").replace("−", "-")
        found.append((float(plain), 0.5 * 10.0 ** -len(plain.partition(".")[2])))
    return found


class Pages(unittest.TestCase):
    """Real results, rendered."""

    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.temporary.name)
        cls.compared = {}
        for name, (experiment, *sets) in STUDIES.items():
            arguments = [part for s in sets for part in ("--set", s)]
            subprocess.run([harness.RATHAUS, "run", SOURCE / "experiments" / f"{experiment}.toml", "-o",
                            cls.folder / f"{name}.h5", "--quiet", *arguments], check=True)
            text = subprocess.run([harness.RATHAUS, "compare", cls.folder / f"{name}.h5", "--format",
                                   "json"], check=True, capture_output=True, text=True).stdout
            cls.compared[name] = json.loads(text)
        with ThreadPoolExecutor(2) as pool:
            pages = [(name, language) for name in STUDIES for language in MARKS]
            list(pool.map(lambda page: make(cls.folder / f"{page[0]}.h5", "-o", cls.page(*page), "--lang",
                                            page[1]), pages))
        cls.browser = Browser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.temporary.cleanup()

    @classmethod
    def page(cls, name, language):
        return cls.folder / f"{name}.{language}.html"

    def each(self, check):
        for name in STUDIES:
            for language in MARKS:
                with self.subTest(study=name, language=language):
                    check(name, language)

    def test_nothing_is_cut_off_and_everybody_can_read_it(self):
        checks = (Path(__file__).parent / "page_checks.js").read_text()
        def check(name, language):
            for width in (1280, 390):
                self.browser.open(self.page(name, language), width)
                self.assertLessEqual(self.browser.run("return window.innerWidth"), width)
                self.assertEqual(self.browser.run(checks), [], f"at {width} px")
                self.assertEqual(self.browser.complaints(), [])
            self.assertGreater(self.browser.run("return document.querySelectorAll('figure').length"), 5)
            text = self.browser.run("return document.body.innerText")
            self.assertNotRegex(text, r"(?m)\b(nan|NaN|inf|undefined)\b|^None$")
            order = self.browser.run("return [...document.querySelectorAll('section')].map(s => s.id)")
            self.assertEqual(order, (
                "answer decision adoption reach anyway cost failures vendors climate pillars groups "
                "knowledge places assumptions limits provenance credits").split())
        self.each(check)

    def test_every_number_of_the_decision_table_is_that_of_compare(self):
        def check(name, language):
            self.browser.open(self.page(name, language), 1280)
            cells = self.browser.run("""return [...document.querySelectorAll('.decision td')].map(td => ({
                ...td.dataset, spans: [...td.querySelectorAll('span')].map(s =>
                    ({kind: s.className.split(' ')[0], clear: s.classList.contains('clear'),
                      text: s.textContent, ...s.dataset}))}))""")
            lines = {(line["metric"], line["horizon"], line["alternative"], cell["scenario"]): cell
                     for line in self.compared[name]["lines"] if not line["detail"] for cell in line["cells"]}
            seen = set()
            for cell in cells:
                key = cell["metric"], cell["horizon"], cell["theory"], cell["scenario"]
                seen.add(key)
                self.check_cell(cell, lines[key], language)
            metrics = {key[0] for key in seen}
            self.assertGreaterEqual(len(metrics), 7)
            for key, cell in lines.items():         # none is missing
                if key[0] in metrics and (cell["level"]["mean"] is not None or cell["note"]):
                    self.assertIn(key, seen)
        self.each(check)

    def check_cell(self, cell, truth, language):
        spans = {span["kind"]: span for span in cell["spans"]}
        if truth["note"] in ("no finite interval", "no gain: it falls"):
            self.assertEqual(list(spans), ["note"])
            return
        for kind in ("level", "gain"):
            wanted = truth[kind] or {"mean": None}
            if wanted["mean"] is None:
                self.assertNotIn(kind, spans)
                continue
            span = spans[kind]
            for field in ("mean", "low", "high"):
                self.assertEqual(float(span[field]) if field in span else None, wanted[field])
            printed = numbers_in(span["text"], language)
            low, high = wanted["low"], wanted["high"]
            if low is None or low == high:
                values = [wanted["mean"]]
            elif "±" in span["text"]:
                values = [wanted["mean"], (high - low) / 2]
            else:
                values = [wanted["mean"], low, high]
            self.assertEqual(len(printed), len(values), span["text"])
            for (number, half), value in zip(printed, values):
                self.assertLessEqual(abs(number - value), half * 1.001 + 1e-12, span["text"])
            if kind == "gain":
                bounds = [b for b in (low, high, wanted["point_p05"], wanted["point_p95"]) if b is not None]
                self.assertEqual(span["clear"], bool(bounds) and (min(bounds) > 0 or max(bounds) < 0))

    def test_on_paper_every_figure_and_row_stays_whole(self):
        if not shutil.which("pdftotext"):
            self.skipTest("no pdftotext (apt-get install poppler-utils)")
        def check(name, language):
            self.browser.open(self.page(name, language), 1280)
            figures = self.browser.run("""return [...document.querySelectorAll('figure')].map(f =>
                [f.id, [...f.querySelectorAll('svg text, figcaption')].map(t => t.textContent)])""")
            rows = self.browser.run("""return [...document.querySelectorAll('table.prose tbody tr')].map(r =>
                [...r.children].map(c => c.textContent))""")
            (self.folder / "page.pdf").write_bytes(self.browser.pdf())
            text = subprocess.run(["pdftotext", "-raw", self.folder / "page.pdf", "-"], check=True,
                                  capture_output=True, text=True).stdout
            pages = [squeeze(page) for page in text.split("\f")]
            self.assertGreater(len(pages), 5)
            for figure, words in figures:
                self.assertTrue(any(all(squeeze(w) in page for w in words) for page in pages),
                                f"{figure} is not whole on any page")
            for row in rows:
                self.assertTrue(any(all(squeeze(c) in page for c in row) for page in pages),
                                f"row {row[0]} is not whole on any page")
            for box in page_boxes(self.folder / "page.pdf"):
                self.assertLessEqual(box[1], box[0], "words leave the page at the right")
        self.each(check)

    def test_the_answer_says_what_the_intervals_say(self):
        def check(name, language):
            self.browser.open(self.page(name, language), 1280)
            answer = self.browser.run("return document.querySelector('.answer').textContent")
            self.assertGreaterEqual(len(re.findall(r"[.](?= |$)", answer)), 2)
            compared = self.compared[name]
            horizon = list(dict.fromkeys(line["horizon"] for line in compared["lines"] if line["horizon"]))[1]
            line = next(line for line in compared["lines"] if line["horizon"] == horizon and
                        line["metric"] == "units with AI in operation")
            gains = [cell["gain"] for cell in line["cells"] if cell["gain"]]
            bounds = ("low", "high", "point_p05", "point_p95")
            ends = [[g[k] for k in bounds if g[k] is not None] for g in gains]
            first = re.split(r"(?<=[.]) ", answer)[1]
            some = any(e and min(e) > 0 for e in ends)
            phrase = {"en": "brings AI to", "de": "bringt"}[language]
            self.assertEqual(phrase in first, some, answer)
            if not gains:
                self.assertIn({"en": "one scenario only", "de": "nur ein Szenario"}[language], answer)
        self.each(check)


def squeeze(text):
    """Letters alone: lines, spaces and hyphens fall where a page breaks them."""
    return re.sub(r"[\s\N{NARROW NO-BREAK SPACE}\N{HYPHEN}\N{SOFT HYPHEN}-]+", "", text)


def page_boxes(path):
    """(width of the page, right end of a word) for every word."""
    text = subprocess.run(["pdftotext", "-bbox", path, "-"], check=True, capture_output=True,
                          text=True).stdout
    width = 0.0
    for found in re.finditer(r'<page width="([\d.]+)"|xMax="([\d.]+)"', text):
        if found[1]:
            width = float(found[1])
        else:
            yield width, float(found[2])


if __name__ == "__main__":
    unittest.main(verbosity=2)  # names what is skipped, and why
