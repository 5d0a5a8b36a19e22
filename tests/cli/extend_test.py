#!/usr/bin/python3
"""A finished study is given more replicates: only those are computed, and the result has the digest of the study that had
them from the start. Fingerprints tell which cases and results belong together."""

import os
import subprocess
import unittest

import harness
import studies

harness.skip_without("h5py", "numpy")
import h5py  # noqa: E402
import numpy as np  # noqa: E402

EXPERIMENT = """title = "extend"
model = "germany"
[population]
units = 40
[time]
quarters = 12
""" + studies.ADVICE + studies.THREE_POINTS + studies.RIVALS + """[replicates]
at_least = 2
[output]
fixed_demand = true
groups = ["land", "fiscal_class"]
panel = { replicates = [0, 1] }
"""


class Extend(harness.InFolder):
    def setUp(self):
        super().setUp()
        self.write("e.toml", EXPERIMENT)

    def run_with(self, name, replicates, *more, status=0):
        return self.rathaus("run", "e.toml", "-o", name, "--set", f"replicates.at_least={replicates}", *more, status=status)

    def fingerprint(self, *sets):
        return self.told("check", "e.toml", "--fingerprint", *(part for s in sets for part in ("--set", s))).strip()

    def test_more_replicates_go_on_with_the_result(self):
        self.run_with("fresh.h5", 5)
        self.run_with("more.h5", 2)
        with h5py.File(self.folder / "more.h5") as file:
            before = file["run_wall_time"][:]
        for replicates, kept in ((3, 48), (5, 72)):
            told = self.run_with("more.h5", replicates, "--resume").stderr
            self.assertIn(f"{24 * replicates - kept} of {24 * replicates} runs", told)
            self.assertIn(f"{kept} were kept from before", told)
        self.assertEqual(self.digest("more.h5"), self.digest("fresh.h5"))
        with h5py.File(self.folder / "more.h5") as more, h5py.File(self.folder / "fresh.h5") as fresh:
            np.testing.assert_array_equal(more["run_wall_time"][:len(before)], before)    # they were not computed again
            same = lambda name, item: isinstance(item, h5py.Dataset) and item.dtype.kind in "if" and name != "run_wall_time" and \
                np.testing.assert_array_equal(item[:], fresh[name][:], name)
            more.visititems(same)
        self.assertIn("is complete already", self.run_with("more.h5", 5, "--resume").stderr)

    def test_fewer_and_others_are_refused_and_nothing_is_lost(self):
        self.run_with("r.h5", 3)
        digest = self.digest("r.h5")
        for arguments in ((2, "--resume"), (5, "--resume", "--set", "random.seed=4"), (5,)):
            self.assertIn("exists", self.run_with("r.h5", *arguments, status=1).stderr)
            self.assertEqual(self.digest("r.h5"), digest)
            self.assertFalse((self.folder / "r.h5.shards").exists())

    def test_a_result_of_another_build_is_not_complete(self):
        self.run_with("b.h5", 2)
        self.assertIn("is complete already", self.run_with("b.h5", 2, "--resume").stderr)
        with h5py.File(self.folder / "b.h5", "a") as file:
            file.attrs["fingerprint"] = "0" * 64 + "-2"
        told = self.run_with("b.h5", 2, "--resume", status=1).stderr
        self.assertIn("is a result of this experiment by another build of Rathaus", told)
        self.run_with("b.h5", 2, "--resume", "--force")
        self.assertEqual(self.told("info", "--fingerprint", "b.h5").strip(), self.fingerprint())

    def test_a_kill_while_it_is_extended(self):
        self.run_with("k.h5", 2)
        digest = self.digest("k.h5")
        process = subprocess.Popen([harness.RATHAUS, "run", "e.toml", "-o", "k.h5", "--resume", "--quiet", "--set",
                                    "replicates.at_least=400"], cwd=self.folder)
        log = self.folder / "k.h5.shards" / "1-of-1.cases"
        while not log.exists() or log.stat().st_size < 3_000_000:
            self.assertIsNone(process.poll())
        process.kill()
        process.wait()
        self.assertEqual(self.digest("k.h5"), digest)
        self.run_with("fresh.h5", 3)
        # with fewer replicates than were begun cases would be lost
        self.assertIn("holds cases of more than 3 replicates", self.run_with("k.h5", 3, "--resume", status=1).stderr)
        log.unlink()
        self.run_with("k.h5", 3, "--resume")
        self.assertEqual(self.digest("k.h5"), self.digest("fresh.h5"))

    def test_shards_take_more_replicates(self):
        self.run_with("fresh.h5", 4)
        for replicates in (2, 4):
            for k in (1, 2):
                self.run_with("s.h5", replicates, "--shard", f"{k}/2", "--resume", "--quiet")
        parts = [f"s.h5.shards/{k}-of-2.cases" for k in (1, 2)]
        self.rathaus("merge", *parts, "-o", "s.h5")
        self.assertEqual(self.digest("s.h5"), self.digest("fresh.h5"))
        self.assertIn("holds cases of more than 3 replicates", self.run_with("s.h5", 3, "--shard", "1/2", "--resume", status=1).stderr)
        self.run_with("s.h5", 5, "--shard", "1/2", "--resume", "--quiet")
        self.assertIn("is a stranger", self.rathaus("merge", *parts, "-o", "t.h5", status=1).stderr)

    def test_a_shard_is_computed_beside_a_complete_result(self):
        self.run_with("c.h5", 2)
        self.run_with("c.h5", 2, "--shard", "1/3", "--resume", "--quiet")
        self.assertTrue((self.folder / "c.h5.shards" / "1-of-3.cases").exists())

    def test_force_starts_anew_what_cannot_be_resumed(self):
        self.run_with("f.h5", 2, "--shard", "1/2", "--quiet")
        other = ("--shard", "1/2", "--resume", "--quiet", "--set", "random.seed=3")
        self.assertIn("another study", self.run_with("f.h5", 2, *other, status=1).stderr)
        self.run_with("f.h5", 2, *other, "--force")

    def test_fingerprints(self):
        two, more, other = self.fingerprint(), self.fingerprint("replicates.at_least=7"), self.fingerprint("random.seed=3")
        self.assertRegex(two, "^[0-9a-f]{64}-2$")
        self.assertEqual(more, two[:-1] + "7")
        self.assertNotEqual(other[:64], two[:64])
        self.run_with("r.h5", 2)
        self.run_with("r.h5", 2, "--shard", "1/2", "--quiet")
        log = "r.h5.shards/1-of-2.cases"
        for file in ("r.h5", log):
            self.assertEqual(self.told("info", "--fingerprint", file).strip(), two)
        self.assertIn("cases        6 finished, 0 failed", self.told("info", log))
        self.assertIn("a digest is of a result", self.refused("info", "--digest", log))
        self.rathaus("merge", log, "-o", "m.h5", "--partial", "--fingerprint", two)
        self.assertIn("holds cases of another study than the one asked for",
                      self.refused("merge", log, "-o", "n.h5", "--partial", "--fingerprint", other))
        self.assertFalse((self.folder / "n.h5").exists())

    def test_shards_of_seconds_are_told(self):
        told = self.rathaus("check", "e.toml", "--shards", "50").stderr
        self.assertIn("warning: 50 shards are more than there are cases (12)", told)
        self.assertIn("each (the start of a task may take longer) run the study without a cluster", told)
        self.assertNotIn("shards", self.rathaus("check", "e.toml", "--shards", "2", "--set", "population.units=5039", "--set",
                                                "replicates.at_least=20000").stderr)


class Threads(harness.InFolder):
    def threads(self, *before, **environment):
        self.write("e.toml", EXPERIMENT)
        ended = subprocess.run([*before, harness.RATHAUS, "run", "e.toml", "--force"], cwd=self.folder, capture_output=True,
                               text=True, env=os.environ | environment, check=True)
        with h5py.File(self.folder / "e.h5") as file:
            words = dict(line.rsplit(" ", 1) for line in file["provenance/environment"][()].decode().splitlines() if line.startswith("threads"))
        return int(words["threads"]), ended

    def test_default_threads_are_the_processors_that_are_allowed(self):
        allowed = sorted(os.sched_getaffinity(0))
        self.assertLessEqual(self.threads()[0], len(allowed))
        self.assertEqual(self.threads("taskset", "-c", str(allowed[-1]))[0], 1)
        self.assertEqual(self.threads(SLURM_CPUS_PER_TASK="1")[0], 1)


if __name__ == "__main__":
    unittest.main(verbosity=1)
