#!/usr/bin/python3
"""`rathaus trace` as a user types it: the stories of all units add up to the result, and each is the
unit's line of the panel."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from collections import Counter
from pathlib import Path

try:
    import h5py
    import numpy as np
    import rathaus
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

RATHAUS = os.environ["RATHAUS"]
UNITS, QUARTERS = 40, 60

EXPERIMENT = f"""title = "trace"
model = "germany"
doubt = "none"
[population]
file = "towns.csv"
[time]
quarters = {QUARTERS}
[parameters]
coop_join = 0.05
aware_p = 0.005    # so that some place never has any service
aware_q = 0.1
[programme.grant]
field = "incentives"
ports = {{ grant_pilot = 0.8, grant_scale = 0.4 }}
window = {{ first = "2022-Q1", length = 8, every = 12, announced = 3 }}
budget = {{ per_year = 60_000 }}
award = {{ rule = "lottery" }}
[programme.advice]
from = "advice"
window = {{ first = "2022-Q1", length = 40 }}
budget = {{ per_year = 60_000 }}
[scenario.nothing]
baseline = true
[scenario.support]
programmes = ["grant", "advice"]
[replicates]
at_least = 2
[random]
seed = 5
[output]
panel = {{ replicates = [0, 1], every = 1 }}
"""
RUN = 3  # scenario support, replicate 1


def towns():
    lines = ["id,name,land,region,population"]
    for i in range(UNITS):
        name = "Zwilling" if i in (3, 4) else f"Ort {i}"
        lines.append(f"k{i:02},{name},Land,Kreis {i % 3},{60 * 4 ** (i % 10)}")
    return "\n".join(lines) + "\n"


class Trace(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.temporary.name)
        (cls.folder / "trace.toml").write_text(EXPERIMENT, encoding="utf-8")
        (cls.folder / "towns.csv").write_text(towns(), encoding="utf-8")
        subprocess.run([RATHAUS, "run", "trace.toml", "--quiet"], cwd=cls.folder, check=True)
        cls.stories = [json.loads(cls.trace("--run", RUN, "--unit", f"k{i:02}", "--format", "json")
                                  .stdout) for i in range(UNITS)]
        cls.file = rathaus.open(cls.folder / "trace.h5")

    @classmethod
    def tearDownClass(cls):
        cls.file.close()
        cls.temporary.cleanup()

    @classmethod
    def trace(cls, *arguments, file="trace.h5", status=0):
        result = subprocess.run([RATHAUS, "trace", file, *map(str, arguments)], cwd=cls.folder,
                                capture_output=True, text=True)
        assert result.returncode == status, (result.returncode, result.stderr)
        return result

    def events(self, kind):
        return [event for story in self.stories for event in story["events"]
                if event["event"] == kind]

    def test_each_story_is_the_units_line_of_the_panel(self):
        panel, stages = self.file.file["panel"], self.file.names("stage")
        row = list(panel["panel_run"]).index(RUN)
        for i, story in enumerate(self.stories):
            quarters = story["quarters"]
            self.assertEqual([[stages.index(stage) for stage in quarter["stage"].values()]
                              for quarter in quarters], panel["cell_stage"][row, :, i].tolist())
            for name in ("reserve", "staff", "data", "trust"):
                self.assertEqual([quarter[name] for quarter in quarters],
                                 panel[name][row, :, i].tolist(), name)

    def test_all_stories_add_up_to_the_result(self):
        for indicator, kind in (("pilots_started", "pilot_started"),
                                ("pilots_failed", "pilot_failed"),
                                ("pilots_stranded", "pilot_stranded"),
                                ("operations_started", "operation_started"),
                                ("services_discontinued", "discontinued"),
                                ("incidents", "incident"),
                                ("contracts_renewed", "renewed"),
                                ("contracts_switched", "switched")):
            events = Counter(event["quarter"] for event in self.events(kind))
            per_quarter = self.file.raw(indicator)[RUN].sum(axis=1)
            labels = self.file.names("quarter_label")
            self.assertEqual([events[label] for label in labels], per_quarter.tolist(), kind)
            self.assertGreater(per_quarter.sum(), 0, kind)

    def test_what_stopped_attempts_adds_up(self):
        blocked = self.file.raw("blocked")[RUN].sum(axis=(0, 3))
        steps, constraints = (self.file.names(name) for name in ("step", "constraint"))
        lacked = Counter()
        for event in self.events("blocked"):
            for key, constraint in (("money", "money"), ("staff", "staff"), ("data", "data")):
                lacked[event["step"], constraint] += event["left"][key] < event["needed"][key]
        for s, step in enumerate(steps):
            for c, constraint in enumerate(constraints):
                if constraint != "vendor capacity":
                    self.assertEqual(lacked[step, constraint], blocked[s, c], (step, constraint))
        self.assertGreater(blocked.sum(), 0)

    def test_every_cent_of_own_money_has_its_event(self):
        labels = self.file.names("quarter_label")
        for name, kinds in (("own_spending", ("pilot_started", "operation_started", "rolled_out")),
                            ("switching_cost", ("switched",))):
            told = Counter()
            for event in (event for kind in kinds for event in self.events(kind)):
                told[event["quarter"]] += round(event.get("amount", 0) * 100)
            booked = np.rint(self.file.raw(name)[RUN].sum(axis=1) * 100).astype(int).tolist()
            self.assertEqual([told[label] for label in labels], booked, name)
            self.assertGreater(sum(booked), 0, name)

    def test_every_cent_of_support_has_its_event(self):
        names = self.file.names("programme")
        paid = dict(zip(names, np.rint(self.file.raw("programmes/paid")[RUN].sum(axis=0) * 100)))
        told = Counter()
        for story in self.stories:
            awards = {}
            for event in story["events"]:
                case = event.get("use_case"), event["quarter"]
                if event["event"] == "supported":
                    told["advice"] += round(event["amount"] * 100)
                elif event["event"] == "awarded":
                    awards[case] = round(event["amount"] * 100)
                elif event["event"] in ("pilot_started", "operation_started", "rolled_out"):
                    told["grant"] += awards.pop(case, 0)
        self.assertGreater(paid["grant"], 0)
        self.assertGreater(paid["advice"], 0)
        self.assertEqual({name: told[name] for name in names}, paid)

    def test_names_stand_in_their_order(self):
        for name, words in (("stage", ["none", "aware", "pilot", "operation", "scaled"]),
                            ("step", ["pilot", "operation", "roll-out"]),
                            ("constraint", ["money", "staff", "data", "vendor capacity"]),
                            ("size_class", ["<5k", "5k-20k", "20k-100k", ">=100k"]),
                            ("tenure", ["<3", "3-6", "6-9", "9-12", ">=12"]),
                            ("fiscal_class", ["weak", "middle", "strong"])):
            self.assertEqual(self.file.names(name), words)
        # what runs is in operation or scaled, and nobody is scaled who was not in operation before
        services = self.file.raw("services")[RUN]
        running = self.file.raw("services_running")[RUN].sum(axis=1)
        np.testing.assert_array_equal(services[:, :, 3:].sum(axis=(1, 2)), running)
        first = [np.argmax(services[:, :, s].sum(axis=1) > 0) for s in (3, 4)]
        self.assertLess(*first)

    def test_first_operation(self):
        first = self.file.raw("municipalities/first_operation")[RUN]
        before = self.file.raw("municipalities/operated_before")[RUN]
        self.assertLess(before.sum(), UNITS / 4)
        labels = self.file.names("quarter_label")
        for i, story in enumerate(self.stories):
            told = [event["quarter"] for event in story["events"]
                    if event["event"] == "operation_started" and event["use_case"] != "assistant"]  # turnkey: no adopter
            if not before[i]:    # what runs from the start has no event
                self.assertEqual(told[:1], [labels[first[i]]] if first[i] >= 0 else [])

    def test_for_people(self):
        silent = next(i for i, story in enumerate(self.stories)
                      if not any(event["event"] == "operation_started" for event in story["events"]))
        text = self.trace("--run", RUN, "--unit", f"Ort {silent}").stdout
        self.assertIn("No service ever came into operation.", text)
        self.assertIn("scenario support, replicate 1, 2021-Q1 to 2035-Q4; simulated", text)
        runner = int(np.argmax(self.file.raw("municipalities/first_operation")[RUN] > 0))
        text = self.trace("--run", RUN, "--unit", f"k{runner:02}").stdout
        self.assertIn("the first came into operation in", text)
        self.assertRegex(text, r"20\d\d-Q\d  hears of ")
        for line in text.splitlines():
            self.assertLess(len(line), 200)

    def test_wrong_questions(self):
        for arguments, words in (
                (("--run", RUN, "--unit", "k1"), "did you mean 'k01'?"),
                (("--run", RUN, "--unit", "Zwilling"), "use one of k03, k04"),
                (("--run", 4, "--unit", "k01"), "its runs are 0 to 3"),
                (("--run", RUN), "--unit is required")):
            self.assertIn(words, self.trace(*arguments, status=1).stderr)

    def test_a_replay_that_differs_is_no_answer(self):
        shutil.copy(self.folder / "trace.h5", self.folder / "other.h5")
        with h5py.File(self.folder / "other.h5", "r+") as file:
            services = file["services"][RUN]
            services[30, 0, 0] += 1
            services[30, 0, 1] -= 1
            file["services"][RUN] = services
        wrong = self.trace("--run", RUN, "--unit", "k01", file="other.h5", status=2)
        self.assertIn("cannot be replayed", wrong.stderr)
        self.assertEqual(wrong.stdout, "")
        self.trace("--run", 0, "--unit", "k01", file="other.h5")

    def test_the_population_is_needed_unchanged(self):
        original = (self.folder / "towns.csv").read_text(encoding="utf-8")
        try:
            (self.folder / "towns.csv").write_text(original.replace(",60\n", ",61\n"),
                                                   encoding="utf-8")
            self.assertIn("towns.csv", self.trace("--unit", "k01", status=1).stderr)
            (self.folder / "towns.csv").unlink()
            self.assertIn("towns.csv", self.trace("--unit", "k01", status=1).stderr)
        finally:
            (self.folder / "towns.csv").write_text(original, encoding="utf-8")


if __name__ == "__main__":
    unittest.main(verbosity=1)
