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

/// |rough_log(x) − ln x| for normal x > 0 in single precision.
inline constexpr double rough_log_float_error = 4.6e-4;

/// The same in single precision, for twice as many lanes.
inline float rough_log(float x) {
  const auto bits = std::bit_cast<std::uint32_t>(x);
  const auto exponent = static_cast<float>(static_cast<std::int32_t>(bits >> 23) - 127);
  const float m = std::bit_cast<float>((bits & 0x007fffffu) | std::bit_cast<std::uint32_t>(1.0f));
  // of degree three
  const float series = -1.49277612f + m * (2.1126323f + m * (-0.72910421f + m * 0.10968964f));
  return exponent * std::numbers::ln2_v<float> + series;
}

/// Relative error of rough_exp: the rest of a Taylor series of degree five at ln √2, and rounding.
inline constexpr double rough_exp_error = 8e-6;

/// e^x for −80 ≤ x ≤ 80. Without branches, so that loops of it become vectors.
inline float rough_exp(float x) {
  constexpr float log2_e = std::numbers::log2e_v<float>, ln_2 = std::numbers::ln2_v<float>;
  constexpr float whole = 0x1.8p23f;  // added to a small number, rounds it into the lowest bits
  const float shifted = x * log2_e + whole;
  const float rest = x - (shifted - whole) * ln_2;
  const float series =
      1.0f + rest * (1.0f + rest * (1.0f / 2 +
                                    rest * (1.0f / 6 + rest * (1.0f / 24 + rest * (1.0f / 120)))));
  return series * std::bit_cast<float>((std::bit_cast<std::uint32_t>(shifted) + 127) << 23);
}

}  // namespace rathaus::model
