#!/usr/bin/python3
"""The program agrees with its second, independent implementation: stages, vendors and cents exactly,
stocks to 1e-9, every count of every quarter, for the model as it is and for each rival rule."""

import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import unittest
from pathlib import Path

import numpy as np

import rathaus
import reference

RATHAUS = os.environ["RATHAUS"]
GERMANY = Path(__file__).resolve().parents[2] / "models" / "germany"

EXPERIMENT = """title = "agreement"
model = "germany"
doubt = "none"
[population]
units = 60
[replicates]
at_least = 2
[random]
seed = 11
[output]
groups = ["land", "fiscal_class"]
panel = { replicates = [0, 1], every = 1 }
"""

VARIANTS = {
    "as it is": [],
    "threshold": ["structure.decision_rule=threshold", "parameters.threshold_mean=0.1", "parameters.innov_sd=0.2"],
    "global threshold": ["structure.decision_rule=threshold", "structure.peer_set=global",
                         "parameters.threshold_mean=0.05", "parameters.innov_sd=0.1"],
    "bass": ["structure.decision_rule=bass"],
    "payback": ["structure.decision_rule=payback"],
    "collapsed": ["structure.funnel=collapsed"],
    "isoelastic": ["structure.rebound_form=isoelastic"],
    "fixed demand": ["structure.rebound_form=none"],
    "counts": ["structure.vendor_choice=logit_logcount", "parameters.beta_base=1"],
    "favourites": ["structure.vendor_choice=argmax_count", "parameters.beta_base=0.3"],
    "uniform": ["structure.vendor_choice=uniform"],
    "random slots": ["structure.slot_priority=random"],
    "large first": ["structure.slot_priority=large_first"],
    "small first": ["structure.slot_priority=small_first"],
    "everybody sees everybody": ["structure.peer_set=global"],
    "sequential": ["structure.arrivals=sequential", "structure.start_aware=true",
                   "parameters.decision_rate=1"],
    "no tests": ["structure.feasibility=false"],
    "no slots": ["structure.vendor_capacity=false"],
    "national vendors": ["structure.vendor_scale=false"],
    "lean years": ["series.macro_factor={interpolation='linear',path=[{quarter='2021-Q1',value=1},"
                   "{quarter='2026-Q1',value=0.4},{quarter='2030-Q1',value=1.2}]}",
                   "series.certification=0.5", "series.compliance_from='2023-Q2'"],
    "hard times": ["parameters.margin_eur_pc_q=0.4", "parameters.run_cost_share=0.6",
                   "parameters.compliance_cost_eur=30000", "parameters.incident_rate=0.05"],
    "leaving vendors": ["structure.vendor_scale=false", "parameters.contract_quarters=4",
                        "parameters.switch_share=0.1", "parameters.beta_price=4"],
    "cooperation": ["parameters.coop_join=0.05", "parameters.effort_scale_exp=0.3"],
    "three Länder": ["population.units=300", "population.select={land=['Hessen','Sachsen','Thüringen']}"],
    "municipalities": ["population.unit=municipality"],
    "everything given": ["population.file=units.csv"],
    "vendors come and go": ["model=market"],
    "unasked renewals": ["parameters.renew_unasked=0.4", "parameters.contract_quarters=3",
                         "parameters.lock_rate=0.08"],
    "thresholds of their own": ["structure.decision_rule=threshold", "parameters.threshold_mean=0.07",
                                "parameters.innov_sd=0.2"],
    "trust fades": ["series.trust_drift={interpolation='linear',path=[{quarter='2022-Q1',value=0},"
                    "{quarter='2027-Q1',value=-0.3}]}", "parameters.trust_stop=5", "parameters.beta_trust=3"],
    "floors and heat": ["model=floors", "parameters.coop_join=0.03"],
    "floors by a threshold without a mean": ["model=floors", "structure.decision_rule=threshold", "parameters.u0=0.1",
                                             "parameters.innov_sd=0.2"],
    "floors by payback": ["model=floors", "structure.decision_rule=payback"],
    "turnkey": ["model=turnkey", "parameters.coop_join=0.03"],
    "turnkey by payback": ["model=turnkey", "structure.decision_rule=payback",
                           "structure.vendor_choice=uniform"],
    "after a spin-up": ["time.start=2025-Q3", "time.quarters=30"],
    "after a spin-up of products": ["model=turnkey", "time.start=2022-Q2", "time.quarters=40",
                                    "parameters.coop_join=0.03"],
    "from nothing": ["time.start=2024-Q3", "time.spin_up=false", "time.quarters=30"],
    "services from before": ["model=started", "parameters.coop_join=0.03"],
    "services from before a spin-up": ["model=started", "time.start=2023-Q4", "time.quarters=30"],
    "favourites from before": ["model=started", "structure.vendor_choice=argmax_count", "parameters.beta_base=0.3"],
    "counts from before": ["model=started", "structure.vendor_choice=logit_logcount", "parameters.beta_base=1",
                           "structure.peer_set=global"],
    "common solutions": ["parameters.offer_rate=0.3", "parameters.offer_relief=0.6", "parameters.coop_join=0.03",
                         "parameters.contract_quarters=4", "population.units=90"],
    "common solutions by payback": ["model=floors", "structure.decision_rule=payback", "parameters.offer_rate=0.5",
                                    "parameters.offer_relief=0.4", "parameters.coop_join=0.03"],
    "common solutions for nothing": ["parameters.offer_rate=2", "parameters.offer_relief=1",
                                     "parameters.compliance_cost_eur=0", "parameters.contract_quarters=4"],
    "common solutions at own scales": ["model=turnkey", "parameters.offer_rate=0.4", "parameters.offer_relief=0.5",
                                       "parameters.coop_join=0.05", "structure.vendor_choice=uniform"],
    "vendors of common solutions come and go": ["model=market", "parameters.offer_rate=5", "structure.start_aware=true",
                                                "parameters.decision_rate=0.8", "structure.feasibility=false",
                                                "parameters.pilot_quarters=1", "parameters.aware_p=0.08",
                                                "parameters.aware_q=0.3", "parameters.u0=-1", "parameters.beta_value=1.5",
                                                "parameters.beta_risk=1.8", "parameters.pilot_share=0.33",
                                                "parameters.discont_rate=0.004", "parameters.renew_unasked=0",
                                                "parameters.offer_relief=0.7"],
    "common solutions of before": ["model=started", "time.start=2022-Q4", "time.quarters=30", "parameters.offer_rate=0.5",
                                   "parameters.offer_relief=0.7"],
    "common solutions of named providers": ["population.file=units.csv", "structure.lone_groups=false",
                                            "parameters.offer_rate=0.2", "parameters.offer_relief=0.5"],
    "providers by the operators' shares": ["population.providers=operators", "population.units=200",
                                           "parameters.offer_rate=0.3", "parameters.offer_relief=0.5",
                                           "structure.lone_groups=false", "time.quarters=40"],
    "groups of one are none": ["structure.lone_groups=false", "parameters.aware_q=0.5"],
    "more than one chunk": ["population.units=8200", "time.quarters=5"],
}

COUNTS = ("pilots_started", "pilots_failed", "pilots_stranded", "operations_started",
          "services_discontinued", "incidents")
AMOUNTS = {"inflow": "inflow", "saving": "saving", "saving_retained": "retained_saving",
           "running_cost": "running_cost", "own_spending": "own_spending",
           "switching_cost": "switching_cost", "forfeited": "forfeited",
           "locked_cost": "locked_cost"}  # cents
ENERGY = {"energy_gross_saving": "energy_gross", "energy_direct_rebound": "energy_direct",
          "energy_indirect_rebound": "energy_indirect", "energy_footprint": "energy_footprint",
          "energy_net": "energy_net", "emissions_net": "emissions_net"}  # Wh, g


def write_population(path):
    """Sixty units of which everything is known that may be drawn otherwise."""
    rows = ["id,name,land,region,population,provider,lon,lat,fiscal,innov,trust"]
    for i in range(60):
        rows.append(f"{1000 + i},Town {i},Land {i % 3},Region {i % 7},{900 * (1 + i * i)},P{i % 4},"
                    f"{9 + (i * 37 % 60) / 20},{50 + (i * 23 % 60) / 30},{0.6 + (i * 17 % 60) / 75},"
                    f"{0.8 * math.sin(i)},{0.2 + 0.6 * (i * 41 % 60) / 60}")
    path.write_text("\n".join(rows) + "\n")


def write_market(folder):
    """Germany with vendors that leave, all of them at times, and others that come."""
    shutil.copytree(GERMANY, folder)
    vendors = (folder / "vendors.toml").read_text()
    for name, value in (("exit_rate", 0.5), ("entry_rate", 0.03), ("base_minimum", 4000)):
        vendors = re.sub(rf"(?m)^{name} .*$", f"{name} = {value}", vendors)
    (folder / "vendors.toml").write_text(vendors)


def write_floors(folder):
    """Germany where every project has a least cost and effort and services take heat."""
    shutil.copytree(GERMANY, folder)
    table = (folder / "use_cases.toml").read_text()
    for name, unit, value in (("electric_share", "1", 0.3), ("least_cost_eur", "EUR", 9000),
                              ("least_effort_fte", "FTE", 0.12)):
        table = re.sub(rf"(?ms)^\[column.{name}\].*?\n\n", "", re.sub(rf"(?m)^{name} .*\n", "", table))
        table = re.sub(r"(?m)^(name +=.*)$", rf"\1\n{name} = {value}", table)
        table = table.replace("[column.", f"[column.{name}]\nunit = \"{unit}\"\nrange_factor = [1, 1]\n"
                              'grade = "D"\nsource = "test"\n\n[column.', 1)
    (folder / "use_cases.toml").write_text(table)
    parameters = (folder / "parameters.toml").read_text()    # u0 stands for a mean threshold that is not given
    (folder / "parameters.toml").write_text(re.sub(r"(?ms)^\[threshold_mean\].*?\n\n", "", parameters))
    numbers = (folder / "coefficients.toml").read_text()
    numbers = re.sub(r"(?ms)^\[heat_intensity\].*?(\n\n|\Z)", "", numbers)
    (folder / "coefficients.toml").write_text(numbers + '\n[heat_intensity]\ndefault = 240\nrange = [200, 280]\n'
                                              'unit = "g CO2e/kWh"\ngrade = "D"\nsource = "test"\n')


def write_started(folder):
    """Germany where three services run from before the first quarter, one of them a product."""
    write_turnkey(folder)
    table = (folder / "use_cases.toml").read_text()
    table = re.sub(r"(?m)^start_share .*\n", "", table).replace('available_from = "2022-Q1"\n', "")
    for name, share in (("administration", 0.1), ("mobility", 0.9), ("product", 0.4)):
        table = re.sub(rf'(?m)^(name +=) "{name}"$', rf'\1 "{name}"\nstart_share = {share}', table)
    (folder / "use_cases.toml").write_text(table)


def write_turnkey(folder):
    """Germany with a ninth service that is bought as a product."""
    shutil.copytree(GERMANY, folder)
    table = (folder / "use_cases.toml").read_text()
    own = {"cost_scale_exp": ("1", 1.0), "effort_scale_exp": ("1", 0.2), "run_cost_share": ("1/year", 1.5),
           "pilot_quarters": ("quarter", 2)}
    for name, (unit, _) in own.items():
        if f"[column.{name}]" not in table:
            table = table.replace("[column.", f"[column.{name}]\nunit = \"{unit}\"\nrange_factor = [1, 1]\n"
                                  'grade = "D"\nsource = "test"\n\n[column.', 1)
    first = table.index("[[use_case]]")
    row = table[first:table.index("[[use_case]]", first + 1)]
    for name, value in (("name", '"product"'), ("staff_saving", 0.04), ("data_threshold", 0.05),
                        ("effort_fte", 0.1), ("cost_eur", 12_000)):
        row = re.sub(rf"(?m)^{name} +=.*$", f"{name} = {value}", row)
    row = re.sub(r"(?m)^start_share .*\n", "", row)    # one that comes later
    row += "\nturnkey = true\navailable_from = \"2022-Q1\"\narchetypes = [\"start_up\", \"global_corporation\"]\n"
    row += "".join(f"{name} = {value}\n" for name, (_, value) in own.items())
    (folder / "use_cases.toml").write_text(table + "\n" + row)


def equal(testcase, name, ours, theirs):
    ours, theirs = np.asarray(ours), np.asarray(theirs)
    testcase.assertEqual(ours.shape, theirs.shape, name)
    if not np.array_equal(ours, theirs):
        place = tuple(int(k[0]) for k in np.nonzero(ours != theirs))
        testcase.fail(f"{name} first differs at {place}: program {ours[place]}, reference {theirs[place]}; "
                      f"{(ours != theirs).sum()} of {ours.size} differ")


def close(testcase, name, ours, theirs, tolerance=1e-9):
    ours, theirs = np.asarray(ours), np.asarray(theirs)
    worst = np.max(np.abs(ours - theirs) / np.maximum(1.0, np.abs(theirs)))
    testcase.assertLess(worst, tolerance, name)


class Agreement(unittest.TestCase):
    def compare(self, sets):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder)
            (path / "agreement.toml").write_text(EXPERIMENT)
            write_population(path / "units.csv")
            write_market(path / "market")
            write_floors(path / "floors")
            write_turnkey(path / "turnkey")
            write_started(path / "started")
            arguments = [part for s in sets for part in ("--set", s)]
            subprocess.run([RATHAUS, "run", "agreement.toml", "--quiet", *arguments], cwd=path, check=True)
            resolved = subprocess.run([RATHAUS, "explain", "agreement.h5"], cwd=path, check=True,
                                      capture_output=True, text=True).stdout
            with rathaus.open(path / "agreement.h5") as opened:
                result = opened.file
                for replicate in (0, 1):
                    run = reference.simulate(tomllib.loads(resolved), replicate, folder=str(path))
                    self.compare_run(result, replicate, run)
                    if any(one.startswith("parameters.offer_rate=") for one in sets):    # what the variant is about
                        self.assertGreater(np.sum(run.common_services), 0, "no common solution ran: nothing is compared")

    def compare_run(self, result, replicate, run):
        panel = result["panel"]
        stages = np.array([[[int(s) for s in unit] for unit in quarter] for quarter in run.stage])
        self.assertGreater((stages >= 2).sum(), 0, "nothing happened: the comparison proves nothing")
        equal(self, "stage", panel["cell_stage"][replicate], stages)
        vendors = [[[-1 if v in (None, 255) else v for v in unit] for unit in quarter] for quarter in run.vendor]
        equal(self, "vendor", panel["cell_vendor"][replicate], vendors)
        equal(self, "reserve", np.rint(panel["reserve"][replicate] * 100).astype(np.int64), run.reserve)
        for ours, theirs in (("staff", run.staff), ("data", run.data), ("trust", run.trust),
                             ("cell_lock_in", run.lock), ("cell_maturity", run.maturity)):
            close(self, ours, panel[ours][replicate], theirs)
        equal(self, "offered", panel["cell_offered"][replicate], run.offered)
        in_classes = np.eye(4, dtype=np.int64)[[unit.size_class for unit in run.world.units]]
        offered = np.asarray(run.offered).astype(np.int64)
        for name, of_units in (("cells_offered", offered.sum(axis=-1)), ("units_offered", offered.any(axis=-1)),
                               ("services_common", np.asarray(run.common_services))):
            equal(self, name, result[name][replicate], of_units @ in_classes)
        equal(self, "groups_offering", result["groups_offering"][replicate], run.groups_offering)
        for name in COUNTS:
            equal(self, name, result[name][replicate], run.by_size_class(name))
        for ours, theirs in AMOUNTS.items():
            equal(self, ours, np.rint(result[ours][replicate] * 100).astype(np.int64), run.by_size_class(theirs))
        for ours, theirs in ENERGY.items():
            equal(self, ours, np.rint(result[ours][replicate] * 1000).astype(np.int64), run.by_size_class(theirs))
        in_class = np.eye(4)[[unit.size_class for unit in run.world.units]]
        for ours, theirs in (("staff_posts", run.posts), ("staff_freed", run.freed)):
            close(self, ours, result[ours][replicate], theirs @ in_class, 1e-4)  # summed in steps of 2^-20
        strength = ("weak", "middle", "strong")
        for name, label_of in (("land", lambda unit: unit.land),
                               ("fiscal_class", lambda unit: strength[unit.fiscal_class])):
            sums = []
            for label in (word.decode() for word in result[name]):
                sums.append(run.total("inflow", [i for i, unit in enumerate(run.world.units)
                                                 if label_of(unit) == label]))
            ours = np.rint(result[f"inflow_by_{name}"][replicate] * 100).astype(np.int64)
            equal(self, f"inflow by {name}", ours, np.transpose(sums))
        blocked = result["blocked"][replicate].sum(axis=-1)
        for s, step in enumerate((reference.PILOT_STEP, reference.OPERATION_STEP, reference.ROLLOUT_STEP)):
            for c, constraint in enumerate(("money", "staff", "data", reference.VENDOR_CAPACITY)):
                equal(self, f"blocked {step} {constraint}", blocked[:, s, c], run.blocked_total(step, constraint))
        before = result["municipalities/operated_before"][replicate]
        for c, constraint in enumerate(("money", "staff", "data", reference.VENDOR_CAPACITY)):
            short = [[constraint in lacked for lacked in quarter] for quarter in run.ever_short]
            equal(self, f"ever short of {constraint}", result["ever_short"][replicate][:, c], short @ in_class)
        equal(self, "operated before", before.astype(bool), run.operated_before)
        runs = (stages[:, :, [not case.turnkey for case in run.world.use_cases]] >= 3).any(axis=2)
        first = np.where(before, 0, np.where(runs.any(axis=0), runs.argmax(axis=0), -1))
        equal(self, "first operation", result["municipalities/first_operation"][replicate], first)
        equal(self, "renewed", result["contracts_renewed"][replicate], run.renewed)
        equal(self, "switched", result["contracts_switched"][replicate], run.switched)
        equal(self, "tendered", result["contracts_tendered"][replicate], run.tendered)
        equal(self, "pilots ended", result["pilots_ended"][replicate], run.pilots_ended)
        equal(self, "base", result["vendor_base"][replicate], run.vendor_base)
        close(self, "price", result["vendor_price"][replicate], run.vendor_price, 1e-6)  # stored as float32


def variant(sets):
    return lambda self: self.compare(sets)


for name, settings in VARIANTS.items():
    setattr(Agreement, "test_" + name.replace(" ", "_"), variant(settings))

if __name__ == "__main__":
    unittest.main(verbosity=1)
