#!/usr/bin/python3
"""Names of scenarios and programmes may be any text: the report shows them as they are, with one spelling everywhere."""

import csv
import os
import re
import unittest
import xml.dom.minidom
from html.parser import HTMLParser
from pathlib import Path

import harness

harness.skip_without("h5py", "numpy", "scipy", "matplotlib", "jinja2", "openpyxl")
import h5py  # noqa: E402
import openpyxl  # noqa: E402
from command import make  # noqa: E402
import rathaus  # noqa: E402
from rathaus.report.charts.common import wrap  # noqa: E402

SOURCE = Path(os.environ["RATHAUS_SOURCE"])
NAMES = ["flat_advice", "flat advice", "5 $ und 10 $", "A $^$", "=1+1", "+49", "-x", "@SUM(A1)", "<b>&amp;</b>",
         'a "quoted" name', "{braces} {0} 100 %", "דיגיטלי", "🚀 Ümlaut",
         "Interkommunale_Datenplattform_fuer_alle_Kommunen_unter_20.000_Einwohnern_in_zwei_Laendern_von_2026_bis_2030"]
STUDY = """title = "Names"
model = "germany"
doubt = "none"
[population]
units = 40
[time]
quarters = 44
[replicates]
at_least = 2
[programme."50 $ | =A1"]
from = "data_platform"
window = { first = "2022-Q1", length = 20 }
budget = { per_year = 500_000 }
[scenario.no_programme]
baseline = true
programmes = []
"""


def key(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


class Text(HTMLParser):
    """What a reader sees in the heads of rows and columns."""

    def __init__(self, page):
        super().__init__()
        self.heads, self.open = [], False
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag == "th":
            self.open = True
            self.heads.append("")

    def handle_endtag(self, tag):
        self.open = self.open and tag != "th"

    def handle_data(self, data):
        if self.open:
            self.heads[-1] += data


class Names(harness.InFolder):
    def study(self, names, programmes='["50 $ | =A1"]'):
        self.write("s.toml", STUDY + "".join(f"[scenario.{key(n)}]\nprogrammes = {programmes}\n" for n in names))

    def test_one_spelling_in_page_pictures_tables_and_workbook(self):
        self.study(NAMES)
        self.rathaus("run", "s.toml", "--quiet")
        for language in ("en", "de"):
            make(self.folder / "s.h5", "-o", self.folder / f"{language}.html", "--lang", language, "--figures",
                 self.folder / f"f_{language}", "--tables", self.folder / f"t_{language}", "--xlsx",
                 self.folder / f"{language}.xlsx")
            every = {"no_programme", *NAMES}
            page = (self.folder / f"{language}.html").read_text(encoding="utf-8")
            heads = Text(page).heads
            self.assertEqual(every - set(heads), set())
            self.assertIn("50 $ | =A1", heads)
            for path in (self.folder / f"t_{language}").iterdir():
                with open(path, encoding="utf-8-sig", newline="") as file:
                    rows = list(csv.reader(file, delimiter=";" if language == "de" else ","))
                column = next((k for k, name in enumerate(rows[0]) if name in ("scenario", "Szenario")), None)
                if column is not None:
                    self.assertLessEqual({row[column] for row in rows[1:]}, every, path.name)
            book = openpyxl.load_workbook(self.folder / f"{language}.xlsx")
            cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
            self.assertEqual({cell.value for cell in cells if cell.data_type == "f"}, set())
            self.assertEqual(every - {cell.value for cell in cells}, set())
            for cell in cells:
                if isinstance(cell.value, str):
                    self.assertEqual(bool(cell.quotePrefix), cell.value.startswith(("=", "+", "-", "@")), cell.value)
            texts = set()
            for path in (self.folder / f"f_{language}").glob("*.svg"):
                document = xml.dom.minidom.parse(str(path))
                texts |= {node.firstChild.data for node in document.getElementsByTagName("text") if node.firstChild}
            drawn = every & texts
            self.assertGreaterEqual(len(drawn), 5, texts)
            self.assertFalse([t for t in texts if t.strip() in ("5", "und")])   # no $ taken for a formula

    def test_names_of_theories_stand_as_they_are_and_nothing_overlaps(self):
        self.study(["flat advice"])
        text = (self.folder / "s.toml").read_text()
        self.write("t.toml", text + '[alternatives]\n"structure.decision_rule" = ["logit", "payback"]\n'
                                    '"structure.rebound_form" = ["linear", "isoelastic"]\n')
        self.rathaus("run", "t.toml", "--quiet")
        make(self.folder / "t.h5", "-o", self.folder / "t.html", "--figures", self.folder / "f")
        with rathaus.open(self.folder / "t.h5") as file:
            theories = file.names("alternative")
        page = (self.folder / "t.html").read_text(encoding="utf-8")
        for theory in theories:
            self.assertIn(theory, page)
        labels = rows(self.folder / "t.h5")
        self.assertEqual([re.sub(r"\s", "", text) for text, _, _ in labels], [re.sub(r"\s", "", t) for t in theories])
        for k, (text, box, whole) in enumerate(labels):
            self.assertGreaterEqual(box.x0, whole.x0 - 1, f"{text} leaves the picture")
            for other, its, _ in labels[:k]:
                self.assertFalse(box.overlaps(its), f"{text} lies on {other}")

    def test_wrapped_words_fit_and_lose_nothing_but_the_middle(self):
        for name in (*NAMES, "structure.decision_rule=logit, structure.rebound_form=isoelastic"):
            for width in (14, 17, 22):
                lines = wrap(name, width, 100).split("\n")
                self.assertLessEqual(max(map(len, lines)), width)
                self.assertEqual(re.sub(r"\s", "", "".join(lines)), re.sub(r"\s", "", name))
                self.assertLessEqual(wrap(name, width).count("\n"), 4)

    def test_control_characters_are_refused_by_the_report_too(self):
        self.study(["plain"])
        self.rathaus("run", "s.toml", "--quiet")
        with h5py.File(self.folder / "s.h5", "r+") as file:
            names = file["scenario"][:]
            names[list(file["scenario"].asstr()).index("plain")] = b"a\x07b"
            file["scenario"][...] = names
        said = make(self.folder / "s.h5", "-o", self.folder / "s.html", status=1)
        self.assertIn("the scenario 'a\\x07b' holds the character U+0007", said)
        self.assertFalse((self.folder / "s.html").exists())


def rows(path):
    """(label, where it lies, where the picture lies) for each row of the chart of rival theories, in pixels."""
    from rathaus.report.charts import knowledge
    from rathaus.report.parts import Report
    from rathaus.report.program import Comparison
    from rathaus.report.result import Result
    result = Result(path)
    figure = knowledge.theories(Report(path, result, Comparison(result), "en")).picture
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    FigureCanvasAgg(figure).draw()
    labels = [tick for tick in figure.axes[0].get_yticklabels() if tick.get_text()]
    return [(tick.get_text(), tick.get_window_extent(), figure.bbox) for tick in labels]


if __name__ == "__main__":
    unittest.main()
