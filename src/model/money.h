// Money is int64 euro-cents, rounded once, when an amount is made; all sums are integer and exact.
#pragma once

#include <cmath>
#include <cstdint>

namespace rathaus::model {

using Cents = std::int64_t;

/// Nearest whole number, halves away from zero: std::llround for |x| < 2^52, without a call. Added
/// is the number before one half, since x + 1/2 itself may round up to the next whole number.
inline std::int64_t nearest(double x) {
  return static_cast<std::int64_t>(x + std::copysign(0x1.fffffffffffffp-2, x));
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

/// The same for 0 ≤ x ≤ 1, in a type that every vector unit converts to.
inline std::int32_t fixed_share(double x) {
  return static_cast<std::int32_t>(x * fixed_point_one + 0x1.fffffffffffffp-2);
}

}  // namespace rathaus::model
