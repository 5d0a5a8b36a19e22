#!/usr/bin/python3
"""The package `rathaus`: experiments from files and dicts, errors with their places, results with names and dates, and the
numbers of `rathaus compare`."""

import os
import signal
import subprocess
import sys
import threading
import unittest
from pathlib import Path
from unittest import mock

import harness
import studies

harness.skip_without("h5py", "matplotlib", "numpy", "pandas", "scipy", "xarray")
import matplotlib  # noqa: E402
import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

import rathaus  # noqa: E402

matplotlib.use("agg")
STUDY = """title = "designs"
model = "germany"
[population]
units = 120
[time]
quarters = 40
""" + studies.ADVICE + """[scenario.twice]
programmes = ["advice"]
change.advice.budget.per_year = 600_000
[uncertain]
u0 = "range"
"coefficients.fit_reference" = { normal = [0.55, 0.05] }
"programme.advice.ports.coop" = "range"
[design]
method = "latin_hypercube"
points = 3
""" + studies.RIVALS + """[replicates]
at_least = 4
[output]
fixed_demand = true
groups = ["land"]
"""


class OfStudy(harness.InFolder):
    @classmethod
    def setUpClass(cls):
        import tempfile
        cls.kept = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.kept.cleanup)
        cls.file = Path(cls.kept.name) / "s.h5"
        (Path(cls.kept.name) / "s.toml").write_text(STUDY)
        cls.result = rathaus.Experiment(Path(cls.kept.name) / "s.toml").run(cls.file)


class Study(OfStudy):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.table = cls.result.compare()

    def cell(self, metric, horizon, theory, scenario):
        t = self.table
        rows = t[(t.metric == metric) & (t.horizon == horizon) & (t.theory == theory) & (t.scenario == scenario)
                 & (t.detail == "")]
        self.assertEqual(len(rows), 1)
        return rows.iloc[0]

    def test_gains_and_levels_are_those_of_compare(self):
        quarter = {f"{years:g} years": self.result.time[q] for q, years in
                   zip(self.result.raw("strata/horizon_quarter"), self.result.raw("strata/horizon_years"))}
        compared = 0
        for metric, name, per in (("units with AI in operation", "adopters", None),
                                  ("services in operation", "services_running", None)):
            level = rathaus.interval(self.result.level(name, per=per))
            gain = rathaus.interval(self.result.gain(name, per=per))
            for horizon, time in quarter.items():
                for theory in self.result.theories:
                    for scenario in self.result.scenarios:
                        row = self.cell(metric, horizon, theory, scenario)
                        pairs = [(level, "level", "low", "high")]
                        pairs += [(gain, "gain", "gain_low", "gain_high")] if scenario != "none" else []
                        for mine, *columns in pairs:
                            here = mine.sel(scenario=scenario, theory=theory, time=time)
                            for column, value in zip(columns, (here["mean"], here["low"], here["high"])):
                                self.assertAlmostEqual(float(value), row[column], places=9)
                                compared += 1
        self.assertGreater(compared, 100)

    def test_against_another_scenario(self):
        other = self.result.compare(against="advice", section="adoption")
        row = other[(other.metric == "units with AI in operation") & (other.horizon == "5 years")
                    & (other.scenario == "twice") & (other.theory == self.result.theories[0])].iloc[0]
        gain = self.result.gain("adopters", against="advice").sel(scenario="twice", theory=self.result.theories[0])
        at = gain.isel(time=int(self.result.raw("strata/horizon_quarter")[0]))
        self.assertAlmostEqual(float(at.mean()), row.gain, places=9)
        self.assertNotIn("advice", self.result.gain("adopters", against="advice").scenario)

    def test_names_dates_and_units(self):
        gain = self.result.gain("adopters", by="size_class", against="none")
        self.assertEqual(gain.dims, ("scenario", "theory", "point", "replicate", "time", "size_class"))
        self.assertEqual(list(gain.scenario.values), ["advice", "twice"])
        self.assertEqual(gain.sel(time="2030").sizes["time"], 4)
        self.assertEqual(str(gain.time.values[-1])[:10], "2030-12-31")
        frame = gain.sel(time="2030-12").to_dataframe()
        self.assertEqual(len(frame), 2 * 2 * 3 * 4 * 4)
        money = self.result.level("programmes/paid", by="programme")
        self.assertEqual((money.units, list(money.programme.values)), ("EUR", ["advice"]))
        self.assertIn("[EUR]", self.result.variables()["own_spending"])
        share = self.result.level("adopters", by="size_class", per="units")
        np.testing.assert_array_equal(
            share.values, self.result.level("adopters", by="size_class").values / self.result.raw("units"))
        lock_in = self.result.level("lock_in", per="services_running")
        self.assertTrue(((lock_in >= 0) & (lock_in <= 1) | lock_in.isnull()).all())
        data = self.result.dataset()
        first = data.adopters.isel(run=[5, 1], time=-1)
        np.testing.assert_array_equal(first.values, self.result.raw("adopters")[[5, 1], -1])
        self.assertEqual(str(data.scenario.values[0]), "none")
        self.assertEqual(self.result.dataset("strata")["count"].dims, ("run", "horizon", "stratum", "size_class"))
        by_land = self.result.level("adopters", by="land")
        np.testing.assert_array_equal(by_land.sum("land").values, self.result.level("adopters").values)
        twins = self.result.level("energy_net", fixed_demand=True)
        self.assertGreater(float(abs(twins - self.result.level("energy_net")).max()), 0)
        self.assertEqual(len(self.result.municipalities), 120)

    def test_ratios_are_asked_for_by_their_names(self):
        names = [row.variable for row in self.result.metrics().itertuples() if row.tells.startswith("ratio")]
        self.assertGreater(len(names), 10)
        for name in names:
            self.assertEqual(self.result.gain(name).dims, ("scenario", "theory", "point", "replicate", "time"), name)
        r, at = self.result, {"scenario": "advice", "theory": self.result.theories[1]}
        own, saved = r.level("own_spending"), r.level("saving")
        net = (saved - own - r.level("running_cost") - r.level("switching_cost")).cumsum("time") / r.raw("inhabitants").sum()
        np.testing.assert_allclose(r.level("net_fiscal_effect_per_inhabitant"), net, rtol=1e-12, atol=1e-13)    # near zero a difference of larger sums
        np.testing.assert_allclose(r.level("running_cost_per_service"), 4 * r.level("running_cost", per="services_running"))
        np.testing.assert_allclose(r.level("effective_vendors"), 1 / r.level("hhi_national"))
        share = r.level("share_of_adopters", by="size_class")
        np.testing.assert_array_equal(share.values, r.level("adopters", by="size_class", per="units").values)
        for name, metric in (("net_fiscal_effect_per_inhabitant", "economic: net fiscal effect per inhabitant (8.2, 17.1)"),
                             ("mean_lock_in", "mean lock-in of running services")):
            time = r.time[int(r.raw("strata/horizon_quarter")[0])]
            told = rathaus.interval(r.gain(name)).sel(at).sel(time=time)
            row = self.cell(metric, "5 years", at["theory"], "advice")
            for mine, theirs in ((told["mean"], row.gain), (told["low"], row.gain_low), (told["high"], row.gain_high)):
                self.assertAlmostEqual(float(mine), theirs, places=9)
        with self.assertRaises(rathaus.InputError):
            r.level("mean_lock_in", per="units")

    def test_chance_and_ignorance_apart(self):
        doubt, gain = self.result.doubt("adopters"), self.result.gain("adopters")
        told = rathaus.interval(gain)
        np.testing.assert_array_equal(doubt["low"], told["low"])
        points = np.sort(gain.mean("replicate").transpose("point", ...).values, axis=0)
        np.testing.assert_array_equal(doubt["points_low"], points[0])       # of three: the first and the last
        np.testing.assert_array_equal(doubt["points_high"], points[2])
        np.testing.assert_array_equal(doubt["positive"], (points > 0).sum(axis=0))
        self.assertTrue(((doubt.part_of_chance >= 0) & (doubt.part_of_chance <= 1) | doubt.part_of_chance.isnull()).all())
        from rathaus import gains
        many = gain.isel(point=[0] * 48, replicate=[0], drop=False)
        many = many.copy(data=np.broadcast_to(np.arange(1.0, 49)[::-1].reshape(1, 1, 48, 1, 1), many.shape))
        of_48 = gains.doubt(many).isel(scenario=0, theory=0, time=0)
        self.assertEqual((float(of_48.points_low), float(of_48.points_high), int(of_48.positive)), (2, 47, 48))
        self.assertTrue(np.isnan(float(of_48["low"])))      # one replicate tells no chance

    def test_every_variable_of_every_group_can_be_asked_for(self):
        for group in ("/", "programmes", "strata", "municipalities", "parameters", "summary", "vendors"):
            data = self.result.dataset(group)
            self.assertGreater(len(data.data_vars), 0, group)
            for name, variable in data.data_vars.items():
                self.assertEqual(variable.load().shape, self.result.file[group][name].shape, name)
                self.assertLessEqual(set(variable.dims), set(data.coords) | {"bound"}, f"{group}/{name}: an axis without names")

    def test_points_in_real_units(self):
        experiment = rathaus.Experiment(Path(self.kept.name) / "s.toml")
        points, own = experiment.design(), self.result.parameters()
        self.assertEqual(len(own), 3)
        self.assertEqual((list(points), list(points.index)), (list(own), list(own.index)))
        for name in points:
            np.testing.assert_allclose(own[name], points[name], rtol=1e-12)
        self.assertEqual(own.attrs["units"]["coefficients.fit_reference"], "1")
        self.assertEqual(own.attrs["distributions"]["coefficients.fit_reference"], "{ normal = [0.55, 0.05] }")
        y = self.result.gain("adopters").sel(scenario="advice").isel(theory=0, time=-1).mean("replicate")
        self.assertEqual(list(y.point.values), list(own.index))
        self.assertGreater(len(self.result.parameters(all=True).columns), 50)

    def test_what_is_not_there_is_refused_with_what_is(self):
        r = self.result
        for call, words in ((lambda: r.array("adoptrs"), "(did you mean 'adopters'"),
                            (lambda: r.level("share_of_adopter"), "(did you mean 'share_of_adopters'?)"),
                            (lambda: r.gain("paid"), "(did you mean 'programmes/paid'?)"),
                            (lambda: r.level("nonsense"), "see Result.metrics() and Result.variables()"),
                            (lambda: r.level(3), "3 is no name of a variable"),
                            (lambda: r.level(None), "None is no name of a variable"),
                            (lambda: r.array("programmes"), "see Result.variables('programmes')"),
                            (lambda: r.raw("adoptrs"), "did you mean 'adopters'"),
                            (lambda: r.dimensions("adoptrs"), "did you mean 'adopters'"),
                            (lambda: r.dataset("programme"), "known: /, municipalities, parameters, programmes"),
                            (lambda: r.variables("adopters"), "there is no group 'adopters'"),
                            (lambda: r.gain("adopters", against="nothing"), "known: none, advice, twice"),
                            (lambda: r.gain("adopters", by="fiscal_class"), "ask for it in [output] groups"),
                            (lambda: r.gain("adopters", by="size"), "it is by land, size_class) take one of them"),
                            (lambda: r.gain("adopters", by="scenario"), "that axis is there anyway"),
                            (lambda: r.level("effective_vendors", by="size_class"), "hhi_national: is not known by size_class"),
                            (lambda: r.level("units"), "same in every run"),
                            (lambda: r.level("adopters", per="unit"), "is no number to divide by"),
                            (lambda: r.runs(theory="x"), "there is no theory 'x'"),
                            (lambda: r.report("x.html", lang="fr"), "there is no lang 'fr' (known: en, de)"),
                            (lambda: r.story("nobody"), "unit 'nobody' is no unit"),
                            (lambda: r.compare(against="x"), "against 'x' is no scenario of the file (known: none"),
                            (lambda: rathaus.interval(r.level("adopters").mean("replicate")), "give what Result.level"),
                            (lambda: r.plot.gains("adopters", "2099"), "the run has 2021 to 2030"),
                            (lambda: r.plot.gains("adopters", "soon"), 'write "2035" or "2035-Q2"'),
                            (lambda: r.plot.level("strata/count"), "has no course"),
                            (lambda: rathaus.open(Path(self.kept.name) / "s.toml"), "it is not HDF5"),
                            (lambda: rathaus.open(self.kept.name), "is a folder"),
                            (lambda: rathaus.open("/no/such.h5"), "is not there")):
            with self.assertRaises(rathaus.InputError) as caught:
                call()
            self.assertIn(words, str(caught.exception))
            self.assertNotIn("--", str(caught.exception))       # no option of the command line

    def test_other_files_are_refused(self):
        import h5py
        for kind, words in (("posterior", "is a posterior"), ("other", "is no result"), ("newer", "version 2.0")):
            path = self.folder / f"{kind}.h5"
            with h5py.File(path, "w") as file:
                if kind != "other":
                    file.attrs.update(format="rathaus-results", format_version=[2, 0], scenario=0)
                    file["scenario"] = ["a"]
                if kind == "posterior":
                    file.attrs["kind"] = "posterior"
            with self.assertRaises(rathaus.InputError) as caught:
                rathaus.open(path)
            self.assertIn(words, str(caught.exception))

    def test_pictures_are_drawn(self):
        for axes, lines in ((self.result.plot.level("adopters"), 3), (self.result.plot.gain("adopters", by="size_class"), 9)):
            self.assertEqual(len(axes.get_lines()), lines)
        axes = self.result.plot.gains("adopters", "2028", by="size_class")
        self.assertEqual(len(axes.containers), 4)
        self.assertEqual(axes.get_title(), "gain over none at the end of 2028-Q4")
        self.assertIn("median, 1st to 3rd of 3 points", axes.get_xlabel())
        chosen = self.result.gain("adopters").isel(theory=0).sel(scenario="advice")
        for values, middle, band in ((chosen, chosen.mean("replicate").median("point"), "median, 1st to 3rd of 3 points"),
                                     (chosen.isel(point=[0]), chosen.isel(point=0).mean("replicate"),
                                      "mean, 95 % interval of 4 replicates"),
                                     (chosen.isel(point=[0], replicate=[0]), chosen.isel(point=0, replicate=0), "one run")):
            from rathaus import plots
            told = plots._told(values)
            np.testing.assert_array_equal(told.middle, middle)
            self.assertEqual(told.attrs["band"], band)
        self.assertEqual([t.get_text() for t in axes.get_yticklabels()], ["advice", "twice"])

    def test_the_program_is_asked(self):
        self.assertEqual(self.result.digest, self.digest(self.file).strip())
        self.assertIn("== money", self.result.table())
        held = set(self.result.metrics().variable)
        self.assertLessEqual({"adopters", "mean_lock_in", "programmes/paid", "adopters_by_land"}, held | {"adopters_by_land"})
        self.assertNotIn("municipalities/coop_member", held)        # of the list, but not of this file
        known = rathaus.metrics()
        self.assertLessEqual({"adopters", "own_spending"}, set(known.iloc[:, 0]))
        self.assertIn("unit", known.columns)
        story = self.result.trace(str(self.result.municipalities.id[0]), run=1)
        self.assertIsInstance(story, dict)
        self.result.report(self.folder / "r.html", lang="de")
        self.assertTrue((self.folder / "r.html").read_text(encoding="utf-8").rstrip().endswith("</html>"))
        # charts have a style of their own, and leave that of the session alone
        from matplotlib import pyplot
        opened = pyplot.get_fignums()
        with matplotlib.rc_context({"axes.facecolor": "black", "font.size": 20}):
            before = dict(matplotlib.rcParams), matplotlib.get_backend()
            self.result.report(self.folder / "again.html", lang="de")
            self.assertEqual((dict(matplotlib.rcParams), matplotlib.get_backend()), before)
        self.assertEqual(pyplot.get_fignums(), opened)
        self.assertEqual((self.folder / "again.html").read_bytes(), (self.folder / "r.html").read_bytes())
        with self.assertRaises(rathaus.InputError):
            self.result.report(self.folder / "r.html")


class Experiments(harness.InFolder):
    small = {"title": "small", "model": "germany", "doubt": "none", "population": {"units": np.int64(40)}, "time": {"quarters": 12},
             "replicates": {"at_least": 3}, "scenario": {"none": {"baseline": True}, "other": {"programmes": []}}}

    def test_a_dict_is_what_a_file_of_its_keys_is(self):
        experiment = rathaus.Experiment(self.small)
        own = experiment.run(self.folder / "a.h5").digest
        experiment.write(self.folder / "s.toml")
        units = rathaus.open(self.folder / "a.h5").municipalities       # without an axis of fiscal classes
        self.assertEqual(list(units.fiscal_class.cat.categories), ["weak", "middle", "strong"])
        self.assertRegex(rathaus.open(self.folder / "a.h5").story(units.id[0]), r"inhabitants, (of middle|financially)")
        file = rathaus.Experiment(self.folder / "s.toml")
        self.assertEqual(file.run(self.folder / "b.h5", threads=1).digest, own)
        self.assertNotEqual(file.set(random={"seed": 7}).run(self.folder / "c.h5").digest, own)
        self.assertEqual(rathaus.open(self.folder / "c.h5").resolved["random"]["seed"], 7)

    def test_what_is_not_known_is_told_before_the_run(self):
        plain = rathaus.Experiment(self.small)
        doubt = plain.doubt()
        self.assertEqual((doubt.kind, doubt.points, doubt.numbers, doubt.replicates, doubt.runs), ("none", 1, (), 3, 6))
        self.assertGreater(doubt.seconds, 0)
        shipped = plain.set(doubt="shipped", replicates={"at_least": 1}).doubt()
        self.assertEqual((shipped.kind, shipped.points, shipped.runs), ("shipped", 48, 2 * 48 * len(shipped.theories)))
        self.assertGreater(len(shipped.numbers), 5)
        twelve = plain.set(doubt={"points": 12, "replicates": 2}).doubt()
        self.assertEqual((twelve.points, twelve.replicates, twelve.runs), (12, 2, 2 * 12 * 2 * len(twelve.theories)))
        own = plain.set(uncertain={"u0": "range"}, design={"method": "latin_hypercube", "points": 5},
                        alternatives={"structure.decision_rule": ["logit", "payback"]}).doubt()
        self.assertEqual((own.kind, own.points, own.numbers, own.runs), ("own", 5, ("u0",), 2 * 5 * 2 * 3))
        self.assertEqual(own.theories, ("decision_rule=logit", "decision_rule=payback"))

    def test_set_changes_as_the_command_line_does(self):
        experiment = rathaus.Experiment(self.small)
        changed = experiment.set({"parameters.lock_rate": 0.04}, time={"quarters": 8},
                                 uncertain={"coefficients.fit_reference": {"uniform": [0.4, 0.6]}},
                                 design={"method": "list", "values": np.array([[0.5], [0.55]])})
        resolved = changed.resolved()
        self.assertEqual(resolved["parameters"]["lock_rate"], 0.04)
        self.assertEqual(resolved["time"]["quarters"], 8)
        self.assertEqual(resolved["replicates"]["at_least"], 3)
        self.assertEqual(list(changed.design()["coefficients.fit_reference"]), [0.5, 0.55])
        self.assertEqual(experiment.resolved()["time"]["quarters"], 12)      # the first one has not changed
        programme = {"advice": {"from": "advice", "window": {"first": "2022-Q1", "length": 4}}}
        with_advice = experiment.set(programme=programme, scenario={"other": {"programmes": ["advice"]}})
        self.assertEqual(with_advice.resolved()["scenario"]["other"]["programmes"], ["advice"])
        self.assertTrue(with_advice.resolved()["scenario"]["none"]["baseline"])

    def test_uncertain_numbers_keep_their_order(self):
        """Columns of design.values follow it: a number that is a word stands between tables, some come by set."""
        names = ["u0", "coop_join", "beta_peer"]
        uncertain = {"u0": "range", "coop_join": {"uniform": [0.0, 0.05]}, "beta_peer": "range"}
        design = {"method": "list", "values": np.array([[1.0, 0.01, 0.5]])}
        plain = rathaus.Experiment(self.small)
        for experiment in (rathaus.Experiment({**self.small, "uncertain": uncertain, "design": design}),
                           plain.set(uncertain=uncertain, design=design),
                           plain.set(design=design).set({"uncertain.u0": "range"}).set(uncertain=uncertain)):
            points = experiment.design()
            self.assertEqual((list(points), list(points.iloc[0])), (names, [1.0, 0.01, 0.5]))

    def test_paths_in_a_dict_count_from_the_working_directory(self):
        self.write("people.csv", "id,name,land,region,population\n1,A,L,R,1000\n2,B,L,R,3000\n")
        with_file = {**self.small, "population": {"file": "people.csv"}}
        with mock.patch("os.getcwd", lambda: str(self.folder)):
            self.assertIn("valid", rathaus.Experiment(with_file).check())

    def test_errors_carry_their_place(self):
        self.write("bad.toml", 'title = "x"\nmodel = "germany"\n[parameters]\nlock_rat = 1\n[time]\n  quarters = -1\n')
        with self.assertRaises(rathaus.InputError) as caught:
            rathaus.Experiment(self.folder / "bad.toml").check()
        error = caught.exception
        self.assertEqual((error.file, error.line, error.column), (str(self.folder / "bad.toml"), 4, 1))
        self.assertEqual((error.problem, error.reason, error.suggestion),
                         ("unknown key 'parameters.lock_rat'", None, "did you mean 'lock_rate'?"))
        second = error.diagnostics[1]
        self.assertEqual((second.file, second.line, second.column), (str(self.folder / "bad.toml"), 6, 14))
        self.assertRegex(second.problem, "^time.quarters = -1 is ")
        self.assertEqual(second.message, f"{second.problem} ({second.reason})" + (f" {second.suggestion}" if second.suggestion
                                                                                  else ""))
        self.assertEqual([d.line for d in error.diagnostics], [4, 6])
        with self.assertRaises(rathaus.InputError) as caught:
            rathaus.Experiment({**self.small, "titel": "x"}).run(self.folder / "x.h5")
        self.assertEqual(str(caught.exception), "unknown key 'titel' (did you mean 'title'?)")
        with self.assertRaises(rathaus.InputError) as caught:
            rathaus.Experiment(self.small).set(parameters={"lock_rat": 1}).explain()
        self.assertIn("--set parameters.lock_rat=1", str(caught.exception))
        self.assertFalse((self.folder / "x.h5").exists())
        plain = rathaus.Experiment(self.small)
        for call, words in ((lambda: plain.set(title=object()), "it is of type object"),
                            (lambda: plain.set(replicates={"at_least": None}), "replicates.at_least: None cannot stand"),
                            (lambda: rathaus.Experiment({**self.small, "time": {"quarters": None}}).check(), "time.quarters: None"),
                            (lambda: plain.set("replicates.at_least=20"), 'write set({"replicates.at_least": 20})'),
                            (lambda: rathaus.Experiment(None), "an experiment is a file or a dict"),
                            (lambda: plain.run(self.folder / "y.h5", progress=3), "progress = 3 shows nothing"),
                            (lambda: plain.run(self.folder / "y.h5", threads=-1), "threads: Value -1 not in range"),
                            (lambda: plain.design(), "design has nothing to write")):
            with self.assertRaises(rathaus.InputError) as caught:
                call()
            self.assertIn(words, str(caught.exception))

    def test_nothing_is_overwritten_unasked(self):
        rathaus.Experiment(self.small).run(self.folder / "a.h5")
        with self.assertRaises(rathaus.InputError) as caught:
            rathaus.Experiment(self.small).run(self.folder / "a.h5")
        self.assertIn("exists already (nothing is overwritten unasked) choose another name, or add force=True", str(caught.exception))
        self.write("there.toml", "mine")
        with self.assertRaises(rathaus.InputError) as caught:
            rathaus.Experiment(self.small).write(self.folder / "there.toml")
        self.assertIn("add force=True", str(caught.exception))
        rathaus.Experiment(self.small).write(self.folder / "there.toml", force=True)
        rathaus.Experiment(self.small).run(self.folder / "a.h5", force=True)

    def test_progress_comes_to_its_end(self):
        seen = []
        rathaus.Experiment(self.small).run(self.folder / "a.h5", progress=seen.append)
        self.assertEqual((seen[-1].runs_done, seen[-1].runs_planned), (6, 6))
        self.assertEqual(seen[-1].seconds_left, 0)

    def test_interrupted_and_gone_on_with(self):
        long = rathaus.Experiment(self.small).set(population={"units": 400}, time={"quarters": 80},
                                                  replicates={"at_least": 60})

        def once(now):
            if not fired.is_set():
                fired.set()
                os.kill(os.getpid(), signal.SIGINT)     # Ctrl-C in a notebook or a terminal

        fired = threading.Event()
        with self.assertRaises(rathaus.Interrupted) as caught:
            long.run(self.folder / "a.h5", progress=once)
        self.assertIn("interrupted", str(caught.exception))
        self.assertFalse((self.folder / "a.h5").exists())
        resumed = []
        again = long.run(self.folder / "a.h5", resume=True, progress=resumed.append)
        self.assertGreater(resumed[-1].runs_kept, 0)
        self.assertEqual(again.digest, long.run(self.folder / "b.h5").digest)


class Program(harness.InFolder):
    def test_the_program_is_found_or_every_place_named(self):
        environment = {"PATH": str(self.folder)}
        with mock.patch.dict(os.environ, environment, clear=True), \
                mock.patch("rathaus.executable.ROOT", self.folder / "tree" / "share" / "rathaus"):
            with self.assertRaises(rathaus.ProgramNotFound) as caught:
                rathaus.program()
            for place in ("argument: none", "RATHAUS: not set", f"PATH: no rathaus in {self.folder}",
                          f"{self.folder}/tree/bin/rathaus", "build/release/rathaus", "build/dev/rathaus"):
                self.assertIn(place, str(caught.exception))
            for place in ("tree/share/rathaus/build/dev", "tree/share/rathaus/build/release", "tree/bin", "."):
                (self.folder / place).mkdir(parents=True, exist_ok=True)
                (self.folder / place / "rathaus").symlink_to(harness.RATHAUS)
                self.assertEqual(Path(rathaus.program()).resolve(), Path(harness.RATHAUS).resolve())
                self.assertEqual(Path(rathaus.program()).parent, (self.folder / place))   # the later ones go first
            os.environ["RATHAUS"] = "/no/such"
            with self.assertRaises(rathaus.ProgramNotFound):
                rathaus.program()
            self.assertEqual(rathaus.program(harness.RATHAUS), harness.RATHAUS)

    def test_a_python_without_the_packages_says_which(self):
        subprocess.run(["/usr/bin/python3", "-m", "venv", "--without-pip", "bare"], cwd=self.folder, check=True)
        bare = self.folder / "bare/bin/python3"
        run = {"cwd": self.folder, "capture_output": True, "text": True}
        told = subprocess.run([harness.RATHAUS, "report", "x.h5", "-o", "x.html"],
                              env=os.environ | {"RATHAUS_PYTHON": str(bare)}, **run)
        self.assertEqual(told.returncode, 1)
        self.assertRegex(told.stderr, r"^error: rathaus report needs the Python packages numpy, .*h5py.*apt install "
                                      r"python3-numpy .*pip install numpy .*RATHAUS_PYTHON\n$")
        told = subprocess.run([bare, "-c", "import rathaus; rathaus.open('x')"], **run)
        self.assertIn("ImportError: rathaus needs the Python packages numpy", told.stderr)
        # the first python3 of the path lacks them: Debian's takes over
        told = subprocess.run([harness.RATHAUS, "report", "x.h5", "-o", "x.html"],
                              env=os.environ | {"PATH": f"{bare.parent}:{os.environ['PATH']}"}, **run)
        self.assertIn("x.h5: is not there", told.stderr)
        told = subprocess.run([harness.RATHAUS, "report"], env=os.environ | {"RATHAUS_PYTHON": "/no/python"}, **run)
        self.assertIn("needs Python (/no/python: No such file", told.stderr)

    def test_findings_for_programs_from_every_command(self):
        import json
        for line in (["check", "no.toml"], ["run"], ["run", "no.toml", "--treads", "2"], ["info", "no.h5"], ["nonsense"],
                     ["compare", "no.h5"], ["report", "no.h5"], ["report", "no.h5", "-o", "x.html"],
                     ["export", "no.h5", "-o", "x"], ["verify", "riot"]):
            told = subprocess.run([harness.RATHAUS, *line, "--diagnostics", "json"], cwd=self.folder, capture_output=True,
                                  text=True)
            self.assertEqual(told.returncode, 1, line)
            before = subprocess.run([harness.RATHAUS, "--diagnostics", "json", *line], cwd=self.folder, capture_output=True,
                                    text=True)
            self.assertEqual((before.returncode, before.stderr), (1, told.stderr), line)
            findings = [json.loads(text) for text in told.stderr.splitlines()]
            self.assertGreater(len(findings), 0, line)
            for finding in findings:
                self.assertEqual(set(finding), {"severity", "file", "line", "column", "problem", "reason", "suggestion", "message"})
                self.assertEqual(finding["severity"], "error")

    def test_every_row_of_a_population_carries_its_place(self):
        self.write("people.csv", "id,name,land,region,population\n1,A,L,R,many\n2,B,L,R,3000\n3,,L,R,-5\n")
        with self.assertRaises(rathaus.InputError) as caught:
            rathaus.Experiment({"title": "x", "model": "germany", "population": {"file": str(self.folder / "people.csv")}}).check()
        found = caught.exception.diagnostics
        self.assertEqual([(f.file, f.line, f.column) for f in found],
                         [(str(self.folder / "people.csv"), *place) for place in ((2, 9), (4, 8))])
        self.assertEqual(found[0].problem, "population 'many'")
        self.assertEqual(found[0].reason, "it is not a whole number up to 2147483647")
        self.assertEqual(found[0].suggestion, "write digits only, such as 12345")

    def test_every_row_of_a_register_carries_its_place(self):
        import json
        self.write("register.csv", "ags,name,type_code,land,verband_key,verband_type,population\n"
                   "01001000,Flensburg,60,Schleswig-Holstein,010010000,50,a lot (really)\n"
                   "01002000,Kiel,99,Schleswig-Holstein,010020000,50,247548\n")
        told = subprocess.run([harness.RATHAUS, "import-register", "register.csv", "-o", "x.csv", "--diagnostics", "json"],
                              cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(told.returncode, 1)
        first, second = map(json.loads, told.stderr.splitlines())
        self.assertEqual((first["file"], first["line"], first["column"]), ("register.csv", 2, 7))
        self.assertEqual(first["problem"], "population 'a lot (really)' is not a whole number")
        self.assertEqual((first["reason"], first["suggestion"]),
                         ("it counts people", "correct it, or empty the cell to leave the row out"))
        self.assertEqual((second["line"], second["column"], second["suggestion"]), (3, 3, "correct it"))

    def test_both_sides_take_a_message_apart_alike(self):
        """The cases of tests/diagnostics/diagnostics_test.cpp, as its compiler reads them."""
        import ast
        import re
        from rathaus.errors import parts
        text = (Path(os.environ["RATHAUS_SOURCE"]) / "tests/diagnostics/diagnostics_test.cpp").read_text(encoding="utf-8")
        cases = re.findall(r"Case\{(.*?)\},\n", text[text.index("struct Case"):text.index("}) {")], re.DOTALL)
        self.assertGreater(len(cases), 8)
        for case in cases:
            whole, problem, reason, suggestion = ast.literal_eval(f"({case})")
            self.assertEqual(parts(whole), (problem, reason or None, suggestion or None))
            self.assertEqual(rathaus.InputError(whole).diagnostics[0].message, whole)

    def test_python_says_what_it_suggests(self):
        with self.assertRaises(rathaus.InputError) as caught:
            rathaus.open(self.folder / "no (such) file.h5")
        error = caught.exception
        self.assertEqual(error.file, str(self.folder / "no (such) file.h5"))
        self.assertTrue(error.problem and error.diagnostics[0].message.startswith(error.problem))

    def test_types_hold(self):
        source = Path(os.environ["RATHAUS_SOURCE"]) / "python"
        done = subprocess.run(["mypy", "--config-file", source / "pyproject.toml", "--cache-dir", self.folder,
                               source / "rathaus"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_it_installs_without_a_network_and_without_a_script(self):
        source = Path(os.environ["RATHAUS_SOURCE"]) / "python"
        subprocess.run(["/usr/bin/python3", "-m", "venv", "--system-site-packages", "venv"], cwd=self.folder, check=True)
        pip = [self.folder / "venv/bin/pip", "install", "--quiet", "--no-index", "--disable-pip-version-check", source]
        clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        done = subprocess.run(pip, capture_output=True, text=True, env=clean)
        self.assertEqual(done.returncode, 0, done.stderr)
        told = subprocess.run([self.folder / "venv/bin/python", "-c", "import rathaus; print(rathaus.__file__); "
                               "print(rathaus.program())"], cwd=self.folder, capture_output=True, text=True, env=clean)
        self.assertIn(f"{self.folder}/venv/lib", told.stdout, told.stderr)
        self.assertEqual([path.name for path in (self.folder / "venv/bin").glob("rathaus*")], [])
        files = {path.relative_to(source).as_posix() for path in (source / "rathaus").rglob("*")
                 if path.is_file() and "__pycache__" not in path.parts}
        site = next((self.folder / "venv/lib").glob("python3*/site-packages"))
        self.assertEqual({name for name in files if not (site / name).is_file()}, set())


class Exports(OfStudy):
    def test_tidy_tables_hold_what_the_file_holds(self):
        self.rathaus("export", self.file, "-o", "t", "--quarter", "2025-Q4", "--quarter", "2030-Q4")
        read = {path.stem: pd.read_csv(path) for path in (self.folder / "t").glob("*.csv")}
        self.assertEqual(set(read), {"outcomes", "gains", "by_land", "strata", "money", "reach", "vendors", "points",
                                     "municipalities", "columns"})
        out, raw = read["outcomes"], self.result.raw("adopters")
        self.assertEqual(len(out), raw.shape[0] * 2 * raw.shape[2])
        self.assertEqual(out.adopters.sum(), raw[:, [19, 39]].sum())
        np.testing.assert_array_equal(out.own_spending.sum().round(2), self.result.raw("own_spending")[:, [19, 39]].sum().round(2))
        gains = read["gains"]
        mine = gains[(gains.fixed_demand == 0) & (gains.quarter == "2030-Q4")].groupby(
            ["scenario", "theory", "point", "replicate"]).adopters.sum()
        theirs = self.result.gain("adopters").sel(time="2030-12").squeeze("time", drop=True).to_series()
        pd.testing.assert_series_equal(mine.sort_index(), theirs.sort_index(), check_dtype=False, check_names=False,
                                       check_index_type=False, check_categorical=False)
        for name, table in read.items():
            if name != "columns":
                said = read["columns"][read["columns"].table == name]
                self.assertEqual(list(said.column), list(table.columns))
        unit = read["columns"].set_index(["table", "column"]).unit
        self.assertEqual((unit["outcomes", "energy_net"], unit["money", "paid"]), ("kWh", "EUR"))
        self.assertIn("is not empty", self.refused("export", self.file, "-o", "t"))
        self.assertIn("known: 2021-Q1", self.refused("export", self.file, "-o", "u", "--quarter", "2099-Q1"))
        self.assertFalse((self.folder / "u").exists())


class OldPaths(unittest.TestCase):
    def test_they_lead_to_the_commands(self):
        scripts = Path(os.environ["RATHAUS_SOURCE"]) / "scripts"
        for name in ("report", "import_register", "verify", "survives"):
            told = subprocess.run([sys.executable, scripts / f"{name}.py", "--help"], capture_output=True, text=True)
            self.assertEqual(told.returncode, 0, told.stderr)
            self.assertIn(f"usage: rathaus {name.replace('_', '-')}", told.stdout)

    def test_no_path_of_python_is_patched(self):
        found = subprocess.run(["git", "-C", os.environ["RATHAUS_SOURCE"], "grep", "-nE", r"sys\.path(\.|\[| ?\+?=)", "--",
                                "*.py", "*.sh", "*Snakefile", ":!tests/python/package_test.py"], capture_output=True, text=True)
        self.assertIn(found.returncode, (0, 1, 128), found.stderr)      # 128: no checkout of git
        self.assertEqual(found.stdout, "")


if __name__ == "__main__":
    unittest.main()
