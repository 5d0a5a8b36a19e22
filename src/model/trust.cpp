// K2d: incidents and trust [ODD 7.12].
#include <algorithm>

#include "model/turn.h"

namespace rathaus::model {

void update_trust(Turn& turn) {
  const Parameters& p = turn.parameters();
  State& state = turn.state;
  double& trust = state.trust[turn.unit];
  const int running = size(turn.cells.running());  // A₃, own running cells
  double hazard = 0.0;  // p = Σ incident_rate·r_u·(1−cert)(1−CERT) [eq. 16]
  for_each(turn.cells.running(),
           [&](std::uint32_t u) { hazard += state.incident_hazard[u] * turn.support.risk_left; });
  if (hazard > 0.0 && turn.event(0) < hazard) {
    trust = std::max(0.0, trust - p.trust_loss);
    ++turn.row[Indicator::incidents];
    state.note(turn.unit, {.kind = EventKind::incident});
  }
  // T ← clip(T + trust_revert·(T₀ + trust_gain·A₃/U + TRUST − T), 0, 1) [eq. 17]
  const double set_point = state.trust_start[turn.unit] +
                           p.trust_gain * running / turn.world.use_cases + turn.support.trust;
  trust = std::clamp(trust + p.trust_revert * (set_point - trust), 0.0, 1.0);
}

}  // namespace rathaus::model
