"""The page runs the points that the program runs, under every theory that the model has an ensemble for: the same doubt drawn by the same
key, the same gains bit for bit, the same figures and verdicts, in the same words."""

import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import tomllib
import unittest

from browser import Browser, skip_without_browser

SOURCE, PROGRAM = pathlib.Path(os.environ["RATHAUS_SOURCE"]), os.environ["RATHAUS"]
PAGE = SOURCE / "build" / "web" / "rathaus.html"
NAMES = tomllib.loads((SOURCE / "python" / "rathaus" / "report" / "words.toml").read_text(encoding="utf-8"))["name"]
PATIENCE = 300  # seconds; nothing is timed

SMALL = "\n[population]\nunits = 150\n"
QUESTION = """[question]
text.en = "?"
metric = "adopters"
horizon = "2033-Q4"
"""
ADVICE = """[programme.grant]
from = "pilot_grant"
window = { first = "2026-Q1", length = 2, every = 4, last = "2030-Q4" }
budget = { per_year = 3_000_000 }
award = { rule = "fcfs" }
[programme.advice]
from = "advice"
window = { first = "2026-Q1", length = 20 }
budget = { per_year = 3_000_000 }
[programme.training]
from = "training"
window = { first = "2026-Q1", length = 20 }
[scenario.none]
baseline = true
programmes = []
[scenario.both]
programmes = ["training", "advice"]
[scenario.little]
programmes = ["advice", "grant"]
change.advice.budget.per_year = 500_000
"""

# name, experiment; what is drawn for effects, for all designs alike, depends on how programmes are written
STUDIES = {
    "own_share": (SOURCE / "experiments" / "own_share.toml").read_text(encoding="utf-8") + SMALL,
    "effects": 'title = "effects"\nmodel = "../models/germany"\n' + QUESTION + ADVICE + SMALL,
    "an effect that is chosen": 'title = "chosen"\nmodel = "../models/germany"\n' + QUESTION
                                + ADVICE.replace('from = "training"', 'from = "training"\nports.staff = 0.01') + SMALL,
    "points of its own": 'title = "own"\nmodel = "../models/germany"\n' + QUESTION + ADVICE + SMALL
                         + '[uncertain]\n"programme.advice.ports.coop" = { uniform = [0.0, 2.0] }\nu0 = { uniform = [-8.0, -6.0] }\n'
                           '[design]\nmethod = "list"\nvalues = [' + ", ".join(f"[{0.2 * k}, {-8 + 0.2 * k}]" for k in range(10)) + "]\n",
    "chance alone": 'title = "chance"\nmodel = "../models/germany"\ndoubt = "none"\n' + QUESTION + ADVICE + SMALL + "[replicates]\nat_least = 16\n",
}

# theories of the file itself: under one nobody ever decides, so that what helps under the other makes no difference there
RIVALS = 'title = "rivals"\nmodel = "../models/germany"\n' + QUESTION + ADVICE + SMALL + """
[uncertain]
u0 = { uniform = [-8.0, 0.0] }
[design]
method = "list"
values = [""" + ", ".join(f"[{-4 + 0.2 * k}]" for k in range(12)) + """]
[alternatives]
"structure.decision_rule" = ["logit", { value = "payback", with = { "parameters.decision_rate" = 0.0 } }]
"""

# cells of the table of theories: design or theory, verdict with its count
TABLE = """return [...document.querySelectorAll(`${arguments[0]} figure:not([aria-labelledby*=-gegen-], [aria-labelledby*=-against-]) > .scroll > .verdicts tbody tr`)].map((row) => [...row.children].slice(0, 2).map((cell) => cell.textContent));"""


class Points(unittest.TestCase):
    def setUp(self):
        self.browser = Browser()
        self.addCleanup(self.browser.close)
        self.browser.open(PAGE, 1280)
        self.wait("document.body?.dataset.ready === 'true'")

    def wait(self, condition):
        end = time.monotonic() + PATIENCE
        while not self.browser.run(f"return Boolean({condition})"):
            self.assertLess(time.monotonic(), end, f"{condition}; {self.browser.run('return document.getElementById(`messages`).textContent')}")
            time.sleep(0.1)

    def answer(self, text, folder):
        """What the program says of an experiment: its answer, and where the result is."""
        file = pathlib.Path(folder) / "experiment.toml"
        model = json.dumps(str(SOURCE / "models" / "germany"))
        file.write_text(re.sub(r'^model = "[^"]*germany"', lambda _: f"model = {model}", text, flags=re.MULTILINE), encoding="utf-8")
        subprocess.run([PROGRAM, "run", file, "-o", file.with_suffix(".h5"), "--quiet", "--force"], check=True)
        told = subprocess.run([PROGRAM, "compare", file.with_suffix(".h5"), "--format", "json"], check=True, capture_output=True, text=True).stdout
        return json.loads(told)["answer"], file.with_suffix(".h5")

    @staticmethod
    def of_design(answer, name):
        """Over all theories, and under each."""
        each = [design for design in answer["designs"] if design["scenario"] == name]
        across = [design for design in answer["across_theories"] if design["scenario"] == name]
        return across[0] if across else each[0], each

    def check_judged(self, judged, answer, name):
        whole, each = self.of_design(answer, name)
        self.assertEqual(judged["verdict"], whole["verdict"], name)
        self.assertEqual([one["verdict"] for one in judged["theories"]], [one["verdict"] for one in each], name)
        if answer["verdicts_by"] == "points":
            for ours, theirs in zip([judged, *judged["theories"]], [whole, *each]):
                self.assertEqual((ours["positive"], ours["negative"], ours["of"]), (theirs["wanted_at"], theirs["unwanted_at"], theirs["points"]))

    def check_figure(self, ours, theirs, by_points):
        for part in ("low", "middle", "high"):
            if theirs[part] is None:
                self.assertIsNone(ours[part], "one run has no interval")
            elif by_points or theirs["low"] is None:
                self.assertEqual(ours[part], theirs[part], part)
            else:   # Student's quantile by an expansion
                self.assertAlmostEqual(ours[part], theirs[part], delta=1e-3 * (theirs["high"] - theirs["low"]))

    def check_cost(self, ours, theirs, by_points):
        """Of chance alone the page tells no interval, and the quotient of the means where the program has none."""
        for part in ("low", "middle", "high") if by_points else ("middle",):
            if theirs[part] == "inf" or by_points and theirs[part] is None:
                self.assertIsNone(ours[part], "without bound, or without a price")   # JSON has no word for it
            elif by_points or theirs[part] is not None:
                self.assertAlmostEqual(ours[part] / theirs[part], 1, msg=part)

    def check_duels(self, answer, theories):
        """Each against each, theory by theory, and who is the better one."""
        duels = self.browser.run("return rathaus.duels().map(({ first, second, judged }) => ({ first: first.key, second: second.key, theories: judged.theories }))")
        self.assertGreaterEqual(len(duels), 1)
        ours = [{"first": duel["first"], "second": duel["second"], "theory": theory, "verdict": judged["verdict"],
                 "first_better_at": judged["positive"], "second_better_at": judged["negative"]} for duel in duels for theory, judged in zip(theories, duel["theories"])]
        theirs = answer["duels"] if answer["verdicts_by"] == "points" else [duel | {"first_better_at": own["first_better_at"], "second_better_at": own["second_better_at"]}
                                                                              for duel, own in zip(answer["duels"], ours)]   # of replicates nothing is counted
        self.assertEqual(ours, theirs)
        told = self.browser.run("return [...document.querySelectorAll('#answer .sentences .sentence')].at(-1).textContent")
        self.assertRegex(told, "ist (besser|der bessere)|is (better|the better)" if answer["better"] else "^(Kein|No)")

    def check_words(self, place, file, theories):
        """The verdicts of the page's table are those that `rathaus compare` prints, in both languages."""
        for language in ("de", "en"):
            if self.browser.run("return document.documentElement.lang") != language:
                self.browser.run("document.getElementById('language').click()")
                self.wait(f"document.documentElement.lang === '{language}'")
            rows = self.browser.driver.execute_script(TABLE, place)
            if len(theories) == 1:
                self.assertEqual(rows, [])
                continue
            self.assertTrue(rows)
            names = self.browser.driver.execute_script("return arguments[0].map(rathaus.theory_name)", theories)
            self.assertEqual(names, [NAMES.get(theory, {}).get(language, theory) for theory in theories])
            self.assertEqual([theory for theory, _ in rows[1:1 + len(theories)]], names)
            for at, theory in enumerate(("", *theories)):
                told = subprocess.run([PROGRAM, "compare", file, "--lang", language, *(["--theory", theory] if theory else [])],
                                      check=True, capture_output=True, text=True).stdout
                for (design, _), (_, verdict) in zip(rows[::1 + len(theories)], rows[at::1 + len(theories)]):
                    lines = [line for line in told.splitlines() if line.startswith(f"{design} ")]
                    self.assertTrue(any(f" {verdict} " in line for line in lines), (design, theory, verdict, lines))

    def check(self, text):
        self.browser.driver.execute_async_script("rathaus.take(new File([arguments[0]], 'study.toml')).then(arguments[1])", text)
        self.assertEqual(self.browser.run("return document.getElementById('messages').textContent"), "")
        self.wait("((it) => it && it.dataset.pairs === it.dataset.of)(document.getElementById('pairs'))")
        ours, saved, theories = self.browser.run("return [rathaus.answers(), rathaus.text(), rathaus.page.about.theories]")
        with tempfile.TemporaryDirectory() as folder:
            answer, file = self.answer(text, folder)
            by_points = answer["verdicts_by"] == "points"
            self.assertGreaterEqual(len(ours), 2)
            for design in ours:
                whole, each = self.of_design(answer, design["name"])
                self.assertEqual([theory["theory"] for theory in each], theories)
                self.assertEqual(design["gains"], [theory["gains"] for theory in each], design["name"])
                self.assertTrue(all(len(set(gains)) > 1 for gains in design["gains"]), "gains that never differ prove nothing")
                self.check_judged(design["judged"], answer, design["name"])
                self.check_figure(design["gain"], whole["gain"], by_points)
                self.check_cost(design["cost"], whole["cost_per_additional_unit"], by_points)
                if by_points:
                    self.assertEqual(design["anyway"], whole["anyway"]["middle"])
                elif whole["anyway"]["middle"] is not None:
                    self.assertAlmostEqual(design["anyway"], whole["anyway"]["middle"])
            self.check_duels(answer, theories)
            self.check_words("#answer", file, theories)
            self.check_file(file, answer)
            again, _ = self.answer(saved, folder)
            self.assertEqual(again, answer, "what the page saves is the same study")
        return theories

    def check_file(self, file, answer):
        """The result file itself, given to the page."""
        self.browser.driver.find_element("id", "file").send_keys(str(file))
        self.wait("rathaus.result()")
        shown, compared = self.browser.run("return rathaus.result()"), [design["scenario"] for design in answer["designs"] if design["scenario"] != answer["against"]]
        self.assertEqual((shown["metric"], shown["quarter"], shown["points"], shown["smallest"]),
                         (answer["question"]["metric"], answer["question"]["quarter"], answer["points"], answer["question"]["smallest_gain"]))
        self.assertEqual([design["name"] for design in shown["designs"]], compared[:len(compared) // len(shown["theories"])])
        for design in shown["designs"]:
            whole, each = self.of_design(answer, design["name"])
            self.assertEqual(design["gains"], [gain for theory in each for gain in theory["gains"]])
            self.check_judged(design["judged"], answer, design["name"])
            self.check_figure(design["figure"], whole["gain"], shown["by_points"])
            for ours, theirs in zip(design["each"], each):
                self.check_figure(ours, theirs["gain"], shown["by_points"])
        self.assertNotIn("NaN", self.browser.run("return document.getElementById('result').textContent"))
        self.check_words("#result", file, shown["theories"])
        self.browser.run("document.getElementById('close-result').click()")

    def test_a_file_of_one_run_is_judged_by_nothing(self):
        with tempfile.TemporaryDirectory() as folder:
            answer, file = self.answer(STUDIES["chance alone"].replace("at_least = 16", "at_least = 1"), folder)
            self.assertEqual({design["verdict"] for design in answer["designs"] if design["scenario"] != answer["against"]}, {"unknown"})
            self.check_file(file, answer)

    def test_a_file_whose_theories_disagree(self):
        with tempfile.TemporaryDirectory() as folder:
            answer, file = self.answer(RIVALS, folder)
            self.assertIn("mixed", {design.get("verdict") for design in answer["across_theories"]})
            self.check_file(file, answer)
            self.browser.driver.find_element("id", "file").send_keys(str(file))
            self.wait("rathaus.result()")
            told = self.browser.run("return document.getElementById('result').textContent")
            self.assertIn("depends on the theory", told)
            self.assertIn("no difference under “decision_rule=payback decision_rate=0”", told)

    def test_every_ensemble_of_the_model_is_a_theory(self):
        shipped = sorted((SOURCE / "models" / "germany").glob("ensemble*.csv"))
        self.assertGreaterEqual(len(shipped), 2)
        theories = self.check(STUDIES["own_share"])
        self.assertEqual(len(theories), len(shipped))
        # told by the hashes of the files as they are shipped
        self.assertEqual(self.browser.run("return rathaus.page.cargo.ensembles"),
                         {f"models/germany/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest() for path in shipped})


def of(text):
    return lambda self: self.check(text)


for name, study in STUDIES.items():
    if name == "own_share":
        continue   # test_every_ensemble_of_the_model_is_a_theory
    setattr(Points, "test_" + name.replace(" ", "_"), of(study))

if __name__ == "__main__":
    if not PAGE.exists():
        print("skipped: build/web/rathaus.html is not built (scripts/web.sh builds it)")
        sys.exit(77)
    skip_without_browser()
    unittest.main()
