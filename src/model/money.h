// Money is int64 euro-cents, rounded once, when an amount is made; all sums are integer and exact.
#pragma once

#include <cstdint>

namespace rathaus::model {

using Cents = std::int64_t;

/// Nearest whole number, halves away from zero: std::llround for |x| < 2^63, inline and without a
/// call. What is cut off is exact, so that no half is misjudged.
inline std::int64_t nearest(double x) {
  const auto whole = static_cast<std::int64_t>(x);
  const double rest = x - static_cast<double>(whole);
  return whole + (rest >= 0.5) - (rest <= -0.5);
}

/// Nearest cent, halves away from zero.
inline Cents cents(double eur) {
  return nearest(100.0 * eur);
}

/// Fixed point with 20 binary places, for stocks that are summed over units in any order.
inline constexpr double fixed_point_one = 0x1p20;
inline std::int64_t fixed_point(double x) {
  return nearest(x * fixed_point_one);
}

}  // namespace rathaus::model
