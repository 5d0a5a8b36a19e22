#!/usr/bin/python3
"""Equations of the ODD and the lines that compute them: every number exists, each has one owner, in the
file of its section, and the table of the ODD is what the sources say."""

import re
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
ROOT = Path(__file__).resolve().parents[2]
import equations


BOOKED_IN = {56: "7.8"}  # an index whose parts are summed with the effects of services


class Equations(unittest.TestCase):
    def test_every_equation_that_is_cited_exists(self):
        known = equations.equations()
        self.assertEqual(sorted(known), list(range(1, len(known) + 1)))
        cited = list(equations.citations())
        self.assertGreater(len(cited), 60, "no citations: nothing was looked at")
        self.assertEqual([c for c in cited if c[2] not in known], [])

    def test_every_equation_has_one_owner(self):
        owned = equations.owners()
        rules = set(equations.equations()) - set(equations.ELSEWHERE)
        self.assertEqual(rules - set(owned), set(), "equations without an owner in src/rules")
        self.assertEqual({n: places for n, places in owned.items() if len(places) > 1}, {})
        self.assertEqual(set(owned) & set(equations.ELSEWHERE), set())

    def test_an_owner_stands_in_the_file_of_its_section(self):
        sections = equations.equations()
        for number, [(path, line, _)] in equations.owners().items():
            head = (ROOT / "src" / path).read_text().split("#pragma once")[0]
            named = re.findall(r"\d+(?:\.\d+)?", " ".join(re.findall(r"\[ODD ([^\]]*)\]", head)))
            self.assertIn(BOOKED_IN.get(number, sections[number][0]), named, f"eq. {number} in {path}:{line}")

    def test_what_is_computed_elsewhere_is_cited_there(self):
        for number, path in equations.ELSEWHERE.items():
            self.assertRegex((ROOT / "src" / path).read_text(), rf"\beq\. {number}\b", path)

    def test_the_table_of_the_odd_is_that_of_the_sources(self):
        self.assertEqual(equations.ODD.read_text(), equations.page_with_table(),
                         "write it anew: scripts/tools/equations.py --write")


if __name__ == "__main__":
    unittest.main()
