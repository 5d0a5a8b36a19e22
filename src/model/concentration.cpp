#include "model/concentration.h"

#include <cmath>
#include <limits>

namespace rathaus::model {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Σ base²
double squares(const VendorBase& base) {
  double sum = 0.0;
  for (const std::uint32_t b : base) sum += static_cast<double>(b) * b;
  return sum;
}

bool is_adopter(const State& state, std::uint32_t unit) {
  return state.running[unit] != 0;
}

}  // namespace

double hhi_national(const State& state) {
  const VendorBase& base = state.vendor_base;
  if (base.all == 0) return missing;
  const double all = base.all;
  return squares(base) / (all * all);
}

double hhi_local(const State& state) {
  // Σ_r base_r·HHI_r / Σ_r base_r, and base_r·HHI_r = Σ_v base_rv² / base_r
  double weighted = 0.0;
  double total = 0.0;
  for (const VendorBase& base : state.regional_base) {
    if (base.all == 0) continue;
    weighted += squares(base) / base.all;
    total += base.all;
  }
  return total > 0.0 ? weighted / total : missing;
}

double morans_i(const World& world, const State& state) {
  // x ∈ {0,1}, w = 1 per directed geographic edge:
  // I = (n/W) Σ_ij w (x_i − x̄)(x_j − x̄) / Σ_i (x_i − x̄)², all of it from integer counts
  std::int64_t adopters = 0, from = 0, to = 0, both = 0;
  for (std::uint32_t i = 0; i < world.units; ++i) {
    if (!is_adopter(state, i)) continue;
    ++adopters;
    from += world.nearby_first[i + 1] - world.nearby_first[i];
    to += world.nearby_to[i];
    for (std::uint32_t e = world.nearby_first[i]; e < world.nearby_first[i + 1]; ++e)
      both += is_adopter(state, world.nearby[e]);
  }
  const auto edges = static_cast<double>(world.nearby.size());
  if (adopters == 0 || adopters == world.units || edges == 0.0) return missing;
  const double mean = static_cast<double>(adopters) / world.units;
  const double products =
      static_cast<double>(both) - mean * static_cast<double>(from + to) + mean * mean * edges;
  const double variance = static_cast<double>(adopters) * (1.0 - mean);
  return world.units / edges * products / variance;
}

}  // namespace rathaus::model
