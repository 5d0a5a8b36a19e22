// K2c: data readiness: bought, learnt, copied from the region, lost [ODD 7.11].
#include <algorithm>

#include "model/batch.h"

namespace rathaus::model {

RATHAUS_LANES void update_data(Batch& batch) {
  const World& world = batch.world;
  State& state = batch.state;
  PerLane<std::uint8_t> projects{};  // A₂, own cells from pilot on
  for (std::uint32_t u = 0; u < world.use_cases; ++u) {
    const Stage* const stage = &state.stage[batch.row(u)];
    for (std::uint32_t l = 0; l < batch_units; ++l)
      projects[l] = static_cast<std::uint8_t>(projects[l] + (stage[l] >= pilot));
  }
  PerLane<double> learnt, region;
  for (std::uint32_t l = 0; l < batch_units; ++l) {
    learnt[l] = world.data_learnt[projects[l]];
    region[l] = state.region_data[world.region[batch.first + l]];
  }
  const double spillover = batch.parameters().data_spillover;
  const double decay = batch.parameters().data_decay;
  const double* const investment = &state.data_investment[batch.first];
  const std::uint8_t* const member = &state.member[batch.first];
  double* const data = &state.data[batch.first];
  // D ← D + (1−D)(inv + data_learn·A₂/U + DATA) + data_spill·(1+coop)·(D̄−D)₊ − data_decay·D [eq.
  // 15]
#pragma omp simd
  for (std::uint32_t l = 0; l < batch_units; ++l) {
    const double old = data[l];
    const double gain = (1.0 - old) * (investment[l] + learnt[l] + batch.support.data[l]);
    const double behind = region[l] - old;
    const double copied = spillover * (1.0 + member[l]) * (behind > 0.0 ? behind : 0.0);
    data[l] = std::clamp(old + gain + copied - decay * old, 0.0, 1.0);
  }
}

}  // namespace rathaus::model
