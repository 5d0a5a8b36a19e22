#!/usr/bin/python3
"""Page 1: verdicts by their rules, the question that was asked, and what the designs are."""

import os
import unittest
from pathlib import Path

import harness

harness.skip_without("h5py", "numpy", "scipy", "matplotlib", "jinja2", "pandas", "xarray")
import numpy as np  # noqa: E402

import rathaus  # noqa: E402
from rathaus.report import designs, verdicts  # noqa: E402
from rathaus.report.five import middle, span  # noqa: E402
from rathaus.report.parts import Report  # noqa: E402
from rathaus.report.program import Comparison  # noqa: E402
from rathaus.report.result import Result  # noqa: E402
from rathaus.report.sections import front  # noqa: E402
from rathaus.report.words import language_of  # noqa: E402

SOURCE = Path(os.environ["RATHAUS_SOURCE"])
STUDY = """title = "designs"
model = "germany"
[population]
units = 150
[programme.grant]
from = "pilot_grant"
ports = { grant_pilot = { weak = 0.95, middle = 0.8, strong = 0.6 } }
window = { first = "2026-Q1", length = 2, every = 4, last = "2028-Q4", announced = 2 }
budget = { total = 4_000_000 }
eligible = { population = { below = 20_000, at_least = 500 } }
award = { rule = "quota", reserve = { weak = 0.5 } }
effort = { application_days = 12 }
[programme.inert]
from = "advice"
ports = { aware = 0, coop = 0 }
window = { first = "2026-Q1", length = 4 }
budget = { per_year = 1_000 }
[scenario.none]
baseline = true
[scenario.grant]
programmes = ["grant"]
[scenario.smaller]
programmes = ["grant"]
change.grant.budget.total = 2_000_000
change.grant.ports.grant_pilot = 0.5
[scenario.inert]
programmes = ["inert"]
[uncertain]
u0 = "range"
beta_peer = "range"
[design]
method = "latin_hypercube"
points = 12
"""


class Rules(unittest.TestCase):
    def test_verdicts_of_points(self):
        def kind(better, worse, n=48):
            gains = [2.0] * better + [-2.0] * worse + [0.5] * (n - better - worse)
            return verdicts.of_points(gains, 1.0).kind
        self.assertEqual([kind(46, 2), kind(45, 3), kind(36, 12), kind(35, 13), kind(2, 46), kind(3, 45), kind(1, 1), kind(2, 1)],
                         ["holds", "leans", "leans", "open", "harms", "open", "same", "open"])
        self.assertEqual((kind(3, 0, 3), kind(2, 1, 3), kind(12, 0, 12), kind(11, 1, 12)), ("holds", "open", "holds", "leans"))

    def test_verdicts_by_chance_alone(self):
        draw = np.random.default_rng(1).normal(size=40)
        self.assertEqual([verdicts.of_runs(draw + shift, 1.0).kind for shift in (5, -5, 0, 1)], ["holds", "harms", "same", "open"])
        self.assertEqual(verdicts.of_runs([1.0], 1.0).kind, "unknown")

    def test_the_range_is_the_second_to_the_forty_seventh(self):
        self.assertEqual(span(np.arange(1.0, 49)), (2.0, 47.0))
        self.assertEqual(span([1.0]), (None, None))
        self.assertEqual(span(np.arange(1.0, 97)), (4.0, 93.0))
        self.assertEqual((span([1.0, np.inf, 3.0])[1], middle([1.0, np.inf, 3.0]), middle([1.0, np.inf])), (np.inf, 3.0, np.inf))

    def test_a_language_is_told_by_its_common_words(self):
        for text, language in (("assumption: the share of posts", "en"), ("Anteil der Kosten und der Mittel", "de"), ("pilot_grant", None),
                               ("flat_advice", None), ("Own share: flat or tiered, with and without advice", "en")):
            self.assertEqual(language_of(text), language, text)


class Studies(harness.InFolder):
    def report(self, language="en", *sets, text=STUDY):
        self.write("s.toml", text)
        self.rathaus("run", "s.toml", "--quiet", "--force", *(word for s in sets for word in ("--set", s)))
        result = Result(self.folder / "s.h5")
        return Report(self.folder / "s.h5", result, Comparison(result), language)

    def test_an_inert_programme_is_no_difference(self):
        r = self.report()
        self.assertFalse(r.question.asked)
        self.assertEqual(verdicts.verdict(r, "inert").kind, "same")
        self.assertEqual(set(r.question.gains("inert")), {0.0})
        self.assertIn("No question was asked in numbers", front.asked(r))
        told = verdicts.verdict(r, "grant")
        gains = r.result.file["adopters"][:].sum(axis=2)[:, r.question.quarter].astype(float)
        index = {name: r.result.raw(f"run_{name}") for name in ("scenario", "point")}
        by_hand = [gains[(index["scenario"] == 1) & (index["point"] == p)] - gains[(index["scenario"] == 0) & (index["point"] == p)]
                   for p in range(12)]
        self.assertEqual((told.better, told.worse), (sum(g[0] > 0.15 for g in by_hand), sum(g[0] < -0.15 for g in by_hand)))
        own = verdicts.of_points(r.question.gains("grant"), r.question.smallest)      # the rules of the program and of the page are one
        self.assertEqual((own.kind, own.better, own.worse), (told.kind, told.better, told.worse))
        failing = verdicts.failing_pair(r)
        self.assertEqual(failing is None, all(verdicts.beats(r, verdicts.ranked(r)[0], other, 0)[1] for other in verdicts.ranked(r)[1:]))

    def test_the_question_that_is_asked(self):
        asked = STUDY + '[question]\ntext = { en = "Fewer?", de = "Weniger?" }\nmetric = "share_of_adopters"\n' \
            'group = { size_class = "<5k", fiscal_class = "weak" }\nhorizon = "2033-Q4"\nprefer = "less"\nsmallest_gain = 0.02\n'
        r = self.report("de", text=asked)
        q = r.question
        self.assertTrue(q.asked)
        self.assertEqual((q.text("de"), q.text("en"), q.metric, q.end, q.more, q.smallest, q.instead),
                         ("Weniger?", "Fewer?", "share_of_adopters", "2033-Q4", False, 0.02, ""))
        with rathaus.open(self.folder / "s.h5") as result:
            group = "size_class_and_fiscal_class"
            share = result.gain("share_of_adopters", by=group).sel({group: "<5k, weak", "scenario": "grant"}).sel(time="2033-12")
        np.testing.assert_allclose(q.gains("grant"), -share.values.ravel())
        said = front.asked(r)
        for words in ("unter 5.000", "schwach", "4. Quartal 2033", "weniger"):
            self.assertIn(words, said)

    def test_a_question_about_a_cost_shows_what_it_is_the_cost_of(self):
        r = self.report(text=STUDY + '[question]\ntext = "What does one more cost?"\nmetric = "public_money_per_additional_unit"\n'
                        'prefer = "less"\n')
        self.assertEqual((r.question.metric, r.question.instead, r.question.more), ("adopters", "public_money_per_additional_unit", True))
        self.assertIn("public money per additional municipality with AI", front.asked(r))

    def test_what_the_designs_are(self):
        r = self.report()
        known = designs.of(r.result)
        self.assertEqual(known["smaller"]["grant"]["budget"]["total"], 2_000_000)
        self.assertEqual(known["grant"]["grant"]["budget"]["total"], 4_000_000)
        rows = [[cell.text for cell in row] for row in designs.table(r, r.others).groups[0][1]]
        self.assertEqual([row[:2] for row in rows], [["grant", "grant"], ["smaller", "grant"], ["inert", "inert"]])
        for words in ("95 % weak, 80 % middle, 60 % strong".replace(" %", "\N{NARROW NO-BREAK SPACE}%"), "EUR 4 million in all",
                      "announced 2 quarters ahead", "under 20,000", "from 500", "reserved: 50", "12 days"):
            self.assertIn(words, " | ".join(rows[0]))
        self.assertIn("pilot 50", " | ".join(rows[1]))
        self.assertEqual(len(designs.table(r, ["grant", "inert"]).groups[0][1]), 2)


if __name__ == "__main__":
    unittest.main()
