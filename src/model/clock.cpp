// K0: what happens outside the model in this quarter [ODD 7.5].
#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

#include "model/quarter.h"
#include "rules/contracts.h"
#include "rules/effects.h"

namespace rathaus::model {
namespace {

/// The two most attractive vendors to change to.
void rank_alternatives(const World& world, const State& state, Supply& supply) {
  const Parameters& p = world.rules.parameters;
  double best = 0.0, second_best = 0.0;
  for_each(supply.vendors, [&](std::uint32_t v) {
    const double utility = rules::attraction(p.beta_price, state.vendors[v].log_price, p.beta_open,
                                             world.vendor[v].openness);
    const auto slot = static_cast<std::uint8_t>(v);
    if (supply.best == no_vendor || utility > best) {
      supply.second_best = std::exchange(supply.best, slot);
      second_best = std::exchange(best, utility);
    } else if (supply.second_best == no_vendor || utility > second_best) {
      supply.second_best = slot;
      second_best = utility;
    }
  });
}

/// What some vendors, of those that are active, offer.
Supply supply_of(const World& world, const State& state, std::uint32_t vendors) {
  Supply supply{.vendors = vendors};
  double sum = 0.0;
  for_each(vendors, [&](std::uint32_t v) {
    const double price = state.vendors[v].price;
    const auto slot = static_cast<std::uint8_t>(v);
    if (sum == 0.0 || price < state.vendors[supply.cheapest].price) supply.cheapest = slot;
    if (sum == 0.0 || price > state.vendors[supply.dearest].price) supply.dearest = slot;
    sum += price;
  });
  if (vendors != 0) supply.mean_price = sum / std::popcount(vendors);
  rank_alternatives(world, state, supply);
  return supply;
}

}  // namespace

void set_clock(const World& world, State& state) {
  const Series& series = world.rules.series;
  state.macro_factor = series.macro_factor[state.quarter];
  state.grid_intensity = series.grid_intensity[state.quarter];
  state.trust_drift = series.trust_drift[state.quarter];
  const Parameters& p = world.rules.parameters;
  const double uncertified = 1.0 - series.certification[state.quarter];
  const double cost = p.compliance_cost_eur * series.compliance[state.quarter];
  state.most_incidents = 0.0;
  for (std::uint32_t u = 0; u < world.use_cases; ++u) {
    const double risk = world.rules.use_cases[u].risk;
    state.uncertified_risk[u] = risk * uncertified;
    state.incident_hazard[u] = p.incident_rate * risk * uncertified;
    state.most_incidents += state.incident_hazard[u];
    state.compliance_alone[u] = rules::duties(risk, cost, uncertified);
  }
  for (std::uint32_t u = 0; u < world.use_cases; ++u)
    for (std::uint32_t sharers = 0; sharers < tabled_sharers; ++sharers)
      state.compliance_shared[u][sharers] =
          rules::compliance(state.compliance_alone[u], 1.0, std::max(sharers, 1u));

  state.available = 0;
  for (std::uint32_t u = 0; u < world.use_cases; ++u)
    if (static_cast<std::int64_t>(state.quarter) >= world.rules.use_cases[u].available_from)
      state.available |= only(u);

  VendorMarket& market = state.market = {};
  market.price_utility.fill(-std::numeric_limits<double>::infinity());
  for (std::uint32_t v = 0; v < world.vendors; ++v) {
    market.price[v] = state.vendors[v].price;
    if (!state.vendors[v].active) {
      market.abandoned |= std::uint32_t{state.vendor_base[v] != 0} << v;
      continue;
    }
    market.price_utility[v] = -p.beta_price * state.vendors[v].log_price;
    market.active |= 1u << v;
  }
  for (std::uint32_t u = 0; u < world.use_cases; ++u) {
    const std::uint32_t vendors = market.active & world.rules.use_cases[u].offered_by;
    const bool as_before = u > 0 && vendors == market.of[u - 1].vendors;
    market.of[u] = as_before ? market.of[u - 1] : supply_of(world, state, vendors);
  }
}

}  // namespace rathaus::model
