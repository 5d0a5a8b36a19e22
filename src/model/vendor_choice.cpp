// Which vendor a new pilot buys from: multinomial logit, or counts of earlier adopters (Arthur
// 1989) [ODD 7.16].
#include <algorithm>
#include <bit>
#include <limits>

#include "lanes/elementary.h"
#include "model/lanes.h"
#include "model/vendor_rules.h"
#include "rules/vendors.h"

namespace rathaus::model {
namespace {

/// One number per vendor slot.
using BySlot = std::array<double, max_vendors>;

/// The unit's own projects with each vendor, at this moment.
std::array<int, max_vendors> own_projects(const Turn& turn) {
  std::array<int, max_vendors> count{};
  for_each(turn.cells.started(),
           [&](std::uint32_t u) { ++count[turn.state.vendor[turn.cell(u)]]; });
  return count;
}

/// The installed base that a unit can see.
const VendorBase& visible_base(const Turn& turn) {
  return turn.structure().peer_set == PeerSet::global
             ? turn.state.vendor_base
             : turn.state.regional_base[turn.world.region[turn.unit]];
}

/// Bit v: active, offers the use case, and open enough.
std::uint32_t eligible_vendors(const Turn& turn, std::uint32_t use_case, double open_min) {
  std::uint32_t mask = turn.state.market.of[use_case].vendors;
  if (open_min > 0.0)
    for (std::uint32_t v = 0; v < turn.world.vendors; ++v)
      if (turn.world.vendor[v].openness < open_min) mask &= ~(1u << v);
  return mask;
}

/// What the weights of the multinomial logit are made of, slot by slot.
struct Slots {
  alignas(64) BySlot by_price;  //!< −β_p ln P, −∞ of slots that may not be chosen
  alignas(64) BySlot base;      //!< what the unit counts of each vendor's base
  alignas(64) std::array<int, max_vendors> own;
  double all, all_own;  //!< shares are 0 where nothing is counted
};

/// exp(V_v − max V) of every slot: the factor rules out overflow.
RATHAUS_LANES void weigh_slots(const Slots& slots, const VendorTraits& traits,
                               const rules::VendorTaste taste, double relative_size,
                               BySlot& weight) {
  BySlot utility;
#pragma omp simd
  for (std::size_t v = 0; v < max_vendors; ++v)
    utility[v] =
        taste.utility(slots.by_price[v],
                      rules::vendor_fit(traits.fit_large[v], traits.fit_gain[v], relative_size),
                      slots.base[v] / slots.all, slots.own[v] / slots.all_own, traits.openness[v]);
  double highest = utility[0];
  for (std::size_t v = 1; v < max_vendors; ++v)
    highest = utility[v] > highest ? utility[v] : highest;
#pragma omp simd
  for (std::size_t v = 0; v < max_vendors; ++v) weight[v] = elementary::exp(utility[v] - highest);
}

/// By what `slots` says of the base, and by all that every choice by logit looks at.
std::uint8_t pick_by_logit(const Turn& turn, Slots& slots, std::uint32_t eligible, double draw) {
  const Parameters& p = turn.parameters();
  slots.by_price = turn.state.market.price_utility;
  slots.own = own_projects(turn);
  slots.all_own = std::max(size(turn.cells.started()), 1);
  for_each(turn.state.market.active & ~eligible,
           [&](std::uint32_t v) { slots.by_price[v] = -std::numeric_limits<double>::infinity(); });
  BySlot weight;
  weigh_slots(slots, turn.world.vendor_traits,
              {p.beta_fit, p.beta_base, p.beta_incumbent, p.beta_open},
              turn.world.relative_size[turn.unit], weight);
  return rules::pick(weight, turn.world.vendors, draw);
}

/// Shares of the base that the unit can see.
std::uint8_t pick_by_share(const Turn& turn, std::uint32_t eligible, double draw) {
  const VendorBase& base = visible_base(turn);
  Slots slots;
  for (std::size_t v = 0; v < max_vendors; ++v) slots.base[v] = static_cast<int>(base[v]);
  slots.all = std::max(base.all, 1u);
  return pick_by_logit(turn, slots, eligible, draw);
}

/// Logarithms of the country's base.
std::uint8_t pick_by_logarithm(const Turn& turn, std::uint32_t eligible, double draw) {
  Slots slots;
  for (std::size_t v = 0; v < max_vendors; ++v)
    slots.base[v] = elementary::log(1.0 + static_cast<int>(turn.state.vendor_base[v]));
  slots.all = 1.0;
  return pick_by_logit(turn, slots, eligible, draw);
}

std::uint8_t pick_any(const Turn& turn, std::uint32_t eligible, double draw) {
  BySlot weight{};
  for_each(eligible, [&](std::uint32_t v) { weight[v] = 1.0; });
  return rules::pick(weight, turn.world.vendors, draw);
}

/// Arthur's adopters: each has a favourite (gap β_f) and counts earlier adopters (return β_b).
std::uint8_t pick_by_count(const Turn& turn, std::uint32_t eligible, double draw) {
  const Parameters& p = turn.parameters();
  auto favourite = static_cast<std::uint32_t>(draw * std::popcount(eligible));
  std::uint8_t best = no_vendor;
  double best_utility = 0.0;
  for (std::uint32_t v = 0; v < turn.world.vendors; ++v) {
    if (!(eligible >> v & 1u)) continue;
    const double utility =
        p.beta_fit * (favourite-- == 0 ? 1.0 : 0.0) + p.beta_base * turn.state.vendor_base[v];
    if (best == no_vendor || utility > best_utility) {
      best = static_cast<std::uint8_t>(v);
      best_utility = utility;
    }
  }
  return best;
}

constexpr std::array choice_list{
    VendorChoiceInfo{VendorChoice::logit_share, "logit_share", pick_by_share},
    VendorChoiceInfo{VendorChoice::logit_logcount, "logit_logcount", pick_by_logarithm},
    VendorChoiceInfo{VendorChoice::argmax_count, "argmax_count", pick_by_count},
    VendorChoiceInfo{VendorChoice::uniform, "uniform", pick_any},
};
static_assert(is_in_order(choice_list));

}  // namespace

std::span<const VendorChoiceInfo> vendor_choices() {
  return choice_list;
}

std::uint8_t choose_vendor(const Turn& turn, std::uint32_t use_case, double draw, double open_min) {
  const std::uint32_t eligible = eligible_vendors(turn, use_case, open_min);
  if (eligible == 0) return no_vendor;
  return info_of(turn.structure().vendor_choice).choose(turn, eligible, draw);
}

}  // namespace rathaus::model
