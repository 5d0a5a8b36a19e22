// Logarithms and exponentials with a stated error, a few instructions each. Most decisions are
// clear from these; those that are not are taken with the functions of the library, so that no
// result depends on which were used.
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace rathaus::model {

/// ln of the middle of each 256th of [1, 2).
inline const std::array<double, 256> rough_log_table = [] {
  std::array<double, 256> table{};
  for (std::size_t k = 0; k < table.size(); ++k)
    table[k] = std::log(1.0 + (static_cast<double>(k) + 0.5) / 256.0);
  return table;
}();

/// |rough_log(x) − ln x| for normal x > 0: half a 256th at 1.
inline constexpr double rough_log_error = 0.00196;

/// ln x of a normal x > 0. Of a smaller one, infinity and NaN it is too large.
inline double rough_log(double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const auto exponent = static_cast<std::int32_t>(bits >> 52) - 1023;
  return exponent * std::numbers::ln2 + rough_log_table[bits >> 44 & 0xffu];
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
