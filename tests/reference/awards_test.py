#!/usr/bin/python3
"""Support programmes in worlds small enough to work out by hand: who gets what, who is cut off."""

import math
import tempfile
import unittest

import philox
from applications import OPERATION_STEP, PILOT_STEP, Intention
from awards import accepted_by, award
from model_folder import in_file, resolve
from municipality import Municipality, Wish
from programmes import Programme, gains_of, merged, name_hash, scenario_rows
from reach import Reach
from reference import Market, Now, simulate
from stocks import AWARE, PILOT, Cell
from world import World

# Fiscal classes: a, b weak; c, d middle; e, f strong. Sizes: a, b under 5,000; the rest above.
UNITS = [("a", "A", "R", 1250, 0.5), ("b", "A", "R", 4000, 0.6), ("c", "A", "R", 5000, 0.7),
         ("d", "B", "S", 20_000, 1.1), ("e", "B", "S", 20_000, 1.2), ("f", "B", "S", 80_000, 1.3)]
A, B, C, D, E, F = range(6)


def scene(row, quarter=0, members=(), prepare=None):
    """One programme in its first look at the six units: programme, units, what they see."""
    resolved = resolve(quarters=40, parameters={"effort_scale_exp": 0.5})
    with tempfile.TemporaryDirectory() as folder:
        world = World(in_file(resolved, "id,land,region,population,fiscal", UNITS, folder), folder)
    draws = philox.Draws((1, 2))
    units = [Municipality(world, i, draws) for i in range(6)]
    for i in members:
        units[i].coop = True
    if prepare:
        prepare(units)
    row = {"window": {"first": "2021-Q1", "length": 40}} | row
    programme = Programme(world, "the one", row, draws)
    for t in range(quarter + 1):
        programme.clock(t)
    now = Now(world, quarter, Market(world, draws), units, [programme])
    for unit in units:
        unit.begin(now)
        unit.free, unit.money = 0.9, 10**9
    return programme, units, now


def grant_row(rule, euro, **award_keys):
    return {"ports": {"grant_pilot": 0.5}, "budget": {"total": euro},
            "award": {"rule": rule} | award_keys}


def file_all(programme, units, grants, luck, own=(), step=PILOT_STEP, scores=None):
    """One application a unit for use case 0: grants in cents, luck as the draw of the award."""
    result = []
    for i, grant in grants.items():
        units[i].uniform = lambda process, sub, i=i: luck[i]
        result.append(Intention(i, 0, step, 0, 2 * grant, programme, grant, i in own,
                                scores[i] if scores else 0.0))
    return result


def winners(programme, units, applications):
    return [each.unit for each in accepted_by(programme, applications, units)]


class Rules(unittest.TestCase):
    grants = {A: 400, B: 300, C: 400, D: 100}  # cents; the pot holds 1,000

    # [eq. 67]
    def test_fcfs_is_speed_and_free_staff(self):
        programme, units, _ = scene(grant_row("fcfs", 10))
        luck = {A: 0.2, B: 0.3, C: 0.09, D: 0.5}
        units[C].free = -1.0  # nobody free: filed on the floor of 0.1 FTE, so key -0.9
        # keys -0.2, -0.3, -0.9, -0.5: a 400, b 300, d 100, then c does not fit into 200
        self.assertEqual(winners(programme, units, file_all(programme, units, self.grants, luck)),
                         [A, B, D])
        units[C].free = 0.4  # key -0.15/0.5, a tie that b wins as the lower unit; c ends it for d
        self.assertEqual(winners(programme, units, file_all(
            programme, units, self.grants, luck | {C: 0.15})), [A, B])

    # [eq. 67]
    def test_lottery(self):
        programme, units, _ = scene(grant_row("lottery", 10))
        luck = {A: 0.2, B: 0.3, C: 0.9, D: 0.5}
        self.assertEqual(winners(programme, units, file_all(programme, units, self.grants, luck)),
                         [C, D, B])  # 800, and a does not fit

    # [eq. 67]
    def test_need(self):
        programme, units, _ = scene(grant_row("need", 10))
        luck = dict.fromkeys(range(6), 0.5)
        grants = {F: 100, A: 500, D: 500, E: 10}
        self.assertEqual(winners(programme, units, file_all(programme, units, grants, luck)),
                         [A, D])  # exactly the pot; not a cent is left for e and f

    # [eq. 67]
    def test_merit_is_data_utility_and_luck(self):
        programme, units, _ = scene(grant_row("merit", 10))
        for i, data in zip(range(4), (0.5, 0.3, 0.2, 0.4)):
            units[i].data = data
        luck, scores = {A: 0.1, B: 0.6, C: 0.9, D: 0.2}, {A: -1.0, B: 0.0, C: 1.0, D: 0.0}
        # keys: 0.5 - 0.3 + 0.02, 0.3 + 0.12, 0.2 + 0.3 + 0.18, 0.4 + 0.04
        # c 400, d 100, b 300, and the last 200 do not pay for a
        self.assertEqual(winners(programme, units, file_all(
            programme, units, self.grants, luck, scores=scores)), [C, D, B])

    def test_quota_reserves_then_opens(self):
        programme, units, _ = scene(grant_row("quota", 10, reserve={"weak": 0.5, "strong": 0.2}))
        for unit in units:
            unit.data = 0.5
        luck = {A: 0.9, B: 0.8, C: 0.7, D: 0.6, E: 0.5, F: 0.4}
        grants = {A: 400, B: 200, C: 300, D: 50, E: 250, F: 100}
        # Weak, 500: a; b would need 600. Strong, 200: e does not fit and closes f out.
        # Left 600: b 200, c 300, d 50, e does not fit.
        self.assertEqual(winners(programme, units, file_all(programme, units, grants, luck)),
                         [A, B, C, D])
        programme.award = {"rule": "quota", "reserve": {"5k-20k": 0.3}}
        self.assertEqual(winners(programme, units, file_all(programme, units, grants, luck)),
                         [C, A, B, D])  # c of its own; of 700: a, b, d 50, and e does not fit

    # [eq. 64]
    def test_formula_shares_out_without_competition(self):
        programme, units, _ = scene(grant_row("formula", 10))
        # weights N(1 - f): 625, 1600, 1500, nothing from d on; of 3,725
        self.assertEqual(programme.rest, [167, 429, 402, 0, 0, 0])
        self.assertEqual(programme.grant(A, 0.5, 1000), 167)
        self.assertEqual(programme.grant(B, 0.5, 801), 401)  # half a cent away from zero
        applications = file_all(programme, units, {A: 167, B: 400}, {A: 0.5, B: 0.5})
        self.assertEqual(winners(programme, units, applications), [A, B])
        self.assertEqual([programme.share("grant_pilot", i, 0) for i in (A, D)], [0.5, 0.0])
        programme.draw_on_entitlement(A, 167)
        self.assertEqual(programme.share("grant_pilot", A, 0), 0.0)
        programme.restore(applications[0])  # no slot: it may try again
        self.assertEqual((programme.rest[A], programme.pot), (167, 1000))

    def test_without_a_budget_everybody_wins(self):
        programme, units, _ = scene({"ports": {"grant_pilot": 0.5}, "award": {"rule": "need"}})
        applications = file_all(programme, units, self.grants, dict.fromkeys(range(6), 0.5))
        self.assertEqual(len(winners(programme, units, applications)), 4)
        programme.pay(400)
        told = programme.money()
        self.assertEqual({key: told[key] for key in ("refilled", "paid", "returned", "remaining", "administration")},
                         {"refilled": 400, "paid": 400, "returned": 0, "remaining": 0, "administration": None})

    def test_joint_applications_win_or_lose_together(self):
        programme, units, _ = scene(grant_row("lottery", 10) | {"joint": True}, members=(A, C, E))
        luck = {A: 0.9, B: 0.6, C: 0.1, D: 0.7, E: 0.3}
        grants = {A: 200, B: 100, C: 300, D: 600, E: 200}
        # a and c: key 0.5, 500 cents; e is a member in another region and applies alone.
        applications = file_all(programme, units, grants, luck)
        self.assertEqual(winners(programme, units, applications), [D, B])  # 700, and 500 closes it
        applications[2].step = OPERATION_STEP  # another step: a alone has key 0.9
        self.assertEqual(winners(programme, units, applications), [A, D, B])  # then e, 200 of 100

    def test_refused(self):
        """What is own goes on unsupported, what is not vanishes, a late pilot is stranded."""
        programme, units, _ = scene(grant_row("need", 1))
        for i in (A, B, C):
            units[i].cells[0] = Cell(stage=PILOT, age=8, vendor=0, ready=True)
        applications = file_all(programme, units, {A: 101, B: 10, C: 10}, {A: 0, B: 0, C: 0},
                                own=(B,), step=OPERATION_STEP)
        counts = Reach(programme)
        going_on = award([programme], applications, units, [counts])
        self.assertEqual([(each.unit, each.grant, each.programme) for each in going_on],
                         [(B, 0, None)])
        self.assertEqual([units[i].cells[0].stage for i in (A, B, C)], [AWARE, PILOT, AWARE])
        self.assertEqual(units[A].flow["pilots_stranded"], 1)
        self.assertEqual(counts.units["rejected"], {A, B, C})
        self.assertEqual(counts.units["awarded"], set())


class Calls(unittest.TestCase):
    def states(self, window, quarters=16, **row):
        """"O" open, "a" announced, "." neither, by quarter from 2021-Q1."""
        programme, _, _ = scene({"ports": {"grant_pilot": 0.5}, "window": window} | row)
        text = ""
        for t in range(quarters):
            programme.clock(t)
            text += "O" if programme.is_open else "a" if programme.is_announced else "."
        return text

    # [eq. 60]
    def test_windows(self):
        every_year = {"first": "2021-Q2", "length": 2, "every": 4, "last": "2023-Q2"}
        self.assertEqual(self.states(every_year), ".OO..OO..OO.....")
        self.assertEqual(self.states(every_year | {"announced": 1}), "aOO.aOO.aOO.....")
        self.assertEqual(self.states(every_year | {"announced": 4}), "aOOaaOOaaOO.....")
        self.assertEqual(self.states({"first": "2022-Q1", "announced": 2}), "..aaO...........")
        back_to_back = {"first": "2021-Q3", "length": 3, "every": 3, "last": "2022-Q2",
                        "announced": 3}
        self.assertEqual(self.states(back_to_back, 10), "aaOOOOOO..")  # never announced when open

    def test_without_money_no_call(self):
        window = {"first": "2021-Q2", "length": 1, "every": 4, "announced": 1}
        for budget in ({"per_year": 0}, {"total": 0}):
            self.assertEqual(self.states(window, budget=budget), "." * 16)

    def pots(self, budget, spend, window, quarters=9):
        """(refilled, returned, remaining) by quarter where `spend` is paid whenever it is open."""
        programme, _, _ = scene({"ports": {"grant_pilot": 0.5}, "window": window, "budget": budget})
        programme.pot, programme.year_of_refill = 0, None
        result, calls = [], ""
        for t in range(quarters):
            programme.clock(t)
            calls += "a" if programme.is_announced else "O" if programme.is_open else "."
            if programme.is_open:
                programme.pay(min(spend, programme.pot))
            money = programme.money()
            result.append((money["refilled"], money["returned"], money["remaining"]))
        return result, calls

    # [eq. 61]
    def test_pots(self):
        window = {"first": "2021-Q2", "length": 2, "every": 3, "announced": 1}  # 1 2, 4 5, 7 8
        none, kept, filled = (0, 0, 0), lambda rest: (0, 0, rest), 1000
        self.assertEqual(self.pots({"per_year": 10}, 300, window)[0],
                         [none, (filled, 0, 700), kept(400), kept(400), (filled, 400, 700),
                          kept(400), kept(400), kept(100), (filled, 100, 700)])
        self.assertEqual(self.pots({"per_year": 10, "carry_over": True}, 300, window)[0],
                         [none, (filled, 0, 700), kept(400), kept(400), (filled, 0, 1100),
                          kept(800), kept(800), kept(500), (filled, 0, 1200)])
        money, calls = self.pots({"total": 10}, 400, window)
        self.assertEqual(money[:4], [none, (filled, 0, 600), kept(200), kept(200)])
        self.assertEqual(money[4:], [none] * 5)
        self.assertEqual(calls, "aOOaO....")  # empty for good: neither open nor announced


class Support(unittest.TestCase):
    def eligible(self, members=(), prepare=None, **limits):
        programme, _, _ = scene({"ports": {"aware": 1.0}, "eligible": limits}, members=members,
                                prepare=prepare)
        return "".join("abcdef"[i] for i in range(6) if programme.eligible[i])

    def test_eligibility(self):
        self.assertEqual(self.eligible(), "abcdef")
        self.assertEqual(self.eligible(population={"at_least": 4000, "below": 20_000}), "bc")
        self.assertEqual(self.eligible(fiscal_below=0.7), "ab")
        self.assertEqual(self.eligible(fiscal_class=["weak", "strong"], land=["B"]), "ef")
        self.assertEqual(self.eligible(region=["R"], coop_only=True, members=(B, E)), "b")

        def hear(units):
            for i, data in ((A, 0.39), (C, 0.40), (D, 0.41)):
                units[i].cells[0], units[i].data = Cell(stage=AWARE), data
            units[E].cells[0], units[E].data = Cell(stage=PILOT, vendor=0), 0.1

        threshold = scene({"ports": {}})[0].world.use_cases[0].data_threshold
        expected = "".join(name for name, data in (("a", 0.39), ("c", 0.40), ("d", 0.41))
                           if data < threshold)
        self.assertEqual(self.eligible(demand_only=True, prepare=hear), expected)
        self.assertEqual(self.eligible(demand_only=True, use_cases=["mobility"], prepare=hear), "")

    # [eq. 63]
    def test_stock_programme_pays_project_scale(self):
        """ψ = sqrt(N / 20,000): 0.25, 0.447, 0.5, 1, 1, 2; EUR 10 each; EUR 11.98 in the pot."""
        row = {"ports": {"staff": 0.1}, "unit_cost": 10.0, "budget": {"total": 11.98},
               "award": {"rule": "need"}}
        programme, units, _ = scene(row)
        self.assertEqual(programme.recipients, {A, B, C})  # 2.50, 4.47, 5.00: 1 cent left
        self.assertEqual((programme.paid, programme.pot), (1197, 1))
        self.assertEqual([unit.gain["staff"] for unit in units], [0.1] * 3 + [0.0] * 3)
        row["budget"] = {"total": 11.96}
        programme, _, _ = scene(row)
        self.assertEqual((programme.recipients, programme.pot), ({A, B}, 499))
        programme, _, _ = scene(row, members=(A, B, C))  # pooled scale: cheaper for each
        self.assertEqual(programme.recipients, {A, B, C})

    def test_stock_lottery_stops_at_the_first_that_is_too_dear(self):
        programme, units, _ = scene({"ports": {"staff": 0.1}, "unit_cost": 10.0,
                                     "budget": {"total": 25.0}})
        order = sorted(range(6), reverse=True, key=lambda i: programme.draws.uniform(
            philox.STOCK_RECIPIENTS, i, name_hash("the one"), 0))
        costs, left, expected = [250, 447, 500, 1000, 1000, 2000], 2500, set()
        for i in order:
            if costs[i] > left:
                break
            left -= costs[i]
            expected.add(i)
        self.assertTrue(0 < len(expected) < 6)
        self.assertEqual((programme.recipients, programme.pot), (expected, left))
        self.assertEqual((name_hash(""), name_hash("a")), (0x811C9DC5, 0xE40C292C))

    def test_sites_and_their_regions(self):
        programme, units, now = scene({"ports": {"grant_pilot": 0.5, "evid": 0.4, "trust": 0.1},
                                       "sites": 2, "eligible": {"land": ["B"]}})
        luck = {i: programme.draws.uniform(philox.SITES, i, name_hash("the one"), 0)
                for i in (D, E, F)}
        self.assertEqual(programme.sites, set(sorted(luck, key=luck.get)[:2]))
        outside = ({D, E, F} - programme.sites).pop()
        for i in range(6):
            gain, site = units[i].gain, i in programme.sites
            self.assertEqual((gain["evid"], gain["trust"]),
                             (0.6 if i >= D else 1.0, 0.1 if site else 0.0))
            self.assertEqual(programme.share("grant_pilot", i, 0), 0.5 if site else 0.0)
        before = set(programme.sites)
        programme.clock(1)
        programme.look(now, units)
        self.assertEqual(programme.sites, before)
        self.assertFalse(programme.would_admit(units[outside], 0, 1000))

    # [eqs. 75, 76]
    def test_bonuses_add_up_and_the_least_award_is_a_bound(self):
        programme, units, now = scene({"ports": {"grant_pilot": {"weak": 0.8, "middle": 0.6, "strong": 0.0}}, "least_award": 7,
                                       "bonus": {"coop": 0.1, "weak": 0.05, "<5k": 0.2}}, members=(A, D, E))
        shares = [programme.share("grant_pilot", i, 0) for i in range(6)]
        self.assertEqual(shares[A], 1.0)                            # 1.15, bounded
        self.assertEqual(shares[B], 1.0)                            # 0.8 + 0.2 + 0.05
        self.assertEqual(shares[2:], [0.6, 0.6 + 0.1, 0.0, 0.0])    # no bonus on a rate that is not there
        self.assertEqual([programme.is_enough(programme.grant(D, 0.5, cost)) for cost in (1398, 1400)], [False, True])

    def test_a_second_stage_is_for_winners_of_the_first(self):
        programme, units, now = scene(grant_row("lottery", 10))
        second = Programme(programme.world, "second", grant_row("lottery", 10) | {
            "window": {"first": "2021-Q1", "length": 40}, "requires": "the one"}, programme.draws)
        second.first_stage = programme
        second.clock(0)
        second.look(now, units)
        self.assertEqual(second.eligible, [False] * 6)
        Reach(programme).decided(Intention(B, 0, PILOT_STEP, 0, 200, programme, 100), True, 0)
        second.look(now, units)
        self.assertEqual([i for i in range(6) if second.eligible[i]], [B])

    # [eq. 77]
    def test_a_years_administration_adds_up_to_the_cent(self):
        programme, units, _ = scene(grant_row("lottery", 10) | {"funder_cost": {"per_year": 0.03, "per_application": 2, "per_award": 5},
                                                                "window": {"first": "2021-Q2", "length": 6}})
        costs = []
        for t in range(10):
            programme.clock(t)
            costs.append(programme.administration())
        self.assertEqual(costs, [0, 0, 1, 1, 1, 0, 1, 0, 0, 0])
        programme.clock(2)
        programme.decided(file_all(programme, units, {A: 400, B: 300}, {A: 0.9, B: 0.5}), [])
        self.assertEqual((programme.administration(), programme.requested, programme.granted), (1 + 2 * 200, 700, 0))

    # [eq. 59]
    def test_gains_of_two(self):
        one, _, _ = scene({"ports": {"evid": 0.5, "data": {"weak": 0.1, "strong": 0.2}}})
        two, _, _ = scene({"ports": {"evid": 0.2, "data": {"<5k": 0.3}},
                           "eligible": {"land": ["A"]}})
        for i, (evid, data) in enumerate([(0.4, 0.4)] * 2 + [(0.4, 0.0), (0.5, 0.0)]
                                         + [(0.5, 0.2)] * 2):
            gain = gains_of([one, two], i)
            self.assertAlmostEqual(gain["evid"], evid)
            self.assertAlmostEqual(gain["data"], data)


class Means(unittest.TestCase):
    def launch(self, row, own, money, free=10.0, members=(), unit=D, strategy=False, data=1.0):
        programme, units, now = scene(row, members=members)
        chosen = units[unit]
        chosen.data, chosen.money, chosen.free, chosen.has_strategy = data, money, free, strategy
        chosen.choose_vendor = lambda u, open_min=0.0: 0
        offer = chosen.best_programme(0, "grant_pilot")
        return chosen, chosen.launch(Wish(0, 1.0, own, 1.0, *offer)), programme

    # d has 20,000 inhabitants, all data and vendor 0 at price 0.9: 0.3 x 80,000 x 0.9 = 21,600.00.
    # [eq. 66]
    def test_grant_cap_and_claims(self):
        row = {"ports": {"grant_pilot": 0.8}, "cap_per_award": 15_000,
               "effort": {"application_days": 12}}
        for own, money, kept, left in ((True, 3_000_000, True, 840_000),
                                       (False, 3_000_000, False, 2_340_000),
                                       (True, 2_159_999, False, 1_499_999)):
            unit, (project,), _ = self.launch(row, own, money)
            self.assertEqual((project.cost, project.grant, project.own, unit.money),
                             (2_160_000, 1_500_000, kept, left))
            self.assertAlmostEqual(unit.free, 10 - 0.3 * unit.effort(0) - 12 / 50)
        unit, projects, _ = self.launch(row, False, 659_999)
        self.assertEqual((projects, unit.blocked), ([], {("pilot", "money"): 1}))

    # [eq. 66]
    def test_a_cooperation_shares_the_effort_of_a_joint_application(self):
        row = {"ports": {"grant_pilot": 0.8}, "effort": {"application_days": 12}}
        for joint, members, days in ((True, (D, E, F), 4), (False, (D, E, F), 12),
                                     (True, (E, F), 12)):
            unit, (project,), _ = self.launch(row | {"joint": joint}, True, 10**8, members=members)
            self.assertAlmostEqual(unit.free, 10 - 0.3 * unit.effort(0) - days / 50)

    def test_too_little_staff_to_apply_but_enough_to_start(self):
        row = {"ports": {"grant_pilot": 0.8}, "effort": {"application_days": 12}}
        for own in (True, False):
            need = 0.3 * self.launch(row, own, 10**8)[0].effort(0)
            unit, projects, _ = self.launch(row, own, 10**8, free=need + 0.1)
            if own:
                self.assertEqual([(p.programme, p.grant) for p in projects], [(None, 0)])
            else:
                self.assertEqual((projects, unit.blocked), ([], {("pilot", "staff"): 1}))

    def test_a_strategy_asks_for_the_staff_of_operation_and_nearly_all_data(self):
        row = {"ports": {"grant_pilot": 0.5}}
        theta = scene(row)[0].world.use_cases[0].data_threshold
        unit, _, _ = self.launch(row, True, 10**8)
        effort = unit.effort(0)
        unit, (project,), _ = self.launch(row, True, 10**8, free=0.7 * effort, strategy=True)
        self.assertAlmostEqual(unit.free, 0.4 * effort)
        unit, projects, _ = self.launch(row, True, 10**8, free=0.69 * effort, strategy=True)
        self.assertEqual((projects, unit.blocked), ([], {("pilot", "staff"): 1}))
        for slack, count in ((0.09, 1), (0.11, 0)):
            unit, projects, _ = self.launch(row, True, 10**8, strategy=True, data=theta - slack)
            self.assertEqual(len(projects), count)

    def test_waiting_for_a_call(self):
        row = {"ports": {"grant_pilot": 0.5}, "wait": 0.3, "budget": {"per_year": 1000},
               "window": {"first": "2021-Q3", "announced": 2}}
        for draw, waits in ((0.29, True), (0.31, False)):
            programme, units, _ = scene(row)
            unit = units[D]
            unit.world.structure.waiting = "share"
            unit.data, unit.free, unit.uniform = 1.0, 10.0, lambda process, sub: draw
            projects = unit.launch(Wish(0, 1.0, True, 1.0))
            self.assertEqual((len(projects), programme.waiting), (0, {D}) if waits else (1, set()))
            self.assertEqual(unit.money == 10**9, waits)
            self.assertFalse(unit.blocked)

    # [eq. 69]
    def test_who_reckons_waits_for_more_than_it_forgoes(self):
        row = {"ports": {"grant_pilot": 0.5}, "budget": {"per_year": 1000},
               "window": {"first": "2021-Q3", "announced": 2}}
        for days, filed, waits in ((0, 0, True), (0, 8, False), (1e6, 0, False)):
            programme, units, _ = scene(row | {"effort": {"application_days": days}})
            programme.filed = filed  # none of them accepted
            unit = units[D]
            unit.benefit_per_inhabitant = lambda row: 0.0  # nothing is forgone
            unit.data, unit.free = 1.0, 10.0
            projects = unit.launch(Wish(0, 1.0, True, 1.0))
            self.assertEqual((len(projects), unit.cells[0].awaited is programme), (not waits, waits))


class WholeRuns(unittest.TestCase):
    programmes = {
        "call": {"ports": {"grant_pilot": 0.8, "grant_scale": 0.4}, "budget": {"per_year": 60_000},
                 "window": {"first": "2022-Q1", "length": 2, "every": 4, "announced": 2},
                 "award": {"rule": "merit"}, "effort": {"application_days": 5}},
        "shares": {"ports": {"grant_scale": 0.6}, "budget": {"total": 400_000},
                   "window": {"first": "2023-Q1", "length": 12}, "award": {"rule": "formula"}},
        "advice": {"ports": {"data": 0.02, "coop": 1.0}, "unit_cost": 900.0,
                   "budget": {"per_year": 70_000, "carry_over": True},
                   "window": {"first": "2022-Q3", "length": 20}},
        "nothing": {"ports": {"grant_pilot": 1.0, "staff": 1.0, "evid": 1.0, "strategy": 1.0},
                    "budget": {"per_year": 0}, "window": {"first": "2021-Q1", "length": 40,
                                                          "every": 40, "announced": 8}}}

    def run_with(self, *names):
        resolved = resolve(units=60, quarters=40)
        resolved["programme"] = self.programmes
        resolved["scenario"] = {"only": {"programmes": list(names)}}
        return simulate(resolved, 0)

    @classmethod
    def setUpClass(cls):
        cls.all = cls.run_with(cls, "call", "shares", "advice")

    # [eq. 62]
    def test_every_cent_of_every_programme(self):
        """(62), and grants paid are grants received."""
        for k in range(3):
            before = 0
            for t in range(40):
                money = self.all.programme_money[t][k]
                self.assertEqual(money["remaining"] - before,
                                 money["refilled"] - money["returned"] - money["paid"])
                self.assertGreaterEqual(money["remaining"], 0)
                before = money["remaining"]
            for name in ("refilled", "paid"):
                self.assertGreater(sum(q[k][name] for q in self.all.programme_money), 0)
        self.assertGreater(sum(q[0]["returned"] for q in self.all.programme_money), 0)
        self.assertEqual(self.all.total("grants_received"),
                         [q[0]["paid"] + q[1]["paid"] for q in self.all.programme_money])

    # [eq. 58]
    def test_the_reserve_changes_by_its_flows(self):
        before = self.all.start["reserve"]
        for t, after in enumerate(self.all.reserve):
            for i, flow in enumerate(self.all.ledger[t]):
                self.assertEqual(after[i] - before[i],
                                 flow["inflow"] + flow["retained_saving"] - flow["running_cost"]
                                 - flow["own_spending"] - flow["switching_cost"]
                                 - flow["forfeited"])
            before = after

    def test_a_programme_without_money_moves_nothing(self):
        inert = self.run_with("nothing", "call", "shares", "advice")
        for name in ("stage", "vendor", "reserve", "staff", "data", "trust", "ledger", "blocked"):
            self.assertEqual(getattr(inert, name), getattr(self.all, name), name)
        self.assertEqual([quarter[1:] for quarter in inert.reach], self.all.reach)
        self.assertEqual({sum(counts) for counts in inert.reach[-1][0].values()}, {0})

    def test_no_unit_gets_more_than_its_entitlement(self):
        run = self.run_with("shares")
        weights = [unit.population * max(0.0, 1 - unit.fiscal) for unit in run.world.units]
        received = [sum(quarter[i]["grants_received"] for quarter in run.ledger) for i in range(60)]
        for weight, cents in zip(weights, received):
            self.assertLessEqual(cents, math.floor(40_000_000 * weight / sum(weights)))
        self.assertGreater(sum(received), 0)

    def test_reach_only_grows_and_nests(self):
        for k in range(3):
            before = dict.fromkeys(self.all.reach[0][k], [0] * 4)
            for quarter in self.all.reach:
                counts = quarter[k]
                for name, values in counts.items():
                    self.assertTrue(all(x >= y for x, y in zip(values, before[name])), name)
                for inner, outer in (("aware", "eligible"), ("applied", "eligible"),
                                     ("awarded", "applied"), ("awarded_own", "awarded"),
                                     ("in_operation", "awarded"), ("rejected", "applied"),
                                     ("in_operation_after_5_years", "in_operation")):
                    self.assertTrue(all(x <= y for x, y in zip(counts[inner], counts[outer])))
                before = counts

    def test_changes_of_a_scenario(self):
        row = {"ports": {"grant_pilot": 0.8, "aware": 1.0}, "eligible": {"land": ["A", "B"]}}
        changed = merged(row, {"ports": {"grant_pilot": {"weak": 0.9}},
                               "eligible": {"land": ["C"]}})
        self.assertEqual(changed, {"ports": {"grant_pilot": {"weak": 0.9}, "aware": 1.0},
                                   "eligible": {"land": ["C"]}})
        self.assertEqual(row["ports"]["grant_pilot"], 0.8)
        resolved = {"programme": {"p": row}, "scenario": {
            "x": {"baseline": True, "programmes": []},
            "y": {"programmes": ["p"], "change": {"p": {"ports": {"aware": 2.0}}}}}}
        self.assertEqual(scenario_rows(resolved), [])
        self.assertEqual(scenario_rows(resolved, "y")[0][1]["ports"],
                         {"grant_pilot": 0.8, "aware": 2.0})


if __name__ == "__main__":
    unittest.main()
