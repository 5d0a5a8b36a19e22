"""Ranges over the points of a study, for curves and groups that no table of the program has: by its rule (docs/metrics.md, "Verdicts")."""

import numpy as np


def span(points):
    """The 2nd and the 47th of 48; the r-th and the (n + 1 − r)-th of n, r = ⌊n/24⌋ and at least 1."""
    points = np.sort(np.asarray(points, dtype=float))
    if len(points) < 2:
        return None, None
    rank = max(1, len(points) // 24)
    return float(points[rank - 1]), float(points[-rank])


def middle(points):
    """The median; infinite values have their place."""
    points = np.sort(np.asarray(points, dtype=float))
    below, above = points[(len(points) - 1) // 2], points[len(points) // 2]
    return float(below if below == above else (below + above) / 2)
