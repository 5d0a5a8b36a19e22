#!/usr/bin/python3
"""What a newcomer does without a network: the package as the README installs it, into an environment and a library that are new,
and the lines of the tutorial, which print the tutorial's numbers."""

import os
import re
import shutil
import subprocess
import unittest
from pathlib import Path

import harness

harness.skip_without("h5py", "numpy", "pandas", "scipy", "xarray")
SOURCE = Path(os.environ["RATHAUS_SOURCE"])
README = (SOURCE / "README.md").read_text(encoding="utf-8")
TUTORIAL = (SOURCE / "docs/tutorial.md").read_text(encoding="utf-8")
# Without a network where the system lets us take it away; else an index that nobody answers for.
ALONE = ["unshare", "-rn"] if subprocess.run(["unshare", "-rn", "true"], capture_output=True).returncode == 0 else []


def block(language):
    """The tutorial's code, and what it says that it prints."""
    found = re.search(rf"^```{language}\n(.*?)^```\n\n```text\n(.*?)^```$", TUTORIAL, re.M | re.S)
    return found[1], found[2]


class Newcomer(harness.InFolder):
    def setUp(self):
        super().setUp()
        self.write("advice.toml", re.search(r"`advice\.toml`:\n\n```toml\n(.*?)^```$", TUTORIAL, re.M | re.S)[1])
        self.rathaus("run", "advice.toml", "--quiet")
        self.clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "R_LIBS")}
        self.clean |= {"PIP_INDEX_URL": "http://127.0.0.1:9", "PATH": f"{Path(harness.RATHAUS).parent}:{os.environ['PATH']}"}
        del self.clean["RATHAUS"]       # found in the path

    def alone(self, *command, where=None):
        done = subprocess.run([*ALONE, *map(str, command)], cwd=where or self.folder, env=self.clean, capture_output=True,
                              text=True)
        self.assertEqual(done.returncode, 0, f"{command}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def test_python(self):
        code, printed = block("python")
        shutil.copytree(SOURCE / "python", self.folder / "source" / "python")     # a build may leave things behind
        self.alone("/usr/bin/python3", "-m", "venv", "--system-site-packages", "env")
        commands = re.findall(r"(pip install [^`']*\./python)\b", README + (SOURCE / "docs/python.md").read_text(encoding="utf-8"))
        self.assertGreaterEqual(len(commands), 2)
        for command in set(commands):
            with self.subTest(command):
                self.alone(self.folder / "env/bin" / command.split()[0], *command.split()[1:], where=self.folder / "source")
                self.assertEqual(self.alone("env/bin/python", "-c", code), printed)
                self.assertIn(str(self.folder / "env"), self.alone("env/bin/python", "-c", "import rathaus; print(rathaus.__file__)"))
                self.alone("env/bin/pip", "uninstall", "--yes", "rathaus")

    def test_r(self):
        if not shutil.which("R"):
            self.skipTest("R is not installed")
        self.assertIn("R CMD INSTALL r`", README)
        code, printed = block("r")
        shutil.copytree(SOURCE / "r", self.folder / "source" / "r")
        (self.folder / "library").mkdir()
        self.clean["R_LIBS"] = str(self.folder / "library")
        self.alone("R", "CMD", "INSTALL", "r", where=self.folder / "source")
        self.assertTrue((self.folder / "library/rathaus").is_dir())
        self.assertLessEqual(len(code.strip().splitlines()), 5)
        self.assertEqual(self.alone("Rscript", "-e", code), printed)

    def test_first_lines_of_the_pages(self):
        """The first block of docs/python.md and of docs/r.md, in the source folder, with two replicates for the sake of time."""
        shutil.copytree(SOURCE / "experiments", self.folder / "experiments")
        pages = {"python": ("docs/python.md", ["/usr/bin/python3", "-c"], {"PYTHONPATH": str(SOURCE / "python")}, "at_least\": 20"),
                 "r": ("docs/r.md", ["Rscript", "-e"], {"R_LIBS": str(self.folder / "library")}, "at_least = 20")}
        for language, (page, start, environment, replicates) in pages.items():
            code = re.search(rf"^```{language}\n(.*?)^```$", (SOURCE / page).read_text(encoding="utf-8"), re.M | re.S)[1]
            self.assertEqual((len(code.strip().splitlines()), code.count(replicates)), (5, 1), page)
            if language == "r":
                if not shutil.which("R"):
                    continue
                (self.folder / "library").mkdir()
                subprocess.run(["R", "CMD", "INSTALL", f"--library={self.folder / 'library'}", SOURCE / "r"], check=True,
                               capture_output=True)
            done = subprocess.run([*start, code.replace(replicates, replicates.replace("20", "2"))], cwd=self.folder,
                                  env=os.environ | environment, capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)
            if language == "r":
                self.assertRegex(done.stdout, r"tiered_advice default .*2035-Q4")
            else:
                self.assertIn('lang="de"', (self.folder / "own_share.html").read_text(encoding="utf-8")[:200])
            (self.folder / "own_share.h5").unlink()


if __name__ == "__main__":
    unittest.main()
