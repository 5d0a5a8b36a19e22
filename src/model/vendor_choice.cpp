// Which vendor a new pilot buys from: multinomial logit, or counts of earlier adopters (Arthur
// 1989) [ODD 7.16].
#include <algorithm>
#include <bit>
#include <limits>

#include "lanes/elementary.h"
#include "model/pick.h"
#include "model/turn.h"

namespace rathaus::model {
namespace {

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

/// Bit v: active, and open enough.
std::uint32_t eligible_vendors(const Turn& turn, double open_min) {
  std::uint32_t mask = turn.state.market.active;
  if (open_min > 0.0)
    for (std::uint32_t v = 0; v < turn.world.vendors; ++v)
      if (turn.world.vendor[v].openness < open_min) mask &= ~(1u << v);
  return mask;
}

/// V_v of every slot, −∞ of those that may not be chosen; shares are 0 where nothing is counted
/// [eq. 34].
BySlot vendor_utilities(const Turn& turn, std::uint32_t eligible) {
  const World& world = turn.world;
  const Parameters& p = turn.parameters();
  const VendorTraits& traits = world.vendor_traits;
  const VendorBase& base = watched_base(turn);
  const std::array<int, max_vendors> own = own_projects(turn);
  const bool counts_logarithms = turn.structure().vendor_choice == VendorChoice::logit_logcount;
  const double all = std::max(base.all, 1u), all_own = std::max(size(turn.cells.started()), 1);
  BySlot utility;
  utility.fill(-std::numeric_limits<double>::infinity());
  for_each(eligible, [&](std::uint32_t v) {
    const double seen = counts_logarithms ? elementary::log(1.0 + base[v]) : base[v] / all;
    utility[v] = turn.state.market.price_utility[v] + p.beta_fit * world.fit(v, turn.unit) +
                 p.beta_base * seen + p.beta_incumbent * (own[v] / all_own) +
                 p.beta_open * traits.openness[v];
  });
  return utility;
}

/// The multinomial logit: weights exp(V), up to a factor that rules out overflow.
std::uint8_t pick_by_logit(const Turn& turn, std::uint32_t eligible, double draw) {
  const BySlot utility = vendor_utilities(turn, eligible);
  const double highest = *std::ranges::max_element(utility);
  BySlot weight;
  for (std::size_t v = 0; v < max_vendors; ++v) weight[v] = elementary::exp(utility[v] - highest);
  return pick(weight, turn.world.vendors, draw);
}

std::uint8_t pick_any(std::uint32_t eligible, std::uint32_t vendors, double draw) {
  BySlot weight{};
  for_each(eligible, [&](std::uint32_t v) { weight[v] = 1.0; });
  return pick(weight, vendors, draw);
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

std::uint8_t choose_vendor(const Turn& turn, double draw, double open_min) {
  const std::uint32_t eligible = eligible_vendors(turn, open_min);
  if (eligible == 0) return no_vendor;
  const VendorChoice choice = turn.structure().vendor_choice;
  if (choice == VendorChoice::argmax_count) return pick_by_count(turn, eligible, draw);
  if (choice == VendorChoice::uniform) return pick_any(eligible, turn.world.vendors, draw);
  return pick_by_logit(turn, eligible, draw);
}

}  // namespace rathaus::model
