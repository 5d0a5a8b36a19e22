#include "model/concentration.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <span>

namespace rathaus::model {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Σ base²
double squares(const VendorBase& base) {
  double sum = 0.0;
  for (const std::uint32_t b : base) sum += static_cast<double>(b) * b;
  return sum;
}

/// Σ m_v² over the installed base of the country; none if nothing is installed [eq. 53]
double hhi_national(const World&, const State& state) {
  const VendorBase& base = state.vendor_base;
  if (base.all == 0) return missing;
  const double all = base.all;
  return squares(base) / (all * all);
}

/// The same within each region, weighted by its installed base [eq. 53]
double hhi_local(const World&, const State& state) {
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

/// Moran's I of adoption over geographic neighbours; none if all units are alike [eq. 55]
double morans_i(const World& world, const State& state) {
  // x ∈ {0,1}, w = 1 per directed geographic edge:
  // I = (n/W) Σ_ij w (x_i − x̄)(x_j − x̄) / Σ_i (x_i − x̄)², all of it from integer counts
  const AdopterTies& ties = state.ties;
  const auto edges = static_cast<double>(world.nearby.size());
  if (ties.adopters == 0 || ties.adopters == world.units || edges == 0.0) return missing;
  const double mean = static_cast<double>(ties.adopters) / world.units;
  const double products = static_cast<double>(ties.both) -
                          mean * static_cast<double>(ties.from + ties.to) + mean * mean * edges;
  const double variance = static_cast<double>(ties.adopters) * (1.0 - mean);
  return world.units / edges * products / variance;
}

/// IT-provider groups that offer their members at least one use case [ODD 7.24]
double groups_offering(const World&, const State& state) {
  return static_cast<double>(
      std::ranges::count_if(state.offered, [](UseCaseSet offered) { return offered != 0; }));
}

constexpr std::array infos{
    IndexInfo{"hhi_national", "Herfindahl index of the installed base", hhi_national},
    IndexInfo{"hhi_local", "mean Herfindahl index of the regions, by base", hhi_local},
    IndexInfo{"morans_i", "Moran's I of adoption over geographic neighbours", morans_i},
    IndexInfo{"groups_offering", "IT-provider groups that offer a use case to their members",
              groups_offering},
};

}  // namespace

std::span<const IndexInfo> index_infos() {
  return infos;
}

void toggle_adopter(const World& world, State& state, std::uint32_t unit) {
  const std::span<const std::uint32_t> seen = world.seen_nearby(unit),
                                       watchers = world.watchers_nearby(unit);
  std::int64_t both = 0;
  for (const std::uint32_t other : seen) both += contains(state.adopters, other);
  for (const std::uint32_t other : watchers) both += contains(state.adopters, other);
  state.adopters[unit / batch_units] ^= Lanes{1} << unit % batch_units;
  const std::int64_t one = contains(state.adopters, unit) ? 1 : -1;
  AdopterTies& ties = state.ties;
  ties.adopters += one;
  ties.from += one * std::ssize(seen);
  ties.to += one * std::ssize(watchers);
  ties.both += one * both;
}

}  // namespace rathaus::model
