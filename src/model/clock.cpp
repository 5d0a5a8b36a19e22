// K0: what happens outside the model in this quarter [ODD 7.5].
#include "model/quarter.h"

namespace rathaus::model {

void set_clock(const World& world, State& state) {
  const Series& series = world.rules.series;
  state.macro_factor = series.macro_factor[state.quarter];
  state.grid_intensity = series.grid_intensity[state.quarter];
  state.certification = series.certification[state.quarter];
  state.compliance_eur =
      world.rules.parameters.compliance_cost_eur * series.compliance[state.quarter];

  state.available = 0;
  for (std::uint32_t u = 0; u < world.use_cases; ++u)
    if (static_cast<std::int64_t>(state.quarter) >= world.rules.use_cases[u].available_from)
      state.available |= only(u);

  VendorMarket& market = state.market = {};
  double sum = 0.0;
  for (std::uint32_t v = 0; v < world.vendors; ++v) {
    market.price_utility[v] = -world.rules.parameters.beta_price * state.vendors[v].log_price;
    if (!state.vendors[v].active) continue;
    const double price = state.vendors[v].price;
    const auto slot = static_cast<std::uint8_t>(v);
    if (market.active == 0 || price < state.vendors[market.cheapest].price) market.cheapest = slot;
    if (market.active == 0 || price > state.vendors[market.dearest].price) market.dearest = slot;
    market.active |= 1u << v;
    sum += price;
  }
  if (market.active != 0) market.mean_price = sum / std::popcount(market.active);
}

}  // namespace rathaus::model
