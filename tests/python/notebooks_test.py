#!/usr/bin/python3
"""The notebooks of python/notebooks do what they say: their cells are run in order, each notebook in a folder of its own."""

import json
import os
import subprocess
import unittest
from pathlib import Path

import harness

harness.skip_without("h5py", "jinja2", "matplotlib", "numpy", "pandas", "scipy", "sklearn", "xarray")
NOTEBOOKS = Path(os.environ["RATHAUS_SOURCE"]) / "python" / "notebooks"


def code(notebook):
    """All cells as one script; what the last line of a cell shows is asked for as a notebook asks for it."""
    cells = [cell for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    return ["".join(cell["source"]) for cell in cells]


RUN = """import ast, json, sys
cells, names = json.load(sys.stdin), {"__name__": "__main__"}
for cell in cells:
    tree = ast.parse(cell)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    if last is not None:
        shown = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
        repr(shown), getattr(shown, "_repr_html_", str)()
"""


class Notebooks(harness.InFolder):
    def run_notebook(self, name, *written):
        done = subprocess.run(["/usr/bin/python3", "-c", RUN], cwd=self.folder, input=json.dumps(code(NOTEBOOKS / name)),
                              capture_output=True, text=True, env=os.environ | {"MPLBACKEND": "agg"})
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        for file in written:
            self.assertTrue((self.folder / file).exists(), file)
        return done.stdout

    def test_a_first_look(self):
        told = self.run_notebook("first_look.ipynb", "first_look.h5", "first_look.html")
        self.assertIn("suggestion: did you mean 'lock_rate'?", told)
        self.assertRegex(told, r"advice: ([+-][\d.]+) in the table, \1 here")

    def test_a_study_under_doubt(self):
        self.run_notebook("doubt.ipynb", "doubt.h5", "doubt_sobol.h5")

    def test_designs_from_and_to_other_tools(self):
        self.run_notebook("designs.ipynb", "designs.h5", "designs_again.h5", "designs/points.csv")

    def test_no_outputs_are_kept_in_the_notebooks(self):
        self.assertEqual(sorted(path.name for path in NOTEBOOKS.glob("*.ipynb")),
                         ["designs.ipynb", "doubt.ipynb", "first_look.ipynb"])
        for path in NOTEBOOKS.glob("*.ipynb"):
            for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
                self.assertFalse(cell.get("outputs"), path)


if __name__ == "__main__":
    unittest.main()
