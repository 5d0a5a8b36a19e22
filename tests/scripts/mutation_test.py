#!/usr/bin/python3
"""Five faults in the model, of five kinds and in five files, are noticed by the tests.

RATHAUS_BUILD names the built tree, RATHAUS_SOURCE the source tree."""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SOURCE, BUILD = Path(os.environ["RATHAUS_SOURCE"]), Path(os.environ["RATHAUS_BUILD"])
sys.dont_write_bytecode = True
from mutation import operators  # noqa: E402

if not (BUILD / "build.ninja").exists():
    print("skipped: the tree was not built with Ninja")
    sys.exit(77)


class Mutation(unittest.TestCase):
    def test_the_five_fixed_faults_are_caught(self):
        with tempfile.TemporaryDirectory() as folder:
            table = Path(folder) / "faults.json"
            command = [SOURCE / "scripts" / "tools" / "mutate.py", "--fixed", "--build", BUILD, "--json", table]
            run = subprocess.run(command, capture_output=True, text=True)
            self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
            faults = json.loads(table.read_text())
        self.assertEqual([fault["outcome"] for fault in faults], 5 * ["caught"])
        self.assertEqual(len({fault["operator"] for fault in faults}), 5)
        self.assertEqual(len({fault["file"] for fault in faults}), 5)

    def faults(self, text):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "model").mkdir()
            (Path(folder) / "model" / "some.cpp").write_text(text)
            return {(fault.operator, fault.plant(text).strip())
                    for fault in operators.possible_faults(Path(folder))}

    def test_every_operator(self):
        """One line of code for each, and every fault that may be made of it."""
        for code, expected in (
                ("x = a - b;", {("sign", "x = a + b;"), ("term", "x = a;")}),
                ("x = -a;", {("sign", "x = a;")}),
                ("x = a * f(b, c[i]) + d;", {
                    ("argument", "x = a * f(c[i], b) + d;"), ("sign", "x = a * f(b, c[i]) - d;"),
                    ("term", "x = a * f(b, c[i]);"), ("term", "x = a + d;")}),
                ("x = a[unit] + b[region];", {
                    ("argument", "x = a[region] + b[region];"), ("argument", "x = a[unit] + b[unit];"),
                    ("sign", "x = a[unit] - b[region];"), ("term", "x = a[unit];")}),
                ("x = a <= 2u;", {("comparison", "x = a < 2u;"), ("off by one", "x = a <= 3u;"),
                                  ("off by one", "x = a <= 1u;")}),
                ("x = 1.5f;", {("constant", "x = 1.65f;")}),
                ("x = cents(a);", {("integer money",
                                    "x = static_cast<std::int64_t>(100.0f * static_cast<float>(a));")}),
                ("Cents x = a;", {("integer money", "float x = a;")})):
            self.assertEqual(self.faults(code), expected, code)

    def test_removed_lines(self):
        made = self.faults("void f() {\n  a = b;\n  int c = d;\n  if (a) return;\n}\n")
        self.assertEqual(made, {
            ("removed line", "void f() {\n  ;\n  int c = d;\n  if (a) return;\n}"),
            ("removed line", "void f() {\n  a = b;\n  int c = d;\n  ;\n}")})

    def test_what_is_no_code_stays(self):
        self.assertEqual(self.faults('// a + b\n#include "a < b"\nconst char* x = "a - 1.0";\n'
                                     "assert(a < b && c > 1);\nusing A = B;\n"), set())


if __name__ == "__main__":
    unittest.main()
