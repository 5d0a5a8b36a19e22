// K2a: the free reserve, in exact cents [ODD 7.9].
#include "rules/budget.h"

#include <algorithm>

#include "model/batch.h"

namespace rathaus::model {

RATHAUS_LANES void update_reserve(Batch& batch, const PerLane<double>& saving,
                                  const PerLane<double>& running_cost) {
  State& state = batch.state;
  const double* const margin = &batch.world.margin[batch.first];
  const double* const reserve_cap = &batch.world.reserve_cap[batch.first];
  const double macro_factor = state.macro_factor;
  const rules::Budget rule{1.0 - batch.parameters().data_budget_share,
                           batch.parameters().savings_retained};

  PerLane<Cents> inflow, saving_retained, run, forfeited;
  Cents* const reserve = &state.reserve[batch.first];
#pragma omp simd
  for (std::uint32_t l = 0; l < batch_units; ++l) {
    inflow[l] = cents(rule.inflow(margin[l], macro_factor));
    saving_retained[l] = cents(rule.retained(saving[l]));
    run[l] = cents(running_cost[l]);
    const Cents before = reserve[l] + inflow[l] + saving_retained[l] - run[l];
    const Cents cap = cents(rule.cap(reserve_cap[l], saving[l]));
    forfeited[l] = std::max<Cents>(0, before - cap);
    reserve[l] = before - forfeited[l];
  }
  Ledgers& ledger = state.ledger;
  const auto book = [&](Column<Cents>& column, const PerLane<Cents>& amount) {
    std::ranges::copy(amount, &column[batch.first]);
  };
  book(ledger.inflow, inflow);
  book(ledger.saving_retained, saving_retained);
  book(ledger.running_cost, run);
  book(ledger.forfeited, forfeited);
  for (Column<Cents>* later : {&ledger.own_spending, &ledger.grants, &ledger.switching_cost})
    std::fill_n(&(*later)[batch.first], batch_units, Cents{0});

  add_up(batch.shares(),
         {{Indicator::inflow, inflow},
          {Indicator::saving_retained, saving_retained},
          {Indicator::running_cost, run},
          {Indicator::forfeited, forfeited}},
         batch.report.totals);
}

}  // namespace rathaus::model
