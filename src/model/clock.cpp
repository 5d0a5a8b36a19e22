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
void rank_alternatives(const World& world, State& state) {
  const Parameters& p = world.rules.parameters;
  double best = 0.0, second_best = 0.0;
  VendorMarket& market = state.market;
  for (std::uint32_t v = 0; v < world.vendors; ++v) {
    if (!state.vendors[v].active) continue;
    const double utility = rules::attraction(p.beta_price, state.vendors[v].log_price, p.beta_open,
                                             world.vendor[v].openness);
    const auto slot = static_cast<std::uint8_t>(v);
    if (market.best == no_vendor || utility > best) {
      market.second_best = std::exchange(market.best, slot);
      second_best = std::exchange(best, utility);
    } else if (market.second_best == no_vendor || utility > second_best) {
      market.second_best = slot;
      second_best = utility;
    }
  }
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
  double sum = 0.0;
  for (std::uint32_t v = 0; v < world.vendors; ++v) {
    market.price[v] = state.vendors[v].price;
    if (!state.vendors[v].active) {
      market.abandoned |= std::uint32_t{state.vendor_base[v] != 0} << v;
      continue;
    }
    market.price_utility[v] = -p.beta_price * state.vendors[v].log_price;
    const double price = state.vendors[v].price;
    const auto slot = static_cast<std::uint8_t>(v);
    if (market.active == 0 || price < state.vendors[market.cheapest].price) market.cheapest = slot;
    if (market.active == 0 || price > state.vendors[market.dearest].price) market.dearest = slot;
    market.active |= 1u << v;
    sum += price;
  }
  rank_alternatives(world, state);
  if (market.active != 0) market.mean_price = sum / std::popcount(market.active);
}

}  // namespace rathaus::model
