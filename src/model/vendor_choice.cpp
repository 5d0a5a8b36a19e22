// Which vendor a new pilot buys from: multinomial logit, or counts of earlier adopters (Arthur
// 1989) [ODD 7.16].
#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "model/turn.h"

namespace rathaus::model {
namespace {

/// Share of the unit's own projects that each vendor holds, at this moment.
std::array<double, max_vendors> own_shares(const Turn& turn) {
  std::array<double, max_vendors> share{};
  const double all = size(turn.cells.started());
  for_each(turn.cells.started(),
           [&](std::uint32_t u) { share[turn.state.vendor[turn.cell(u)]] += 1.0; });
  if (all > 0.0)
    for (double& s : share) s /= all;
  return share;
}

/// The vendors' shares of the installed base that the unit can see; 0 where there is none.
std::array<double, max_vendors> visible_shares(const Turn& turn) {
  const World& world = turn.world;
  const std::uint32_t* base =
      turn.structure().peer_set == PeerSet::global
          ? turn.state.vendor_base.data()
          : &turn.state.regional_base[std::size_t{world.municipalities.region[turn.unit]} *
                                      world.vendors];
  std::array<double, max_vendors> share{};
  double all = 0.0;
  for (std::uint32_t v = 0; v < world.vendors; ++v) all += base[v];
  if (all > 0.0)
    for (std::uint32_t v = 0; v < world.vendors; ++v) share[v] = base[v] / all;
  return share;
}

/// Bit v: active, and open enough.
std::uint32_t eligible_vendors(const Turn& turn, double open_min) {
  std::uint32_t mask = turn.state.market.active;
  if (open_min > 0.0)
    for (std::uint32_t v = 0; v < turn.world.vendors; ++v)
      if (turn.world.vendor[v].openness < open_min) mask &= ~(1u << v);
  return mask;
}

/// V_v of every vendor [eq. 34]
std::array<double, max_vendors> vendor_utilities(const Turn& turn) {
  const World& world = turn.world;
  const Parameters& p = turn.parameters();
  const std::array<double, max_vendors>& by_price = turn.state.market.price_utility;
  const std::array<double, max_vendors> own = own_shares(turn);
  std::array<double, max_vendors> base;
  if (turn.structure().vendor_choice == VendorChoice::logit_logcount)
    for (std::uint32_t v = 0; v < world.vendors; ++v)
      base[v] = std::log(1.0 + turn.state.vendor_base[v]);
  else
    base = visible_shares(turn);
  std::array<double, max_vendors> utility;
  for (std::uint32_t v = 0; v < world.vendors; ++v) {
    utility[v] = by_price[v] + p.beta_fit * world.fit(v, turn.unit) + p.beta_base * base[v] +
                 p.beta_incumbent * own[v] + p.beta_open * world.vendor_traits.openness[v];
  }
  return utility;
}

/// Weights of the multinomial logit, exp(V) up to a factor that rules out overflow.
std::array<double, max_vendors> logit_weights(const Turn& turn, std::uint32_t eligible) {
  const std::array<double, max_vendors> utility = vendor_utilities(turn);
  double highest = -std::numeric_limits<double>::infinity();
  for_each(eligible, [&](std::uint32_t v) { highest = std::max(highest, utility[v]); });
  std::array<double, max_vendors> weight{};
  for_each(eligible, [&](std::uint32_t v) { weight[v] = std::exp(utility[v] - highest); });
  return weight;
}

/// Inverse distribution function in slot order: the first v with draw·total < Σ weights.
std::uint8_t pick(const Turn& turn, std::uint32_t eligible,
                  const std::array<double, max_vendors>& weight, double draw) {
  double total = 0.0;
  for (std::uint32_t v = 0; v < turn.world.vendors; ++v) total += weight[v];
  double sum = 0.0;
  std::uint8_t last = no_vendor;
  for (std::uint32_t v = 0; v < turn.world.vendors; ++v) {
    if (!(eligible >> v & 1u)) continue;
    last = static_cast<std::uint8_t>(v);
    sum += weight[v];
    if (draw * total < sum) break;
  }
  return last;
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

  std::array<double, max_vendors> weight{};
  if (choice == VendorChoice::uniform) {
    for (std::uint32_t v = 0; v < turn.world.vendors; ++v) weight[v] = eligible >> v & 1u;
  } else {
    weight = logit_weights(turn, eligible);
  }
  return pick(turn, eligible, weight, draw);
}

}  // namespace rathaus::model
