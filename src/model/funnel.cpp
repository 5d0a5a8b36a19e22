// K2f, K2g, K5: the funnel NONE → AWARE → PILOT → OPERATION → SCALED and the ways back [ODD 7.14].
#include <algorithm>
#include <cmath>

#include "model/logistic.h"
#include "model/peer_field.h"
#include "model/quarter.h"
#include "model/turn.h"

namespace rathaus::model {
namespace {

std::uint8_t small(std::uint32_t index) {
  return static_cast<std::uint8_t>(index);
}

/// Services to be given up with probability
/// discont_rate · (10 if M < 0) · (5 if H < tied) · (1 + trust_stop·(T₀ − T)₊) [eq. 21]
UseCaseSet discontinued(const Turn& turn) {
  const State& state = turn.state;
  const Parameters& p = turn.parameters();
  const UseCaseSet running = turn.cells.running();
  if (running == 0 || turn.structure().funnel == Funnel::collapsed) return 0;
  double hazard = p.discont_rate;
  if (turn.structure().feasibility) {
    if (state.reserve[turn.unit] < 0) hazard *= turn.coefficients().debt_stop_factor;
    if (state.staff[turn.unit] < turn.tied) hazard *= turn.coefficients().overload_stop_factor;
  }
  hazard *=
      1.0 + p.trust_stop * std::max(0.0, state.trust_start[turn.unit] - state.trust[turn.unit]);
  return static_cast<UseCaseSet>(
      turn.luck.below(random::Process::discontinuation, hazard, running));
}

/// A running cell that is given up, needs a new contract, or lost its vendor.
void continue_service(Turn& turn, std::uint32_t use_case, bool given_up) {
  State& state = turn.state;
  if (!given_up)
    given_up = !renew_contract(turn, use_case) && turn.structure().funnel == Funnel::full;
  if (!given_up) return;
  turn.fall_back(use_case);
  ++turn.row[Indicator::services_discontinued];
  state.note(turn.unit, {.kind = EventKind::discontinued, .use_case = small(use_case)});
}

/// success with probability Λ(logit(pilot_success) + β_f(fit − 0.55) − a_D(θ − D)₊) [eq. 22]
bool pilot_succeeds(const Turn& turn, std::uint32_t use_case) {
  const Parameters& p = turn.parameters();
  const double fit = turn.world.fit(turn.state.vendor[turn.cell(use_case)], turn.unit);
  const double gap = std::max(
      0.0, turn.world.rules.use_cases[use_case].data_threshold - turn.state.data[turn.unit]);
  const double chance =
      logistic(std::log(p.pilot_success / (1.0 - p.pilot_success)) +
               p.beta_fit * (fit - turn.coefficients().fit_reference) - p.data_gap_cost * gap);
  return turn.draws(random::Process::pilot_success)(use_case) < chance;
}

/// A pilot that loses its vendor or is evaluated at its end.
void continue_pilot(Turn& turn, std::uint32_t use_case) {
  State& state = turn.state;
  const bool vendor_gone = !state.market.is_active(state.vendor[turn.cell(use_case)]);
  if (!vendor_gone && pilot_succeeds(turn, use_case)) {
    state.ready[turn.unit] |= only(use_case);
    state.note(turn.unit, {.kind = EventKind::pilot_succeeded, .use_case = small(use_case)});
    return;
  }
  turn.fall_back(use_case);
  ++turn.row[Indicator::pilots_failed];
  state.note(turn.unit, {.kind = EventKind::pilot_failed, .use_case = small(use_case)});
}

/// Ages pilots and running services, and lets services mature: m and λ [eqs. 19, 20]. Returns those
/// whose pilot or contract ends, or whose vendor is gone.
UseCaseSet grow_older(Turn& turn) {
  State& state = turn.state;
  const Parameters& p = turn.parameters();
  const std::size_t first = turn.cell(0);
  std::uint8_t* const age = &state.age[first];
  const std::uint8_t* const vendor = &state.vendor[first];
  float* const maturity = &state.maturity[first];
  float* const lock_in = &state.lock_in[first];
  const std::array<double, max_vendors>& lock_gain = turn.world.vendor_traits.lock_gain;
  const double maturity_rate = p.maturity_rate, lock_in_left = turn.support.lock_in_left;
  const std::uint32_t pilot_quarters = turn.world.pilot_quarters;
  const std::uint32_t contract_quarters = turn.world.contract_quarters;
  const std::uint32_t pilots = turn.cells.in[pilot], gone = ~state.market.active;
  std::uint32_t ending = 0;
  for_each(turn.cells.started(), [&](std::uint32_t u) {
    const std::uint32_t now = std::min(age[u] + 1u, 254u);
    age[u] = static_cast<std::uint8_t>(now);
    bool ends = gone >> vendor[u] & 1u;
    if (pilots >> u & 1u) {
      ends |= now == pilot_quarters;
    } else {
      ends |= now % contract_quarters == 0;
      const double m = maturity[u], lock = lock_in[u];
      maturity[u] = static_cast<float>(m + maturity_rate * (1.0 - m));
      lock_in[u] = static_cast<float>(lock + lock_gain[vendor[u]] * (1.0 - lock) * lock_in_left);
    }
    ending |= std::uint32_t{ends} << u;
  });
  return static_cast<UseCaseSet>(ending);
}

}  // namespace

void move_cell(State& state, Report& report, std::uint32_t unit, std::uint32_t use_case, Stage to,
               std::uint8_t to_vendor) {
  const std::size_t cell = state.cell(use_case, unit);
  const Stage from = state.stage[cell];
  if (from >= pilot || to >= pilot)
    report.changes.push_back({unit, small(use_case), from, to, state.vendor[cell], to_vendor});
  --report.moved[use_case * stage_names.size() + from];
  ++report.moved[use_case * stage_names.size() + to];
  state.funnel[unit].move(use_case, from, to);
  state.stage[cell] = to;
  state.vendor[cell] = to_vendor;
}

void Turn::move(std::uint32_t use_case, Stage to, std::uint8_t to_vendor) {
  move_cell(state, report, unit, use_case, to, to_vendor);
}

void fall_back_cell(const World& world, State& state, Report& report, std::uint32_t unit,
                    std::uint32_t use_case) {
  move_cell(state, report, unit, use_case, aware, no_vendor);
  const std::size_t cell = state.cell(use_case, unit);
  state.cool[cell] = static_cast<std::uint8_t>(2 * world.pilot_quarters);
  if (state.cool[cell] > 0) state.cooling[unit] |= only(use_case);
  state.ready[unit] = static_cast<UseCaseSet>(state.ready[unit] & ~only(use_case));
  state.lock_in[cell] = 0.0f;
  state.maturity[cell] = 0.0f;
}

void Turn::fall_back(std::uint32_t use_case) {
  fall_back_cell(world, state, report, unit, use_case);
}

void advance_cells(Turn& turn) {
  State& state = turn.state;
  for_each(state.cooling[turn.unit], [&](std::uint32_t u) {
    if (--state.cool[turn.cell(u)] == 0)
      state.cooling[turn.unit] = static_cast<UseCaseSet>(state.cooling[turn.unit] & ~only(u));
  });
  const UseCaseSet given_up = discontinued(turn);
  for_each(grow_older(turn) | given_up, [&](std::uint32_t u) {
    if (turn.cells.in[pilot] >> u & 1u)
      continue_pilot(turn, u);
    else
      continue_service(turn, u, given_up >> u & 1u);
  });
}

void become_aware(Turn& turn) {
  // NONE → AWARE with probability min(1, aware_p·(1 + AWARE) + aware_q·S) [eq. 24]
  State& state = turn.state;
  const Parameters& p = turn.parameters();
  turn.first_heard = 0;
  const std::uint32_t unaware = turn.cells.in[none] & state.available;
  if (unaware == 0 || turn.structure().decision_rule == DecisionRule::bass) return;
  const double alone = p.aware_p * (1.0 + turn.support.aware);
  // S ≤ 1: whatever the peers do, only these may hear of it
  const std::uint32_t lucky =
      turn.luck.below(random::Process::awareness, alone + p.aware_q, unaware);
  for_each(lucky, [&](std::uint32_t u) {
    const double chance = alone + p.aware_q * peer_share(turn.world, state, u, turn.unit);
    if (turn.luck(random::Process::awareness, u) >= chance) return;
    turn.move(u, aware, no_vendor);
    turn.first_heard |= only(u);
    state.note(turn.unit, {.kind = EventKind::heard, .use_case = small(u)});
  });
}

namespace {

void start_pilot(const World& world, State& state, const Order& order) {
  const std::size_t cell = state.cell(order.use_case, order.unit);
  const bool collapsed = world.rules.structure.funnel == Funnel::collapsed;
  move_cell(state, state.report, order.unit, order.use_case, collapsed ? scaled : pilot,
            order.vendor);
  state.age[cell] = 0;
  state.lock_in[cell] = 0.0f;
  state.maturity[cell] = collapsed ? 1.0f : static_cast<float>(world.rules.parameters.pilot_share);
  Row& sum = state.report.totals.of(world, order.unit);
  ++sum[Indicator::pilots_started];
  sum[Indicator::operations_started] += collapsed;
  state.note(order.unit, {.kind = EventKind::pilot_started,
                          .use_case = order.use_case,
                          .vendor = order.vendor,
                          .programme = order.application.programme,
                          .amount = order.cost - order.application.grant});
}

void go_on(const World& world, State& state, const Transition& transition) {
  const std::size_t cell = state.cell(transition.use_case, transition.unit);
  move_cell(state, state.report, transition.unit, transition.use_case, transition.to,
            state.vendor[cell]);
  state.note(transition.unit, {.kind = transition.to == operation ? EventKind::operation_started
                                                                  : EventKind::rolled_out,
                               .use_case = transition.use_case,
                               .programme = transition.application.programme,
                               .amount = transition.cost - transition.application.grant});
  if (transition.to != operation) return;  // the age of a service goes on when it is rolled out
  state.age[cell] = 0;
  state.lock_in[cell] = 0.0f;
  UseCaseSet& ready = state.ready[transition.unit];
  ready = static_cast<UseCaseSet>(ready & ~only(transition.use_case));
  ++state.report.totals.of(world, transition.unit)[Indicator::operations_started];
}

/// The programme pays its grant, the unit the rest [ODD 7.23].
void pay(const World& world, State& state, std::uint32_t unit, Cents cost,
         const Application& application) {
  const Cents own = cost - application.grant;
  state.reserve[unit] -= own;
  state.ledger[unit].own_spending += own;
  state.spent[unit] += own;
  if (application.grant == 0) return;
  state.ledger[unit].grants += application.grant;
  state.funding.book(world.rules.programmes[application.programme].budget.kind,
                     application.programme, unit, application.grant, state.quarter);
}

}  // namespace

void commit(const World& world, State& state) {
  for (const Order& order : state.report.orders) {
    if (order.served) {
      pay(world, state, order.unit, order.cost, order.application);
      start_pilot(world, state, order);
    } else {
      // what was set aside for it stays in the pot; an entitlement is restored
      if (const std::uint8_t k = order.application.programme;
          k != no_programme && !state.funding.entitlement[k].empty())
        state.funding.entitlement[k][order.unit] += order.application.grant;
      state.note(order.unit, {.kind = EventKind::no_slot,
                              .use_case = order.use_case,
                              .vendor = order.vendor,
                              .programme = order.application.programme});
      ++state.report.totals.of(world, order.unit)(Step::pilot, Constraint::vendor_capacity);
    }
  }
  for (const Transition& transition : state.report.transitions) {
    pay(world, state, transition.unit, transition.cost, transition.application);
    go_on(world, state, transition);
  }
}

void strand_refused(const World& world, State& state) {
  // a ready pilot whose last chance was a grant that it did not get [ODD 7.23]
  for (const Transition& transition : state.refused) {
    const std::size_t cell = state.cell(transition.use_case, transition.unit);
    if (transition.to != operation || state.age[cell] < 2 * world.pilot_quarters) continue;
    fall_back_cell(world, state, state.report, transition.unit, transition.use_case);
    ++state.report.totals.of(world, transition.unit)[Indicator::pilots_stranded];
    state.note(transition.unit,
               {.kind = EventKind::pilot_stranded, .use_case = transition.use_case});
  }
  state.refused.clear();
}

}  // namespace rathaus::model
