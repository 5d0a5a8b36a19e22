// K2c: data readiness: bought, learnt, copied from the region, lost [ODD 7.11].
#include <algorithm>

#include "model/turn.h"

namespace rathaus::model {

void update_data(Turn& turn) {
  const Parameters& p = turn.parameters();
  State& state = turn.state;
  const std::uint32_t i = turn.unit;
  // A₂, own cells from pilot on
  const auto projects = static_cast<std::size_t>(size(turn.cells.started()));
  const double old = state.data[i];
  const double region = state.region_data[turn.world.municipalities.region[i]];
  // D ← D + (1−D)(inv + data_learn·A₂/U + DATA) + data_spill·(1+coop)·(D̄−D)₊ − data_decay·D [eq.
  // 15]
  const double gain = (1.0 - old) * (state.data_investment[i] + turn.world.data_learnt[projects] +
                                     turn.support.data);
  const double copied = p.data_spillover * (1.0 + state.member[i]) * std::max(0.0, region - old);
  state.data[i] = std::clamp(old + gain + copied - p.data_decay * old, 0.0, 1.0);
}

}  // namespace rathaus::model
