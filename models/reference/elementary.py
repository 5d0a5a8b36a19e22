"""Logarithms, exponentials, powers and angles: the operations of src/lanes/elementary.h, one by one.

A float of Python is an IEEE 754 double and its + - * / are those of the processor, so that every
result is the same bits as that of the program. Edge cases that the model never meets are left out:
arguments are finite, those of logarithms and bases of powers positive.
"""

import struct

INFINITY = float("inf")
LN_2 = (float.fromhex("0x1.62e42fefa38p-1"), float.fromhex("0x1.ef35793c7673p-45"))
ONE = 0x3FF0000000000000
LEAST = 0x3FE6A09E00000000  # about the square root of one half
MANTISSA = (1 << 52) - 1


def numbers(*texts):
    return tuple(float.fromhex(text) for text in texts)


def bits(x):
    return struct.unpack("<Q", struct.pack("<d", x))[0]


def from_bits(word):
    return struct.unpack("<d", struct.pack("<Q", word & (2**64 - 1)))[0]


def exact_sum(a, b):
    total = a + b
    of_b = total - a
    return total, (a - (total - of_b)) + (b - of_b)


def exact_product(a, b):
    split = 2.0**27 + 1.0
    ca, cb = split * a, split * b
    a1, b1 = ca - (ca - a), cb - (cb - b)
    a2, b2 = a - a1, b - b1
    product = a * b
    return product, ((a1 * b1 - product) + a1 * b2 + a2 * b1) + a2 * b2


def product(a, b):
    high, low = exact_product(a[0], b[0])
    return high, low + (a[0] * b[1] + a[1] * b[0])


def scaled(x):
    subnormal = x < 2.0**-1022
    word = bits(x * 2.0**54 if subnormal else x) + (ONE - LEAST)
    k = (word >> 52) - (1023 + 54 if subnormal else 1023)
    return float(k), from_bits((word & MANTISSA) + LEAST)


LOG = numbers("0x1.5555555555558p-1", "0x1.99999999952d9p-2", "0x1.2492492df8968p-2",
              "0x1.c71c62d91b459p-3", "0x1.7462b89ff002fp-3", "0x1.39fdd4fc32cadp-3",
              "0x1.2b5f4061cb81p-3")


def log(x):
    k, m = scaled(x)
    f = m - 1.0
    s = f / (2.0 + f)
    z = s * s
    z2 = z * z
    odd = z * (LOG[0] + z2 * (LOG[2] + z2 * (LOG[4] + z2 * LOG[6])))
    even = z2 * (LOG[1] + z2 * (LOG[3] + z2 * LOG[5]))
    half_square = 0.5 * f * f
    of_m = f - (half_square - (s * (half_square + (odd + even)) + k * LN_2[1]))
    return k * LN_2[0] + of_m


LOG2_E = float.fromhex("0x1.71547652b82fep0")
WHOLE = 1.5 * 2.0**52
EXP = numbers("0x1.000000000000cp-1", "0x1.5555555555561p-3", "0x1.555555554fdf1p-5",
              "0x1.111111110d63ap-7", "0x1.6c16c1860e367p-10", "0x1.a01a01bae3c6fp-13",
              "0x1.a01995a2b6e57p-16", "0x1.71dddfc5e5687p-19", "0x1.28b1101729edep-22",
              "0x1.af85944003241p-26")


def exp_of(x, rest):
    bounded = -746.0 if x < -746.0 else (710.0 if x > 710.0 else x)
    left = rest if bounded == x else 0.0
    shifted = bounded * LOG2_E + WHOLE
    k = shifted - WHOLE
    high, low = bounded - k * LN_2[0], k * LN_2[1] - left
    r = high - low
    r2 = r * r
    r4 = r2 * r2
    first = (EXP[0] + r * EXP[1]) + r2 * (EXP[2] + r * EXP[3])
    second = (EXP[4] + r * EXP[5]) + r2 * (EXP[6] + r * EXP[7])
    third = EXP[8] + r * EXP[9]
    of_r = 1.0 + (high + (r2 * (first + r4 * (second + r4 * third)) - low))
    biased = bits(shifted) - bits(WHOLE) + 2 * 1023
    half = biased >> 1
    return of_r * from_bits(half << 52) * from_bits((biased - half) << 52)


def exp(x):
    return exp_of(x, 0.0)


TWO_THIRDS = numbers("0x1.5555555555555p-1", "0x1.5555555555555p-55")
FIFTH = numbers("0x1.999999999999ap-2", "0x1.24924924922fdp-2", "0x1.c71c71c74cc83p-3",
                "0x1.745d173ca289fp-3", "0x1.3b13a9e3d88bbp-3", "0x1.11154ca809749p-3",
                "0x1.e01a3bb2fa7cdp-4", "0x1.da9e69ff75872p-4")


def log_parts(x):
    k, m = scaled(x)
    f = m - 1.0
    g, g_low = exact_sum(m, 1.0)
    s = f / g
    back, back_low = exact_product(s, g)
    s_low = ((f - back) - back_low - s * g_low) / g
    square = product((s, s_low), (s, s_low))
    cube = product(square, (s, s_low))
    third = product(cube, TWO_THIRDS)
    z = square[0]
    z2 = z * z
    fifth = z * cube[0] * (
        ((FIFTH[0] + z * FIFTH[1]) + z2 * (FIFTH[2] + z * FIFTH[3]))
        + z2 * z2 * ((FIFTH[4] + z * FIFTH[5]) + z2 * (FIFTH[6] + z * FIFTH[7])))
    total, rest = exact_sum(2.0 * s, third[0])
    return k, exact_sum(total, rest + (third[1] + 2.0 * s_low + fifth))


LOG2_E_PARTS = numbers("0x1.71547652b82fep0", "0x1.777d0ffda0d24p-56")
LOG10_E_PARTS = numbers("0x1.bcb7b1526e50ep-2", "0x1.95355baaafad3p-57")


def log2(x):
    k, of_m = log_parts(x)
    high, low = product(of_m, LOG2_E_PARTS)
    total, rest = exact_sum(k, high)
    return total + (rest + low)


def whole_log(x):
    k, of_m = log_parts(x)
    total, rest = exact_sum(k * LN_2[0], of_m[0])
    return exact_sum(total, rest + (k * LN_2[1] + of_m[1]))


def log10(x):
    high, low = product(whole_log(x), LOG10_E_PARTS)
    return high + low


def pow(x, y):
    if y == 0.0 or x == 1.0:
        return 1.0
    if y == 1.0:
        return x
    if x == 0.0:
        return 0.0 if y > 0.0 else INFINITY
    power = min(max(y, -(2.0**65)), 2.0**65)
    return exp_of(*product(whole_log(x), (power, 0.0)))


SINE = numbers("-0x1.4abbce625be53p2", "0x1.466bc6775abc4p1", "-0x1.32d2cce647d27p-1",
               "0x1.507834b74cb07p-4", "-0x1.e3079d6d28136p-8", "0x1.e930426c38118p-12",
               "-0x1.806dfa7b1a36cp-16")
COSINE = numbers("-0x1.3bd3cc9be45dep2", "0x1.03c1f081b5a24p2", "-0x1.55d3c7e3b7b2bp0",
                 "0x1.e1f5066556cfbp-3", "-0x1.a6d1d363bdbddp-6", "0x1.f9b8287333cb9p-10",
                 "-0x1.ac35070ef84e8p-14")
PI = numbers("0x1.921fb54442d18p1", "0x1.1a62633145c07p-53")


def series_of(c, z):
    z2 = z * z
    return ((c[0] + z * c[1]) + z2 * (c[2] + z * c[3])) + z2 * z2 * ((c[4] + z * c[5]) + z2 * c[6])


def half_turns(x):
    half = 0.5 * abs(x)
    return 2.0 * (half - ((half + 2.0**52) - 2.0**52))


def sine_near_zero(r):
    z = r * r
    high, low = exact_product(r, PI[0])
    return high + (low + r * (PI[1] + z * series_of(SINE, z)))


def cosine_near_zero(r):
    z = r * r
    return 1.0 + z * series_of(COSINE, z)


def sinpi(x):
    turns = half_turns(x)
    size = abs(turns)
    if 0.25 <= size <= 0.75:
        found = cosine_near_zero(size - 0.5)
    else:
        found = sine_near_zero(size if size < 0.25 else 1.0 - size)
    return -found if (x < 0.0) != (turns < 0.0) else found


def cospi(x):
    size = abs(half_turns(x))
    if 0.25 <= size <= 0.75:
        return sine_near_zero(0.5 - size)
    return -cosine_near_zero(1.0 - size) if size > 0.75 else cosine_near_zero(size)
