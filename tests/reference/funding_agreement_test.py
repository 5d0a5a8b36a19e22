#!/usr/bin/python3
"""The program agrees with its second implementation where programmes pay: who applies, who wins,
who waits, every cent of every programme; all ports, award rules and limits, alone and together.

`ReferenceSide` needs no program: it shows that the calls of these worlds accept and refuse.
"""

import os
import subprocess
import sys
import tempfile
import tomllib
import unittest
from collections import Counter
from pathlib import Path

import numpy as np

os.environ.setdefault("RATHAUS", "rathaus")
import agreement_test
import model_folder
import rathaus
import reference
from agreement_test import RATHAUS, equal
from reach import REACH

UNITS = 80

HEAD = """title = "funding agreement"
model = "germany"
doubt = "none"
use_cases = ["administration", "energy_and_buildings", "mobility", "water_and_waste", "maintenance", "social_and_participation", "civil_protection", "planning"]
[population]
file = "towns.csv"
[replicates]
at_least = 1
[random]
seed = 11
[output]
groups = ["land", "fiscal_class"]
panel = { replicates = [0], every = 1 }
[structure]
lone_groups = true
[parameters]
coop_join = 0.02
# where money, staff, data and calls all bind, whatever the defaults are
post_share = 0.01
margin_eur_pc_q = 0.7
effort_scale_exp = 0.3838
reserve_cap_q = 8.0
run_cost_share = 0.523
hire_rate = 0.07545
data_budget_share = 0.1424
data_unit_cost_eur = 436_400.0
aware_p = 0.07584
aware_q = 0.2718
decision_rate = 0.3813
u0 = -0.9731
beta_value = 1.518
beta_peer = 2.77
beta_risk = 1.768
innov_sd = 0.859
pilot_share = 0.33
pilot_data_frac = 0.4947
pilot_success = 0.7063
discont_rate = 0.004
renew_unasked = 0.0
offer_rate = 0.0
offer_relief = 0.0
data0_mean = 0.327
data0_slope = 0.07227
"""

# Programmes that pay grants: one per rule and form of the row.
PROGRAMMES = """
[programme.first_come]
field = "incentives"
ports = { grant_pilot = 0.8, aware = 0.5 }
window = { first = "2022-Q1", length = 2, every = 4, last = "2036-Q1", announced = 2 }
budget = { per_year = 60_000 }
eligible = { population = { below = 50_000 } }
award = { rule = "fcfs" }
effort = { application_days = 12 }
cap_per_award = 20_000

[programme.drawn_lots]
field = "incentives"
wait = 1.0
budget = { total = 500_000, carry_over = true }
award = { rule = "lottery" }
open_min = 0.3
[programme.drawn_lots.ports]
grant_pilot = { "<5k" = 0.9, "5k-20k" = 0.7, "20k-100k" = 0.5, ">=100k" = 0.3 }
grant_scale = 0.4
[programme.drawn_lots.window]
first = "2021-Q3"
length = 3
every = 5
announced = 3

[programme.the_weak_first]
field = "incentives"
ports = { grant_pilot = { weak = 0.95, middle = 0.8, strong = 0.6 }, staff = 0.01 }
window = { first = "2021-Q2", length = 1, every = 2, announced = 1 }
wait = 0.3
budget = { per_year = 50_000, carry_over = true }
eligible = { fiscal_below = 1.3, use_cases = ["administration", "mobility", "planning"] }
award = { rule = "need" }

[programme.jury]
field = "incentives"
ports = { grant_pilot = 0.7, grant_scale = 0.5, portability = 0.4, cert = 0.3 }
window = { first = "2022-Q2", length = 4, every = 8, announced = 4 }
budget = { per_year = 90_000 }
eligible = { land = ["North", "South"], population = { at_least = 2_000 } }
award = { rule = "merit" }
effort = { application_days = 5 }

[programme.reserved]
field = "incentives"
ports = { grant_pilot = 0.75, grant_scale = 0.3 }
window = { first = "2022-Q1", length = 2, every = 3, announced = 1 }
budget = { per_year = 120_000, carry_over = true }
award = { rule = "quota", reserve = { weak = 0.4, strong = 0.1 } }
joint = true
effort = { application_days = 30 }

[programme.together]
field = "incentives"
ports = { grant_pilot = 0.85, coop = 4.0 }
window = { first = "2024-Q1", length = 6, every = 6 }
budget = { per_year = 40_000 }
eligible = { coop_only = true }
award = { rule = "quota", reserve = { "<5k" = 0.6, "5k-20k" = 0.2 } }
joint = true
cap_per_award = 12_000

[programme.by_formula]
field = "incentives"
ports = { grant_pilot = 0.6, grant_scale = 0.6 }
window = { first = "2022-Q1", length = 6, every = 8, announced = 2 }
budget = { per_year = 150_000 }
award = { rule = "formula" }
cap_per_award = 9_000
effort = { application_days = 40 }

[programme.one_formula]
field = "incentives"
ports = { grant_pilot = 0.9 }
window = { first = "2022-Q3", length = 9, every = 12 }
budget = { total = 300_000 }
eligible = { fiscal_class = ["weak", "middle"] }
award = { rule = "formula" }

[programme.roll_it_out]
field = "incentives"
ports = { grant_scale = { "<5k" = 0.9, "5k-20k" = 0.8, "20k-100k" = 0.4, ">=100k" = 0.2 } }
window = { first = "2022-Q4", length = 40 }
budget = { per_year = 45_000 }
award = { rule = "lottery" }
effort = { application_days = 8 }
open_min = 0.1

[programme.without_end]
field = "incentives"
ports = { grant_pilot = 0.5, grant_scale = 0.2 }
window = { first = "2025-Q1", length = 4, every = 4, last = "2031-Q4", announced = 6 }
wait = 0.4
award = { rule = "fcfs" }
effort = { application_days = 3 }

[programme.living_labs]
field = "learning"
ports = { grant_pilot = 0.9, evid = 0.6, trust = 0.2 }
window = { first = "2022-Q1", length = 8, every = 12, announced = 2 }
wait = 0.8
budget = { per_year = 90_000 }
eligible = { population = { at_least = 3_000 } }
award = { rule = "lottery" }
sites = 12

# Programmes that pay no grants.
[programme.advice]
field = "competences"
ports = { staff = { weak = 0.03, middle = 0.02, strong = 0.0 }, coop = 2.0, aware = 1.0 }
window = { first = "2022-Q2", length = 20 }
budget = { per_year = 20_000, carry_over = true }
unit_cost = 1_500
eligible = { population = { below = 60_000 } }

[programme.data_help]
field = "readiness"
ports = { data = 0.03 }
window = { first = "2021-Q2", length = 3, every = 4 }
budget = { total = 900_000 }
unit_cost = 2_500
eligible = { demand_only = true, use_cases = ["mobility", "planning", "civil_protection"] }
award = { rule = "need" }

[programme.plans]
field = "strategies"
window = { first = "2022-Q1", length = 12 }
budget = { per_year = 120_000 }
unit_cost = 1_000
award = { rule = "lottery" }
[programme.plans.ports]
strategy = { "<5k" = 0.05, "5k-20k" = 0.1, "20k-100k" = 0.2, ">=100k" = 0.3 }
trust = 0.05

[programme.good_examples]
field = "knowledge"
window = { first = "2023-Q1", length = 30 }
[programme.good_examples.ports]
evid = { weak = 0.6, middle = 0.3, strong = 0.2 }
aware = 1.0
cert = 0.5
portability = 0.5

[programme.begin_early]
field = "incentives"
ports = { grant_pilot = { weak = 0.9, middle = 0.7, strong = 0.5 } }
window = { first = "2022-Q3", length = 2, every = 6, announced = 4 }
early_start = "allowed"
budget = { per_year = 60_000 }
award = { rule = "merit" }
effort = { application_days = 4 }

[programme.early_shares]
field = "incentives"
ports = { grant_pilot = 0.6 }
window = { first = "2023-Q1", length = 3, every = 8, announced = 3 }
early_start = "allowed"
budget = { per_year = 90_000 }
award = { rule = "formula" }
joint = true
open_min = 0.2

[programme.one_for_all]
field = "readiness"
ports = { central = { "<5k" = 0.2, "5k-20k" = 0.1, "20k-100k" = 0.05, ">=100k" = 0.0 }, aware = 0.5 }
window = { first = "2022-Q1", length = 8, every = 12 }
budget = { per_year = 30_000 }
unit_cost = 900
eligible = { land = ["North"], use_cases = ["administration", "planning"] }

[programme.shared_platform]
field = "sovereignty"
ports = { central = 0.03 }
window = { first = "2024-Q1", length = 20 }
eligible = { population = { below = 40_000 } }

# Rates with a bonus, stages, and grants that are too small to be paid.
[programme.first_stage]
field = "incentives"
ports = { grant_pilot = { weak = 0.6, middle = 0.5, strong = 0.4 }, aware = 0.3 }
bonus = { coop = 0.15, "<5k" = 0.1, weak = 0.05, ">=100k" = 0.0 }
window = { first = "2022-Q1", length = 2, every = 4, announced = 3 }
budget = { per_year = 120_000 }
award = { rule = "merit" }
joint = true
cap_per_award = 20_000
least_award = 3_000
funder_cost = { per_year = 50_000.01, per_application = 850, per_award = 1_200.5 }
effort = { application_days = 6 }

[programme.second_stage]
field = "incentives"
requires = "first_stage"
ports = { grant_pilot = 0.4, grant_scale = { "<5k" = 0.6, "5k-20k" = 0.5, "20k-100k" = 0.0, ">=100k" = 0.3 } }
bonus = { coop = 0.2, "5k-20k" = 0.1, "20k-100k" = 0.3 }
window = { first = "2023-Q1", length = 3, every = 5, announced = 2 }
budget = { per_year = 90_000, carry_over = true }
award = { rule = "lottery" }
least_award = 2_500

[programme.third_stage]
field = "competences"
requires = "second_stage"
ports = { staff = 0.02, data = 0.02 }
window = { first = "2024-Q1", length = 30 }
budget = { per_year = 40_000 }
unit_cost = 900
funder_cost = { per_year = 7_777.03 }

[programme.large_shares]
field = "incentives"
ports = { grant_pilot = 0.7, grant_scale = 0.5 }
bonus = { weak = 0.3 }
window = { first = "2022-Q3", length = 5, every = 8, announced = 2 }
budget = { per_year = 150_000 }
award = { rule = "formula" }
least_award = 4_000

[programme.late_and_large]
field = "incentives"
ports = { grant_pilot = 0.5 }
bonus = { coop = 0.1 }
window = { first = "2022-Q2", length = 3, every = 6, announced = 4 }
early_start = "allowed"
budget = { per_year = 200_000 }
award = { rule = "fcfs" }
least_award = 6_000

[programme.nothing]
field = "incentives"
ports = { grant_pilot = 1.0, staff = 0.5, strategy = 1.0 }
window = { first = "2021-Q1", length = 80, announced = 4 }
budget = { per_year = 0 }
award = { rule = "fcfs" }
"""

SCENARIOS = {
    "none": "baseline = true\nprogrammes = []",
    "flat_call": 'programmes = ["first_come"]',
    "lots": 'programmes = ["drawn_lots"]',
    "weak_first": 'programmes = ["the_weak_first"]',
    "jury": 'programmes = ["jury"]',
    "reserved": 'programmes = ["reserved"]',
    "pools_only": 'programmes = ["together"]',
    "formula": 'programmes = ["by_formula"]',
    "one_formula": 'programmes = ["one_formula"]',
    "scale_only": 'programmes = ["roll_it_out"]',
    "unlimited": 'programmes = ["nothing", "without_end"]',
    "labs": 'programmes = ["living_labs"]',
    "advice": 'programmes = ["advice", "data_help"]',
    "early": 'programmes = ["begin_early", "early_shares", "drawn_lots"]',
    "common": 'programmes = ["one_for_all", "shared_platform", "drawn_lots"]',
    "stages": 'programmes = ["second_stage", "first_stage", "third_stage", "together"]',
    "large": 'programmes = ["large_shares", "late_and_large", "first_stage"]',
    "strategies": 'programmes = ["plans", "good_examples", "jury"]',
    "all_at_once": '''programmes = ["jury", "nothing", "living_labs", "plans", "by_formula",
              "reserved", "advice", "the_weak_first", "good_examples", "without_end", "one_for_all"]
change.jury.ports.grant_pilot = { weak = 0.9, middle = 0.7, strong = 0.2 }
change.jury.budget.per_year = 60_000
change.reserved.award.reserve.weak = 0.6
change.by_formula.window.announced = 3
change.the_weak_first.wait = 0.9''',
    "poor_towns": '''programmes = ["jury"]
change.jury.ports.grant_scale = 0.95
change.jury.window = { length = 8 }
change.jury.budget.per_year = 30_000''',
}

FEW = ("none", "flat_call", "jury", "formula", "strategies", "early", "stages", "large", "all_at_once")
# where a grant makes operation affordable; a number that is not given cannot be set
POOR = {name: value for name, value in model_folder.WORKED.items() if value is not None} | {
    "margin_eur_pc_q": 0.15, "post_share": 0.03}
VARIANTS = {  # settings of the whole file, and the scenarios it has
    "logit": ([], tuple(SCENARIOS)),
    "a share waits": (["structure.waiting=share", "parameters.wait_share=0.6"], tuple(SCENARIOS)),
    "common solutions": (["parameters.offer_rate=0.05", "parameters.offer_relief=0.5"], FEW + ("common", "lots")),
    "common solutions by payback": (["structure.decision_rule=payback", "parameters.offer_relief=0.8"],
                                    ("none", "common", "early", "all_at_once")),
    "nobody waits": (["structure.waiting=none"], FEW),
    "threshold": (["structure.decision_rule=threshold", "parameters.u0=0.1",
                   "parameters.innov_sd=0.2"], FEW),
    "payback": (["structure.decision_rule=payback"], FEW),
    "bass": (["structure.decision_rule=bass"], FEW),
    # calls that would open before the results begin are moved into them
    "after a spin-up": (["time.start=2023-Q1", "time.quarters=60", "programme.jury.window.first=2024-Q2",
                         "programme.drawn_lots.window.first=2023-Q1", "programme.begin_early.window.first=2023-Q2",
                         "programme.first_come.window.first=2023-Q1", "programme.by_formula.window.first=2023-Q2"],
                        ("none", "flat_call", "jury", "formula", "lots", "early")),
    "poor": ([f"parameters.{name}={value}" for name, value in POOR.items()],
             ("none", "reserved", "scale_only", "poor_towns")),
    "no tests": (["structure.feasibility=false"], ("none", "reserved", "all_at_once")),
    "collapsed": (["structure.funnel=collapsed"], ("none", "lots", "all_at_once")),
    "favourites": (["structure.vendor_choice=argmax_count", "parameters.beta_base=0.3"],
                   ("none", "lots")),
    "certified": (["series.certification=0.5", "series.compliance_from='2022-Q1'",
                   "structure.vendor_scale=false", "structure.slot_priority=large_first"],
                  ("none", "strategies", "all_at_once")),
}


def towns():
    """A population of all sizes in three Länder, with regions large enough to cooperate."""
    lines = ["id,name,land,region,population"]
    for i in range(UNITS):
        population = round(700 * 1.9 ** (i * 37 % UNITS / 10))
        if i % 20 == 7:
            population += 120_000
        land = ("North", "South", "West")[i % 3]
        lines.append(f"t{i:03},town {i},{land},{land} {i // 3 % 4},{population}")
    return "\n".join(lines) + "\n"


def experiment(names):
    """The file with these scenarios and the programmes that they use."""
    scenarios = "\n".join(f"[scenario.{name}]\n{SCENARIOS[name]}\n" for name in names)
    used = {programme for scenario in tomllib.loads(scenarios)["scenario"].values()
            for programme in scenario["programmes"]}
    blocks = PROGRAMMES.split("\n[programme.")
    kept = [block for block in blocks[1:] if block.split("]")[0].split(".")[0] in used]
    return HEAD + "".join(f"\n[programme.{block}" for block in kept) + "\n" + scenarios


def programmes_of(names):
    """Programmes in order of first use over the scenarios."""
    scenarios = tomllib.loads("\n".join(f"[scenario.{n}]\n{SCENARIOS[n]}" for n in names))
    return list(dict.fromkeys(programme for scenario in scenarios["scenario"].values()
                              for programme in scenario["programmes"]))


def programme_names(result):
    """The labels of the dimension `programme`, which may be a scale of the group or of the file."""
    scale = result["programmes"].get("programme", result.get("programme"))
    return [name.decode() for name in scale[:]]


class Rows:
    """Variables of a group at one row of their first dimension, as if that were replicate 0."""

    def __init__(self, group, row, **whole):
        self.group, self.row, self.whole = group, row, whole

    def __getitem__(self, name):
        return self.whole[name] if name in self.whole else {0: self.group[name][self.row]}


class FundingAgreement(unittest.TestCase):
    def compare(self, settings, names):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder)
            (path / "funding.toml").write_text(experiment(names), encoding="utf-8")
            (path / "towns.csv").write_text(towns(), encoding="utf-8")
            arguments = [part for setting in settings for part in ("--set", setting)]
            subprocess.run([RATHAUS, "run", "funding.toml", "--quiet", *arguments], cwd=path,
                           check=True)
            resolved = tomllib.loads(subprocess.run(
                [RATHAUS, "explain", "funding.h5"], cwd=path, check=True, capture_output=True,
                text=True).stdout)
            with rathaus.open(path / "funding.h5") as opened:
                result = opened.file
                labels = [name.decode() for name in result["scenario"][:]]
                rows = [(labels[scenario], int(replicate)) for scenario, replicate in zip(
                    result["run_scenario"][:], result["run_replicate"][:])]
                self.assertEqual(sorted(rows), sorted((name, 0) for name in names))
                panel_rows = list(result["panel/panel_run"][:])
                for row, (scenario, replicate) in enumerate(rows):
                    with self.subTest(scenario=scenario, replicate=replicate):
                        run = reference.simulate(resolved, replicate, folder=str(path),
                                                 scenario=scenario)
                        panel = Rows(result["panel"], panel_rows.index(result["run"][row]))
                        classes = {name: result[name][:] for name in ("land", "fiscal_class")}
                        agreement_test.Agreement.compare_run(
                            self, Rows(result, row, panel=panel, **classes), 0, run)
                        self.compare_programmes(result, row, run)

    def compare_programmes(self, result, row, run):
        equal(self, "grants received",
              np.rint(result["grants_received"][row] * 100).astype(np.int64),
              run.by_size_class("grants_received"))
        group = result["programmes"]
        for k, name in enumerate(programme_names(result)):
            here = run.programmes.index(name) if name in run.programmes else None
            for column in ("refilled", "paid", "returned", "remaining", "requested", "granted", "administration"):
                self.compare_money(group[column][row][:, k], name, column, run, here)
            for column in ("applications", "awards"):
                theirs = [0 if here is None else quarter[here][column] for quarter in run.programme_money]
                equal(self, f"{column} of {name}", group[column][row][:, k], theirs)
            for count in REACH:
                theirs = [[0] * 4] * len(run.reach) if here is None else [
                    quarter[here][count] for quarter in run.reach]
                equal(self, f"{count} of {name}", group[count][row][:, k], theirs)

    def compare_money(self, ours, name, column, run, here):
        theirs = [0 if here is None else quarter[here][column] for quarter in run.programme_money]
        if None in theirs:  # what it costs is not known; nothing can be returned or remain
            missing = np.isnan(ours)
            self.assertTrue(missing.all() or (column in ("returned", "remaining")
                                              and not ours.any()), f"{column} of {name}")
        else:
            self.assertFalse(np.isnan(ours).any(), f"{column} of {name}")
            equal(self, f"{column} of {name}", np.rint(ours * 100).astype(np.int64), theirs)

    def test_order_of_programmes(self):
        names = ("none", "strategies", "advice", "jury")
        self.assertEqual(programmes_of(names), ["plans", "good_examples", "jury", "advice",
                                                "data_help"])
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder)
            (path / "funding.toml").write_text(experiment(names), encoding="utf-8")
            (path / "towns.csv").write_text(towns(), encoding="utf-8")
            subprocess.run([RATHAUS, "run", "funding.toml", "--quiet", "--set", "time.quarters=40"],
                           cwd=path, check=True)
            with rathaus.open(path / "funding.h5") as opened:
                result = opened.file
                self.assertEqual(programme_names(result), programmes_of(names))


def variant(settings, names):
    return lambda self: self.compare(settings, names)


for title, (settings, names) in VARIANTS.items():
    setattr(FundingAgreement, "test_" + title.replace(" ", "_"), variant(settings, names))


def waits(runs):
    """By programme: how often a launch was put off for it."""
    found = Counter()
    for run in runs.values():
        for k, name in enumerate(run.programmes):
            found[name] += sum(run.reach[-1][k]["waited"])
    return found


class ReferenceSide(unittest.TestCase):
    """Are these worlds worth comparing? Awards by (rule, step, accepted, own), waits, reach."""

    @classmethod
    def setUpClass(cls):
        cls.seen, cls.runs, cls.unserved, cls.stranded = Counter(), {}, Counter(), 0
        original, restore = reference.award, reference.Programme.restore

        def spy(programmes, intentions, units, reach):
            filed = [(each, each.programme.rule, each.own) for each in intentions
                     if each.programme is not None]
            before = sum(unit.flow["pilots_stranded"] for unit in units)
            going_on = original(programmes, intentions, units, reach)
            cls.stranded += sum(unit.flow["pilots_stranded"] for unit in units) - before
            for each, rule, own in filed:
                accepted = each.programme is not None and any(each is other for other in going_on)
                cls.seen[rule, each.step, accepted, own] += 1
            return going_on

        def count_restored(programme, each):
            cls.unserved[programme.rule] += 1
            restore(programme, each)

        reference.award, reference.Programme.restore = spy, count_restored
        try:
            cls.runs = cls.run_scenarios(tuple(SCENARIOS), {})
            cls.run_scenarios(VARIANTS["poor"][1], POOR)
            cls.shares = cls.run_scenarios(("flat_call", "reserved"), {}, {"waiting": "share"})
        finally:
            reference.award, reference.Programme.restore = original, restore

    @staticmethod
    def run_scenarios(names, parameters, structure=None, without=()):
        """`without`: keys that no programme has."""
        table = tomllib.loads(experiment(names))
        for programme in table["programme"].values():
            for key in without:
                programme.pop(key, None)
        resolved = model_folder.resolve(quarters=80, seed=11, numbers={}, use_cases=table["use_cases"], started=True,    # as above
                                        parameters=table["parameters"] | parameters, structure=table["structure"] | (structure or {}))
        resolved |= {key: table[key] for key in ("population", "programme", "scenario")}
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "towns.csv").write_text(towns(), encoding="utf-8")
            return {name: reference.simulate(resolved, 0, folder=folder, scenario=name)
                    for name in names}

    def test_bonuses_stages_and_least_awards_move_the_world(self):
        for key, names in (("bonus", ("stages", "large")), ("least_award", ("stages", "large")), ("requires", ("stages",))):
            for name, run in self.run_scenarios(names, {}, without=(key,)).items():
                self.assertNotEqual(run.stage, self.runs[name].stage, (key, name))
        run = self.runs["stages"]
        second, first = (run.reach[-1][run.programmes.index(name)] for name in ("second_stage", "first_stage"))
        self.assertLessEqual(sum(second["eligible"]), sum(first["awarded"]))
        self.assertGreater(sum(second["rejected"]), 0)

    def awards_of(self, rule, accepted=None, own=None, step=None):
        return sum(count for (r, s, a, o), count in self.seen.items()
                   if r == rule and accepted in (None, a) and own in (None, o)
                   and step in (None, s))

    def test_every_rule_accepts_and_refuses(self):
        for rule in ("fcfs", "merit", "lottery", "need", "quota"):
            for accepted in (True, False):
                for own in (True, False):
                    self.assertGreater(self.awards_of(rule, accepted, own), 0,
                                       (rule, accepted, own))
        self.assertGreater(self.awards_of("formula", True), 0)

    def test_every_step_is_paid_and_refused(self):
        for step in (reference.PILOT_STEP, reference.OPERATION_STEP, reference.ROLLOUT_STEP):
            for accepted in (True, False):
                self.assertGreater(sum(self.awards_of(rule, accepted, step=step)
                                       for rule in ("merit", "lottery", "quota")), 0, step)

    def test_grants_that_make_a_service_affordable(self):
        for accepted in (True, False):
            self.assertGreater(sum(self.awards_of(rule, accepted, False, reference.OPERATION_STEP)
                                   for rule in ("merit", "lottery", "quota")), 0)
        self.assertGreater(self.stranded, 0)

    def test_awards_without_a_slot(self):
        self.assertGreater(sum(self.unserved.values()), 0)
        self.assertGreater(self.unserved["formula"], 0)

    def test_every_scenario_moves_the_world(self):
        for name, run in self.runs.items():
            if name != "none":
                self.assertNotEqual(run.stage, self.runs["none"].stage, name)

    def test_every_programme_reaches_somebody_and_not_everybody(self):
        unsold = ("nothing", "good_examples")  # no money, and no recipients
        stock = {"advice": 150_000, "data_help": 250_000, "plans": 100_000}  # cents at scale 1
        for run in self.runs.values():
            for k, name in enumerate(run.programmes):
                last = {key: sum(values) for key, values in run.reach[-1][k].items()}
                if name not in unsold:
                    self.assertGreater(last["awarded"], 0, name)
                    self.assertGreater(last["in_operation"], 0, name)
                    paying = [quarter[k] for quarter in run.programme_money if quarter[k]["paid"]]
                    if name in stock:
                        self.assertLess(min(each["remaining"] for each in paying), 2 * stock[name])
                    else:
                        self.assertLess(last["awarded"], UNITS, name)
        reckoned, shares = waits(self.runs), waits(self.shares)
        for name in ("drawn_lots", "the_weak_first", "jury", "by_formula", "without_end", "living_labs"):
            self.assertGreater(reckoned[name], 0, name)
        for name in ("first_come", "reserved"):  # for so small a grant hardly anybody waits who reckons
            self.assertLess(10 * reckoned[name], shares[name], name)

    def test_pots_run_low_and_rests_are_returned_or_kept(self):
        for name in ("first_come", "drawn_lots", "the_weak_first", "jury", "reserved", "together",
                     "roll_it_out", "living_labs"):
            rejected = [run.reach[-1][run.programmes.index(name)]["rejected"]
                        for run in self.runs.values() if name in run.programmes]
            self.assertGreater(sum(map(sum, rejected)), 0, name)
        money = {name: run.programme_money for name, run in self.runs.items()}
        self.assertGreater(sum(quarter[0]["returned"] for quarter in money["flat_call"]), 0)
        self.assertEqual(sum(quarter[0]["returned"] for quarter in money["weak_first"]), 0)

    def test_some_get_strategies_and_some_cooperate(self):
        pools = self.runs["pools_only"].coop[-1]
        self.assertTrue(0 < sum(pools) < UNITS)
        self.assertGreater(max(Counter(
            self.runs["reserved"].world.region_of[i] for i, member in enumerate(
                self.runs["reserved"].coop[30]) if member).values()), 1)


if __name__ == "__main__":
    unittest.main(verbosity=1)
