"""The study that the tests of job engines compute."""

import os
import shutil
import subprocess
from pathlib import Path

import studies

RATHAUS = os.environ["RATHAUS"]
EXPERIMENT = """title = "cluster"
model = "germany"
[population]
units = 100
""" + studies.ADVICE + studies.THREE_POINTS + """[replicates]
at_least = 8
"""


def tree_without_program(folder):
    """The scripts in a tree that was not built, and an environment that knows of no program."""
    shutil.copytree(Path(os.environ["RATHAUS_SOURCE"]) / "scripts", folder / "tree" / "scripts",
                    ignore=shutil.ignore_patterns("__pycache__"))
    environment = {name: value for name, value in os.environ.items() if name != "RATHAUS"}
    return folder / "tree", environment | {"PATH": "/usr/bin:/bin"}


def build(tree):
    """As if it had been built."""
    (tree / "build" / "release").mkdir(parents=True)
    (tree / "build" / "release" / "rathaus").symlink_to(Path(RATHAUS).resolve())


def digest(folder, name):
    return subprocess.run([RATHAUS, "info", "--digest", name], cwd=folder, check=True,
                          capture_output=True, text=True).stdout
