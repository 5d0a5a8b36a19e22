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

    def snakemake(self, **config):
        config = {"experiment": "s.toml", "output": "s.h5", "shards": 4, "rathaus": RATHAUS} | config
        return subprocess.run(
            ["/usr/bin/snakemake", "-s", SNAKEFILE, "--cores", "2", "--config",
             *(f"{key}={value}" for key, value in config.items())], cwd=self.folder, capture_output=True, text=True)

    def digest_of(self, *sets, experiment="s.toml"):
        """Of the study that ran undisturbed."""
        subprocess.run([RATHAUS, "run", experiment, "-o", "whole.h5", "--quiet", "--force",
                        *(word for s in sets for word in ("--set", s))], cwd=self.folder, check=True)
        return digest(self.folder, "whole.h5")

    def assert_made(self, wanted, output="s.h5", **config):
        ended = self.snakemake(output=output, **config)
        self.assertEqual(ended.returncode, 0, ended.stderr)
        self.assertEqual(digest(self.folder, output), wanted)

    def test_other_options_and_other_numbers_of_shards(self):
        eight, ten, other = self.digest_of(), self.digest_of("replicates.at_least=10"), self.digest_of("random.seed=4")
        self.assert_made(eight, shards=2)
        self.assert_made(ten, shards=2, options="--set replicates.at_least=10")
        self.assert_made(ten, shards=3, options="--set replicates.at_least=10")   # it is there already
        self.assertFalse((self.folder / "s.h5.shards" / "1-of-3.cases").exists())
        self.assert_made(eight, shards=3)
        self.assert_made(eight, shards=3)
        self.assert_made(ten, shards=2, options="--set replicates.at_least=10")
        # another study: its parts are not overwritten, and the result stays; elsewhere it is computed
        ended = self.snakemake(shards=2, options="--set random.seed=4")
        self.assertNotEqual(ended.returncode, 0)
        self.assertIn("holds cases of another study", ended.stderr)
        self.assertEqual(digest(self.folder, "s.h5"), ten)
        self.assert_made(other, shards=5, options="--set random.seed=4")
        # the experiment itself changes
        (self.folder / "s.toml").write_text(EXPERIMENT.replace("units = 100", "units = 90"), encoding="utf-8")
        self.assert_made(self.digest_of(), shards=6)

    def test_blanks_and_braces_in_paths(self):
        self.assertIn("has a brace", self.snakemake(output="{k}.h5").stderr)
        folder = self.folder / "with blank '"
        folder.mkdir()
        (folder / "s t.toml").write_text(EXPERIMENT, encoding="utf-8")
        self.assert_made(self.digest_of(), output=f"{folder.name}/r s.h5", experiment=f"{folder.name}/s t.toml", shards=2)

    def test_a_shard_that_fails(self):
        broken = self.folder / "broken.sh"
        broken.write_text(f'#!/bin/bash\n[[ "$*" == *"--shard 2/2"* ]] && exit 2\nexec {RATHAUS} "$@"\n', encoding="utf-8")
        broken.chmod(0o755)
        wanted = self.digest_of()
        self.assertNotEqual(self.snakemake(shards=2, rathaus=broken).returncode, 0)
        self.assertFalse((self.folder / "s.h5").exists())
        self.assert_made(wanted, shards=2)
        # and one that would replace a result
        self.assertNotEqual(self.snakemake(shards=2, rathaus=broken, options="--set replicates.at_least=9").returncode, 0)
        self.assertEqual(digest(self.folder, "s.h5"), wanted)

    def test_a_result_that_was_removed_comes_back(self):
        self.assert_made(wanted := self.digest_of(), shards=2)
        (self.folder / "s.h5").unlink()
        self.assert_made(wanted, shards=2)
        (self.folder / "s.h5.shards" / "2-of-2.cases").unlink()
        (self.folder / "s.h5").unlink()
        self.assert_made(wanted, shards=2)
        # a part that is damaged fails loudly, and is computed by the same command
        (self.folder / "s.h5").unlink()
        cut = self.folder / "s.h5.shards" / "1-of-2.cases"
        cut.write_bytes(cut.read_bytes()[:-1000])
        self.assertNotEqual(self.snakemake(shards=2).returncode, 0)
        self.assert_made(wanted, shards=2)

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
        for mark in (self.folder / "s.h5.shards").glob("[23]-of-4.*.done"):
            mark.unlink()
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
