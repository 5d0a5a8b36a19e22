// Logarithms and exponentials with a stated error, a few instructions each. Most decisions are
// clear from these; those that are not are taken with the functions of the library, so that no
// result depends on which were used.
#pragma once

#include <bit>
#include <cstdint>
#include <numbers>

namespace rathaus::model {

/// |rough_log(x) − ln x| for normal x > 0.
inline constexpr double rough_log_error = 6.1e-5;

/// ln x of a normal x > 0; of other numbers it means nothing. Without branches
/// or tables, so that loops of it become vectors.
inline double rough_log(double x) {
  constexpr double ln_2 = std::numbers::ln2;
  constexpr std::uint64_t mantissa = (std::uint64_t{1} << 52) - 1;
  const auto bits = std::bit_cast<std::uint64_t>(x);
  // in the lowest bits of 2^52 stands the exponent plus 1023
  const double exponent =
      std::bit_cast<double>(bits >> 52 | std::bit_cast<std::uint64_t>(0x1p52)) - (0x1p52 + 1023.0);
  const double m = std::bit_cast<double>((bits & mantissa) | std::bit_cast<std::uint64_t>(1.0));
  // the polynomial of degree four that comes nearest to ln on [1, 2)
  const double series =
      -1.7417781 + m * (2.82117196 + m * (-1.46993999 + m * (0.44717861 + m * -0.0565717675)));
  return exponent * ln_2 + series;
}

/// Relative error of rough_exp: the rest of a Taylor series of degree six at ln √2.
inline constexpr double rough_exp_error = 2e-7;

/// e^x for −700 ≤ x ≤ 700; below it stays at e^−700. Without branches, so that loops of it become
/// vectors.
inline double rough_exp(double x) {
  constexpr double log2_e = std::numbers::log2e, ln_2 = std::numbers::ln2;
  constexpr double whole = 0x1.8p52;  // added to a small number, rounds it into the lowest bits
  const double bounded = x < -700.0 ? -700.0 : x;
  const double shifted = bounded * log2_e + whole;
  const double rest = bounded - (shifted - whole) * ln_2;
  const double series =
      1.0 +
      rest * (1.0 + rest * (1.0 / 2 +
                            rest * (1.0 / 6 +
                                    rest * (1.0 / 24 + rest * (1.0 / 120 + rest * (1.0 / 720))))));
  return series * std::bit_cast<double>((std::bit_cast<std::uint64_t>(shifted) + 1023) << 52);
}

}  // namespace rathaus::model
