// Which vendor a new pilot buys from: multinomial logit, or counts of earlier adopters (Arthur
// 1989) [ODD 7.16].
#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "model/pick.h"
#include "model/rough.h"
#include "model/turn.h"

namespace rathaus::model {
namespace {

/// Shares of what is counted; 0 where nothing is.
BySlot shares(const BySlot& count, double all, std::uint32_t vendors) {
  BySlot share{};
  if (all > 0.0)
    for (std::uint32_t v = 0; v < vendors; ++v) share[v] = count[v] / all;
  return share;
}

/// Share of the unit's own projects that each vendor holds, at this moment.
BySlot own_shares(const Turn& turn) {
  BySlot count{};
  for_each(turn.cells.started(),
           [&](std::uint32_t u) { count[turn.state.vendor[turn.cell(u)]] += 1.0; });
  return shares(count, size(turn.cells.started()), turn.world.vendors);
}

/// The vendors' shares of the installed base that the unit can see.
BySlot visible_shares(const Turn& turn) {
  const World& world = turn.world;
  const std::uint32_t* base =
      turn.structure().peer_set == PeerSet::global
          ? turn.state.vendor_base.data()
          : &turn.state.regional_base[std::size_t{world.municipalities.region[turn.unit]} *
                                      world.vendors];
  BySlot count{};
  double all = 0.0;
  for (std::uint32_t v = 0; v < world.vendors; ++v) {
    count[v] = base[v];
    all += count[v];
  }
  return shares(count, all, world.vendors);
}

/// Bit v: active, and open enough.
std::uint32_t eligible_vendors(const Turn& turn, double open_min) {
  std::uint32_t mask = turn.state.market.active;
  if (open_min > 0.0)
    for (std::uint32_t v = 0; v < turn.world.vendors; ++v)
      if (turn.world.vendor[v].openness < open_min) mask &= ~(1u << v);
  return mask;
}

/// V_v of every vendor, −∞ of those that are not active [eq. 34]
BySlot vendor_utilities(const Turn& turn) {
  const World& world = turn.world;
  const Parameters& p = turn.parameters();
  const BySlot& by_price = turn.state.market.price_utility;
  const BySlot own = own_shares(turn);
  BySlot base{};
  if (turn.structure().vendor_choice == VendorChoice::logit_logcount)
    for (std::uint32_t v = 0; v < world.vendors; ++v)
      base[v] = std::log(1.0 + turn.state.vendor_base[v]);
  else
    base = visible_shares(turn);
  const VendorTraits& traits = world.vendor_traits;
  const double size = 1.0 + world.relative_size[turn.unit];
  BySlot utility;
  for (std::uint32_t v = 0; v < world.vendors; ++v)
    utility[v] = by_price[v] + p.beta_fit * (traits.fit_large[v] + traits.fit_gain[v] / size) +
                 p.beta_base * base[v] + p.beta_incumbent * own[v] +
                 p.beta_open * traits.openness[v];
  return utility;
}

/// Weights of the multinomial logit, exp(V) up to a factor that rules out overflow.
template <class Exp>
BySlot logit_weights(const BySlot& utility, std::uint32_t vendors, Exp exp) {
  const double highest = *std::max_element(utility.begin(), utility.begin() + vendors);
  BySlot weight;
  for (std::uint32_t v = 0; v < vendors; ++v) weight[v] = exp(utility[v] - highest);
  return weight;
}

std::uint8_t pick_by_logit(const Turn& turn, std::uint32_t eligible, double draw) {
  const std::uint32_t vendors = turn.world.vendors;
  BySlot utility = vendor_utilities(turn);
  if (eligible != turn.state.market.active)
    for (std::uint32_t v = 0; v < vendors; ++v)
      if (!(eligible >> v & 1u)) utility[v] = -std::numeric_limits<double>::infinity();
  if (const auto clear =
          pick(logit_weights(utility, vendors, rough_exp), vendors, draw, rough_exp_error))
    return *clear;
  const auto exp = [](double x) { return std::exp(x); };
  return *pick(logit_weights(utility, vendors, exp), vendors, draw);
}

std::uint8_t pick_any(std::uint32_t eligible, std::uint32_t vendors, double draw) {
  BySlot weight{};
  for_each(eligible, [&](std::uint32_t v) { weight[v] = 1.0; });
  return *pick(weight, vendors, draw);
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

std::uint8_t choose_vendor(const Turn& turn, std::uint32_t use_case, double open_min) {
  const std::uint32_t eligible = eligible_vendors(turn, open_min);
  if (eligible == 0) return no_vendor;
  const double draw = turn.draws(random::Process::vendor_choice)(use_case);
  const VendorChoice choice = turn.structure().vendor_choice;
  if (choice == VendorChoice::argmax_count) return pick_by_count(turn, eligible, draw);
  if (choice == VendorChoice::uniform) return pick_any(eligible, turn.world.vendors, draw);
  return pick_by_logit(turn, eligible, draw);
}

}  // namespace rathaus::model
