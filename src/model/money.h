// Money is int64 euro-cents, rounded once, when an amount is made; all sums are integer and exact.
#pragma once

#include <cmath>
#include <cstdint>

namespace rathaus::model {

using Cents = std::int64_t;

/// Nearest cent, halves away from zero.
inline Cents cents(double eur) {
  return std::llround(100.0 * eur);
}

/// Fixed point with 20 binary places, for stocks that are summed over units in any order.
inline constexpr double fixed_point_one = 0x1p20;
inline std::int64_t fixed_point(double x) {
  return std::llround(x * fixed_point_one);
}

}  // namespace rathaus::model
