// Choice among weighted slots by one draw: the inverse of their distribution function.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "model/tables.h"

namespace rathaus::model {

/// One number per vendor slot, of which loops make vectors; beyond the last slot nobody looks.
using BySlot = std::array<double, max_vendors>;

/// The first slot with draw·total < Σ weights up to it [eq. 34]. There is one: of draws below
/// 1 − 2^-33 the product stays below the total. Where every weight has a relative `error`, none if
/// the draw is too near a bound to tell.
inline std::optional<std::uint8_t> pick(const BySlot& weight, std::uint32_t slots, double draw,
                                        double error = 0.0) {
  BySlot sum;
  double total = 0.0;
  for (std::uint32_t v = 0; v < slots; ++v) sum[v] = total += weight[v];
  const double mark = draw * total;
  const double blur = error * total;  // a bound moves by 2·error·p(1 − p) of the total at most
  std::uint32_t v = 0;
  while (v + 1 < slots && mark >= sum[v]) ++v;
  if (error > 0.0) {
    const bool above = v == 0 || mark >= sum[v - 1] + blur;
    const bool below = v + 1 == slots || mark < sum[v] - blur;
    if (!above || !below) return std::nullopt;
  }
  return static_cast<std::uint8_t>(v);
}

}  // namespace rathaus::model
