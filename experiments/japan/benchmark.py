"""What a prediction has to beat: a Bass curve through the same years."""

import numpy as np
from scipy.optimize import least_squares

ORIGIN = 2018.5      # year in which the curve starts from nothing, as in the fit behind Germany's priors


def bass(time, p, q, ceiling=1.0):
    """Share of adopters after `time` years (Bass 1969), p and q by year."""
    decay = np.exp(-(p + q) * np.asarray(time, dtype=float))
    return ceiling * (1 - decay) / (1 + q / p * decay)


def fit(time, share, free_ceiling):
    """(p, q, ceiling) with the least squares; the best of several starts, as there may be more valleys."""
    low, high = [1e-5, 0.0, 0.01], [1.0, 5.0, 1.0]
    k = 3 if free_ceiling else 2
    best = None
    for p in (0.005, 0.03, 0.1):
        for q in (0.1, 0.4, 1.0):
            for ceiling in (0.5, 0.8) if free_ceiling else (1.0,):
                found = least_squares(lambda x: bass(time, *x) - share, [p, q, ceiling][:k],
                                      bounds=(low[:k], high[:k]), xtol=1e-12, ftol=1e-12, gtol=1e-12)
                if best is None or found.cost < best.cost:
                    best = found
    return tuple(float(x) for x in best.x) if free_ceiling else (float(best.x[0]), float(best.x[1]), 1.0)


def after(years):
    """Years since the origin, at the ends of the given calendar years."""
    return np.asarray(years) + 1.0 - ORIGIN
