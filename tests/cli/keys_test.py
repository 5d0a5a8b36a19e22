#!/usr/bin/python3
"""Every key: what `rathaus keys` prints is what the reader reads. The page holds the same; every experiment of the
repository keeps to the schema; no key is without its meaning; a key that is not listed is refused."""

import csv
import io
import json
import os
import re
import tomllib
import unittest
from pathlib import Path

import harness

harness.skip_without("jsonschema")
import jsonschema  # noqa: E402

SOURCE = Path(os.environ["RATHAUS_SOURCE"])
FILES = sorted([*(SOURCE / "experiments").rglob("*.toml"), SOURCE / "models/germany/calibration.toml"])


class Keys(harness.InFolder):
    @classmethod
    def setUpClass(cls):
        cls.rows = None

    def setUp(self):
        super().setUp()
        if Keys.rows is None:
            Keys.rows = list(csv.DictReader(io.StringIO(self.told("keys", "--format", "csv"))))

    def key(self, path, file="experiment"):
        return next(row for row in self.rows if row["key"] == path and row["file"] == file)

    def test_the_page_holds_what_the_program_prints(self):
        self.assertIn(self.told("keys", "--format", "markdown"), (SOURCE / "docs/keys.md").read_text(encoding="utf-8"),
                      "docs/keys.md is to hold: rathaus keys --format markdown")

    def test_every_key_has_a_type_and_a_meaning(self):
        self.assertGreater(len(self.rows), 350)
        for row in self.rows:
            with self.subTest(file=row["file"], key=row["key"]):
                self.assertTrue(row["type"], "the reader asks for it, and no example holds it (src/config/every_key.cpp)")
                self.assertTrue(row["meaning"])

    def test_what_is_told_is_what_is_read(self):
        quarters = self.key("time.quarters")
        self.assertEqual((quarters["type"], quarters["unit"], quarters["default"], quarters["range or words"]),
                         ("whole number", "quarter", "80", "1 to 240"))
        self.assertEqual(self.key("title")["default"], "needed")
        self.assertIn('"lottery"', self.key("programme.NAME.award.rule")["range or words"])
        self.assertEqual(self.key("money.discount")["unit"], "1/year")
        self.assertEqual(self.key("calibration.particles", "calibration")["range or words"], "10 to 1000000")
        self.assertEqual(self.key("NAME.range", "parameters.toml")["type"], "list: number")
        self.assertEqual(self.key("question")["type"], "text or table")
        # at both ends, and one beyond
        self.write("e.toml", 'title = "e"\nmodel = "germany"\n[population]\nunits = 20\n')
        for value, status in ((1, 0), (240, 0), (0, 1), (241, 1)):
            self.rathaus("check", "e.toml", "--set", f"time.quarters={value}", status=status)

    def test_every_file_of_the_repository_keeps_to_the_schema(self):
        schema = json.loads(self.told("keys", "--format", "json"))
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
        self.assertGreater(len(FILES), 12)
        for path in FILES:
            with self.subTest(path.name):
                told = tomllib.loads(path.read_text(encoding="utf-8"))
                self.assertEqual([error.message for error in validator.iter_errors(told)], [])

    def test_the_schema_finds_what_the_program_refuses(self):
        validator = jsonschema.Draft202012Validator(json.loads(self.told("keys", "--format", "json")))
        head = 'title = "e"\nmodel = "germany"\n'
        for text in ("[time]\nquarter = 8\n", "[time]\nquarters = 0\n", '[time]\nstart = "2021"\n', "[random]\nseed = true\n",
                     '[structure]\ndecision_rule = "dice"\n', "[parameters]\nlock_rat = 0.1\n",
                     '[programme.x]\nfield = "agenda"\nports = { aware = 0.3 }\nwindow = { first = "2026-Q1", lenght = 3 }\n'):
            with self.subTest(text):
                self.write("e.toml", head + text)
                self.refused("check", "e.toml")
                self.assertFalse(validator.is_valid(tomllib.loads(head + text)))

    def test_a_word_and_its_neighbours(self):
        lines = self.told("keys", "announced").splitlines()
        self.assertTrue(any(re.match(r"experiment +programme\.NAME\.window\.announced +whole number +quarter", line)
                            for line in lines), lines)
        self.assertIn("did you mean 'announced'?", self.refused("keys", "anounced"))


if __name__ == "__main__":
    unittest.main(verbosity=1)
