// K5: served pilots start and running projects go on; what they cost is booked [ODD 7.14, 7.23].
#include "model/quarter.h"
#include "model/turn.h"

namespace rathaus::model {
namespace {

void start_pilot(const World& world, State& state, const Order& order) {
  const std::size_t cell = state.cell(order.use_case, order.unit);
  const bool collapsed = world.rules.structure.funnel == Funnel::collapsed;
  move_cell(state, state.report, order.unit, order.use_case, collapsed ? scaled : pilot,
            order.vendor);
  state.age[cell] = 0;
  state.lock_in[cell] = 0.0f;
  state.maturity[cell] = collapsed ? 1.0f : static_cast<float>(world.rules.parameters.pilot_share);
  if (!state.pilot_cost.empty())
    state.pilot_cost[cell] = order.application.grant == 0 ? order.cost : 0;
  Row& sum = state.report.totals.of(world, order.unit);
  ++sum[Indicator::pilots_started];
  if (collapsed) {
    ++sum[Indicator::operations_started];
    state.report.totals.end_pilot(order.use_case, PilotEnd::operation);
  }
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
  state.report.totals.end_pilot(transition.use_case, PilotEnd::operation);
}

/// The programme pays its grant, the unit the rest [ODD 7.23].
void pay(const World& world, State& state, std::uint32_t unit, Cents cost,
         const Application& application) {
  const Cents own = cost - application.grant;
  state.reserve[unit] -= own;
  state.ledger.own_spending[unit] += own;
  state.spent[unit] += own;
  if (application.grant == 0) return;
  state.ledger.grants[unit] += application.grant;
  state.funding.book(world.rules.programmes[application.programme].budget.kind,
                     application.programme, unit, application.grant, state.result_quarter());
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
      Row& row = state.report.totals.of(world, order.unit);
      ++row(Step::pilot, Constraint::vendor_capacity);
      state.lacks(order.unit, Constraint::vendor_capacity, row);
    }
  }
  for (const Transition& transition : state.report.transitions) {
    pay(world, state, transition.unit, transition.cost, transition.application);
    if (transition.to != pilot) go_on(world, state, transition);  // else it asked while it runs
  }
}

void strand_refused(const World& world, State& state) {
  // a ready pilot whose last chance was a grant that it did not get [ODD 7.23]
  for (const Transition& transition : state.refused) {
    const std::size_t cell = state.cell(transition.use_case, transition.unit);
    if (transition.to != operation ||
        state.age[cell] < 2 * world.pilot_quarters[transition.use_case])
      continue;
    fall_back_cell(world, state, state.report, transition.unit, transition.use_case);
    ++state.report.totals.of(world, transition.unit)[Indicator::pilots_stranded];
    state.report.totals.end_pilot(transition.use_case, PilotEnd::stranded);
    state.note(transition.unit,
               {.kind = EventKind::pilot_stranded, .use_case = transition.use_case});
  }
  state.refused.clear();
}

}  // namespace rathaus::model
