#!/usr/bin/python3
"""Debian's Snakemake runs the Snakefile: shards in parallel, the digest of the undisturbed study, and only
what is missing is computed again."""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from study import EXPERIMENT, RATHAUS, build, digest, tree_without_program  # noqa: E402

SNAKEFILE = Path(os.environ["RATHAUS_SOURCE"]) / "scripts" / "snakemake" / "Snakefile"
if not shutil.which("snakemake", path="/usr/bin"):
    print("skipped: snakemake is not installed")
    sys.exit(77)


class Snakemake(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = Path(self.temporary.name)
        (self.folder / "s.toml").write_text(EXPERIMENT, encoding="utf-8")

    def tearDown(self):
        self.temporary.cleanup()

    def snakemake(self):
        return subprocess.run(
            ["/usr/bin/snakemake", "-s", SNAKEFILE, "--cores", "2", "--config", "experiment=s.toml",
             "output=s.h5", "shards=4", f"rathaus={RATHAUS}"], cwd=self.folder, capture_output=True,
            text=True)

    def test_shards_and_merge(self):
        ended = self.snakemake()
        self.assertEqual(ended.returncode, 0, ended.stderr)
        subprocess.run([RATHAUS, "run", "s.toml", "-o", "whole.h5", "--quiet"], cwd=self.folder, check=True)
        self.assertEqual(digest(self.folder, "s.h5"), digest(self.folder, "whole.h5"))
        self.assertIn("Nothing to be done", self.snakemake().stderr)
        # a shard is lost and another one cut off: both come back, the others stay
        kept = (self.folder / "s.h5.shards" / "1-of-4.cases").stat().st_mtime_ns
        (self.folder / "s.h5.shards" / "2-of-4.cases").unlink()
        cut = self.folder / "s.h5.shards" / "3-of-4.cases"
        cut.write_bytes(cut.read_bytes()[:-1000])
        for k in (2, 3):
            (self.folder / "s.h5.shards" / f"{k}-of-4.done").unlink()
        (self.folder / "s.h5").unlink()
        ended = self.snakemake()
        self.assertEqual(ended.returncode, 0, ended.stderr)
        self.assertEqual(digest(self.folder, "s.h5"), digest(self.folder, "whole.h5"))
        self.assertEqual((self.folder / "s.h5.shards" / "1-of-4.cases").stat().st_mtime_ns, kept)

    def test_the_program_of_the_tree_is_found(self):
        tree, environment = tree_without_program(self.folder)
        dry = ["/usr/bin/snakemake", "-s", tree / "scripts/snakemake/Snakefile", "-np", "--cores", "1",
               "--config", "experiment=s.toml", "output=s.h5"]
        ended = subprocess.run(dry, cwd=self.folder, env=environment, capture_output=True, text=True)
        self.assertNotEqual(ended.returncode, 0)
        self.assertIn("rathaus: is not there", ended.stdout + ended.stderr)   # dry runs speak on stdout
        build(tree)
        ended = subprocess.run(dry, cwd=self.folder, env=environment, capture_output=True, text=True)
        self.assertEqual(ended.returncode, 0, ended.stderr)
        self.assertIn(f"{tree}/build/release/rathaus merge", ended.stdout)


if __name__ == "__main__":
    unittest.main(verbosity=1)
