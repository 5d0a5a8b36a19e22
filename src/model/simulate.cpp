#include "model/simulate.h"

#include <algorithm>

#include "model/concentration.h"
#include "model/parallel.h"
#include "model/quarter.h"

namespace rathaus::model {
namespace {

/// What running a programme cost its funder in the quarter that has just ended.
Cents administration(const Programme& programme, const Pot& pot, std::int32_t quarter) {
  const FunderCost cost = programme.funder_cost.value_or(FunderCost{});
  const Window& window = programme.window;
  return rules::administration(cost.per_year, quarter < window.end() ? quarter - window.first : -1,
                               cost.per_application, pot.applications, cost.per_award, pot.awards);
}

template <class To, class From>
void append(To& to, const From& from) {
  to.insert(to.end(), from.begin(), from.end());
}

void record(const World& world, const State& state, Outcome& outcome) {
  const Totals& totals = state.report.totals;
  append(outcome.rows, totals.rows);
  append(outcome.services, totals.services);
  append(outcome.pilots_ended, totals.pilots_ended);
  append(outcome.contracts_renewed, totals.contracts_renewed);
  append(outcome.contracts_switched, totals.contracts_switched);
  append(outcome.contracts_tendered, totals.contracts_tendered);
  for (std::uint32_t v = 0; v < world.vendors; ++v) {
    outcome.vendor_base.push_back(static_cast<std::int32_t>(state.vendor_base[v]));
    outcome.vendor_price.push_back(static_cast<float>(state.vendors[v].price));
  }
  for (std::size_t i = 0; i < index_infos().size(); ++i)
    outcome.indices[i].push_back(static_cast<float>(index_infos()[i].of(world, state)));
  for (std::size_t k = 0; k < state.funding.pot.size(); ++k) {
    const Pot& pot = state.funding.pot[k];
    outcome.pots.push_back(
        {pot.refilled, pot.paid, pot.returned, pot.remaining, pot.requested, pot.granted,
         administration(world.rules.programmes[k], pot, state.result_quarter() - 1),
         static_cast<std::int32_t>(pot.applications), static_cast<std::int32_t>(pot.awards)});
  }
  append(outcome.reach, totals.reach);
  append(outcome.adopters, state.adopters);
}

/// What the unit that is told of runs before the first quarter.
void note_start(const State& state) {
  if (state.journal == nullptr) return;
  const std::uint32_t unit = state.journal->unit;
  for_each(state.funnel[unit].in[operation], [&](std::uint32_t u) {
    state.note(unit, {.kind = EventKind::ran_at_start,
                      .use_case = static_cast<std::uint8_t>(u),
                      .vendor = state.vendor[state.cell(u, unit)]});
  });
}

/// What is counted since the results began begins here; who ran a service by now did so before.
void begin_results(const World& world, State& state, Outcome& outcome) {
  for (std::uint32_t i = 0; i < world.units; ++i)
    outcome.operated_before.push_back(state.first_operation[i] >= 0);
  std::ranges::fill(state.spent, 0);
  std::ranges::fill(state.ever_short, std::uint8_t{0});
  std::ranges::fill(state.short_so_far, ShortUnits{});
}

}  // namespace

std::vector<std::uint32_t> horizons(std::uint32_t quarters, std::uint32_t support_start) {
  std::vector<std::uint32_t> reached;
  for (const std::uint32_t years : {5u, 10u, 20u}) {
    reached.push_back(std::min(quarters, support_start + 4 * years));
    if (reached.back() == quarters) break;
  }
  return reached;
}

const std::vector<float>& Outcome::index(std::string_view name) const {
  const auto found = std::ranges::find(index_infos(), name, &IndexInfo::name);
  return indices.at(static_cast<std::size_t>(found - index_infos().begin()));
}

Outcome simulate(const World& world, const random::Key& key, const Watcher& watcher,
                 Journal* journal) {
  State state(world, key);
  state.journal = journal;
  note_start(state);
  while (state.result_quarter() < 0) advance(world, key, state);
  Outcome outcome;
  begin_results(world, state, outcome);
  const std::vector<std::uint32_t> judged = horizons(world.quarters, world.rules.support_start);
  outcome.indices.resize(index_infos().size());
  outcome.adopters.reserve(std::size_t{world.quarters} * batch_count(world.units));
  for (std::uint32_t completed = 1; completed <= world.quarters; ++completed) {
    advance(world, key, state);
    record(world, state, outcome);
    if (std::ranges::find(judged, completed) != judged.end())
      outcome.snapshots.push_back(
          {{state.running.begin(),
            state.running.begin() + static_cast<std::ptrdiff_t>(world.units)},
           state.funding.support,
           state.spent,
           state.funding.supported_by});
    if (watcher) watcher(state);
  }
  outcome.first_operation.assign(
      state.first_operation.begin(),
      state.first_operation.begin() + static_cast<std::ptrdiff_t>(world.units));
  outcome.first_support = std::move(state.funding.first_support);
  return outcome;
}

}  // namespace rathaus::model
