// K2g: units hear of use cases, by themselves and from peers who run them [ODD 7.13].
#include "model/batch.h"
#include "model/decision.h"
#include "model/peer_field.h"

namespace rathaus::model {
namespace {

/// Lanes that hear of a use case in this quarter, if they have not before.
RATHAUS_LANES Lanes listen(const Batch& batch, std::uint32_t use_case, const random::Row& draw) {
  const World& world = batch.world;
  const State& state = batch.state;
  const rules::Awareness rule{batch.parameters().aware_p, batch.parameters().aware_q};
  const bool network = batch.structure().peer_set == PeerSet::network;
  const std::uint8_t* const running = &state.peers_running[batch.row(use_case)];
  const std::uint8_t* const neighbours = &world.neighbours[batch.first];
  const std::uint32_t* const group = &world.provider[batch.first];
  const double* const share = &state.provider_share[std::size_t{use_case} * world.providers];
  PerLane<double> near, of_group;
  if (network) {
    for (std::uint32_t l = 0; l < batch_units; ++l) {
      near[l] = neighbours[l];
      of_group[l] = share[group[l]];
    }
    for (std::uint32_t l = 0; l < batch_units && !batch.structure().lone_groups; ++l)
      if (world.provider_size[group[l]] == 1 && near[l] > 0.0)
        of_group[l] = running[l] / near[l];  // S = c/k
  } else {                                   // everybody is of one group
    near.fill(0.0);
    of_group.fill(static_cast<double>(state.all_running[use_case]) / world.units);
  }
  PerLane<double> chance;
#pragma omp simd
  for (std::uint32_t l = 0; l < batch_units; ++l)
    chance[l] = rule.chance(batch.support[Port::aware][l],
                            rules::peer_share(running[l], near[l], of_group[l]));
  return lanes_where([&](std::uint32_t l) { return random::to_uniform(draw[l]) < chance[l]; });
}

}  // namespace

void become_aware(Batch& batch) {
  State& state = batch.state;
  if (info_of(batch.structure().decision_rule).considers_all) return;
  random::DrawRows draws = batch.draws(random::Process::awareness);
  for_each(state.available, [&](std::uint32_t u) {
    const Lanes unaware = batch.present & in_stage(batch, u, none);
    if (unaware == 0) return;
    const random::Row& draw = draws(u);
    batch.first_heard[u] = unaware & listen(batch, u, draw);
    for_each_lane(batch.first_heard[u], [&](std::uint32_t l) {
      const std::uint32_t unit = batch.first + l;
      move_cell(state, batch.report, unit, u, aware, no_vendor);
      state.note(unit, {.kind = EventKind::heard, .use_case = static_cast<std::uint8_t>(u)});
    });
  });
}

}  // namespace rathaus::model
