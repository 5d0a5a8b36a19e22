// The vendor market: fit, choice, delivery slots, prices, capacity, exit and entry [ODD 7.16, 7.4].
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "lanes/elementary.h"

namespace rathaus::rules {

/// [eq. 33] F_v(N) = F^L + (F^S − F^L)/(1 + n): to the unit's own size, also in a pool; `gain` is
/// F^S − F^L
inline double vendor_fit(double fit_large, double gain, double relative_size) {
  return fit_large + gain / (1.0 + relative_size);
}

struct VendorTaste {
  double beta_fit, beta_base, beta_incumbent, beta_open;

  /// V_v = −β_p ln P_v + β_f F_v(N) + β_b share_v + β_i own_v + β_o o_v; `by_price` is the first
  /// term
  double utility(double by_price, double fit, double base, double own, double openness) const {
    return by_price + beta_fit * fit + beta_base * base + beta_incumbent * own +
           beta_open * openness;
  }
};

/// [eq. 34] the first slot with U·(sum of weights) < running sum of weights. There is one: of draws
/// below 1 − 2^-33 the product stays below the total.
template <std::size_t most>
std::uint8_t pick(const std::array<double, most>& weight, std::uint32_t slots, double draw) {
  std::array<double, most> sum;
  double total = 0.0;
  for (std::uint32_t v = 0; v < slots; ++v) sum[v] = total += weight[v];
  const double mark = draw * total;
  std::uint32_t passed = 0;
  for (std::uint32_t v = 0; v + 1 < slots; ++v) passed += mark >= sum[v];
  return static_cast<std::uint8_t>(passed);
}

/// [eq. 35] the key of an order under `size_weighted`: large clients count more, and none for sure
inline double slot_priority(double luck, double inhabitants, double priority_population) {
  return luck / (1.0 + inhabitants / priority_population);
}

/// [eq. 37] P = P⁰ (1 + Q/q)^{log₂(1 − LR)}: it falls by LR whenever 1 + Q/q doubles
inline double list_price(double start, double projects, double learning_projects,
                         double learn_rate) {
  return start *
         elementary::pow(1.0 + projects / learning_projects, elementary::log2(1.0 - learn_rate));
}

/// [eq. 38] K ← max(1, K (1 + g clip(demand/K − 1; k_lo, k_hi)))
inline double next_capacity(double capacity, double growth, double demand, double fall,
                            double rise) {
  const double pressure = std::clamp(demand / capacity - 1.0, fall, rise);
  return std::max(1.0, capacity * (1.0 + growth * pressure));
}

/// [eq. 39] the hazard of exit: x (1 − base/b)₊, never if b = 0
inline double exit_hazard(double rate, double base, double base_minimum) {
  return rate * (base_minimum > 0.0 ? std::max(0.0, 1.0 - base / base_minimum) : 0.0);
}

/// The other half of eq. 39: a vendor enters an empty slot if nobody runs what it had, and U < n_v
inline bool enters(double base, double draw, double rate) {
  return base == 0.0 && draw < rate;
}

/// [eq. 57] a number of the national market in a run of fewer or more units
inline double scaled_to(double national, double units, double national_units) {
  return national * units / national_units;
}

}  // namespace rathaus::rules
