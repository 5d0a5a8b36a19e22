"""The study that the tests of job engines compute."""

import os
import subprocess

RATHAUS = os.environ["RATHAUS"]
EXPERIMENT = """title = "cluster"
model = "germany"
[population]
units = 100
[programme.advice]
from = "advice"
window = { first = "2022-Q1", length = 20 }
budget = { per_year = 300_000 }
[scenario.none]
baseline = true
[scenario.advice]
programmes = ["advice"]
[uncertain]
u0 = "range"
[design]
method = "latin_hypercube"
points = 3
[replicates]
at_least = 8
"""


def digest(folder, name):
    return subprocess.run([RATHAUS, "info", "--digest", name], cwd=folder, check=True,
                          capture_output=True, text=True).stdout
