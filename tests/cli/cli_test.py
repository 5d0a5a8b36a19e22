#!/usr/bin/python3
"""The command line as a user types it. RATHAUS names the program, RATHAUS_SOURCE the source tree."""

import os
import random
import re
import resource
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

import harness

RATHAUS = os.environ["RATHAUS"]
SOURCE = Path(os.environ["RATHAUS_SOURCE"])

SMALL = """title = "small"
model = "germany"
doubt = "none"
[population]
units = 120
[time]
quarters = 24
[replicates]
at_least = 6
[random]
seed = 7
"""


class CommandLine(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.folder = Path(self._folder.name)
        self.write("small.toml", SMALL)

    def tearDown(self):
        self._folder.cleanup()

    def write(self, name, text):
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def rathaus(self, *arguments, status=0, **more):
        ended = subprocess.run([RATHAUS, *map(str, arguments)], cwd=self.folder, capture_output=True,
                               text=True, timeout=300, **more)
        self.assertEqual(ended.returncode, status, f"rathaus {arguments}\n{ended.stdout}\n{ended.stderr}")
        return ended

    def digest(self, name):
        return self.rathaus("info", name, "--digest").stdout.strip()

    def files(self):
        return sorted(p.name for p in self.folder.iterdir())


class Run(CommandLine):
    def test_default_output_is_named_after_the_experiment(self):
        self.rathaus("run", "small.toml")
        self.assertEqual(self.files(), ["small.h5", "small.toml"])

    def test_same_digest_for_any_number_of_threads_and_two_workers_really_ran(self):
        digests = set()
        for threads in (1, 2, 8):
            # so many runs that a second thread gets some on a machine that has others to serve, too
            ended = self.rathaus("run", "small.toml", "-o", f"{threads}.h5", "--threads", threads,
                                 "--set", "replicates.at_least=300")
            workers = int(re.search(r"on (\d+) threads", ended.stderr).group(1))
            if threads == 1:
                self.assertEqual(workers, 1)
            else:
                self.assertGreaterEqual(workers, 2)
            digests.add(self.digest(f"{threads}.h5"))
        self.assertEqual(len(digests), 1)
        self.rathaus("run", "small.toml", "-o", "other.h5", "--set", "random.seed=8")
        self.assertNotIn(self.digest("other.h5"), digests)

    def test_a_result_repeats_itself(self):
        self.rathaus("run", "small.toml", "-o", "a.h5", "--set", "parameters.lock_rate=0.04",
                     "--set", "output.groups=['land','fiscal_class']",
                     "--set", "output.panel={replicates=[1],every=4}")
        self.write("again.toml", self.rathaus("explain", "a.h5").stdout)
        self.rathaus("run", "again.toml", "-o", "b.h5")
        self.assertEqual(self.digest("a.h5"), self.digest("b.h5"))
        self.assertEqual(self.rathaus("explain", "again.toml").stdout,
                         self.rathaus("explain", "a.h5").stdout)

    def test_the_panel_is_part_of_the_digest(self):
        digests = set()
        for replicate in (0, 1):  # the same runs, another one recorded unit by unit
            self.rathaus("run", "small.toml", "-o", f"{replicate}.h5", "--set",
                         f"output.panel={{replicates=[{replicate}],every=8}}")
            digests.add(self.digest(f"{replicate}.h5"))
        self.assertEqual(len(digests), 2)

    def test_a_population_file_gives_the_same_world_whatever_the_order_of_its_rows(self):
        self.rathaus("population", "small.toml", "-o", "units.csv")
        head, *rows = (self.folder / "units.csv").read_text().splitlines()
        random.Random(1).shuffle(rows)
        self.write("shuffled.csv", "\r\n".join(["\ufeff" + head, *rows]) + "\r\n")
        for name in ("units", "shuffled"):
            self.rathaus("run", "small.toml", "--set", f"population.file={name}.csv", "-o", f"{name}.h5")
        self.assertEqual(self.digest("units.h5"), self.digest("shuffled.h5"))
        self.rathaus("explain", "units.h5")

    def test_a_stand_alone_experiment_refuses_another_population(self):
        self.rathaus("population", "small.toml", "-o", "units.csv")
        text = self.rathaus("explain", "small.toml", "--set", "population.file=units.csv").stdout
        self.write("again.toml", text)
        self.rathaus("check", "again.toml")
        with (self.folder / "units.csv").open("a") as file:
            file.write("\n")
        self.assertIn("units.csv", self.rathaus("check", "again.toml", status=1).stderr)

    def test_an_existing_result_is_never_overwritten_unasked(self):
        self.write("small.h5", "precious")
        self.assertIn("--force", self.rathaus("run", "small.toml", status=1).stderr)
        self.assertEqual((self.folder / "small.h5").read_text(), "precious")
        self.rathaus("run", "small.toml", "--force")
        self.digest("small.h5")

    def test_an_output_without_folder_or_permission(self):
        self.rathaus("run", "small.toml", "-o", "nowhere/a.h5", status=1)
        self.rathaus("run", "small.toml", "-o", ".", status=1)
        if os.geteuid() != 0:
            (self.folder / "closed").mkdir(mode=0o500)
            self.rathaus("run", "small.toml", "-o", "closed/a.h5", status=1)
        self.assertEqual([f for f in self.files() if f.endswith((".h5", ".part"))], [])

    def test_interrupt_finishes_the_runs_in_flight_and_says_how_to_go_on(self):
        process = subprocess.Popen(
            [RATHAUS, "run", "small.toml", "--set", "replicates.at_least=100000"], cwd=self.folder,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        deadline = time.monotonic() + 60
        while not (self.folder / "small.h5.shards").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 3, errors)
        done = int(re.search(r"(\d+) of 100000 runs are kept in small.h5.shards; go on with --resume",
                             errors).group(1))
        self.assertGreater(done, 0)
        self.assertLess(done, 100000)
        self.assertEqual(self.files(), ["small.h5.shards", "small.toml"])
        self.rathaus("merge", "small.h5.shards/1-of-1.cases", "-o", "some.h5", "--partial")
        self.assertIn(f"partial: {100000 - done} of 100000 cases are missing",
                      self.rathaus("info", "some.h5").stdout)
        self.rathaus("run", "small.toml", "-o", "same.h5", "--set", f"replicates.at_least={done}")
        self.assertEqual(self.digest("some.h5"), self.digest("same.h5"))

    def test_quiet_says_nothing(self):
        ended = self.rathaus("run", "small.toml", "--quiet")
        self.assertEqual(ended.stdout + ended.stderr, "")


class BadInput(CommandLine):
    """One clear error, exit 1, nothing written."""

    def refuse(self, text, *expected, sets=()):
        self.write("bad.toml", text)
        arguments = [a for s in sets for a in ("--set", s)]
        errors = self.rathaus("run", "bad.toml", *arguments, status=1).stderr
        for part in expected:
            self.assertIn(part, errors)
        self.assertEqual([f for f in self.files() if f.endswith((".h5", ".part"))], [])
        return errors

    def test_unknown_key_with_the_nearest_name(self):
        errors = self.refuse(SMALL + "[parameters]\nlock_rat = 0.1\n", "bad.toml:13:1", "lock_rat", "lock_rate")
        self.assertEqual(errors.count("\n"), 1)

    def test_all_errors_of_a_file_at_once(self):
        errors = self.refuse(SMALL.replace("quarters = 24", "quarters = 0")
                             + "[parameters]\nlock_rate = 2.0\naware_p = \"much\"\nu0 = nan\n[structure]\nfunnel = \"ful\"\n",
                             "bad.toml:7:", "bad.toml:13:", "bad.toml:14:", "bad.toml:15:", "bad.toml:17:", "full")
        self.assertEqual(errors.count("error:"), 5)

    def test_missing_file_directory_and_syntax(self):
        self.assertIn("nothing.toml", self.rathaus("run", "nothing.toml", status=1).stderr)
        self.rathaus("run", ".", status=1)
        self.refuse("title = \n", "bad.toml:1:")
        self.refuse("title = 1\n")
        self.refuse(SMALL.replace("germany", "germanny"), "germany")

    def test_bad_set(self):
        for bad in ("parameters.lock_rat=1", "parameters.lock_rate=none", "lock_rate", "=1", "title.x=1"):
            errors = self.refuse(SMALL, sets=[bad])
            self.assertIn("--set", errors)

    def test_bad_command_lines(self):
        for arguments in ([], ["rum"], ["run"], ["run", "small.toml", "--threads", "0"],
                          ["run", "small.toml", "--colour"], ["parameters", "--format", "pdf"]):
            self.rathaus(*arguments, status=1)
        self.assertEqual(self.files(), ["small.toml"])

    def test_population_files(self):
        head = "id,name,land,region,population\n"
        good = "".join(f"{k:03},Town {k},Land,R{k % 3},{1000 * (k + 1)}\n" for k in range(9))
        cases = {
            "empty": ("", None), "only a head": (head, None),
            "duplicate id": (head + good + "001,Again,Land,R1,5\n", ":11"),
            "zero": (head + good + "100,Zero,Land,R1,0\n", ":11"),
            "negative": (head + good + "100,Minus,Land,R1,-5\n", ":11"),
            "few fields": (head + good + "100,Few\n", ":11"),
            "latin-1": ((head + good + "100,Köln,Land,R1,5\n").encode("latin-1"), ":11"),
            "coordinates": (head.strip() + ",lon,lat\n" + "1,A,L,R,5,200,50\n", ":2"),
            "no column": ("id,name,land,region,inhabitants\n" + good, "population"),
        }
        for name, (text, place) in cases.items():
            with self.subTest(name):
                self.write("units.csv", text)
                errors = self.rathaus("run", "small.toml", "--set", "population.file=units.csv", status=1).stderr
                self.assertIn("units.csv", errors)
                if place:
                    self.assertIn(place, errors)
                self.assertNotIn("small.h5", self.files())
        two = head + good + "001,Again,Land,R1,5\n100,Zero,Land,R1,0\n"
        self.write("units.csv", two)
        errors = self.rathaus("run", "small.toml", "--set", "population.file=units.csv", status=1).stderr
        self.assertEqual(errors.count("error:"), 2)
        self.rathaus("run", "small.toml", "--set", "population.file=missing.csv", status=1)
        self.rathaus("run", "small.toml", "--set", "population.file=.", status=1)

    def test_no_units_left(self):
        errors = self.refuse(SMALL.replace("units = 120", 'units = 120\nselect = { land = ["Sachsn"] }'), "Sachsen")
        self.assertIn("Sachsn", errors)

    def test_not_a_result(self):
        self.write("text.h5", "not HDF5")
        self.rathaus("run", "small.toml")
        whole = (self.folder / "small.h5").read_bytes()
        self.write("cut.h5", whole[: len(whole) // 2])
        for name in ("text.h5", "cut.h5", "missing.h5", "."):
            self.rathaus("info", name, status=1)


class Others(CommandLine):
    def test_version_names_commit_and_build_type(self):
        self.assertRegex(self.rathaus("--version").stdout, r"^rathaus \d+\.\d+\.\d+ \(commit \w+.*build\)")

    def test_check_counts_without_running(self):
        out = self.rathaus("check", "small.toml").stdout
        self.assertIn("120 units", out)
        self.assertIn("6", out)
        self.assertEqual(self.files(), ["small.toml"])

    def test_parameters_in_three_formats(self):
        for name in ("table", "csv", "markdown"):
            out = self.rathaus("parameters", "--format", name).stdout
            self.assertIn("compliance_cost_eur", out)
        import csv
        rows = list(csv.DictReader(self.rathaus("parameters", "germany", "--format", "csv").stdout.splitlines()))
        self.assertEqual(len({row["parameter"] for row in rows}), len(rows))
        self.assertTrue(all(row["unit"] and row["source"] and row["grade"] in "ABCD" for row in rows))
        self.assertTrue(all(float(row["from"]) <= float(row["default"]) <= float(row["to"]) for row in rows))

    def test_what_is_wrong_on_the_command_line_is_named(self):
        for line, told in ((("rnu", "small.toml"), "no command 'rnu' (did you mean 'run'?)"),
                           (("report", "small.h5"), "are required: -o/--output (see rathaus report --help)"),
                           (("run", "small.toml", "--treads", "2"), "'--treads' (did you mean '--threads'?)"),
                           (("check", "small.toml", "more.toml"), "'more.toml' is one argument too many"),
                           (("run",), "experiment is required (see rathaus run --help)"),
                           (("run", "small.toml", "--threads=-3"), "-3 not in range"),
                           (("patterns", "no.toml"), "no.toml: there is no such file"),
                           (("population", "no.toml"), "no.toml: there is no such file")):
            error = self.rathaus(*line, status=1).stderr
            self.assertTrue(error.startswith("error: "), error)
            self.assertIn(told, error)
        self.assertEqual(self.files(), ["small.toml"])

    def test_the_readme_shows_what_the_program_prints(self):
        """Word for word; the numbers are those of all of Germany, too many runs for a test."""
        def words(text):
            return [re.sub(r"\d+([.]\d+)?", "#", " ".join(line.split())) for line in text.strip().splitlines()]
        shown = re.search(r"```text\n(First look.*?)```", (SOURCE / "README.md").read_text(encoding="utf-8"), re.S)[1]
        printed = self.rathaus("run", SOURCE / "experiments" / "first_look.toml", "-o", "f.h5", "--set",
                               "population.units=600", "--set", "replicates.at_least=2").stdout
        self.assertEqual(words(shown), words(printed[printed.index("First look"):]))

    def test_run_and_info_say_which_theory_they_show(self):
        self.write("two.toml", SMALL + '[alternatives]\n"structure.decision_rule" = ["logit", "payback"]\n')
        said = "under the theory 'decision_rule=logit', the first of 2"
        self.assertIn(said, self.rathaus("run", "two.toml").stdout)
        self.assertIn(said, self.rathaus("info", "two.h5").stdout)
        self.assertIn("by the end of 2025", self.rathaus("info", "two.h5").stdout)
        self.assertNotIn("theory", self.rathaus("run", "small.toml").stdout)

    def test_a_number_of_the_model_may_be_named_alone(self):
        long, short = (self.rathaus("explain", "small.toml", "--set", f"{name}=0.04").stdout
                       for name in ("parameters.lock_rate", "lock_rate"))
        self.assertIn("lock_rate = 0.04", short)
        self.assertEqual(long, short)
        self.assertIn('decision_rule = "payback"',
                      self.rathaus("explain", "small.toml", "--set", "decision_rule=payback").stdout)
        self.write("unsure.toml", SMALL + '[uncertain]\nparameters.beta_peer = "range"\n"beta_value" = "range"\n'
                   '"parameters.u0" = { uniform = [-1.0, 0.0] }\ncoefficients.wage_eur = "range"\n'
                   '[design]\nmethod = "latin_hypercube"\npoints = 2\n'
                   '[alternatives]\ndecision_rule = ["logit", "payback"]\n')
        told = self.rathaus("explain", "unsure.toml").stdout
        for line in ("beta_peer = ", "beta_value = ", "u0 = ", '"coefficients.wage_eur" = ',
                     '"structure.decision_rule" = '):
            self.assertRegex(told, rf"(?m)^{line}")
        error = self.rathaus("check", "unsure.toml", "--set", 'uncertain.u0="range"', status=1).stderr
        self.assertIn("is there already, by its short or its long name", error)

    def test_check_tells_what_is_hardly_meant(self):
        text = SMALL.replace("quarters = 24", "quarters = 48") + """
[programme.poor]
from = "pilot_grant"
window = { first = "2022-Q1", length = 4 }
budget = { total = 6.000 }
award = { rule = "merit" }
[programme.nobody]
from = "advice"
window = { first = "2022-Q1", length = 4 }
budget = { per_year = 100_000 }
eligible = { population = { below = 1, at_least = 20_000 } }
[programme.fine]
from = "advice"
window = { first = "2022-Q1", length = 8 }
budget = { per_year = 100_000 }
[scenario.none]
baseline = true
programmes = []
[scenario.some]
programmes = ["poor", "nobody", "fine"]
[[target]]
indicator = "adopters"
share = true
start = 0.21
by = "2032-Q4"
at_least = 0.10
[[target]]
indicator = "lock_in"
by = "2032-Q4"
at_most = 0.35
[[target]]
indicator = "services_running"
by = "2032-Q4"
at_least = 1
"""
        self.write("odd.toml", text)
        told = [line for line in self.rathaus("check", "odd.toml").stdout.splitlines()]
        odd = [line for line in told if line.startswith("odd ")]
        support = [line for line in told if line.startswith("support ")]
        for words in ("programme 'poor' of some: 6 EUR in all are offered to 120 eligible units",
                      "programme 'nobody' of some: nobody is eligible",
                      "target 'adopters at least 0.1': its own start, 0.21, meets it already",
                      "target 'lock_in at most 0.35': lock_in is a sum over all units"):
            self.assertEqual(sum(words in line for line in odd), 1, (words, odd))
        self.assertEqual(len(odd), 4, odd)
        self.assertRegex(support[2], r"'fine' in some: 120 of 120 units eligible \([\d,]{7,} inhabitants\), 200,000 EUR in "
                                     r"all, 1,667 EUR for each")
        for name, same in (("own_share", "same money: yes, 60,000,000 EUR are offered in each scenario"),
                           ("windows", "same money: "), ("open_standards", "some programme has no budget")):
            self.assertIn(same, self.rathaus("check", SOURCE / "experiments" / f"{name}.toml").stdout)
        piloted = self.rathaus("check", "odd.toml", "--pilot", "3").stdout
        self.assertRegex(piloted, r"target 'services_running at least 1 by 2032-Q4': the baseline 'none' meets it in all "
                                  r"3 replicates of the pilot, with \d+ to \d+")
        self.assertRegex(piloted, r"target 'lock_in at most 0.35 by 2032-Q4': no scenario meets it")

    def test_check_tells_the_spin_up(self):
        self.write("later.toml", SMALL + """
[programme.call]
from = "pilot_grant"
window = { first = "2023-Q3", length = 2, announced = 4 }
budget = { total = 600_000 }
award = { rule = "merit" }
[scenario.some]
baseline = true
programmes = ["call"]
""")
        def told(*sets):
            return self.rathaus("check", "later.toml", *(part for s in sets for part in ("--set", s))).stdout
        self.assertRegex(told(), r"(?m)^time +\d+ quarters from 2021-Q1$")
        self.assertNotIn("nobody hears", told())
        later = told("time.start=2023-Q1")
        self.assertRegex(later, r"(?m)^time +\d+ quarters from 2023-Q1, after 8 quarters of spin-up from 2021-Q1$")
        self.assertIn("it is announced 4 quarters ahead and first opens 2 after the results begin", later)
        self.assertNotIn("spin-up", told("time.start=2023-Q1", "time.spin_up=false"))
        error = self.rathaus("check", "later.toml", "--set", "time.start=2023-Q4", status=1).stderr
        self.assertIn("programme.call.window.first is before the results begin (no programme acts before time.start)", error)

    def test_check_tells_rules_and_staff_that_do_not_fit(self):
        def odd(*sets):
            words = [part for s in sets for part in ("--set", s)]
            return [line for line in self.rathaus("check", "small.toml", *words).stdout.splitlines()
                    if line.startswith("odd ")]
        self.assertEqual(odd(), [])
        self.assertEqual(odd("decision_rule=threshold"), [])
        parameters = harness.model_of_one_rule(self.folder) / "parameters.toml"    # one that does not give it
        text = parameters.read_text(encoding="utf-8")
        parameters.write_text(re.sub(r"\[threshold_mean\].*?(?=\n\[)", "", text, flags=re.S), encoding="utf-8")
        of_model = f'model="{parameters.parent}"'
        self.assertIn("it is the mean threshold", odd(of_model, "decision_rule=threshold", "u0=-0.5")[0])
        self.assertEqual(odd(of_model, "decision_rule=threshold", "u0=0.2"), [])
        self.assertEqual(odd("decision_rule=payback"), [])
        self.assertIn("their staff_per_1000 add up to 10.6 (a municipality has 9 in all",
                      odd("coefficients.staff_per_1000=9")[0])
        self.assertIn("staff_per_1000 = 4 is more than a municipality has in all",
                      odd("coefficients.staff_per_1000=3")[0])

    def test_force_never_destroys_what_was_read_or_just_written(self):
        self.rathaus("population", "small.toml", "-o", "units.csv")
        self.write("file.toml", SMALL.replace("units = 120", 'file = "units.csv"'))
        self.rathaus("run", "small.toml", "--shard", "1/1", "-o", "log.h5")
        (self.folder / "link.toml").symlink_to("small.toml")
        before = {name: (self.folder / name).read_bytes() for name in self.files() if "." in name[-6:]
                  and (self.folder / name).is_file()}
        read, twice = "it is what this command reads", "is named for two outputs"
        for line, told in ((("run", "small.toml", "-o", "small.toml"), read),
                           (("run", "small.toml", "-o", "link.toml"), read),
                           (("run", "file.toml", "-o", "./units.csv"), read),
                           (("run", "small.toml", "-o", "a.html", "--report", "./a.html"), twice),
                           (("population", "file.toml", "-o", "units.csv"), read),
                           (("population", "small.toml", "-o", "small.toml"), read),
                           (("check", "small.toml", "--design", "small.toml"), read),
                           (("population", "small.toml", "-o", "."), "is no file"),
                           (("population", "small.toml", "-o", "/dev/null"), "is no file")):
            self.assertIn(told, self.rathaus(*line, "--force", status=1).stderr)
        self.assertEqual(before, {name: (self.folder / name).read_bytes() for name in before})

    def test_text_files_are_whole_or_not_there(self):
        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

        uncertain = self.write("uncertain.toml", SMALL + '[uncertain]\nu0 = "range"\n'
                               '[design]\nmethod = "latin_hypercube"\npoints = 500\n')
        for command in (("population", "germany", "-o"), ("check", uncertain, "--design")):
            error = self.rathaus(*command, "units.csv", status=2, preexec_fn=limit).stderr
            self.assertIn("units.csv: cannot be written (File too large)", error)
            error = self.rathaus(*command, "no/where.csv", status=1).stderr
            self.assertIn("cannot be written (no folder 'no')", error)
            self.assertEqual(list(self.folder.glob("*.csv*")), [])

    def test_population_of_an_experiment_and_of_a_model(self):
        self.assertIn("120", self.rathaus("population", "small.toml").stdout)
        out = self.rathaus("population", "germany").stdout
        self.assertIn("5,039", out)
        self.assertRegex(out, r"network: 1 component")
        self.rathaus("population", "small.toml", "-o", "units.csv")
        self.rathaus("population", "small.toml", "-o", "units.csv", status=1)
        self.rathaus("population", "small.toml", "-o", "units.csv", "--force")

    def test_values_outside_their_plausible_range_are_told_and_kept(self):
        ended = self.rathaus("run", "small.toml", "--set", "parameters.lock_rate=0.9")
        self.assertIn("lock_rate", ended.stderr)
        self.assertIn("lock_rate", self.rathaus("info", "small.h5").stdout.split("digest")[1])

    def test_the_shipped_experiments_are_valid(self):
        for experiment in sorted((SOURCE / "experiments").glob("**/*.toml")):
            with self.subTest(experiment.name):
                self.rathaus("check", experiment)


if __name__ == "__main__":
    unittest.main(verbosity=1)
