#!/usr/bin/python3
"""The answer of `rathaus compare`: one screen, verdicts by fixed rules, recomputed from the raw variables."""

import json
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

import harness

harness.skip_without("h5py", "numpy", "scipy")
import h5py  # noqa: E402
import numpy as np  # noqa: E402
from scipy import stats  # noqa: E402

STUDY = """title = "answer"
model = "germany"
[question]
text = { en = "Do the small and weak gain?", de = "Gewinnen die Kleinen und Schwachen?" }
metric = "share_of_adopters"
group = { size_class = "<5k", fiscal_class = "weak" }
horizon = "2031-Q4"
[population]
units = 160
[time]
quarters = 48
[doubt]
points = 24
theories = false
[programme.grant]
from = "pilot_grant"
window = { first = "2022-Q1", length = 20 }
budget = { per_year = 4_000_000, carry_over = true }
award = { rule = "merit" }
[programme.inert]
from = "pilot_grant"
window = { first = "2022-Q1", length = 20 }
budget = { total = 0 }
award = { rule = "merit" }
[programme.data]
from = "data_platform"
window = { first = "2022-Q1", length = 20 }
budget = { per_year = 4_000_000 }
[scenario.nothing]
baseline = true
[scenario.inert]
programmes = ["inert"]
[scenario.grant]
programmes = ["grant"]
[scenario.data]
programmes = ["data"]
"""
QUARTER = 43  # 2031-Q4


class Answer(harness.InFolder):
    @classmethod
    def setUpClass(cls):
        cls.whole = tempfile.TemporaryDirectory()
        cls.file = Path(cls.whole.name) / "s.h5"
        (Path(cls.whole.name) / "s.toml").write_text(STUDY, encoding="utf-8")
        subprocess.run([harness.RATHAUS, "run", Path(cls.whole.name) / "s.toml", "-o", cls.file, "--quiet"], check=True)
        with h5py.File(cls.file) as file:
            cls.names = [n.decode() for n in file["scenario"][:]]
            classes = [n.decode() for n in file["size_class_and_fiscal_class"][:]]
            asked = classes.index("<5k, weak")
            name = "_by_size_class_and_fiscal_class"
            share = file["adopters" + name][:, QUARTER, asked] / file["units" + name][asked]
            order = {(s, p): r for r, (s, p) in enumerate(zip(file["run_scenario"][:], file["run_point"][:]))}
            cls.level = np.array([[share[order[s, p]] for p in range(24)] for s in range(len(cls.names))])
            cls.adopters = np.array([[file["adopters"][order[s, p], QUARTER].sum() for p in range(24)]
                                     for s in range(len(cls.names))]).astype(float)
            paid = np.nan_to_num(file["programmes/paid"][:, :QUARTER + 1]).sum(axis=-1)
            discounted = (paid * 1.015 ** (-np.arange(QUARTER + 1) / 4)).sum(axis=-1)
            cls.paid = np.array([[discounted[order[s, p]] for p in range(24)] for s in range(len(cls.names))])
            last = max(h for h, q in enumerate(file["strata/horizon_quarter"][:]) if q <= QUARTER)
            cls.after, cls.after_baseline = (np.array([[file[f"strata/{n}"][order[s, p], last] for p in range(24)]
                                                       for s in range(len(cls.names))]).astype(float)
                                             for n in ("adopted_after_payment", "adopted_after_payment_baseline"))
            cls.cube = file["parameters/unit_cube"][:]
            cls.numbers = [n.decode() for n in file["parameters/parameter"][:]]

    @classmethod
    def tearDownClass(cls):
        cls.whole.cleanup()

    def answer(self, *options):
        return json.loads(self.told("compare", self.file, "--format", "json", *options))["answer"]

    def of(self, answer, scenario):
        return next(d for d in answer["designs"] if d["scenario"] == scenario)

    def test_verdicts_ranges_and_duels_are_those_of_the_raw_numbers(self):
        answer = self.answer()
        self.assertEqual(answer["question"] | {"en": "", "de": ""}, {
            "en": "", "de": "", "in_numbers": True, "metric": "share_of_adopters", "counts": "share_of_adopters", "unit": "1",
            "quarter": "2031-Q4", "group": {"size_class": "<5k", "fiscal_class": "weak"}, "prefer": "more", "smallest_gain": 0.001})
        self.assertTrue(answer["anyway_after_payment"])
        self.assertGreater((self.after > 0).sum(), 24, "nobody was supported early enough to be judged")
        self.assertEqual((answer["almost_all"], answer["most"], answer["points"]), (23, 18, 24))
        for s, name in enumerate(self.names):
            told, gain = self.of(answer, name), self.level[s] - self.level[0]
            ordered = np.sort(self.level[s])
            self.assertAlmostEqual(told["level"]["low"], ordered[0], delta=1e-12)
            self.assertAlmostEqual(told["level"]["high"], ordered[-1], delta=1e-12)
            if name == "nothing":
                self.assertNotIn("verdict", told)
                continue
            up, down = int((gain > 0.001).sum()), int((gain < -0.001).sum())
            self.assertEqual((told["wanted_at"], told["unwanted_at"]), (up, down))
            verdict = "holds" if up >= 23 else "harms" if down >= 23 else \
                "no_difference" if 24 - up - down >= 23 else "leans" if up >= 18 else "open"
            self.assertEqual(told["verdict"], verdict)
            np.testing.assert_allclose(told["gains"], gain, atol=1e-12)
            self.assertEqual(told["additional"], told["gain"])
            np.testing.assert_allclose([told["course"][end][QUARTER] for end in ("low", "middle", "high")],
                                       [told["gain"][end] for end in ("low", "middle", "high")], atol=1e-12)
            more = self.adopters[s] - self.adopters[0]
            cost = np.sort(np.where(more > 0, self.paid[s] / np.where(more > 0, more, 1), np.inf))
            np.testing.assert_allclose(float(told["cost_per_additional_unit"]["low"]), cost[0], rtol=1e-9)
            judged = self.after[s] > 0
            if judged.any():
                shares = self.after_baseline[s][judged] / self.after[s][judged]
                np.testing.assert_allclose([told["anyway"][end] for end in ("low", "middle", "high")],
                                           [shares.min(), np.median(shares), shares.max()], atol=1e-12)
            self.assertEqual(told["without_gain_at"], int((more <= 0).sum()))
            for effect in told["effects"]:
                rho = stats.spearmanr(self.cube[:, self.numbers.index(effect["number"])], gain)[0] \
                    if np.ptp(gain) > 0 else np.nan
                if np.isnan(rho):
                    self.assertIsNone(effect["rank_correlation"])
                else:
                    self.assertAlmostEqual(effect["rank_correlation"], rho, delta=1e-9)
                    self.assertEqual(effect["told_apart"], abs(rho) > answer["effect_bound"])
        t = stats.t.ppf(1 - 0.025 / len(self.numbers), 22)
        self.assertAlmostEqual(answer["effect_bound"], t / np.sqrt(22 + t * t), delta=1e-9)
        for duel in answer["duels"]:
            first, second = (self.level[self.names.index(duel[k])] for k in ("first", "second"))
            up, down = (int((a > b + 0.001).sum()) for a, b in ((first, second), (second, first)))
            self.assertEqual((duel["first_better_at"], duel["second_better_at"]), (up, down))
            self.assertEqual(duel["verdict"] == "holds", up >= 23)
        nearest = answer["nearest"]
        self.assertEqual(nearest["better_at"], max(d[f"{k}_better_at"] for d in answer["duels"] for k in ("first", "second")))
        self.assertEqual(sorted(answer["order"]), sorted(self.names[1:]))
        beats = {name: all(int((self.level[self.names.index(name)] > self.level[o] + 0.001).sum()) >= 23
                           for o, other in enumerate(self.names) if other not in (name, "nothing"))
                 for name in self.names[1:]}
        self.assertEqual(answer["better"], next((name for name, wins in beats.items() if wins), None))

    def test_an_inert_programme_makes_no_difference_and_has_no_price(self):
        for options in ((), ("--metric", "services_running"), ("--metric", "net_fiscal_effect_per_inhabitant")):
            told = self.of(self.answer(*options), "inert")
            self.assertEqual(told["verdict"], "no_difference")
            self.assertEqual((told["gain"]["low"], told["gain"]["high"]), (0, 0))
            self.assertEqual(told["cost_per_additional_unit"]["middle"], "inf")
            self.assertEqual(told["paid"]["high"], 0)
        self.assertRegex(self.told("compare", self.file), r"inert +no difference \(0 of 24\) .* no gain")

    def test_nothing_in_any_table_tells_an_inert_programme_from_none(self):
        self.write("s.toml", STUDY)
        self.rathaus("run", "s.toml", "--quiet", "--set", "population.units=40", "--set", "doubt.points=3", "--set", "output.fixed_demand=true")
        lines = json.loads(self.told("compare", "s.h5", "--format", "json"))["lines"]
        gains = rebounds = 0
        for line in lines:
            cell = next(cell for cell in line["cells"] if cell["scenario"] == "inert")
            if gain := cell.get("gain"):
                gains += 1
                for end in ("mean", "low", "high", "point_p05", "point_p95"):
                    self.assertIn(gain[end], (0, None), (line["metric"], line["detail"], end))
            if line["metric"] == "rebound of the programme, against twins":
                rebounds += 1
                self.assertIsNone(cell["level"]["mean"], "a programme that does nothing has no rebound of its own")
            if line["metric"].startswith(("public money", "cost to funder")) and "per additional" in line["metric"]:
                self.assertIsNone(cell["level"]["mean"], line["metric"])
        self.assertGreater(gains, 50)
        self.assertGreater(rebounds, 0)

    def test_one_screen_that_names_what_it_shows(self):
        text = self.told("compare", self.file)
        lines = text.splitlines()
        self.assertLessEqual(len(lines), 60)
        self.assertLessEqual(max(map(len, lines)), 120)
        for part in ("Do the small and weak gain?", "share_of_adopters of <5k, weak at the end of 2031",
                     "24 points, 1 replicate each", "chance and ignorance together", "gains over 'nothing'", "million EUR",
                     "anyway", "simulated, never observed"):
            self.assertIn(part, text)
        for name in self.names:
            self.assertIn(name, text)
        self.assertIn("== money", self.told("compare", self.file, "--full"))

    def test_the_screen_in_german(self):
        text = self.told("compare", self.file, "--lang", "de")
        self.assertLessEqual(len(text.splitlines()), 60)
        for part in ("Gewinnen die Kleinen und Schwachen?", "Anteil der Kommunen mit KI, unter 5.000, schwach, Stand Ende 2031",
                     "1. bis 24. von 24 Punkten", "Zufall und Unwissen zusammen", "Zugewinn gegenüber „nothing“", "Mio. Euro",
                     "kein Unterschied (0 von 24)", "simuliert, nie beobachtet"):
            self.assertIn(part, text)
        # names of the experiment, options and files stay as they are; nothing else is English
        for name in (*self.names, "answer", "metrics"):
            text = text.replace(name, "")
        words = set(re.findall(r"(?<![\w-])[A-Za-zÄÖÜäöüß]{2,}", re.sub(r"--\w+", "", text)))
        english = {"of", "the", "at", "is", "and", "no", "to", "points", "point", "gain", "gains", "better", "worse", "reached", "additional",
                   "anyway", "programmes", "design", "offered", "paid", "none", "verdict", "under", "over", "open", "holds", "leans",
                   "harms", "question", "doubt", "chance", "share", "adopters", "million", "unit", "decides", "simulated", "end"}
        self.assertEqual(words & english, set())
        self.assertNotRegex(text, r"\d\.\d(?!\d\d)")      # decimal points
        self.assertIn("--lang", self.refused("compare", self.file, "--lang", "fr"))
        self.assertIn("== Geld", self.told("compare", self.file, "--lang", "de", "--full"))

    def test_another_question_may_be_asked(self):
        answer = self.answer("--metric", "adopters", "--quarter", "2025-Q4", "--group", "size_class=5k-20k")
        self.assertEqual(answer["question"]["group"], {"size_class": "5k-20k"})
        self.assertEqual(answer["question"]["quarter"], "2025-Q4")
        with h5py.File(self.file) as file:
            self.assertAlmostEqual(answer["question"]["smallest_gain"], file["units"][1] / 1000, delta=1e-12)
        # several classes of one grouping: units of any of them
        small, middle, both = (self.answer("--metric", "adopters", *(word for label in labels for word in ("--group", f"size_class={label}")))
                               for labels in (("<5k",), ("5k-20k",), ("5k-20k", "<5k")))
        self.assertEqual(both["question"]["group"], {"size_class": ["5k-20k", "<5k"]})
        np.testing.assert_allclose(*(np.sum([self.of(one, "data")["gains"] for one in part], axis=0) for part in ((small, middle), (both,))), atol=1e-12)
        self.assertIn("unter 5.000 oder 5.000 bis 20.000, schwach", self.told(
            "compare", self.file, "--lang", "de", "--group", "size_class=<5k", "--group", "size_class=5k-20k", "--group", "fiscal_class=weak"))
        against = self.of(self.answer("--against", "grant"), "data")
        np.testing.assert_allclose(against["gains"], self.level[3] - self.level[2], atol=1e-12)
        self.assertIn("less is better", self.told("compare", self.file, "--metric", "public_money_per_additional_unit"))
        applied = self.of(self.answer("--metric", "programmes/awarded", "--group", "fiscal_class=weak"), "grant")
        with h5py.File(self.file) as file:
            rows = file["run_scenario"][:] == 2
            self.assertEqual(applied["level"]["high"],
                             file["programmes/awarded_by_fiscal_class"][:][rows][:, QUARTER, :, 0].sum(axis=-1).max())

    def test_parts_of_titles_name_sections(self):
        for part, title in (("anyway", "what would have happened anyway"), ("REACH", "who is reached"), ("money", "money")):
            told = self.told("compare", self.file, "--section", part)
            self.assertTrue(told.split("== ", 1)[1].startswith(title), told[:200])
        self.assertIn("no section 'reech'", self.refused("compare", self.file, "--section", "reech"))

    def test_bad_questions(self):
        for options, message in (
                (["--metric", "adoptrs"], "there is no metric 'adoptrs' in the file (did you mean 'adopters'?)"),
                (["--metric", "hhi_national"], "is not"),
                (["--group", "land=Sachsen"], "is not in the file"),
                (["--group", "size=5k"], "--group names no class"),
                (["--quarter", "2099-Q1"], "2099-Q1"),
                (["--theory", "bass"], "--theory 'bass' is no part of the name of a theory of the file"),
                (["--metric", "adopters", "--full"], "--full")):
            self.assertIn(message, self.refused("compare", self.file, *options))

    def test_chance_alone_says_so(self):
        self.write("s.toml", STUDY.replace("[doubt]\npoints = 24\ntheories = false\n", "[replicates]\nat_least = 4\n").replace(
            'model = "germany"', 'model = "germany"\ndoubt = "none"'))
        self.rathaus("run", "s.toml", "--quiet", "--set", "population.units=60")
        text = self.told("compare", "s.h5")
        self.assertIn("doubt      none: 4 replicates at one vector", text)
        self.assertIn("(chance alone)", text)
        self.assertEqual(json.loads(self.told("compare", "s.h5", "--format", "json"))["answer"]["verdicts_by"], "chance")

    def test_every_theory_is_named(self):
        text = STUDY.replace("[doubt]\npoints = 24\ntheories = false\n", "") + """[uncertain]
beta_peer = "range"
[design]
method = "latin_hypercube"
points = 3
[alternatives]
"structure.decision_rule" = ["logit", "payback"]
"""
        self.write("t.toml", text)
        self.rathaus("run", "t.toml", "--quiet", "--set", "population.units=40", "--set", "time.quarters=44")
        told = self.told("compare", "t.h5")
        for part in ("theories   decision_rule=logit; decision_rule=payback", "under 'decision_rule=logit', over 'nothing'",
                     "under 'decision_rule=payback', over 'nothing'"):
            self.assertIn(part, told)
        self.assertLessEqual(len(told.splitlines()), 60)
        told = self.told("compare", "t.h5", "--theory", "payback")
        self.assertNotIn("under 'decision_rule=logit'", told)
        self.assertNotIn(", under decision_rule=logit", self.told("compare", "t.h5", "--full", "--theory", "payback"))


if __name__ == "__main__":
    unittest.main()
