"""The page runs the points that the program runs: the same doubt drawn by the same key, the same gains bit for bit, the same verdicts."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

from browser import Browser, skip_without_browser

SOURCE, PROGRAM = pathlib.Path(os.environ["RATHAUS_SOURCE"]), os.environ["RATHAUS"]
PAGE = SOURCE / "build" / "web" / "rathaus.html"
PATIENCE = 120  # seconds; nothing is timed

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

ANSWER = """const { page } = rathaus;
return page.experiment.designs.map((design, d) => {
  const { first } = rathaus.pairs_of(d), gains = rathaus.gains(page.about, first, page.view.metric, page.view.group, rathaus.horizon_quarter());
  return { name: design.name, gains, text: document.querySelectorAll('.sentence')[d].textContent, ...rathaus.verdict(gains) };
});"""


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
        """What the program says of an experiment: its answer, by scenario."""
        file = pathlib.Path(folder) / "experiment.toml"
        # the page has the ensemble of one decision rule
        model = pathlib.Path(folder) / "germany"
        if not model.exists():
            shutil.copytree(SOURCE / "models" / "germany", model,
                            ignore=lambda _, names: [name for name in names if name.startswith("ensemble_")])
        file.write_text(re.sub(r'^model = "[^"]*germany"', f"model = {json.dumps(str(model))}", text, flags=re.MULTILINE), encoding="utf-8")
        subprocess.run([PROGRAM, "run", file, "-o", file.with_suffix(".h5"), "--quiet", "--force"], check=True)
        told = subprocess.run([PROGRAM, "compare", file.with_suffix(".h5"), "--format", "json"], check=True, capture_output=True, text=True).stdout
        answer = json.loads(told)["answer"]
        return answer, {design["scenario"]: design for design in answer["designs"]}, file.with_suffix(".h5")

    def check(self, text):
        self.browser.driver.execute_async_script("rathaus.take(new File([arguments[0]], 'study.toml')).then(arguments[1])", text)
        self.assertEqual(self.browser.run("return document.getElementById('messages').textContent"), "")
        self.wait("((it) => it && it.dataset.pairs === it.dataset.of)(document.getElementById('pairs'))")
        ours, saved = self.browser.run(ANSWER), self.browser.run("return rathaus.text()")
        with tempfile.TemporaryDirectory() as folder:
            answer, theirs, file = self.answer(text, folder)
            self.assertGreaterEqual(len(ours), 2)
            for design in ours:
                other = theirs[design["name"]]
                self.assertEqual(design["gains"], other["gains"], design["name"])
                self.assertGreater(len(set(design["gains"])), 1, "gains that never differ prove nothing")
                self.assertEqual(design["verdict"], other["verdict"], design["name"])
                if answer["verdicts_by"] == "points":
                    self.assertEqual((design["positive"], design["negative"]), (other["wanted_at"], other["unwanted_at"]))
            self.check_file(file, answer, theirs)
            again, _, _ = self.answer(saved, folder)
            self.assertEqual(again["designs"], answer["designs"], "what the page saves is the same study")

    def check_file(self, file, answer, theirs):
        """The result file itself, given to the page."""
        self.browser.driver.find_element("id", "file").send_keys(str(file))
        self.wait("rathaus.result()")
        shown = self.browser.run("return rathaus.result()")
        self.assertEqual((shown["metric"], shown["quarter"], shown["points"], shown["smallest"]),
                         (answer["question"]["metric"], answer["question"]["quarter"], answer["points"], answer["question"]["smallest_gain"]))
        self.assertEqual([design["name"] for design in shown["designs"]], [name for name in theirs if name != answer["against"]])
        for design in shown["designs"]:
            other = theirs[design["name"]]
            self.assertEqual((design["gains"], design["judged"]["verdict"]), (other["gains"], other["verdict"]))
            self.assertNotIn("NaN", self.browser.run("return document.getElementById('result').textContent"))
            for end in ("low", "high"):
                if other["gain"][end] is None:
                    self.assertIsNone(design["range"][end], "one run has no interval")
                elif shown["by_points"]:
                    self.assertEqual(design["range"][end], other["gain"][end])
                else:   # Student's quantile by an expansion
                    self.assertAlmostEqual(design["range"][end], other["gain"][end], delta=1e-3 * (other["gain"]["high"] - other["gain"]["low"]))
        self.browser.run("document.getElementById('close-result').click()")

    def test_a_file_of_one_run_is_judged_by_nothing(self):
        with tempfile.TemporaryDirectory() as folder:
            answer, theirs, file = self.answer(STUDIES["chance alone"].replace("at_least = 16", "at_least = 1"), folder)
            self.assertEqual({theirs[name]["verdict"] for name in theirs if name != answer["against"]}, {"unknown"})
            self.check_file(file, answer, theirs)


def of(text):
    return lambda self: self.check(text)


for name, study in STUDIES.items():
    setattr(Points, "test_" + name.replace(" ", "_"), of(study))

if __name__ == "__main__":
    if not PAGE.exists():
        print("skipped: build/web/rathaus.html is not built (scripts/web.sh builds it)")
        sys.exit(77)
    skip_without_browser()
    unittest.main()
