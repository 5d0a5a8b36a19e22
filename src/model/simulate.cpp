#include "model/simulate.h"

#include "model/concentration.h"
#include "model/parallel.h"
#include "model/quarter.h"

namespace rathaus::model {
namespace {

void record(const World& world, const State& state, Outcome& outcome) {
  const Totals& totals = state.report.totals;
  outcome.rows.insert(outcome.rows.end(), totals.rows.begin(), totals.rows.end());
  outcome.services.insert(outcome.services.end(), totals.services.begin(), totals.services.end());
  outcome.contracts_renewed.insert(outcome.contracts_renewed.end(),
                                   totals.contracts_renewed.begin(),
                                   totals.contracts_renewed.end());
  outcome.contracts_switched.insert(outcome.contracts_switched.end(),
                                    totals.contracts_switched.begin(),
                                    totals.contracts_switched.end());
  for (std::uint32_t v = 0; v < world.vendors; ++v) {
    outcome.vendor_base.push_back(static_cast<std::int32_t>(state.vendor_base[v]));
    outcome.vendor_price.push_back(static_cast<float>(state.vendors[v].price));
  }
  outcome.hhi_national.push_back(static_cast<float>(hhi_national(world, state)));
  outcome.hhi_local.push_back(static_cast<float>(hhi_local(world, state)));
  outcome.morans_i.push_back(static_cast<float>(morans_i(world, state)));
}

}  // namespace

Outcome simulate(const World& world, const random::Key& key, const Watcher& watcher) {
  State state(world, key);
  Outcome outcome;
  while (state.quarter < world.quarters) {
    advance(world, key, state);
    record(world, state, outcome);
    if (watcher) watcher(state);
  }
  outcome.first_operation = std::move(state.first_operation);
  return outcome;
}

}  // namespace rathaus::model
