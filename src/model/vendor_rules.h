// Rival rules of the market: whom a new pilot buys from, and whom a busy vendor serves first
// [ODD 7.16].
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "model/turn.h"

namespace rathaus::model {

/// One way to choose a vendor [eq. 34]. `eligible`: bit v, slot v may be chosen; one may at least.
struct VendorChoiceInfo {
  VendorChoice rule;
  std::string_view name;
  std::uint8_t (*choose)(const Turn& turn, std::uint32_t eligible, double draw);
};

/// One order of the clients of a vendor: the smallest key is served first [eq. 35].
struct SlotPriorityInfo {
  SlotPriority rule;
  std::string_view name;
  double (*key)(double luck, double inhabitants, const Coefficients& coefficients);
};

/// Every rule, in the order of the enumerators. A new one is a row and its enumerator.
std::span<const VendorChoiceInfo> vendor_choices();
std::span<const SlotPriorityInfo> slot_priorities();

inline const VendorChoiceInfo& info_of(VendorChoice rule) {
  return vendor_choices()[static_cast<std::size_t>(rule)];
}
inline const SlotPriorityInfo& info_of(SlotPriority rule) {
  return slot_priorities()[static_cast<std::size_t>(rule)];
}

}  // namespace rathaus::model
