// K2d: incidents and trust [ODD 7.12].
#include <algorithm>

#include "model/turn.h"

namespace rathaus::model {

namespace {

/// With probability Σ incident_rate·r_u·(1−cert)(1−CERT) over running services [eq. 16]
bool has_incident(const Turn& turn) {
  if (turn.event(0) >= turn.state.most_incidents) return false;  // whatever runs
  double hazard = 0.0;
  for_each(turn.cells.running(), [&](std::uint32_t u) {
    hazard += turn.state.incident_hazard[u] * turn.support.risk_left;
  });
  return turn.event(0) < hazard;
}

}  // namespace

void update_trust(Turn& turn) {
  const Parameters& p = turn.parameters();
  State& state = turn.state;
  double& trust = state.trust[turn.unit];
  const auto running = static_cast<std::size_t>(size(turn.cells.running()));  // A₃, own cells
  if (has_incident(turn)) {
    trust = std::max(0.0, trust - p.trust_loss);
    ++turn.row[Indicator::incidents];
    state.note(turn.unit, {.kind = EventKind::incident});
  }
  // T ← clip(T + trust_revert·(T₀ + trust_gain·A₃/U + TRUST − T), 0, 1) [eq. 17]
  const double set_point =
      state.trust_start[turn.unit] + turn.world.trust_gained[running] + turn.support.trust;
  trust = std::clamp(trust + p.trust_revert * (set_point - trust), 0.0, 1.0);
}

}  // namespace rathaus::model
