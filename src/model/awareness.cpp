// K2g: units hear of use cases, by themselves and from peers who run them [ODD 7.14].
#include <cmath>

#include "model/batch.h"
#include "model/peer_field.h"

namespace rathaus::model {
namespace {

/// Lanes whose draw is below their chance of hearing for certain, and so close that it must be
/// asked.
struct Hearing {
  Lanes certain, close;
};

/// NONE → AWARE with probability min(1, aware_p·(1 + AWARE) + aware_q·S) [eq. 24], as far as
/// estimates of S tell.
RATHAUS_LANES Hearing listen(const Batch& batch, const random::Row& draw,
                             const PerLane<float>& peers) {
  const double alone = batch.parameters().aware_p;
  const auto by_peers = static_cast<float>(batch.parameters().aware_q);
  PerLane<float> excess, error;
#pragma omp simd
  for (std::uint32_t l = 0; l < batch_units; ++l) {
    const auto by_itself = static_cast<float>(alone * (1.0 + batch.support.aware[l]));
    const float chance = by_itself + by_peers * peers[l];
    excess[l] = chance - static_cast<float>(static_cast<std::int32_t>(draw[l] >> 1)) * 0x1p-31f;
    error[l] = PeerShares::error * (1.0f + chance);
  }
  return {lanes_where([&](std::uint32_t l) { return excess[l] > error[l]; }),
          lanes_where([&](std::uint32_t l) { return std::abs(excess[l]) <= error[l]; })};
}

}  // namespace

void become_aware(Batch& batch) {
  State& state = batch.state;
  const Parameters& p = batch.parameters();
  if (batch.structure().decision_rule == DecisionRule::bass) return;
  random::DrawRows draws = batch.draws(random::Process::awareness);
  for_each(state.available, [&](std::uint32_t u) {
    const Lanes unaware = batch.present & in_stage(batch, u, none);
    if (unaware == 0) return;
    const random::Row& draw = draws(u);
    const Hearing hearing = listen(batch, draw, batch.peers(u));
    Lanes hear = hearing.certain;
    for_each_lane(unaware & hearing.close, [&](std::uint32_t l) {
      const double chance = p.aware_p * (1.0 + batch.support.aware[l]) +
                            p.aware_q * peer_share(batch.world, state, u, batch.first + l);
      if (random::to_uniform(draw[l]) < chance) hear |= Lanes{1} << l;
    });
    batch.first_heard[u] = unaware & hear;
    for_each_lane(batch.first_heard[u], [&](std::uint32_t l) {
      const std::uint32_t unit = batch.first + l;
      move_cell(state, batch.report, unit, u, aware, no_vendor);
      state.note(unit, {.kind = EventKind::heard, .use_case = static_cast<std::uint8_t>(u)});
    });
  });
}

}  // namespace rathaus::model
