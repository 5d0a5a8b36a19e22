// K2b: qualified staff: hired, lost, tied, qualified by doing [ODD 7.10].
#include <algorithm>

#include "model/turn.h"

namespace rathaus::model {

double tied_staff(const Turn& turn) {
  // Σ_pilot pilot_share·E + Σ_running maint_share·E [eq. 12]
  const Parameters& p = turn.parameters();
  double tied = 0.0;
  for_each(turn.cells.started(), [&](std::uint32_t u) {
    const double share = turn.cells.in[pilot] >> u & 1u ? p.pilot_share : p.maint_share;
    tied += share * project_effort(turn, u);
  });
  return tied;
}

void update_staff(Turn& turn) {
  const Parameters& p = turn.parameters();
  double& staff = turn.state.staff[turn.unit];
  turn.tied = tied_staff(turn);
  // H* = post_share·L + relief_to_posts·Freed [eq. 11]
  const double posts =
      p.post_share * turn.world.staff_total[turn.unit] + p.relief_to_posts * turn.freed;
  // H ← H + hire·(H* − H)₊ − turn·H + lbd·tied + STAFF·h·L [eq. 13]
  staff = std::max(0.0, staff + p.hire_rate * std::max(0.0, posts - staff) -
                            p.turnover_rate * staff + p.learning_by_doing * turn.tied +
                            turn.support.staff * p.post_share * turn.world.staff_total[turn.unit]);
  turn.row[Indicator::staff_posts] += fixed_point(posts);
}

}  // namespace rathaus::model
