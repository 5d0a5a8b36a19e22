#!/usr/bin/python3
"""Equations of the ODD and the lines that compute them: every number exists, each has one owner, in the
file of its section, with the ODD's symbols, is computed again by the reference and held by tests, and the table of the
ODD is what the sources say."""

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

    def test_every_equation_is_computed_a_second_time(self):
        again = set(equations.references())
        self.assertEqual(set(equations.equations()) - again, equations.NO_REFERENCE)

    def test_every_equation_is_held_by_a_test(self):
        """What the reference computes is held by the agreement, too; what it does not needs a test of its own."""
        held = equations.tests()
        self.assertEqual(set(held) - set(equations.equations()), set(), "tests of equations that do not exist")
        self.assertEqual(equations.NO_REFERENCE - set(held), set())
        self.assertGreater(len(held), 55, "tests that say which equations they hold")
        known = (ROOT / "tests/tests.cmake").read_text()
        for name in {name for names in held.values() for name in names}:
            self.assertRegex(known, rf"rathaus(_script)?_test\({name} ", "a test that nobody runs")

    def test_symbols_are_those_of_the_odd(self):
        self.assertEqual(list(equations.foreign_symbols()), [])
        self.assertGreater(sum(1 for _ in equations.SYMBOL.finditer(
            "".join(said for places in equations.owners().values() for _, _, said in places))), 40)

    def test_a_foreign_symbol_is_seen(self):
        formula = equations.texts()[29]
        self.assertTrue(equations.is_in(equations.SYMBOL.match("π₀"), formula))
        self.assertFalse(equations.is_in(equations.SYMBOL.match("λ"), formula))
        formula = equations.texts()[28]
        self.assertTrue(equations.is_in(equations.SYMBOL.match("β_v"), formula))
        self.assertFalse(equations.is_in(equations.SYMBOL.match("β_p"), formula))

    def test_the_table_of_the_odd_is_that_of_the_sources(self):
        self.assertEqual(equations.ODD.read_text(), equations.page_with_table(),
                         "write it anew: scripts/tools/equations.py --write")


if __name__ == "__main__":
    unittest.main()
