#include "model/vendor_preselection.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "model/pick.h"
#include "model/rough.h"

namespace rathaus::model {
namespace {

constexpr std::int32_t base_stride = sizeof(VendorBase) / sizeof(std::uint32_t);

/// Relative error of a weight. That of the exponential is well below what is stated, by more than
/// utilities of 10,000 are rounded, and the bound allows for twice of it.
constexpr double weight_error = rough_exp_error + 1e-10;

RATHAUS_LANES void weigh_choices(const Batch& batch, VendorPreselection::Choices& choices) {
  const Parameters& p = batch.parameters();
  const VendorMarket& market = batch.state.market;
  const VendorTraits& traits = batch.world.vendor_traits;
  const std::uint32_t slots = batch.world.vendors;
  const std::uint32_t* const base = batch.structure().peer_set == PeerSet::global
                                        ? batch.state.vendor_base.data()
                                        : batch.state.regional_base.front().data();
  // V_v = −β_p ln P_v + β_f fit_v + β_b·share of the base + β_i·share of own projects + β_o o_v
  // [eq. 34]
  BySlot by_price, by_size;  // −∞ of those that are not active
  for (std::uint32_t v = 0; v < max_vendors; ++v) {
    by_price[v] = market.price_utility[v] + p.beta_open * traits.openness[v] +
                  p.beta_fit * traits.fit_large[v];
    by_size[v] = p.beta_fit * traits.fit_gain[v];
  }
  const double by_base = p.beta_base, by_own = p.beta_incumbent;

  fill_group(choices.count, choices.base, choices.by_size, choices.by_all, choices.by_all_own,
             choices.own_low, choices.own_high, choices.draw);
  using Group = std::array<double, group_lanes>;
  for (std::uint32_t first = 0; first < choices.count; first += group_lanes) {
    std::array<Group, max_vendors> scale;  // utilities, then the sums of weights up to a slot
    Group highest, total{}, mark, nearest_bound, slot{};
    highest.fill(-std::numeric_limits<double>::infinity());
    const std::int32_t* const at = &choices.base[first];
    const double* const size = &choices.by_size[first];
    const double* const all = &choices.by_all[first];
    const double* const all_own = &choices.by_all_own[first];
    const double* const draw = &choices.draw[first];
    for (std::uint32_t v = 0; v < slots; ++v) {
      const std::uint64_t* const own = v < 8 ? &choices.own_low[first] : &choices.own_high[first];
      const std::uint32_t* const of_slot = base + v;
#pragma omp simd
      for (std::uint32_t l = 0; l < group_lanes; ++l) {
        const double customers = static_cast<std::int32_t>(of_slot[at[l]]);
        const double projects = static_cast<std::int32_t>(own[l] >> v % 8 * 8 & 0xff);
        const double utility = by_price[v] + by_size[v] * size[l] + by_base * all[l] * customers +
                               by_own * all_own[l] * projects;
        highest[l] = highest[l] < utility ? utility : highest[l];
        scale[v][l] = utility;
      }
    }
    for (std::uint32_t v = 0; v < slots; ++v)
#pragma omp simd
      for (std::uint32_t l = 0; l < group_lanes; ++l) {
        total[l] += rough_exp(scale[v][l] - highest[l]);
        scale[v][l] = total[l];
      }
#pragma omp simd
    for (std::uint32_t l = 0; l < group_lanes; ++l) {
      mark[l] = draw[l] * total[l];
      nearest_bound[l] = total[l];
    }
    for (std::uint32_t v = 0; v + 1 < slots; ++v)
#pragma omp simd
      for (std::uint32_t l = 0; l < group_lanes; ++l) {
        const double beyond = mark[l] - scale[v][l];
        slot[l] += beyond >= 0.0 ? 1.0 : 0.0;
        nearest_bound[l] =
            std::abs(beyond) < nearest_bound[l] ? std::abs(beyond) : nearest_bound[l];
      }
    // a bound moves by 2·error·p(1 − p) of the total at most
    for (std::uint32_t l = 0; l < group_lanes; ++l)
      choices.vendor[first + l] = nearest_bound[l] > weight_error * total[l]
                                      ? static_cast<std::uint8_t>(slot[l])
                                      : no_vendor;
  }
}

}  // namespace

void VendorPreselection::collect(std::uint32_t lane, std::uint32_t use_case, double draw) {
  const World& world = batch_.world;
  const State& state = batch_.state;
  const std::uint32_t unit = batch_.first + lane, k = choices_.count++;
  const bool sees_all = batch_.structure().peer_set == PeerSet::global;
  const VendorBase& base = sees_all ? state.vendor_base : state.regional_base[world.region[unit]];
  const UseCaseSet started = state.funnel[unit].started();
  std::array<std::uint64_t, 2> own{};
  for_each(started, [&](std::uint32_t u) {
    const std::uint8_t slot = state.vendor[state.cell(u, unit)];
    own[slot / 8] += std::uint64_t{1} << slot % 8 * 8;
  });
  Choices& to = choices_;
  to.lane[k] = static_cast<std::uint8_t>(lane);
  to.use_case[k] = static_cast<std::uint8_t>(use_case);
  to.base[k] = sees_all ? 0 : static_cast<std::int32_t>(world.region[unit]) * base_stride;
  to.by_size[k] = 1.0 / (1.0 + world.relative_size[unit]);
  to.by_all[k] = 1.0 / std::max(base.all, 1u);
  to.by_all_own[k] = 1.0 / std::max(size(started), 1);
  to.own_low[k] = own[0];
  to.own_high[k] = own[1];
  to.draw[k] = draw;
}

void VendorPreselection::weigh() {
  if (choices_.count > 0) weigh_choices(batch_, choices_);
}

}  // namespace rathaus::model
