// Which vendor a new pilot buys from: multinomial logit, or counts of earlier adopters (Arthur
// 1989) [ODD 7.16].
#include <algorithm>
#include <bit>
#include <limits>

#include "lanes/elementary.h"
#include "model/lanes.h"
#include "model/turn.h"
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

/// The installed base that a choice looks at: that of the country, or what the unit can see.
const VendorBase& watched_base(const Turn& turn) {
  const bool everybody = turn.structure().peer_set == PeerSet::global ||
                         turn.structure().vendor_choice == VendorChoice::logit_logcount;
  return everybody ? turn.state.vendor_base
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

std::uint8_t pick_by_logit(const Turn& turn, std::uint32_t eligible, double draw) {
  const Parameters& p = turn.parameters();
  const VendorBase& base = watched_base(turn);
  const bool counts_logarithms = turn.structure().vendor_choice == VendorChoice::logit_logcount;
  Slots slots;
  slots.by_price = turn.state.market.price_utility;
  slots.own = own_projects(turn);
  slots.all = counts_logarithms ? 1.0 : std::max(base.all, 1u);
  slots.all_own = std::max(size(turn.cells.started()), 1);
  for (std::size_t v = 0; v < max_vendors; ++v) slots.base[v] = static_cast<int>(base[v]);
  if (counts_logarithms)
    for (double& count : slots.base) count = elementary::log(1.0 + count);
  for_each(turn.state.market.active & ~eligible,
           [&](std::uint32_t v) { slots.by_price[v] = -std::numeric_limits<double>::infinity(); });
  BySlot weight;
  weigh_slots(slots, turn.world.vendor_traits,
              {p.beta_fit, p.beta_base, p.beta_incumbent, p.beta_open},
              turn.world.relative_size[turn.unit], weight);
  return rules::pick(weight, turn.world.vendors, draw);
}

std::uint8_t pick_any(std::uint32_t eligible, std::uint32_t vendors, double draw) {
  BySlot weight{};
  for_each(eligible, [&](std::uint32_t v) { weight[v] = 1.0; });
  return rules::pick(weight, vendors, draw);
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

}  // namespace

std::uint8_t choose_vendor(const Turn& turn, std::uint32_t use_case, double draw, double open_min) {
  const std::uint32_t eligible = eligible_vendors(turn, use_case, open_min);
  if (eligible == 0) return no_vendor;
  const VendorChoice choice = turn.structure().vendor_choice;
  if (choice == VendorChoice::argmax_count) return pick_by_count(turn, eligible, draw);
  if (choice == VendorChoice::uniform) return pick_any(eligible, turn.world.vendors, draw);
  return pick_by_logit(turn, eligible, draw);
}

}  // namespace rathaus::model
