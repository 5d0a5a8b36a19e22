#!/usr/bin/python3
"""The range of a study holds the truth as often as it says, where the model itself is the truth: scripts/tools/doubt_coverage.py, short."""

import unittest

import doubt_coverage
import harness

harness.skip_without("scipy")
from scipy import stats  # noqa: E402

STUDIES = 16
FALSE_ALARM = 1e-4
HOLDS = 45 / 49         # one more draw lies from the 2nd to the 47th of 48


class Coverage(unittest.TestCase):
    def test_ranges_hold_the_truth(self):
        found = list(doubt_coverage.studies(harness.RATHAUS, range(1000, 1000 + STUDIES)))
        fewest = int(stats.binom.ppf(FALSE_ALARM, STUDIES, HOLDS))
        held = sum(one.held() for one in found)
        self.assertGreaterEqual(held, fewest, [(one.truth, one.ranked) for one in found if not one.held()])
        # the bound can fail: from the 17th to the 32nd of 48 a range holds a third, and truths differ between studies
        self.assertLess(sum(one.held(17) for one in found), fewest)
        self.assertEqual({len(one.ranked) for one in found}, {48})
        self.assertEqual(len({one.truth for one in found}), STUDIES)


if __name__ == "__main__":
    unittest.main()
