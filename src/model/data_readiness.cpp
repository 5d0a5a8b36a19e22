// K2c: data readiness of sixty-four units [ODD 7.11].
#include "model/batch.h"
#include "rules/data.h"

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
  const rules::Data rule{batch.parameters().data_spillover, batch.parameters().data_decay};
  const double* const investment = &state.data_investment[batch.first];
  const std::uint8_t* const member = &state.member[batch.first];
  double* const data = &state.data[batch.first];
#pragma omp simd
  for (std::uint32_t l = 0; l < batch_units; ++l) {
    data[l] = rule.next(data[l], investment[l], learnt[l], batch.support[Port::data][l], member[l],
                        region[l]);
  }
}

}  // namespace rathaus::model
