// Pilots that become operation and services that are rolled out to all: no matter of choice, only
// of means and grants [ODD 7.15, 7.23].
#include "model/running_projects.h"

#include "model/attempt.h"

namespace rathaus::model {
namespace {

/// Takes a running project further, with a grant where one is offered; false if it cannot.
bool go_on(Turn& turn, const Attempt& attempt, Stage to, const Need& need, Means& left) {
  const auto u = static_cast<std::uint8_t>(attempt.use_case);
  const std::uint8_t vendor = turn.state.vendor[turn.cell(u)];
  const Offer offer = best_offer(turn, u, Port::grant_scale);
  Application application;
  Need asked = need;
  if (offer &&
      turn.world.vendor[vendor].openness >= turn.world.rules.programmes[offer.programme].open_min) {
    if (apply(turn, attempt, offer, need, true, 0.0, left, application)) {
      turn.report.transitions.push_back({turn.unit, u, to, need.money, application});
      return true;
    }
    asked = with_grant(turn, offer, need, grant_of(turn, offer, need.money));
  }
  if (!fits(turn, need, left)) {
    count_blocked(turn, attempt, asked, left);
    return false;
  }
  claim(need.staff, need.money, left);
  turn.report.transitions.push_back({turn.unit, u, to, need.money});
  return true;
}

}  // namespace

void finish_pilots(Turn& turn, UseCaseSet ready, Means& left) {
  const Parameters& p = turn.parameters();
  State& state = turn.state;
  for_each(ready, [&](std::uint32_t u) {
    const std::size_t cell = turn.cell(u);
    const double rest = 1.0 - p.pilot_share;
    const Need need{turn.world.rules.use_cases[u].data_threshold, rest * project_effort(turn, u),
                    cents(rest * p.op_coverage * project_cost(turn, u, state.vendor[cell]))};
    if (go_on(turn, {Step::operation, u}, operation, need, left)) return;
    if (state.age[cell] < 2 * turn.world.pilot_quarters) return;
    turn.fall_back(u);
    ++turn.row[Indicator::pilots_stranded];
    state.note(turn.unit,
               {.kind = EventKind::pilot_stranded, .use_case = static_cast<std::uint8_t>(u)});
  });
}

void roll_out(Turn& turn, UseCaseSet due, Means& left) {
  const Parameters& p = turn.parameters();
  for_each(due, [&](std::uint32_t u) {
    const double rest = 1.0 - p.pilot_share;
    const Need need{0.0, 0.5 * rest * project_effort(turn, u),
                    cents(rest * (1.0 - p.op_coverage) *
                          project_cost(turn, u, turn.state.vendor[turn.cell(u)]))};
    go_on(turn, {Step::roll_out, u}, scaled, need, left);
  });
}

}  // namespace rathaus::model
