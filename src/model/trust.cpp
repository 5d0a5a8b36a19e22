// K2d: incidents and trust of sixty-four units [ODD 7.12].
#include "rules/trust.h"

#include "model/batch.h"

namespace rathaus::model {
namespace {

/// At most one a quarter, with the sum of the hazards of the running services.
bool has_incident(const Turn& turn, double draw) {
  double hazard = 0.0;
  for_each(turn.cells.running(), [&](std::uint32_t u) {
    hazard += rules::incident_hazard(turn.state.incident_hazard[u], turn.support[Port::cert]);
  });
  return draw < hazard;
}

void meet_incidents(Batch& batch) {
  const random::Row& draw = batch.events(0);
  // whatever a unit runs, only these can meet one
  for_each_lane(batch.present & below(draw, batch.state.most_incidents), [&](std::uint32_t l) {
    Turn turn = batch.turn(l);
    if (!has_incident(turn, random::to_uniform(draw[l]))) return;
    double& trust = turn.state.trust[turn.unit];
    trust = rules::trust_after_incident(trust, turn.parameters().trust_loss);
    ++turn.row[Indicator::incidents];
    turn.state.note(turn.unit, {.kind = EventKind::incident});
  });
}

RATHAUS_LANES void return_to_set_point(Batch& batch) {
  State& state = batch.state;
  PerLane<std::uint8_t> running{};  // A₃, own cells
  for (std::uint32_t u = 0; u < batch.world.use_cases; ++u) {
    const Stage* const stage = &state.stage[batch.row(u)];
    for (std::uint32_t l = 0; l < batch_units; ++l)
      running[l] = static_cast<std::uint8_t>(running[l] + (stage[l] >= operation));
  }
  PerLane<double> gained;
  for (std::uint32_t l = 0; l < batch_units; ++l) gained[l] = batch.world.trust_gained[running[l]];
  const double drift = state.trust_drift;
  const double revert = batch.parameters().trust_revert;
  const double* const start = &state.trust_start[batch.first];
  double* const trust = &state.trust[batch.first];
#pragma omp simd
  for (std::uint32_t l = 0; l < batch_units; ++l) {
    trust[l] = rules::trust_after_return(trust[l], revert, start[l], gained[l],
                                         batch.support[Port::trust][l], drift);
  }
}

}  // namespace

void update_trust(Batch& batch) {
  meet_incidents(batch);
  return_to_set_point(batch);
}

}  // namespace rathaus::model
