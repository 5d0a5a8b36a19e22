#include "model/vendor_preselection.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "model/rough.h"

namespace rathaus::model {
namespace {

/// Choices are computed in groups, so that few of them cost little.
constexpr std::uint32_t group_lanes = 16;

/// Repeats the last of `count` values to the end of its group, which is computed as a whole.
template <class... Columns>
void fill_group(std::uint32_t count, Columns&... columns) {
  for (std::uint32_t k = count; k % group_lanes != 0; ++k) ((columns[k] = columns[count - 1]), ...);
}

/// A utility that is further below the highest counts as if it were as far: either weight is lost
/// in rounding beside that of the highest.
constexpr float deepest = -80.0f;

/// Relative error of a weight: that of the exponential, and that of a utility whose `terms`, added
/// up without their signs, were rounded a few times.
float weight_error(double terms) {
  return static_cast<float>(rough_exp_error + 1e-6 * (1.0 + terms));
}

RATHAUS_LANES void weigh_choices(const Batch& batch, VendorPreselection::Choices& choices) {
  const Parameters& p = batch.parameters();
  const VendorMarket& market = batch.state.market;
  const VendorTraits& traits = batch.world.vendor_traits;
  const std::uint32_t slots = batch.world.vendors;
  // V_v = −β_p ln P_v + β_f fit_v + β_b·share of the base + β_i·share of own projects + β_o o_v
  // [eq. 34]
  std::array<float, max_vendors> by_price, by_size;  // −∞ of those that are not active
  double largest = 0.0;
  for (std::uint32_t v = 0; v < slots; ++v) {
    const double fixed = market.price_utility[v] + p.beta_open * traits.openness[v] +
                         p.beta_fit * traits.fit_large[v];
    by_price[v] = static_cast<float>(fixed);
    by_size[v] = static_cast<float>(p.beta_fit * traits.fit_gain[v]);
    if (market.is_active(static_cast<std::uint8_t>(v)))
      largest = std::max(largest, std::abs(fixed) + std::abs(by_size[v]));
  }
  const auto by_base = static_cast<float>(p.beta_base),
             by_own = static_cast<float>(p.beta_incumbent);
  const float error = weight_error(largest + p.beta_base + p.beta_incumbent);

  fill_group(choices.count, choices.customers, choices.relative_size, choices.projects,
             choices.draw);
  for (std::uint32_t v = 0; v < slots; ++v)
    fill_group(choices.count, choices.with_vendor[v], choices.own_with_vendor[v]);
  using Group = std::array<float, group_lanes>;
  for (std::uint32_t first = 0; first < choices.count; first += group_lanes) {
    std::array<Group, max_vendors> scale;  // utilities, then the sums of weights up to a slot
    Group highest, total{}, size, all, all_own, mark, nearest_bound;
    std::array<std::int32_t, group_lanes> slot{};
    const std::int32_t* const customers = &choices.customers[first];
    const float* const relative_size = &choices.relative_size[first];
    const std::int32_t* const projects = &choices.projects[first];
    const float* const draw = &choices.draw[first];
#pragma omp simd
    for (std::uint32_t l = 0; l < group_lanes; ++l) {
      highest[l] = -std::numeric_limits<float>::infinity();
      size[l] = 1.0f / (1.0f + relative_size[l]);
      all[l] = by_base / static_cast<float>(customers[l] > 0 ? customers[l] : 1);
      all_own[l] = by_own / static_cast<float>(projects[l] > 0 ? projects[l] : 1);
    }
    for (std::uint32_t v = 0; v < slots; ++v) {
      const std::int32_t* const own = &choices.own_with_vendor[v][first];
      const std::int32_t* const seen = &choices.with_vendor[v][first];
#pragma omp simd
      for (std::uint32_t l = 0; l < group_lanes; ++l) {
        const float utility = by_price[v] + by_size[v] * size[l] +
                              all[l] * static_cast<float>(seen[l]) +
                              all_own[l] * static_cast<float>(own[l]);
        highest[l] = highest[l] < utility ? utility : highest[l];
        scale[v][l] = utility;
      }
    }
    for (std::uint32_t v = 0; v < slots; ++v)
#pragma omp simd
      for (std::uint32_t l = 0; l < group_lanes; ++l) {
        const float below = scale[v][l] - highest[l];
        total[l] += rough_exp(below < deepest ? deepest : below);
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
        const float beyond = mark[l] - scale[v][l];
        slot[l] += beyond >= 0.0f ? 1 : 0;
        nearest_bound[l] =
            std::abs(beyond) < nearest_bound[l] ? std::abs(beyond) : nearest_bound[l];
      }
    // a bound moves by 2·error·p(1 − p) of the total at most, and rounding moves it and the mark
    for (std::uint32_t l = 0; l < group_lanes; ++l)
      choices.vendor[first + l] =
          nearest_bound[l] > error * total[l] ? static_cast<std::uint8_t>(slot[l]) : no_vendor;
  }
}

}  // namespace

void VendorPreselection::collect(std::uint32_t lane, std::uint32_t use_case) {
  const World& world = batch_.world;
  const State& state = batch_.state;
  const std::uint32_t unit = batch_.first + lane, k = choices_.count++;
  const bool sees_all = batch_.structure().peer_set == PeerSet::global;
  const VendorBase& base = sees_all ? state.vendor_base : state.regional_base[world.region[unit]];
  const UseCaseSet started = state.funnel[unit].started();
  Choices& to = choices_;
  to.lane[k] = static_cast<std::uint8_t>(lane);
  to.use_case[k] = static_cast<std::uint8_t>(use_case);
  to.customers[k] = static_cast<std::int32_t>(base.all);
  to.relative_size[k] = static_cast<float>(world.relative_size[unit]);
  for (std::uint32_t v = 0; v < world.vendors; ++v) {
    to.with_vendor[v][k] = static_cast<std::int32_t>(base[v]);
    to.own_with_vendor[v][k] = 0;
  }
  to.projects[k] = size(started);
  for_each(started,
           [&](std::uint32_t u) { ++to.own_with_vendor[state.vendor[state.cell(u, unit)]][k]; });
}

void VendorPreselection::weigh() {
  if (choices_.count > 0) weigh_choices(batch_, choices_);
}

}  // namespace rathaus::model
