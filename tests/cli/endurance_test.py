#!/usr/bin/python3
"""Kills, full disks, failing writes, lack of memory and pairs of processes: each ends with a whole result or a
clear message, and a resume gives the digest of the undisturbed study.

  endurance_test.py [--kills N] [--sizes N] [--writes N] [--memory N] [--pairs N] [--seed N]

Without arguments a short version of each; scripts/endurance.sh runs a long one and prints the figures."""

import argparse
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import studies

RATHAUS = os.environ["RATHAUS"]
SHIM = Path(os.environ["RATHAUS_BUILD"]) / "tests" / "libfailing_writes.so"
SHORT = {"kills": 5, "sizes": 5, "writes": 8, "memory": 5, "pairs": 4}
STUDY = """title = "endurance"
model = "germany"
[population]
units = 40
[time]
quarters = 16
""" + studies.THREE_POINTS + """[replicates]
at_least = 6
"""
CALIBRATION = """title = "endurance"
model = "germany"
[population]
units = 20
[time]
quarters = 8
[random]
seed = 7
[uncertain]
u0 = "range"
[calibration]
patterns = "p.toml"
particles = 30
stop = { generations = 3 }
"""
WORDS = ("No space left on device", "Input/output error", "Disk quota exceeded", "File too large", "out of memory",
         "Cannot allocate memory", "memory allocation failed", "std::bad_alloc", "Resource temporarily unavailable")


class Wrong(Exception):
    """What must not be."""


class Endurance:
    def __init__(self, folder, seed):
        self.folder, self.luck, self.tally = folder, random.Random(seed), Counter()
        (folder / "s.toml").write_text(STUDY)
        (folder / "c.toml").write_text(CALIBRATION)
        (folder / "p.toml").write_text(studies.PATTERN)
        start = time.monotonic()
        self.run(self.study("whole.h5"), 0)
        self.seconds = time.monotonic() - start
        self.run(self.calibration("posterior.h5"), 0)
        for k in (1, 2):
            self.run(["run", "s.toml", "-o", "parts.h5", "--quiet", "--shard", f"{k}/2"], 0)
        self.shards = sorted(str(path) for path in (folder / "parts.h5.shards").glob("*.cases"))
        self.whole = {"study": self.digest("whole.h5"), "merge": self.digest("whole.h5"),
                      "calibration": self.digest("posterior.h5")}

    def study(self, output, *more):
        return ["run", "s.toml", "-o", str(output), "--quiet", *more]

    def merge(self, output, *more):
        return ["merge", *self.shards, "-o", str(output), "--quiet", *(m for m in more if m != "--resume")]

    def calibration(self, output, *more):
        return ["calibrate", "c.toml", "-o", str(output), "--quiet", *more]

    def command(self, what):
        return getattr(self, what)

    def run(self, arguments, status=None, **more):
        ended = subprocess.run([RATHAUS, *arguments], cwd=self.folder, capture_output=True, text=True, **more)
        if status is not None and ended.returncode != status:
            raise Wrong(f"{arguments}: {ended.returncode} instead of {status}\n{ended.stderr}")
        return ended

    def digest(self, name):
        return self.run(["info", "--digest", str(name)], 0).stdout

    def resume(self, what, output):
        """The same command once nothing is in its way: the whole result, and nothing beside it."""
        self.run(self.command(what)(output, "--resume"), 0)
        if self.digest(output) != self.whole[what]:
            raise Wrong(f"{output}: {what} has another digest after a resume")
        path = self.folder / output
        left = sorted(other.name for other in path.parent.glob(path.name + "*"))
        if left != [path.name]:
            raise Wrong(f"{what} leaves {left}")
        path.unlink()

    def judge(self, what, output, ended, where):
        """A disturbed process: whole, or status 2 and a reason, never a signal."""
        if ended.returncode not in (0, 2):
            raise Wrong(f"{what}, {where}: status {ended.returncode}\n{ended.stderr}")
        if ended.returncode == 2 and not any(word in ended.stderr for word in WORDS):
            raise Wrong(f"{what}, {where}: no reason in\n{ended.stderr}")
        if ended.returncode == 2 and (self.folder / output).exists():
            raise Wrong(f"{what}, {where}: a result after status 2")
        self.tally[f"{what}: {'whole' if ended.returncode == 0 else 'status 2 and why, resumed to the digest'}"] += 1

    def kills(self, count):
        for i in range(count):
            what = ("study", "study", "calibration", "merge")[i % 4]
            output = f"k{i}.h5"
            process = subprocess.Popen([RATHAUS, *self.command(what)(output)], cwd=self.folder)
            time.sleep(self.luck.uniform(0, 1.1 * self.seconds))
            process.send_signal(signal.SIGKILL)
            process.wait()
            path = self.folder / output
            stage = ("after the result had its name" if path.exists() else
                     "while the result was written" if path.with_name(output + ".part").exists() else
                     "while cases were computed" if list(self.folder.glob(output + ".*/*.cases"))
                     or list(self.folder.glob(output + ".generations")) else "before that")
            self.tally[f"{what}: {stage}"] += 1
            if what == "merge" and path.exists():
                path.unlink()
            self.resume(what, output)

    def sizes(self, count):
        """Full disks from one that takes nothing to one that takes all."""
        disk = self.folder / "disk"
        disk.mkdir()
        most = 2 * (self.folder / "whole.h5").stat().st_size + 400_000
        for i in range(count):
            what = ("study", "study", "merge", "calibration")[i % 4]
            size = 4096 * max(1, round(most / 4096 * (i + self.luck.random()) / count))
            if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(disk)],
                              capture_output=True).returncode:
                self.tally["not allowed to mount: limits of file size instead"] += 1
                limited = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, size // 2))
                ended = self.run(self.command(what)(f"f{i}.h5"), preexec_fn=limited)
                self.judge(what, f"f{i}.h5", ended, f"{size // 2} bytes a file")
                self.resume(what, f"f{i}.h5") if ended.returncode else (self.folder / f"f{i}.h5").unlink()
                continue
            try:
                ended = self.run(self.command(what)("disk/f.h5"))
                self.judge(what, "disk/f.h5", ended, f"{size} bytes")
                subprocess.run(["mount", "-o", "remount,size=100m", str(disk)], check=True)
                if ended.returncode:
                    self.resume(what, "disk/f.h5")
                elif self.digest("disk/f.h5") != self.whole[what]:
                    raise Wrong(f"{what}, {size} bytes: another digest")
            finally:
                subprocess.run(["umount", "-l", str(disk)])

    def writes(self, count):
        """From one of the calls that write on, all fail: in turns for each of three reasons."""
        if not SHIM.is_file():
            raise Wrong(f"{SHIM} is not built")
        for i in range(count):
            what = ("study", "merge", "calibration")[i % 3]
            calls = self.calls(what)
            after = 1 + int(calls * (i + self.luck.random()) / count)
            error = (5, 28, 122)[i // 3 % 3]
            ended = self.run(self.command(what)(f"w{i}.h5"), env=self.failing(after, error))
            self.judge(what, f"w{i}.h5", ended, f"errno {error} from write {after} of {calls} on")
            if ended.returncode:
                self.resume(what, f"w{i}.h5")
            else:
                (self.folder / f"w{i}.h5").unlink()

    @staticmethod
    def failing(after, error):
        return os.environ | {"LD_PRELOAD": str(SHIM), "FAIL_AFTER": str(after), "FAIL_WITH": str(error)}

    def calls(self, what):
        """How many calls write in all: the least number that does not fail, by halving."""
        if what not in self.__dict__.setdefault("counted", {}):
            low, high = 0, 1 << 14
            while high - low > max(1, low // 16):
                middle = (low + high) // 2
                ended = self.run(self.command(what)("count.h5"), env=self.failing(middle, 5))
                low, high = (middle, high) if ended.returncode else (low, middle)
                for left in self.folder.glob("count.h5*"):
                    shutil.rmtree(left) if left.is_dir() else left.unlink()
            self.counted[what] = high
        return self.counted[what]

    def memory(self, count):
        """Steps of address space, from what the program needs to start to what it needs to end."""
        low, high = self.least_memory(["--version"]), self.least_memory(self.study("m.h5", "--threads", "2", "--force"))
        for i in range(count):
            what = ("study", "study", "calibration", "merge")[i % 4]
            limit = int(low + (high - low) * (i + self.luck.random()) / count)
            more = [] if what == "merge" else ["--threads", "2"]
            ended = self.limited(self.command(what)(f"m{i}.h5", *more), limit)
            self.judge(what, f"m{i}.h5", ended, f"{limit >> 20} MiB")
            if ended.returncode:
                self.resume(what, f"m{i}.h5")
            elif self.digest(f"m{i}.h5") != self.whole[what]:
                raise Wrong(f"{what}, {limit >> 20} MiB: another digest")

    def limited(self, arguments, limit):
        return self.run(arguments, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)))

    def least_memory(self, arguments):
        low, high = 8 << 20, 4 << 30
        while high - low > 1 << 20:
            middle = (low + high) // 2
            low, high = (low, middle) if self.limited(arguments, middle).returncode == 0 else (middle, high)
            for left in self.folder.glob("m.h5*"):
                shutil.rmtree(left) if left.is_dir() else left.unlink()
        return high

    def pairs(self, count):
        """Two processes on one output: at least one has the result, the other has it too or is told."""
        for i in range(count):
            what = ("study", "calibration", "merge")[i % 3]
            output = f"p{i}.h5"
            flags = [self.luck.choice(([], ["--force"], ["--resume"])) for _ in range(2)]
            if what == "merge":
                flags = [f if f == ["--force"] else [] for f in flags]
            both = []
            for flag in flags:
                both.append(subprocess.Popen([RATHAUS, *self.command(what)(output, *flag)], cwd=self.folder,
                                             stderr=subprocess.PIPE, text=True))
                time.sleep(self.luck.choice((0, 0, self.luck.uniform(0, self.seconds))))
            told = [process.communicate()[1] for process in both]
            codes = [process.returncode for process in both]
            if 0 not in codes or not set(codes) <= {0, 1}:
                raise Wrong(f"{what} {flags}: statuses {codes}\n{told}")
            for code, words in zip(codes, told):
                if code and not any(word in words for word in ("another process", "exists already", "holds an unfinished")):
                    raise Wrong(f"{what} {flags}: not told who was first\n{words}")
            self.tally[f"{what}: {'one won, the other was told' if 1 in codes else 'one after the other'}"] += 1
            if self.digest(output) != self.whole[what]:
                raise Wrong(f"{what} {flags}: another digest")
            left = sorted(path.name for path in self.folder.glob(output + "*"))
            if left != [output]:
                raise Wrong(f"{what} {flags} leave {left}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for kind in SHORT:
        parser.add_argument(f"--{kind}", type=int, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    counts = {kind: getattr(options, kind) for kind in SHORT}
    if not any(counts.values()):
        counts = SHORT
    with tempfile.TemporaryDirectory() as folder:
        endurance, failed = Endurance(Path(folder), options.seed), 0
        for kind, count in counts.items():
            if not count:
                continue
            endurance.tally.clear()
            try:
                getattr(endurance, kind)(count)
            except Wrong as wrong:
                print(f"{kind}: FAILED: {wrong}")
                failed = 1
            print(f"{kind} {count} (seed {options.seed}): "
                  + "; ".join(f"{times} {where}" for where, times in sorted(endurance.tally.items())), flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
