// K1: what everybody sees of the quarter before. Counts are integers that change only when a cell
// moves (push on change), never gathered anew [ODD 7.13].
#include "model/peer_field.h"

#include <algorithm>

#include "model/quarter.h"

namespace rathaus::model {

void update_region_data(const World& world, State& state) {
  // D̄ = Σ fixed(D) / (2^20 · members): an integer sum, so that order does not matter
  std::vector<std::int64_t>& sum = state.region_data_sum;
  std::ranges::fill(sum, 0);
  for (std::uint32_t i = 0; i < world.units; ++i)
    sum[world.municipalities.region[i]] += fixed_share(state.data[i]);
  for (std::uint32_t r = 0; r < world.regions; ++r)
    state.region_data[r] = static_cast<double>(sum[r]) / (fixed_point_one * world.region_size[r]);
}

namespace {

/// One cell started or stopped running: its watchers, its provider group and the country see it.
void count_running(const World& world, State& state, const Change& change, bool starts) {
  const std::uint32_t u = change.use_case;
  const auto one = static_cast<std::uint32_t>(starts ? 1 : -1);
  for (std::uint32_t w = world.watcher_first[change.unit]; w < world.watcher_first[change.unit + 1];
       ++w) {
    std::uint8_t& peers = state.peers_running[state.cell(u, world.watcher[w])];
    peers = static_cast<std::uint8_t>(peers + one);
  }
  const std::uint32_t provider = world.provider[change.unit];
  const std::size_t group = std::size_t{u} * world.providers + provider;
  state.provider_running[group] += one;
  state.provider_share[group] =
      static_cast<double>(state.provider_running[group]) / world.provider_size[provider];
  state.all_running[u] += one;
}

/// A service begins or ends at a vendor: the group of its unit sees it.
void count_group_base(const World& world, State& state, const Change& change) {
  std::uint32_t* const base = &state.group_base[(std::size_t{change.use_case} * world.providers +
                                                 world.provider[change.unit]) *
                                                world.vendors];
  if (change.from >= operation) --base[change.from_vendor];
  if (change.to >= operation) ++base[change.to_vendor];
}

/// One cell more or less at a vendor.
void count_base(const World& world, State& state, std::uint32_t unit, std::uint8_t vendor,
                std::uint32_t one) {
  for (VendorBase* base :
       {&state.vendor_base, &state.regional_base[world.municipalities.region[unit]]}) {
    (*base)[vendor] += one;
    base->all += one;
  }
}

}  // namespace

void update_fields(const World& world, State& state) {
  for (const Change& change : state.report.changes) {
    if ((change.from >= operation) != (change.to >= operation))
      count_running(world, state, change, change.to >= operation);
    if (world.may_offer) count_group_base(world, state, change);
    if (change.from >= pilot) count_base(world, state, change.unit, change.from_vendor, UINT32_MAX);
    if (change.to >= pilot) count_base(world, state, change.unit, change.to_vendor, 1);
  }
}

}  // namespace rathaus::model
