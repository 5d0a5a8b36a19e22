#!/usr/bin/python3
"""What the program writes and prints: never over anything it should not, and told where it could not be."""

import fcntl
import os
import resource
import stat
import subprocess
import time
import unittest

import harness
import studies

harness.skip_without("h5py")
import h5py  # noqa: E402

EXPERIMENT = """title = "Small"
model = "germany"
doubt = "none"
[population]
units = 10
[time]
quarters = 8
[replicates]
at_least = 2
"""
CALIBRATION = EXPERIMENT.replace("at_least = 2", "at_least = 1").replace('doubt = "none"\n', "") + """[uncertain]
u0 = "range"
[calibration]
patterns = "p.toml"
particles = 20
stop = { generations = 2 }
"""


class Case(harness.InFolder):
    def setUp(self):
        super().setUp()
        self.write("e.toml", EXPERIMENT)

    def names(self):
        return sorted(path.name for path in self.folder.iterdir())

    def shell(self, line, status):
        """A line of bash, with rathaus as a command; what it says on stderr."""
        ended = subprocess.run(["bash", "-c", f'rathaus() {{ "$RATHAUS" "$@"; }}\n{line}'], cwd=self.folder,
                               capture_output=True, text=True)
        self.assertEqual(ended.returncode, status, f"{line}: {ended.stderr}")
        return ended.stderr


class Printed(Case):
    """Standard output and error that are full, closed or read no further."""

    def test_standard_output_that_cannot_be_written_ends_with_2(self):
        self.rathaus("run", "e.toml", "-o", "r.h5", "--quiet")
        for command in ("info r.h5 --digest", "info r.h5", "check e.toml", "population e.toml", "parameters", "--version",
                        "--help", "run --help", "explain r.h5", "compare r.h5 --section adoption --format csv",
                        "trace r.h5 --unit S01"):
            for redirect, why in ((">/dev/full", "No space left on device"), (">&-", "Bad file descriptor")):
                with self.subTest(command=command, redirect=redirect):
                    self.assertEqual(self.shell(f"rathaus {command} {redirect}", 2),
                                     f"failed: standard output cannot be written ({why})\n")
        read, write = os.pipe()
        os.close(read)      # as | head, which has seen enough
        ended = subprocess.run([harness.RATHAUS, "parameters"], stdout=write, stderr=subprocess.PIPE)
        os.close(write)
        self.assertEqual((ended.returncode, ended.stderr), (2, b""))

    def test_the_result_stands_where_its_table_is_lost(self):
        self.shell("rathaus run e.toml -o r.h5 >/dev/full", 2)
        self.shell("rathaus run e.toml -o q.h5 --quiet >&-", 0)
        self.assertEqual(self.digest("r.h5"), self.digest("q.h5"))

    def test_standard_error_that_cannot_be_written_costs_nothing(self):
        whole = None
        for number, redirect in enumerate(("", "2>/dev/full", "2>&-", "2> >(exit 0)", ">/dev/null 2>&- <&-")):
            self.shell(f"rathaus run e.toml -o {number}.h5 {redirect}", 0)
            whole = whole or self.digest("0.h5")
            self.assertEqual(self.digest(f"{number}.h5"), whole)
        self.shell("rathaus run none.toml -o x.h5 2>/dev/full", 1)

    def test_closed_streams_do_not_receive_the_result(self):
        self.shell("rathaus run e.toml -o r.h5 >&- 2>&- <&-", 2)
        self.rathaus("run", "e.toml", "-o", "whole.h5", "--quiet")
        self.assertEqual(self.digest("r.h5"), self.digest("whole.h5"))

    def test_a_shard_whose_words_are_lost_is_a_whole_shard(self):
        self.shell("rathaus run e.toml -o s.h5 --shard 1/2 >/dev/full 2>&1", 0)
        self.shell("rathaus run e.toml -o s.h5 --shard 2/2 2>&-", 0)
        self.rathaus("merge", "s.h5.shards/1-of-2.cases", "s.h5.shards/2-of-2.cases", "-o", "s.h5")


class Written(Case):
    def test_inputs_outputs_and_devices(self):
        self.write("p.toml", studies.PATTERN)
        self.write("c.toml", CALIBRATION)
        self.rathaus("run", "e.toml", "-o", "r.h5", "--quiet", "--shard", "1/1")
        self.rathaus("run", "e.toml", "-o", "m.h5", "--quiet", "--shard", "1/2")
        os.mkfifo(self.folder / "fifo")
        os.mkfifo(self.folder / "fifo.html")
        (self.folder / "to_fifo").symlink_to("fifo")
        os.link(self.folder / "p.toml", self.folder / "twin.toml")
        (self.folder / "link").symlink_to("nothing.html")
        before = self.names()
        for expected, command in (
                ("it is what this command reads", "run e.toml -o e.toml --force"),
                ("it is what this command reads", "calibrate c.toml -o twin.toml --force"),
                ("it is what this command reads", "calibrate c.toml -o x.h5 --csv p.toml --force"),
                ("it is what this command reads", "merge m.h5.shards/1-of-2.cases -o m.h5.shards/1-of-2.cases --force"),
                ("it is what this command reads", "population e.toml -o e.toml --force"),
                ("is named for two outputs", "run e.toml -o x.html --report x.html"),
                ("is named for two outputs", "run e.toml -o link --report nothing.html"),
                ("is named for two outputs", "calibrate c.toml -o x --csv x"),
                ("is no file", "run e.toml -o fifo --force"),
                ("is no file", "run e.toml -o to_fifo --force"),
                ("is no file", "population e.toml -o fifo --force"),
                ("is no file", "calibrate c.toml -o x.h5 --csv fifo --force"),
                ("is no file", "run e.toml -o x.h5 --report fifo.html --force"),
                ("is no file", "run e.toml -o /dev/null --force"),
                ("exists already", "run e.toml -o r.h5"),
                ("no folder", "run e.toml -o none/x.h5")):
            with self.subTest(command):
                self.assertIn(expected, self.refused(*command.split()))
        self.assertEqual(self.names(), before)
        self.assertTrue(stat.S_ISFIFO((self.folder / "fifo").stat().st_mode))
        self.assertIn("this command prints into it", self.shell("rathaus population e.toml -o t --force > t", 1))

    def test_a_models_own_files_are_inputs(self):
        self.shell('cp -r "$RATHAUS_SOURCE/models/germany" germany', 0)
        before = (self.folder / "germany" / "parameters.toml").read_bytes()
        self.assertIn("it is what this command reads",
                      self.refused("population", "./germany", "-o", "germany/parameters.toml", "--force"))
        self.assertEqual((self.folder / "germany" / "parameters.toml").read_bytes(), before)

    def test_links_and_rights(self):
        (self.folder / "deep").mkdir()
        (self.folder / "r.h5").symlink_to("deep/result.h5")
        self.shell("umask 027; rathaus run e.toml -o r.h5 --quiet && rathaus population e.toml -o p.csv >/dev/null", 0)
        self.assertTrue((self.folder / "r.h5").is_symlink())
        for name in ("deep/result.h5", "p.csv"):
            self.assertEqual(stat.S_IMODE((self.folder / name).stat().st_mode), 0o640)
        (self.folder / "deep" / "result.h5").chmod(0o604)
        self.rathaus("run", "e.toml", "-o", "r.h5", "--quiet", "--force")
        self.assertEqual(stat.S_IMODE((self.folder / "deep" / "result.h5").stat().st_mode), 0o604)
        self.assertEqual(sorted(os.listdir(self.folder / "deep")), ["result.h5"])

    def test_a_limit_on_file_sizes_is_told(self):
        """SIGXFSZ kills who does not expect it."""
        def limited(arguments, size):
            return subprocess.run([harness.RATHAUS, *arguments], cwd=self.folder, capture_output=True, text=True,
                                  preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))

        self.rathaus("run", "e.toml", "-o", "whole.h5", "--quiet")
        for size in (100, 5_000, 60_000, 150_000):
            ended = limited(["run", "e.toml", "-o", "r.h5", "--quiet"], size)
            self.assertEqual(ended.returncode, 2, ended.stderr)
            self.assertIn("File too large", ended.stderr)
            self.assertFalse((self.folder / "r.h5").exists())
            self.rathaus("run", "e.toml", "-o", "r.h5", "--quiet", "--resume")
            self.assertEqual(self.digest("r.h5"), self.digest("whole.h5"))
            (self.folder / "r.h5").unlink()
        ended = limited(["population", "e.toml", "-o", "p.csv"], 50)
        self.assertEqual((ended.returncode, (self.folder / "p.csv").exists()), (2, False))
        self.assertIn("p.csv: cannot be written (File too large)", ended.stderr)
        self.assertEqual(self.names(), ["e.toml", "whole.h5"])


class Locked(Case):
    def test_a_file_that_another_program_has_open_is_not_called_damaged(self):
        self.rathaus("run", "e.toml", "-o", "r.h5", "--quiet")
        whole = self.digest("r.h5")
        with h5py.File(self.folder / "r.h5", "r+"):
            said = self.refused("info", "r.h5")
            self.assertIn("is locked by another program", said)
            self.assertNotIn("damaged", said)
        with h5py.File(self.folder / "r.h5", "r"):
            self.assertEqual(self.digest("r.h5"), whole)
        with open(self.folder / "r.h5", "rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH)
            self.assertEqual(self.digest("r.h5"), whole)

    def test_two_runs_with_force(self):
        """The second is told, and takes nothing from the first."""
        run = ["run", "e.toml", "-o", "two.h5", "--force", "--quiet", "--set", "replicates.at_least=3000",
               "--set", "population.units=40", "--set", "time.quarters=30"]
        first = subprocess.Popen([harness.RATHAUS, *run], cwd=self.folder)
        while first.poll() is None and not (self.folder / "two.h5.shards" / "1-of-1.cases").exists():
            time.sleep(0.005)
        told = self.refused(*run)
        self.assertIn("another process computes these cases", told)
        self.assertIn(f"process {first.pid} on ", told)
        self.assertIn("another process", self.refused(*run, "--resume"))
        self.assertEqual(first.wait(), 0)
        self.assertEqual(self.names(), ["e.toml", "two.h5"])


class Complete(Case):
    def test_resume_of_what_is_complete_ends_with_0(self):
        self.write("p.toml", studies.PATTERN)
        self.write("c.toml", CALIBRATION)
        for command in (("run", "e.toml", "-o", "r.h5"), ("calibrate", "c.toml", "-o", "q.h5", "--csv", "q.csv")):
            self.rathaus(*command, "--quiet")
            before = {name: (self.folder / name).read_bytes() for name in self.names()}
            said = self.rathaus(*command, "--resume")
            self.assertIn("is complete already", said.stderr)
            self.assertEqual({name: (self.folder / name).read_bytes() for name in self.names()}, before)
        self.write("q.csv", "mine")
        self.assertIn("exists already", self.refused("calibrate", "c.toml", "-o", "q.h5", "--csv", "q.csv", "--resume"))
        self.assertIn("exists already", self.refused("calibrate", "c.toml", "-o", "q.h5"))
        self.assertIn("exists already", self.refused("calibrate", "c.toml", "-o", "q.h5", "--resume", "--set",
                                                     "random.seed=9"))


if __name__ == "__main__":
    unittest.main()
