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

  // P̄, arithmetic mean of the list prices of active vendors; 1 if there is none
  double sum = 0.0;
  int active = 0;
  for (std::uint32_t v = 0; v < world.vendors; ++v) {
    if (!state.vendors[v].active) continue;
    sum += state.vendors[v].price;
    ++active;
  }
  state.mean_price = active > 0 ? sum / active : 1.0;
}

}  // namespace rathaus::model
