// K2h: what a unit sets out to do with the money and staff it has: finish before it starts
// [ODD 7.15]. Nothing moves here but stranded pilots; K4 and K5 decide and book.
#include <algorithm>
#include <array>
#include <span>

#include "model/decision.h"
#include "model/turn.h"

namespace rathaus::model {
namespace {

/// What is left of the unit's means while it plans.
struct Means {
  double staff;  //!< free staff [FTE]
  Cents money;
};

/// What a step needs.
struct Need {
  double data;   //!< least data readiness
  double staff;  //!< [FTE]
  Cents money;
};

/// Claims what is needed, or counts every condition that is violated [eqs. 30, 31, 32].
bool claim(Turn& turn, Step step, const Need& need, Means& left) {
  if (turn.structure().feasibility) {
    const bool data = turn.state.data[turn.unit] >= need.data;
    const bool staff = left.staff >= need.staff;
    const bool money = left.money >= need.money;
    if (!(data && staff && money)) {
      turn.row(step, Constraint::data) += !data;
      turn.row(step, Constraint::staff) += !staff;
      turn.row(step, Constraint::money) += !money;
      return false;
    }
  }
  left.staff -= need.staff;
  left.money -= need.money;
  return true;
}

/// C = C⁰ ψ κ P_v [EUR, eq. 3]
double project_cost(const Turn& turn, std::uint32_t use_case, std::uint8_t vendor) {
  return turn.world.rules.use_cases[use_case].cost_eur * turn.state.scale[turn.unit] *
         turn.world.adaptation(use_case, turn.state.data[turn.unit]) *
         turn.state.vendors[vendor].price;
}

/// Ready pilots become operation, or strand when their grace period is over [eq. 31].
void finish_pilots(Turn& turn, Means& left) {
  const Parameters& p = turn.parameters();
  State& state = turn.state;
  for (std::uint32_t u = 0; u < turn.world.use_cases; ++u) {
    const std::size_t cell = turn.cell(u);
    if (state.stage[cell] != pilot || !state.ready[cell]) continue;
    const double rest = 1.0 - p.pilot_share;
    const Need need{turn.world.rules.use_cases[u].data_threshold, rest * project_effort(turn, u),
                    cents(rest * p.op_coverage * project_cost(turn, u, state.vendor[cell]))};
    if (claim(turn, Step::operation, need, left)) {
      turn.report.transitions.push_back(
          {turn.unit, static_cast<std::uint8_t>(u), operation, need.money});
    } else if (state.age[cell] >= 2 * turn.world.pilot_quarters) {
      turn.fall_back(u);
      ++turn.row[Indicator::pilots_stranded];
    }
  }
}

/// Services in operation are rolled out to all [eq. 32].
void roll_out(Turn& turn, Means& left) {
  const Parameters& p = turn.parameters();
  State& state = turn.state;
  random::Draws draw = turn.draws(random::Process::roll_out);
  for (std::uint32_t u = 0; u < turn.world.use_cases; ++u) {
    const std::size_t cell = turn.cell(u);
    if (state.stage[cell] != operation || state.age[cell] < turn.world.rollout_wait_quarters)
      continue;
    if (draw(u) >= p.rollout_rate) continue;
    const double rest = 1.0 - p.pilot_share;
    const Need need{
        0.0, 0.5 * rest * project_effort(turn, u),
        cents(rest * (1.0 - p.op_coverage) * project_cost(turn, u, state.vendor[cell]))};
    if (claim(turn, Step::roll_out, need, left))
      turn.report.transitions.push_back(
          {turn.unit, static_cast<std::uint8_t>(u), scaled, need.money});
  }
}

bool may_launch(const Turn& turn, std::uint32_t use_case) {
  const std::size_t cell = turn.cell(use_case);
  if (turn.state.cool[cell] > 0 || !turn.available(use_case)) return false;
  if (turn.state.stage[cell] == none) return turn.structure().decision_rule == DecisionRule::bass;
  return turn.state.stage[cell] == aware && !(turn.first_heard >> use_case & 1u);
}

struct Candidate {
  std::uint32_t use_case;
  double rank;
};

/// The wanted pilots, best first; ties in the order of the table.
std::span<const Candidate> wanted_pilots(const Turn& turn,
                                         std::array<Candidate, max_use_cases>& buffer) {
  std::size_t count = 0;
  random::Draws draw = turn.draws(random::Process::launch);
  for (std::uint32_t u = 0; u < turn.world.use_cases; ++u) {
    if (!may_launch(turn, u)) continue;
    const Wish wish = wants_pilot(turn, u, draw(u));
    if (!wish.own) continue;
    std::size_t place = count++;
    for (; place > 0 && buffer[place - 1].rank < wish.rank; --place)
      buffer[place] = buffer[place - 1];
    buffer[place] = {u, wish.rank};
  }
  return {buffer.data(), count};
}

/// New pilots, as far as the means reach [eq. 30].
void launch(Turn& turn, Means& left) {
  if (turn.structure().arrivals == Arrivals::sequential && turn.unit != turn.state.quarter) return;
  const Parameters& p = turn.parameters();
  std::array<Candidate, max_use_cases> buffer;
  for (const auto& [u, rank] : wanted_pilots(turn, buffer)) {
    const std::uint8_t vendor = choose_vendor(turn, u);
    if (vendor == no_vendor) {
      ++turn.row(Step::pilot, Constraint::vendor_capacity);
      continue;
    }
    const Need need{p.pilot_data_frac * turn.world.rules.use_cases[u].data_threshold,
                    p.pilot_share * project_effort(turn, u),
                    cents(p.pilot_share * project_cost(turn, u, vendor))};
    if (claim(turn, Step::pilot, need, left))
      turn.report.orders.push_back(
          {turn.unit, static_cast<std::uint8_t>(u), vendor, false, need.money, 0.0, 0.0});
  }
}

}  // namespace

void form_intentions(Turn& turn) {
  Means left{turn.state.staff[turn.unit] - tied_staff(turn), turn.state.reserve[turn.unit]};
  finish_pilots(turn, left);
  roll_out(turn, left);
  launch(turn, left);
}

}  // namespace rathaus::model
