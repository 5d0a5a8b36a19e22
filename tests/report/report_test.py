#!/usr/bin/python3
"""The page of `rathaus report` as a reader sees it: in a browser, on a phone, on paper, in both languages;
every number of the decision table is that of `rathaus compare`."""

import html
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

harness.skip_without("h5py", "numpy", "scipy", "matplotlib", "jinja2", "openpyxl", "selenium", "weasyprint")
from browser import Browser, skip_without_browser  # noqa: E402
from command import make  # noqa: E402

skip_without_browser()

STUDIES = {
    "own": ("own_share", "population.units=120", "replicates.at_least=4", "doubt=none"),
    "eight": ("eight_fields", "population.units=50", "replicates.at_least=2", "doubt=none"),
    "theories": ("uncertainty", "population.units=60", "replicates.at_least=2", "design.points=3",
                 'alternatives."structure.decision_rule"=["logit","payback"]'),
    "single": ("first_look", "population.units=60", "replicates.at_least=1", "doubt=none"),
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
            order = self.browser.run("return [...document.querySelectorAll('section')].map(s => [s.className.split(' ')[0], s.id])")
            parts = {part: [key for where, key in order if where == part] for part in ("front", "body", "annex")}
            self.assertEqual(parts["front"], ["answer"])
            whole = name != "single"            # which compares nothing and supports nobody
            self.assertEqual(parts["body"], ("course reached anyway money dependence remains winners stories" if whole else
                                             "dependence remains").split())
            self.assertEqual(parts["annex"], (("designs " if whole else "") + "decision adoption additionality cost failures "
                                              "vendors climate pillars knowledge places assumptions limits provenance credits").split())
            self.assertEqual([part for part, _ in order], sorted((part for part, _ in order), key=("front", "body", "annex").index))
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

    def test_the_german_page_is_german(self):
        """Words that no English sentence does without are found in marked quotations only; names of files and keys are names."""
        for name in STUDIES:
            self.browser.open(self.page(name, "de"), 1280)
            text = self.browser.run("""
                for (const e of document.querySelectorAll('[lang=en], pre, style, title')) e.remove();
                return document.body.textContent + [...document.querySelectorAll('[aria-label]')].map(e => e.ariaLabel).join(' ')""")
            text = re.sub(r"\bIT\b", "", text).replace("_", "x")      # the word IT is German, too
            words = set(re.findall(r"(?<![\w.])[a-z]+(?![\w.]*[\w])", text.lower()))
            self.assertGreater(len(words), 300)
            self.assertEqual(words & ENGLISH, set(), name)
            self.browser.open(self.page(name, "de"), 1280)
            self.assertGreater(self.browser.run("return document.querySelectorAll('[lang=en]').length"), 20)

    def test_on_paper_page_1_is_one_page_and_none_is_half_empty(self):
        for name in STUDIES:
            for language in MARKS if name != "eight" else ():       # sixty pages take long
                pdf = self.folder / f"{name}.{language}.pdf"
                make(self.folder / f"{name}.h5", "-o", pdf, "--lang", language)
                pages = lines_of(pdf)
                self.browser.open(self.page(name, language), 1280)
                first = self.browser.run("return document.querySelector('section.body h2').textContent")
                starts = [k for k, (words, _) in enumerate(pages) if squeeze(first) in squeeze(" ".join(words))]
                if name != "single":        # page 1 has little to say there, and the body follows it
                    self.assertEqual(starts[0], 1, f"{name} {language}: the body begins on page {starts[0] + 1}")
                for k, (_, bottom) in enumerate(pages[1:-1], 2):
                    self.assertGreater(bottom, 0.5, f"{name} {language}: page {k} of {len(pages)} is half empty")
                printed = {squeeze(word) for words, _ in pages for word in words}
                heads = self.browser.run("""return [...document.querySelectorAll('thead th')].filter(e => !e.closest('details'))
                    .flatMap(e => e.textContent.split(/\\s+/)).filter(w => w)""")
                self.assertEqual({squeeze(word) for word in heads} - printed, set(), f"{name} {language}: heads broken inside of a word")
                self.assertTrue(all(f"{k}/{len(pages)}" in squeeze(" ".join(words)) for k, (words, _) in enumerate(pages, 1)))

    def test_page_1_is_one_page_under_several_theories_in_the_longer_language(self):
        study, pdf = self.folder / "doubt.h5", self.folder / "doubt.pdf"
        subprocess.run([harness.RATHAUS, "run", SOURCE / "experiments" / "own_share.toml", "-o", study, "--quiet", "--set",
                        "doubt.points=6"], check=True)
        make(study, "-o", pdf, "--lang", "de")
        pages = [squeeze(" ".join(words)) for words, _ in lines_of(pdf)]
        self.assertIn("Keineistbeobachtet", pages[0])
        self.assertIn(squeeze("Was sich über die Jahre ändert"), pages[1])

    def test_page_1_says_what_the_study_can_say(self):
        kinds = {"holds", "leans", "harms", "same", "open", "unknown", "mixed"}
        for name in STUDIES:
            for language in MARKS:
                self.browser.open(self.page(name, language), 1280)
                verdicts = self.browser.run("return [...document.querySelectorAll('.verdicts li')].map(e => e.className)")
                self.assertEqual(len(verdicts), min(6, len(self.compared[name]["scenarios"]) - 1))
                self.assertLessEqual(set(verdicts), kinds)
                doubt = self.browser.run("return document.querySelector('.front').textContent")
                alone = {"en": "chance alone", "de": "allein den Zufall"}[language]
                self.assertEqual(alone in doubt.split(".")[0] + doubt, name in ("own", "eight"), name)


ENGLISH = set("the of and with for is are does to from by not which how what than at it each other has have been that their more "
              "less if when below above share cost without runs years".split())


def lines_of(path):
    """For each page its words and where the last of them ends, as a share of its height; the foot of the page does not count."""
    text = subprocess.run(["pdftotext", "-bbox", path, "-"], check=True, capture_output=True, text=True).stdout
    pages = []
    for page in re.findall(r'<page width="[\d.]+" height="([\d.]+)">(.*?)</page>', text, re.S):
        height, words = float(page[0]), re.findall(r'yMax="([\d.]+)">(.*?)</word>', page[1])
        inside = [float(y) / height for y, _ in words if float(y) / height < 0.945]
        pages.append(([html.unescape(word) for _, word in words], max(inside, default=0.0)))
    return pages


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
