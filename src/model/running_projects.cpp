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
      turn.world.vendor[vendor].openness >= turn.world.rules.programmes[offer.programme].open_min &&
      is_enough(turn, offer, need.money)) {
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

bool is_grace_over(const Turn& turn, std::uint32_t use_case) {
  return turn.state.age[turn.cell(use_case)] >= 2 * turn.world.pilot_quarters[use_case];
}

void strand(Turn& turn, std::uint32_t use_case) {
  turn.fall_back(use_case);
  ++turn.row[Indicator::pilots_stranded];
  turn.report.totals.end_pilot(use_case, PilotEnd::stranded);
  turn.state.note(turn.unit, {.kind = EventKind::pilot_stranded,
                              .use_case = static_cast<std::uint8_t>(use_case)});
}

/// What is left to do of a project until its service operates.
Need operation_need(const Turn& turn, std::uint32_t use_case) {
  const std::uint8_t vendor = turn.state.vendor[turn.cell(use_case)];
  const rules::Requirement asks = steps_of(turn).operation(
      turn.world.rules.use_cases[use_case].data_threshold, project_effort(turn, use_case, vendor),
      project_cost(turn, use_case, vendor));
  return {asks.data, asks.staff, cents(asks.money)};
}

/// How many ready pilots of a unit lack something, and how many lack what.
struct Lacking {
  int any = 0, data = 0, staff = 0, money = 0;
};

Lacking find_lacking(const Turn& turn, UseCaseSet ready, const Means& left) {
  Lacking lacking;
  for_each(ready, [&](std::uint32_t u) {
    const Need need = operation_need(turn, u);
    const bool data = left.data < need.data, staff = !has_staff(need, left);
    const bool money = left.money < need.money;
    lacking.data += data;
    lacking.staff += staff;
    lacking.money += money;
    lacking.any += data | staff | money;
  });
  return lacking;
}

}  // namespace

void let_wait(Batch& batch, const PerLane<double>& free_staff, Agenda& agenda) {
  // where a grant may help, or a story is told, each project is attempted
  if (!batch.structure().feasibility || batch.state.funding.open != 0) return;
  for_each_lane(agenda.with_ready & ~noted(batch), [&](std::uint32_t l) {
    const UseCaseSet ready = agenda.ready[l];
    Turn turn = batch.turn(l);
    const Means left{turn.state.data[turn.unit], free_staff[l], turn.state.reserve[turn.unit]};
    const Lacking lacking = find_lacking(turn, ready, left);
    if (lacking.any < size(ready)) return;
    turn.count_blocked(Step::operation, Constraint::data, lacking.data);
    turn.count_blocked(Step::operation, Constraint::staff, lacking.staff);
    turn.count_blocked(Step::operation, Constraint::money, lacking.money);
    for_each(ready, [&](std::uint32_t u) {
      if (is_grace_over(turn, u)) strand(turn, u);
    });
    agenda.ready[l] = 0;
    agenda.with_ready &= ~(Lanes{1} << l);
  });
}

void finish_pilots(Turn& turn, UseCaseSet ready, Means& left) {
  for_each(ready, [&](std::uint32_t u) {
    if (go_on(turn, {Step::operation, u}, operation, operation_need(turn, u), left)) return;
    if (is_grace_over(turn, u)) strand(turn, u);
  });
}

void ask_for_pilots(Turn& turn, UseCaseSet pilots, Means& left) {
  for_each(pilots, [&](std::uint32_t u) {
    const std::size_t cell = turn.cell(u);
    Cents& cost = turn.state.pilot_cost[cell];
    const Offer offer = best_late_offer(turn, u, turn.state.age[cell]);
    if (!offer ||
        turn.world.vendor[turn.state.vendor[cell]].openness <
            turn.world.rules.programmes[offer.programme].open_min ||
        !is_enough(turn, offer, cost))
      return;
    const double effort = filing_effort(turn, offer);
    if (turn.structure().feasibility && left.staff < effort) return;
    claim(effort, 0, left);
    const Application application{offer.programme, true, grant_of(turn, offer, cost), 0.0};
    file(turn, u, application);
    turn.report.transitions.push_back(
        {turn.unit, static_cast<std::uint8_t>(u), pilot, 0, application});
    cost = 0;  // each pilot asks once
  });
}

void roll_out(Turn& turn, UseCaseSet due, Means& left) {
  for_each(due, [&](std::uint32_t u) {
    const std::uint8_t vendor = turn.state.vendor[turn.cell(u)];
    const rules::Requirement asks =
        steps_of(turn).roll_out(project_effort(turn, u, vendor), project_cost(turn, u, vendor));
    go_on(turn, {Step::roll_out, u}, scaled, {asks.data, asks.staff, cents(asks.money)}, left);
  });
}

}  // namespace rathaus::model
