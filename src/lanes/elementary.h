// Logarithms, exponentials, powers and angles that are the same bits on every processor, compiler
// and C library: additions, multiplications, divisions, square roots, moves of bits, comparisons
// and selections, which IEEE 754 defines, and nothing else; never contracted (-ffp-contract=off).
// Without branches, tables and calls, so that a loop of any of them becomes vectors.
//
// Edge cases are those of the C standard; the sign and payload of a NaN mean nothing. Errors are
// stated in units in the last place of the result (ulp) and held against MPFR by
// tests/lanes/elementary_test.cpp. The coefficients are minimax fits of our own:
// scripts/tools/elementary.sollya derives them. models/reference/elementary.py has the same
// operations in Python.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace rathaus::elementary {

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// A number in two parts: the rounded one, and what rounding left.
struct Parts {
  double high, low;
};

/// a + b exactly [Knuth 1969].
inline Parts exact_sum(double a, double b) {
  const double sum = a + b, of_b = sum - a;
  return {sum, (a - (sum - of_b)) + (b - of_b)};
}

/// a·b exactly, unless a part underflows [Dekker 1971].
inline Parts exact_product(double a, double b) {
  constexpr double split = 0x1p27 + 1.0;
  const double ca = split * a, cb = split * b;
  const double a1 = ca - (ca - a), b1 = cb - (cb - b);
  const double a2 = a - a1, b2 = b - b1;
  const double product = a * b;
  return {product, ((a1 * b1 - product) + a1 * b2 + a2 * b1) + a2 * b2};
}

/// (a.high + a.low)·(b.high + b.low) but for the product of the low parts.
inline Parts product(Parts a, Parts b) {
  const Parts high = exact_product(a.high, b.high);
  return {high.high, high.low + (a.high * b.low + a.low * b.high)};
}

/// x = 2^k·m with m from √½ to under √2, for x from above 0 to under infinity, subnormal ones too;
/// of others it means nothing.
struct Scaled {
  double k, m;
};
inline Scaled scaled(double x) {
  constexpr std::uint64_t one = std::bit_cast<std::uint64_t>(1.0);
  constexpr std::uint64_t least = 0x3fe6a09e'00000000;  // about √½; its lower half is zero
  constexpr std::uint64_t mantissa = (std::uint64_t{1} << 52) - 1;
  constexpr double whole = 0x1p52;  // in its lowest bits a whole number can stand
  const bool is_subnormal = x < 0x1p-1022;
  const auto bits = std::bit_cast<std::uint64_t>(is_subnormal ? x * 0x1p54 : x) + (one - least);
  const double biased = std::bit_cast<double>(bits >> 52 | std::bit_cast<std::uint64_t>(whole));
  return {biased - (is_subnormal ? whole + 1023.0 + 54.0 : whole + 1023.0),
          std::bit_cast<double>((bits & mantissa) + least)};
}

/// ln 2: times a whole number below 2^11 the high part is exact.
inline constexpr Parts ln_2{0x1.62e42fefa38p-1, 0x1.ef35793c7673p-45};

/// A logarithm of x, where it is known only for x from above 0 to under infinity.
inline double logarithm_of(double x, double known) {
  return x > 0.0 ? (x < infinity ? known : infinity) : (x == 0.0 ? -infinity : nan);
}

/// ln x, below 1 ulp; log(1) = 0.
inline double log(double x) {
  const auto [k, m] = scaled(x);
  // ln m = 2s + s·z·P(z) with s = (m − 1)/(m + 1), z = s²; 2s is f − s·f, and s·f less ½f² is small
  const double f = m - 1.0;
  const double s = f / (2.0 + f), z = s * s, z2 = z * z;
  const double odd =
      z * (0x1.5555555555558p-1 +
           z2 * (0x1.2492492df8968p-2 + z2 * (0x1.7462b89ff002fp-3 + z2 * 0x1.2b5f4061cb81p-3)));
  const double even =
      z2 * (0x1.99999999952d9p-2 + z2 * (0x1.c71c62d91b459p-3 + z2 * 0x1.39fdd4fc32cadp-3));
  const double half_square = 0.5 * f * f;
  const double of_m = f - (half_square - (s * (half_square + (odd + even)) + k * ln_2.low));
  const double known = k * ln_2.high + of_m;
  return logarithm_of(x, known);
}

/// e^(x + rest) for a rest below one unit in the last place of x; below 1 ulp, of subnormal results
/// below 1.1.
inline double exp_of(double x, double rest) {
  constexpr double log2_e = 0x1.71547652b82fep0;
  constexpr double whole = 0x1.8p52;  // added to a small number, rounds it into the lowest bits
  // beyond these bounds results are 0 and infinity
  const double bounded = x < -746.0 ? -746.0 : (x > 710.0 ? 710.0 : x);
  const double left = bounded == x ? rest : 0.0;
  const double shifted = bounded * log2_e + whole;
  const double k = shifted - whole;
  // e^r = 1 + r + r²·P(r) with r = high − low between −½ ln 2 and ½ ln 2
  const double high = bounded - k * ln_2.high, low = k * ln_2.low - left;
  const double r = high - low, r2 = r * r, r4 = r2 * r2;
  const double first = (0x1.000000000000cp-1 + r * 0x1.5555555555561p-3) +
                       r2 * (0x1.555555554fdf1p-5 + r * 0x1.111111110d63ap-7);
  const double second = (0x1.6c16c1860e367p-10 + r * 0x1.a01a01bae3c6fp-13) +
                        r2 * (0x1.a01995a2b6e57p-16 + r * 0x1.71dddfc5e5687p-19);
  const double third = 0x1.28b1101729edep-22 + r * 0x1.af85944003241p-26;
  const double of_r = 1.0 + (high + (r2 * (first + r4 * (second + r4 * third)) - low));
  // times 2^k in two steps, so that subnormal results are rounded once more and no others
  const std::uint64_t biased =
      std::bit_cast<std::uint64_t>(shifted) - std::bit_cast<std::uint64_t>(whole) + 2 * 1023;
  const std::uint64_t half = biased >> 1;
  return of_r * std::bit_cast<double>(half << 52) * std::bit_cast<double>((biased - half) << 52);
}

/// e^x, below 1 ulp (subnormal results below 1.1); exp(0) = 1.
inline double exp(double x) {
  return exp_of(x, 0.0);
}

/// k·ln 2 + ln m = ln x to about 2^-65 of ln m, for x as in `scaled`.
struct LogParts {
  double k;
  Parts of_m;
};
inline LogParts log_parts(double x) {
  const auto [k, m] = scaled(x);
  // ln m = 2s + ⅔s³ + s⁵·P(s²), s = f/g in two parts
  const double f = m - 1.0;
  const Parts g = exact_sum(m, 1.0);
  const double s = f / g.high;
  const Parts back = exact_product(s, g.high);
  const double s_low = ((f - back.high) - back.low - s * g.low) / g.high;
  const Parts square = product({s, s_low}, {s, s_low});
  const Parts cube = product(square, {s, s_low});
  const Parts third = product(cube, {0x1.5555555555555p-1, 0x1.5555555555555p-55});
  const double z = square.high, z2 = z * z;
  const double fifth = z * cube.high *
                       (((0x1.999999999999ap-2 + z * 0x1.24924924922fdp-2) +
                         z2 * (0x1.c71c71c74cc83p-3 + z * 0x1.745d173ca289fp-3)) +
                        z2 * z2 *
                            ((0x1.3b13a9e3d88bbp-3 + z * 0x1.11154ca809749p-3) +
                             z2 * (0x1.e01a3bb2fa7cdp-4 + z * 0x1.da9e69ff75872p-4)));
  const Parts sum = exact_sum(2.0 * s, third.high);
  return {k, exact_sum(sum.high, sum.low + (third.low + 2.0 * s_low + fifth))};
}

/// log2 x, below 0.6 ulp; exact for powers of two.
inline double log2(double x) {
  const LogParts parts = log_parts(x);
  const Parts of_m = product(parts.of_m, {0x1.71547652b82fep0, 0x1.777d0ffda0d24p-56});
  const Parts sum = exact_sum(parts.k, of_m.high);
  return logarithm_of(x, sum.high + (sum.low + of_m.low));
}

/// ln x in two parts.
inline Parts whole_log(double x) {
  const LogParts parts = log_parts(x);
  const Parts sum = exact_sum(parts.k * ln_2.high, parts.of_m.high);
  return exact_sum(sum.high, sum.low + (parts.k * ln_2.low + parts.of_m.low));
}

/// log10 x, below 0.6 ulp; exact for powers of ten.
inline double log10(double x) {
  const Parts found = product(whole_log(x), {0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57});
  return logarithm_of(x, found.high + found.low);
}

/// x^y, below 1 ulp (subnormal results below 1.1); x^0 = 1, x^1 = x, 1^y = 1.
inline double pow(double x, double y) {
  const double base = std::abs(x);
  // the logarithm of a base other than 1 is at least 2^-53: more than this changes no result
  const double power = y > 0x1p65 ? 0x1p65 : (y < -0x1p65 ? -0x1p65 : y);
  const Parts exponent = product(whole_log(base), {power, 0.0});
  const double of_base = exp_of(exponent.high, exponent.low);
  const double of_zero = y > 0.0 ? 0.0 : infinity, of_infinity = y > 0.0 ? infinity : 0.0;
  const double size =
      base == 0.0 ? of_zero : (base < infinity ? (base == 1.0 ? 1.0 : of_base) : of_infinity);
  // a negative base has powers of whole numbers only; from 2^53 on these are even
  const double most = std::abs(y), half = 0.5 * most;
  const bool is_whole = !(most < 0x1p52) || (most + 0x1p52) - 0x1p52 == most;
  const bool is_odd = is_whole && half < 0x1p52 && (half + 0x1p52) - 0x1p52 != half;
  const double with_sign = std::signbit(x) && is_odd ? -size : size;
  const bool is_defined = x == x && y == y && (x >= 0.0 || is_whole || base == infinity);
  const double found = is_defined ? with_sign : nan;
  return y == 0.0 || x == 1.0 ? 1.0 : (y == 1.0 ? x : found);
}

/// x less the nearest even number: −1 … 1; 0 for even numbers from 2^53 on, NaN for infinity.
inline double half_turns(double x) {
  const double half = 0.5 * std::abs(x);
  const double rest = half < 0x1p52 ? half - ((half + 0x1p52) - 0x1p52) : 0.0 * half;
  return 2.0 * rest;
}

/// sin πr and cos πr for |r| ≤ ¼.
inline double sine_near_zero(double r) {
  constexpr Parts pi{0x1.921fb54442d18p1, 0x1.1a62633145c07p-53};
  const double z = r * r, z2 = z * z;
  const double series =
      ((-0x1.4abbce625be53p2 + z * 0x1.466bc6775abc4p1) +
       z2 * (-0x1.32d2cce647d27p-1 + z * 0x1.507834b74cb07p-4)) +
      z2 * z2 * ((-0x1.e3079d6d28136p-8 + z * 0x1.e930426c38118p-12) + z2 * -0x1.806dfa7b1a36cp-16);
  const Parts first = exact_product(r, pi.high);
  return first.high + (first.low + r * (pi.low + z * series));
}
inline double cosine_near_zero(double r) {
  const double z = r * r, z2 = z * z;
  const double series =
      ((-0x1.3bd3cc9be45dep2 + z * 0x1.03c1f081b5a24p2) +
       z2 * (-0x1.55d3c7e3b7b2bp0 + z * 0x1.e1f5066556cfbp-3)) +
      z2 * z2 * ((-0x1.a6d1d363bdbddp-6 + z * 0x1.f9b8287333cb9p-10) + z2 * -0x1.ac35070ef84e8p-14);
  return 1.0 + z * series;
}

/// sin πx, below 1.5 ulp (results under 2^-960 below 5); exact where 2x is whole.
inline double sinpi(double x) {
  const double turns = half_turns(x), size = std::abs(turns);
  const double r = size < 0.25 ? size : (size <= 0.75 ? size - 0.5 : 1.0 - size);
  const bool is_middle = size >= 0.25 && size <= 0.75;
  const double found = is_middle ? cosine_near_zero(r) : sine_near_zero(r);
  // of whole numbers it is zero with the sign of the number
  const bool is_negative = std::signbit(x) != (std::signbit(turns) && found != 0.0);
  return is_negative ? -found : found;
}

/// cos πx, below 1.5 ulp; exact where 2x is whole.
inline double cospi(double x) {
  const double size = std::abs(half_turns(x));
  const double r = size < 0.25 ? size : (size <= 0.75 ? 0.5 - size : 1.0 - size);
  const bool is_middle = size >= 0.25 && size <= 0.75;
  const double cosine = cosine_near_zero(r);
  return is_middle ? sine_near_zero(r) : (size > 0.75 ? -cosine : cosine);
}

}  // namespace rathaus::elementary
