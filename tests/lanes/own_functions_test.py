#!/usr/bin/python3
"""No result depends on the C library's idea of a logarithm: src/ calls none of its functions whose
last bit a library may choose. Roots, rounding and remainders are exact everywhere."""

import os
import re
import unittest
from pathlib import Path

SOURCE = Path(os.environ["RATHAUS_SOURCE"]) / "src"
INEXACT = ("exp exp2 expm1 log log10 log1p log2 pow cbrt hypot sin cos tan asin acos atan atan2 sinh "
           "cosh tanh asinh acosh atanh erf erfc tgamma lgamma beta legendre riemann_zeta fma").split()
NAMES = "(?:" + "|".join(INEXACT) + ")"
QUALIFIED = re.compile(r"(?<!\w)(?:std::|::|__builtin_)" + NAMES + r"[fl]?\s*\(")
OPERAND = re.compile(r"(?:[-+*/=<?&|!,(]|(?<!:):|\breturn)\s*" + NAMES + r"[fl]?\s*\(")  # without a name of its own
GENERATORS = re.compile(r"std::\w+_distribution\b")
# Where the exact number does not matter, and why.
ELSEWHERE = {"analysis/statistics.cpp": ("boost/math", "quantiles of Student's t: half widths of tables, "
                                         "and how many runs [until] takes"),
             "analysis/assumptions.cpp": ("boost/math", "the bound beyond which a rank correlation is told")}


def code_of(path):
    return re.sub(r"//.*", "", path.read_text())


def calls(text):
    return QUALIFIED.findall(text) + OPERAND.findall(text) + GENERATORS.findall(text)


class OwnFunctions(unittest.TestCase):
    def test_no_library_function_is_called(self):
        found = {str(path.relative_to(SOURCE)): calls(code_of(path))
                 for path in sorted(SOURCE.rglob("*"))
                 if path.suffix in (".h", ".cpp") and path.parent.name != "lanes"}
        self.assertGreater(len(found), 100, "no sources: nothing was looked at")
        self.assertEqual({path: names for path, names in found.items() if names}, {})

    def test_libraries_with_functions_of_their_own_are_listed(self):
        found = {str(path.relative_to(SOURCE)) for path in SOURCE.rglob("*.cpp")
                 if "boost/math" in path.read_text()}
        self.assertEqual(found, set(ELSEWHERE))

    def test_the_test_can_fail(self):
        for text in ("std::exp(x)", "std::pow (a, b)", "::cosf(x)", "1.0 + exp(x)", "return log(x);", "std::normal_distribution<> z"):
            self.assertTrue(calls(text), text)
        for text in ("std::sqrt(x)", "elementary::exp(x)", "std::floor(x)", "rule.exp(x)", "RecordLog log(path)", "std::experimental"):
            self.assertFalse(calls(text), text)


if __name__ == "__main__":
    unittest.main()
