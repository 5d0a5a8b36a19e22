#!/usr/bin/python3
"""docs/tutorial.md does what it says: its blocks are taken out and run, in their order."""

import os
import re
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
SOURCE = Path(os.environ["RATHAUS_SOURCE"])
import harness  # noqa: E402

harness.skip_without("h5py", "matplotlib", "jinja2", "openpyxl", "scipy", "xarray", "netCDF4")
if not shutil.which("Rscript"):
    print("skipped: no Rscript (apt-get install r-cran-ncdf4 r-cran-processx r-cran-jsonlite)")
    sys.exit(77)

BLOCK = re.compile(r"(?P<before>[^\n]*\n*)^```(?P<language>\w+)\n(?P<code>.*?)^```$", re.M | re.S)
RUN = {"sh": ["bash", "-euo", "pipefail", "-c"], "python": ["/usr/bin/python3", "-c"], "r": ["Rscript", "-e"]}


class Tutorial(harness.InFolder):
    def test_every_block_runs_in_order(self):
        text = (SOURCE / "docs" / "tutorial.md").read_text(encoding="utf-8")
        path = f"{Path(harness.RATHAUS).parent}:{os.environ['PATH']}"
        (self.folder / ".r").mkdir()
        subprocess.run(["R", "CMD", "INSTALL", "--no-docs", f"--library={self.folder / '.r'}", str(SOURCE / "r")],
                       capture_output=True, check=True)
        told = {}
        for block in BLOCK.finditer(text):
            language, code = block["language"], block["code"]
            if language == "console":       # where it was built is the reader's affair
                continue
            if language == "text":          # what the block before has printed
                self.assertEqual(code, done.stdout)
                continue
            if language == "toml":
                name = re.search(r"`(\w+\.toml)`", block["before"])
                self.assertTrue(name, f"no file name before\n{code}")
                self.write(name[1], code)
                continue
            done = subprocess.run([*RUN[language], code], cwd=self.folder, capture_output=True, text=True,
                                  env=os.environ | {"PATH": path, "R_LIBS": str(self.folder / ".r")})
            self.assertEqual(done.returncode, 0, f"{code}\n{done.stdout}\n{done.stderr}")
            told[language] = told.get(language, "") + done.stdout
        self.assertEqual(set(told), set(RUN))
        # Python and R find the same gains.
        ours = re.findall(r": ([+-][\d.]+) units", told["python"])
        theirs = re.findall(r": ([+-][\d.]+) units", told["r"])
        self.assertEqual(len(ours), 2)
        self.assertEqual(ours, theirs)
        for page in ("advice.html", "advice_de.html", "advice_unknown.html"):
            self.assertTrue((self.folder / page).read_text(encoding="utf-8").rstrip().endswith("</html>"))


if __name__ == "__main__":
    unittest.main()
