// Choice among weighted slots by one draw: the inverse of their distribution function.
#pragma once

#include <array>
#include <cstdint>

#include "model/tables.h"

namespace rathaus::model {

/// One number per vendor slot.
using BySlot = std::array<double, max_vendors>;

/// The first slot with draw·total < Σ weights up to it [eq. 34]. There is one: of draws below
/// 1 − 2^-33 the product stays below the total.
inline std::uint8_t pick(const BySlot& weight, std::uint32_t slots, double draw) {
  double total = 0.0;
  for (std::uint32_t v = 0; v < slots; ++v) total += weight[v];
  const double mark = draw * total;
  double sum = weight[0];
  std::uint32_t v = 0;
  while (v + 1 < slots && mark >= sum) sum += weight[++v];
  return static_cast<std::uint8_t>(v);
}

}  // namespace rathaus::model
