// K2a: the free reserve, in exact cents [ODD 7.9].
#include <algorithm>

#include "model/batch.h"

namespace rathaus::model {

RATHAUS_LANES void update_reserve(Batch& batch, const PerLane<double>& saving,
                                  const PerLane<double>& running_cost) {
  State& state = batch.state;
  const double* const margin = &batch.world.margin[batch.first];
  const double* const reserve_cap = &batch.world.reserve_cap[batch.first];
  const double macro_factor = state.macro_factor;
  const double free_share = 1.0 - batch.parameters().data_budget_share;
  const double retained = batch.parameters().savings_retained;

  PerLane<Cents> inflow, saving_retained, run, forfeited;
  Cents* const reserve = &state.reserve[batch.first];
  // M ← M + cents(b·N·f·φ·(1−d)) + cents(ρ_s·Sav) − cents(Run) [eq. 10]
#pragma omp simd
  for (std::uint32_t l = 0; l < batch_units; ++l) {
    inflow[l] = cents(margin[l] * macro_factor * free_share);
    saving_retained[l] = cents(retained * saving[l]);
    run[l] = cents(running_cost[l]);
    const Cents before = reserve[l] + inflow[l] + saving_retained[l] - run[l];
    // what exceeds cents(reserve_cap_q·b·N·f + 4·ρ_s·Sav) is forfeited (budgets lapse with the
    // year)
    const Cents cap = cents(reserve_cap[l] + 4.0 * retained * saving[l]);
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
