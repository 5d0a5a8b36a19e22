#!/usr/bin/python3
"""A study that is killed, starved of disk, split or joined is the study that ran undisturbed: the same
digest, or a clear error and nothing lost.

With a number as argument that many kills are drawn over the time of a study, and the table of where
they fell is printed."""

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import studies

try:
    import h5py
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

RATHAUS = os.environ["RATHAUS"]
EXPERIMENT = """title = "resume"
model = "germany"
[population]
units = 100
""" + studies.ADVICE + studies.THREE_POINTS + studies.RIVALS + """[replicates]
at_least = 6
[output]
fixed_demand = true
panel = { replicates = [0, 3] }
"""
CASES = 36


class Folder(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.temporary.name)
        (cls.folder / "s.toml").write_text(EXPERIMENT, encoding="utf-8")
        start = time.monotonic()
        cls.rathaus("run", "s.toml", "-o", "whole.h5", "--quiet")
        cls.seconds = time.monotonic() - start
        cls.digest = cls.rathaus("info", "--digest", "whole.h5").stdout

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    @classmethod
    def rathaus(cls, *arguments, status=0, **more):
        result = subprocess.run([RATHAUS, *map(str, arguments)], cwd=cls.folder, capture_output=True,
                                text=True, **more)
        assert result.returncode == status, (result.returncode, result.stderr)
        return result

    def assert_whole(self, name):
        self.assertEqual(self.rathaus("info", "--digest", name).stdout, self.digest)

    def kill_and_resume(self, name, after):
        """Where the kill fell: by what it left behind."""
        process = subprocess.Popen([RATHAUS, "run", "s.toml", "-o", name, "--quiet"], cwd=self.folder)
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
        process.wait()
        log = self.folder / f"{name}.shards" / "1-of-1.cases"
        if (self.folder / name).exists():
            fell = "after the result had its name"
        elif (self.folder / f"{name}.part").exists():
            fell = "while the result was written"
        elif log.exists():
            fell = "while cases were computed"
        else:
            fell = "before the first case"
        self.rathaus("run", "s.toml", "-o", name, "--quiet", "--resume")
        self.assert_whole(name)
        self.assertEqual(sorted(p.name for p in self.folder.glob(f"{name}*")), [name])
        (self.folder / name).unlink()
        return fell


class Resume(Folder):
    def test_kills_at_any_instant(self):
        luck = random.Random(7)
        fell = [self.kill_and_resume(f"k{i}.h5", luck.uniform(0, 1.1 * self.seconds)) for i in range(6)]
        self.assertIn("while cases were computed", fell)

    def test_killed_again_and_again(self):
        for _ in range(4):
            process = subprocess.Popen([RATHAUS, "run", "s.toml", "-o", "often.h5", "--quiet",
                                        "--resume"], cwd=self.folder)
            time.sleep(self.seconds / 4)
            process.kill()
            process.wait()
        self.rathaus("run", "s.toml", "-o", "often.h5", "--quiet", "--resume")
        self.assert_whole("often.h5")
        again = self.rathaus("run", "s.toml", "-o", "often.h5", "--resume")
        self.assertIn("is complete already", again.stderr)

    def test_a_merge_killed_at_any_instant_leaves_its_shards(self):
        for k in (1, 2):
            self.rathaus("run", "s.toml", "-o", "merged.h5", "--quiet", "--shard", f"{k}/2")
        logs = sorted((self.folder / "merged.h5.shards").glob("*.cases"))
        before = [log.read_bytes() for log in logs]
        merge = ["merge", *map(str, logs), "-o", "merged.h5", "--quiet"]
        start = time.monotonic()
        self.rathaus(*merge)
        seconds = time.monotonic() - start
        (self.folder / "merged.h5").unlink()
        luck, killed = random.Random(5), 0
        for _ in range(6):
            process = subprocess.Popen([RATHAUS, *merge], cwd=self.folder)
            time.sleep(luck.uniform(0, seconds))
            process.kill()
            killed += process.wait() == -signal.SIGKILL
            self.assertEqual([log.read_bytes() for log in logs], before)
            if (self.folder / "merged.h5").exists():
                self.assert_whole("merged.h5")
                (self.folder / "merged.h5").unlink()
        self.assertGreater(killed, 0)
        self.rathaus(*merge)
        self.assert_whole("merged.h5")
        self.assertFalse(list(self.folder.glob("merged.h5.part*")))

    def test_a_record_cut_at_any_byte_is_computed_anew(self):
        self.rathaus("run", "s.toml", "-o", "cut.h5", "--quiet", "--shard", "1/3")
        log = self.folder / "cut.h5.shards" / "1-of-3.cases"
        whole = log.read_bytes()
        luck = random.Random(3)
        for size in [len(whole) - 1, len(whole) - 100] + [luck.randrange(20_000, len(whole))
                                                          for _ in range(4)]:
            log.write_bytes(whole[:size])
            error = self.rathaus("merge", log, "-o", "m.h5", "--partial", status=1).stderr
            self.assertIn("is damaged or cut off after", error)
            self.assertFalse((self.folder / "m.h5").exists())
            self.rathaus("run", "s.toml", "-o", "cut.h5", "--quiet", "--shard", "1/3", "--resume")
            self.assertEqual(len(log.read_bytes()), len(whole))
        header = whole[:40]
        log.write_bytes(header)
        self.assertIn("cut off in its header", self.rathaus(
            "run", "s.toml", "-o", "cut.h5", "--shard", "1/3", "--resume", status=1).stderr)

    def test_a_kill_while_the_log_is_begun_leaves_no_log(self):
        folder = self.folder / "begun.h5.shards"
        folder.mkdir()
        (folder / "1-of-1.cases.part").write_bytes(b"rathaus-cases 1\n12")
        self.rathaus("run", "s.toml", "-o", "begun.h5", "--quiet", "--resume")
        self.assert_whole("begun.h5")
        self.assertFalse(folder.exists())

    def test_a_flipped_bit_is_found(self):
        self.rathaus("run", "s.toml", "-o", "bit.h5", "--quiet", "--shard", "1/4")
        log = self.folder / "bit.h5.shards" / "1-of-4.cases"
        bytes_ = bytearray(log.read_bytes())
        bytes_[len(bytes_) // 2] ^= 4
        log.write_bytes(bytes_)
        self.assertIn("its checksum is wrong",
                      self.rathaus("merge", log, "-o", "m.h5", "--partial", status=1).stderr)

    def test_shards_make_the_whole(self):
        for n in (2, 4):
            for k in reversed(range(1, n + 1)):
                self.rathaus("run", "s.toml", "-o", "split.h5", "--quiet", "--shard", f"{k}/{n}",
                             "--threads", 1 + k % 2)
            self.assertFalse((self.folder / "split.h5").exists())
            shards = sorted((self.folder / "split.h5.shards").glob("*.cases"))
            self.assertEqual(len(shards), n)
            self.rathaus("merge", *shards[::-1], "-o", "split.h5")
            self.assert_whole("split.h5")
            shutil.rmtree(self.folder / "split.h5.shards")
            (self.folder / "split.h5").unlink()

    def test_gaps_overlaps_and_strangers(self):
        run = ("run", "s.toml", "--quiet")
        for shard in ("1/2", "2/2", "1/3"):
            self.rathaus(*run, "--shard", shard, "-o", "g.h5")
        self.rathaus(*run, "--shard", "2/2", "--set", "random.seed=99", "-o", "other.h5")
        one, two, third = (f"g.h5.shards/{x}.cases" for x in ("1-of-2", "2-of-2", "1-of-3"))
        merge = ("merge", "-o", "m.h5")
        gap = self.rathaus(*merge, one, status=1).stderr
        self.assertIn(f"{CASES // 2} of {CASES} cases are missing: 1, 3, 5, 7", gap)
        self.assertIn("is in g.h5.shards/1-of-2.cases and in g.h5.shards/1-of-3.cases",
                      self.rathaus(*merge, one, two, third, status=1).stderr)
        self.assertIn("is a stranger", self.rathaus(
            *merge, one, "other.h5.shards/2-of-2.cases", status=1).stderr)
        self.assertIn("is no file of cases", self.rathaus(*merge, "s.toml", one, status=1).stderr)
        self.assertIn("cannot be opened", self.rathaus(*merge, "nothing.cases", status=1).stderr)
        self.assertFalse((self.folder / "m.h5").exists())
        partial = self.rathaus(*merge, one, "--partial")
        self.assertIn(f"partial: {CASES // 2} cases are missing", partial.stderr)
        table = self.rathaus("compare", "m.h5").stdout
        self.assertIn(f"warning: {CASES // 2} of {CASES} cases are missing", table)
        self.assertIn("exists", self.rathaus(*merge, one, two, status=1).stderr)
        self.rathaus(*merge, one, two, "--force")
        self.assert_whole("m.h5")

    def test_what_is_there_is_not_overwritten_unasked(self):
        run = ("run", "s.toml", "--quiet", "-o", "mine.h5", "--shard", "1/6")
        self.rathaus(*run)
        self.assertIn("go on with --resume, or start anew with --force",
                      self.rathaus(*run, status=1).stderr)
        self.assertIn("holds cases of another study", self.rathaus(
            *run, "--resume", "--set", "random.seed=5", status=1).stderr)
        self.rathaus(*run, "--resume")
        self.rathaus(*run, "--force", "--set", "random.seed=5")
        for shard in ("0/2", "3/2", "2", "a/b", "1/2/3"):
            self.assertIn("is no shard", self.rathaus("run", "s.toml", "--shard", shard,
                                                      status=1).stderr)

    def test_two_processes_do_not_write_one_log(self):
        run = [RATHAUS, "run", "s.toml", "--quiet", "-o", "two.h5", "--set", "replicates.at_least=500"]
        process = subprocess.Popen(run, cwd=self.folder)
        while not (self.folder / "two.h5.shards" / "1-of-1.cases").exists():
            time.sleep(0.01)
        time.sleep(0.2)
        error = self.rathaus(*run[1:], "--resume", status=1).stderr
        process.kill()
        process.wait()
        self.assertIn("another process computes these cases", error)


class FullDisk(Folder):
    def test_a_disk_that_is_full(self):
        """A limit on file sizes while cases are kept, and a real full disk where one may be mounted."""
        log = 1_000_000

        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (log, log))

        error = self.rathaus("run", "s.toml", "-o", "full.h5", "--quiet", status=2,
                             preexec_fn=limit).stderr
        self.assertIn("cannot be written (File too large)", error)
        self.assertIn("go on with --resume", error)
        self.rathaus("run", "s.toml", "-o", "full.h5", "--quiet", "--resume")
        self.assert_whole("full.h5")

    def test_a_small_tmpfs(self):
        mount = self.folder / "small"
        mount.mkdir()
        script = f'''mount -t tmpfs -o size=$1 none {mount} || exit 77
            cd {self.folder}
            "$RATHAUS" run s.toml -o small/t.h5 --quiet 2> error; code=$?
            cp -r small kept
            exit $code'''
        for size in ("400k", "6m"):
            result = subprocess.run(["unshare", "--mount", "bash", "-c", script, "-", size],
                                    env=os.environ, capture_output=True, text=True)
            if result.returncode in (1, 77):
                self.skipTest("no file system can be mounted here: " + result.stderr)
            self.assertEqual(result.returncode, 2, (self.folder / "error").read_text())
            error = (self.folder / "error").read_text(encoding="utf-8")
            self.assertIn("No space left on device", error)
            self.assertFalse((self.folder / "kept" / "t.h5").exists())
            self.rathaus("run", "s.toml", "-o", "kept/t.h5", "--quiet", "--resume")
            self.assert_whole("kept/t.h5")
            shutil.rmtree(self.folder / "kept")


def many_kills(count):
    """The full count of kills, drawn uniformly over the wall time of the study."""
    Resume.setUpClass()
    test, luck, fell = Resume(), random.Random(count), {}
    for i in range(count):
        where = test.kill_and_resume(f"k{i}.h5", luck.uniform(0, 1.1 * Resume.seconds))
        fell[where] = fell.get(where, 0) + 1
    for where, times in sorted(fell.items()):
        print(f"{times:4} {where}")
    print(f"all {count} studies have the digest of the undisturbed one")
    Resume.tearDownClass()


if __name__ == "__main__":
    if len(sys.argv) == 2 and sys.argv[1].isdigit():
        many_kills(int(sys.argv[1]))
    else:
        unittest.main(verbosity=2)  # names what is skipped, and why
