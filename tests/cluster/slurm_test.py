#!/usr/bin/python3
"""A real Slurm of one node, started and stopped here: the array job and the merge of scripts/slurm give the
digest of the study that ran undisturbed, even if a task is killed on its way."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

from study import EXPERIMENT, RATHAUS, build, digest, tree_without_program  # noqa: E402

SOURCE = Path(os.environ["RATHAUS_SOURCE"])
PROGRAMS = ("slurmctld", "slurmd", "munged", "mungekey", "sbatch", "squeue", "scontrol")


def need(condition, why):
    if not condition:
        print(f"skipped: {why}")
        sys.exit(77)


os.environ["PATH"] += ":/usr/sbin"
need(all(shutil.which(program) for program in PROGRAMS), "slurm-wlm and munge are not installed")
need(os.geteuid() == 0, "a Slurm daemon wants to be root here")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Cluster:
    """munged, slurmctld and slurmd, all of their files in one folder."""

    def __init__(self, folder):
        self.folder = folder
        host = socket.gethostname().split(".")[0]
        for name in ("state", "spool", "log", "run"):
            (folder / name).mkdir()
        os.chmod(folder, 0o755)
        self.conf = folder / "slurm.conf"
        self.conf.write_text(f"""ClusterName=test
SlurmctldHost={host}(127.0.0.1)
SlurmUser=root
SlurmctldPort={free_port()}
SlurmdPort={free_port()}
AuthType=auth/munge
AuthInfo=socket={folder}/run/munge.socket
CredType=cred/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/run/slurmctld.pid
SlurmdPidFile={folder}/run/slurmd.pid
SlurmctldLogFile={folder}/log/slurmctld
SlurmdLogFile={folder}/log/slurmd
JobRequeue=1
MaxArraySize=40
NodeName={host} NodeAddr=127.0.0.1 CPUs={os.cpu_count()} State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
""", encoding="utf-8")
        self.environment = os.environ | {"SLURM_CONF": str(self.conf), "RATHAUS": RATHAUS,
                                         "SBATCH_OPTIONS": f"--output={folder}/log/job-%j"}

    def start(self):
        key = self.folder / "run" / "munge.key"
        subprocess.run(["mungekey", "--create", f"--keyfile={key}"], check=True)
        run = self.folder / "run"
        subprocess.run(["munged", "--force", f"--key-file={key}", f"--socket={run}/munge.socket",
                        f"--pid-file={run}/munged.pid", f"--seed-file={run}/munged.seed",
                        f"--log-file={self.folder}/log/munged"], check=True)
        subprocess.run(["slurmctld", "-f", self.conf], check=True, env=self.environment)
        subprocess.run(["slurmd", "-f", self.conf], check=True, env=self.environment)
        deadline = time.monotonic() + 60
        while "idle" not in self.slurm("sinfo", "--noheader", "--format=%T", check=False):
            if time.monotonic() > deadline:
                print("skipped: no node came up\n", (self.folder / "log" / "slurmctld").read_text())
                self.stop()
                sys.exit(77)
            time.sleep(0.3)

    def stop(self):
        for name in ("slurmd", "slurmctld", "munged"):
            try:
                pid = int((self.folder / "run" / f"{name}.pid").read_text())
                os.kill(pid, signal.SIGTERM)
                for _ in range(100):
                    os.kill(pid, 0)
                    time.sleep(0.1)
                os.kill(pid, signal.SIGKILL)
            except (OSError, ValueError):
                pass  # it is gone

    def slurm(self, *command, check=True):
        return subprocess.run([str(part) for part in command], env=self.environment, check=check,
                              capture_output=True, text=True, cwd=self.folder).stdout

    def wait(self, job):
        deadline = time.monotonic() + 300
        while self.slurm("squeue", "--noheader", f"--jobs={job}", check=False).strip():
            if time.monotonic() > deadline:
                raise TimeoutError(self.slurm("squeue"))
            time.sleep(0.3)

    def logs(self):
        return "".join(path.read_text() for path in sorted((self.folder / "log").glob("job-*")))


class Slurm(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.temporary.name)
        cls.cluster = Cluster(cls.folder)
        cls.cluster.start()
        (cls.folder / "s.toml").write_text(EXPERIMENT, encoding="utf-8")
        subprocess.run([RATHAUS, "run", "s.toml", "-o", "whole.h5", "--quiet"], cwd=cls.folder, check=True)
        cls.digest = digest(cls.folder, "whole.h5")

    @classmethod
    def tearDownClass(cls):
        cls.cluster.stop()
        cls.temporary.cleanup()

    def submit(self, *arguments):
        return self.cluster.slurm(SOURCE / "scripts/slurm/submit.sh", *arguments).strip()

    def test_an_array_job_and_its_merge(self):
        self.cluster.wait(self.submit("-n", 4, "-o", "array.h5", "s.toml"))
        self.assertTrue((self.folder / "array.h5").exists(), self.cluster.logs())
        self.assertEqual(digest(self.folder, "array.h5"), self.digest)

    def test_a_task_that_is_killed_goes_on(self):
        job = self.submit("-n", 2, "-o", "killed.h5", "s.toml", "--set", "replicates.at_least=30")
        shard = self.folder / "killed.h5.shards" / "1-of-2.cases"
        while not shard.exists() or shard.stat().st_size < 100_000:
            time.sleep(0.02)
        found = subprocess.run(["pgrep", "-f", "killed.h5 --shard 1/2"], capture_output=True, text=True)
        for pid in found.stdout.split():
            try:
                if Path(f"/proc/{pid}/exe").resolve() == Path(RATHAUS).resolve():
                    os.kill(int(pid), signal.SIGKILL)
            except OSError:
                pass
        self.cluster.wait(job)
        self.assertIn("try 1 of shard 1/2 ended with status 137", self.cluster.logs())
        subprocess.run([RATHAUS, "run", "s.toml", "-o", "more.h5", "--quiet", "--set",
                        "replicates.at_least=30"], cwd=self.folder, check=True)
        self.assertEqual(digest(self.folder, "killed.h5"), digest(self.folder, "more.h5"))

    def submission(self, *arguments, **environment):
        return subprocess.run([SOURCE / "scripts/slurm/submit.sh", *map(str, arguments)], cwd=self.folder, text=True,
                              env=self.cluster.environment | environment, capture_output=True)

    def refused(self, pattern, *arguments):
        """Nothing is queued, nothing is changed."""
        ended = self.submission(*arguments)
        self.assertEqual((ended.returncode, ended.stdout), (1, ""))
        self.assertRegex(ended.stderr, pattern)
        self.assertEqual(self.cluster.slurm("squeue", "--noheader"), "")

    def test_the_same_output_for_another_study(self):
        self.cluster.wait(self.submit("-n", 2, "-o", "same.h5", "s.toml"))
        self.assertEqual(digest(self.folder, "same.h5"), self.digest)
        for shards in (2, 3):   # what is complete is left alone, whatever the number of shards
            ended = self.submission("-n", shards, "-o", "same.h5", "s.toml")
            self.assertEqual((ended.returncode, ended.stdout), (0, ""))
            self.assertIn("same.h5 is complete already", ended.stderr)
        self.refused("same.h5: is the result of another study", "-n", 2, "-o", "same.h5", "s.toml", "--set", "random.seed=9")
        self.assertEqual(digest(self.folder, "same.h5"), self.digest)
        (self.folder / "same.h5").unlink()
        self.refused("1-of-2.cases: holds cases of another study", "-n", 2, "-o", "same.h5", "s.toml", "--set", "random.seed=9")
        # more replicates go on with what is there
        self.cluster.wait(self.submit("-n", 2, "-o", "same.h5", "s.toml", "--set", "replicates.at_least=10"))
        subprocess.run([RATHAUS, "run", "s.toml", "-o", "ten.h5", "--quiet", "--set", "replicates.at_least=10"],
                       cwd=self.folder, check=True)
        self.assertEqual(digest(self.folder, "same.h5"), digest(self.folder, "ten.h5"))
        self.refused("same.h5: has 10 replicates, and 8 are asked for", "-n", 2, "-o", "same.h5", "s.toml")
        self.assertEqual(digest(self.folder, "same.h5"), digest(self.folder, "ten.h5"))

    def test_a_study_that_changes_while_it_is_queued_is_not_merged(self):
        """The tasks begin after the experiment was edited: their cases are not those that were submitted."""
        (self.folder / "edit.toml").write_text(EXPERIMENT, encoding="utf-8")
        slow = self.folder / "slow.sh"
        slow.write_text(f'#!/bin/bash\n[ "$1" = run ] && echo "# edited" >/dev/null && '
                        f'sed -i "s/^units = 100/units = 90/" edit.toml\nexec {RATHAUS} "$@"\n', encoding="utf-8")
        slow.chmod(0o755)
        job = self.submission("-n", 2, "-o", "edit.h5", "edit.toml", RATHAUS=str(slow)).stdout.strip()
        self.cluster.wait(job)
        self.assertFalse((self.folder / "edit.h5").exists())
        self.assertIn("holds cases of another study than the one asked for", self.cluster.logs())

    def test_a_shard_that_fails_leaves_no_result(self):
        broken = self.folder / "broken.sh"
        broken.write_text(f'#!/bin/bash\n[[ "$*" == *"--shard 2/2"* ]] && exit 2\nexec {RATHAUS} "$@"\n', encoding="utf-8")
        broken.chmod(0o755)
        arguments = ("-n", 2, "-o", "gap.h5", "s.toml")
        self.cluster.wait(self.submission(*arguments, RATHAUS=str(broken)).stdout.strip())
        self.assertFalse((self.folder / "gap.h5").exists())
        self.assertIn("2-of-2.cases: cannot be opened", self.cluster.logs())
        self.cluster.wait(self.submit(*arguments))
        self.assertEqual(digest(self.folder, "gap.h5"), self.digest)

    def test_blanks_in_paths(self):
        folder = self.folder / "with blank"
        folder.mkdir()
        (folder / "s t.toml").write_text(EXPERIMENT, encoding="utf-8")
        self.cluster.wait(self.submit("-n", 2, "-o", "with blank/r s.h5", "with blank/s t.toml"))
        self.assertTrue((folder / "r s.h5").exists(), self.cluster.logs())
        self.assertEqual(digest(self.folder, "with blank/r s.h5"), self.digest)

    def test_the_limits_of_the_site_and_shards_of_seconds(self):
        self.refused(r"-n 40 is more than this cluster takes \(MaxArraySize is 40\) use -n 39 or less", "-n", 40, "-o", "many.h5", "s.toml")
        ended = self.submission("-n", 30, "-o", "many.h5", "s.toml", "--set", "random.seed=5")
        self.assertIn("warning: 30 shards are more than there are cases (24)", ended.stderr)
        self.assertIn("(the start of a task may take longer)", ended.stderr)
        self.cluster.slurm("scancel", "--user=root")
        self.cluster.wait(ended.stdout.strip())

    def test_wrong_input_is_found_before_anything_is_queued(self):
        wrong = subprocess.run([SOURCE / "scripts/slurm/submit.sh", "-n", "2", "-o", "w.h5", "s.toml",
                                "--set", "parameters.lock_rat=1"], cwd=self.folder,
                               env=self.cluster.environment, capture_output=True, text=True)
        self.assertEqual(wrong.returncode, 1)
        self.assertIn("did you mean 'lock_rate'?", wrong.stderr)
        usage = subprocess.run([SOURCE / "scripts/slurm/submit.sh", "s.toml"],
                               env=self.cluster.environment, capture_output=True, text=True)
        self.assertEqual(usage.returncode, 1)
        self.assertIn("-n SHARDS -o FILE.h5", usage.stderr)
        self.assertEqual(self.cluster.slurm("squeue", "--noheader"), "")

    def test_the_program_of_the_tree_is_found(self):
        tree, environment = tree_without_program(self.folder)
        command = [tree / "scripts/slurm/submit.sh", "-n", "2", "-o", "w.h5", "s.toml",
                   "--set", "parameters.lock_rat=1"]
        for said in ("rathaus: is not there", "did you mean 'lock_rate'?"):
            ended = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True)
            self.assertEqual(ended.returncode, 1)
            self.assertIn(said, ended.stderr)
            if not (tree / "build").exists():
                build(tree)


if __name__ == "__main__":
    unittest.main(verbosity=1)
