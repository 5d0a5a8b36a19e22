#!/usr/bin/python3
"""The minimax fit of erfc in src/lanes/normal_distribution.h: the exchange of Remez with mpmath.

(x + 4) e^(x^2) erfc(x) as a polynomial in t = (x - 4)/(x + 4), least relative error for x from 0 to
28.6. Prints the coefficients and the base-2 logarithm of the error. Not needed to build anything.
"""

import mpmath as mp

DEGREE, STEPS = 22, 6
LEAST, MOST = mp.mpf(-1), mp.mpf("0.755")
mp.mp.prec = 200


def wanted(t):
    x = 4 * (1 + t) / (1 - t)
    return mp.erfc(x) * mp.exp(x * x) * (x + 4)


def chebyshev(count):
    middle, reach = (LEAST + MOST) / 2, (MOST - LEAST) / 2
    return [middle - reach * mp.cos(mp.pi * i / (count - 1)) for i in range(count)]


def levelled(places):
    """Coefficients whose relative error is the same at all places, with alternating signs."""
    n = len(places)
    system = mp.matrix(n, n)
    for i, t in enumerate(places):
        for j in range(n - 1):
            system[i, j] = t**j / wanted(t)
        system[i, n - 1] = (-1) ** i
    return list(mp.lu_solve(system, mp.matrix([1] * n)))[:-1]


def extremes(coefficients, grid):
    """The place of the largest error between each two changes of its sign."""
    found = []
    for t, value in grid:
        error = mp.polyval(coefficients[::-1], t) / value - 1
        if found and found[-1][1] * error > 0:
            found[-1] = max(found[-1], (t, error), key=lambda place: abs(place[1]))
        else:
            found.append((t, error))
    return found


places = chebyshev(DEGREE + 2)
grid = [(t, wanted(t)) for t in chebyshev(40 * DEGREE)]
for _ in range(STEPS):
    coefficients = levelled(places)
    errors = extremes(coefficients, grid)
    places = [t for t, _ in errors]
print(", ".join(float(c).hex() for c in coefficients))
print("error 2 ^", mp.nstr(mp.log(max(abs(e) for _, e in errors), 2), 5))
