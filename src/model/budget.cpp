// K2a: the free reserve, in exact cents [ODD 7.9].
#include <algorithm>

#include "model/turn.h"

namespace rathaus::model {

void update_reserve(Turn& turn, double saving, double running_cost) {
  const World& world = turn.world;
  State& state = turn.state;
  const Parameters& p = turn.parameters();
  const std::uint32_t i = turn.unit;

  // M ← M + cents(b·N·f·φ·(1−d)) + cents(ρ_s·Sav) − cents(Run) [eq. 10]
  Ledger ledger;
  ledger.inflow = cents(world.margin[i] * state.macro_factor * (1.0 - p.data_budget_share));
  ledger.saving_retained = cents(p.savings_retained * saving);
  ledger.running_cost = cents(running_cost);
  const Cents before =
      state.reserve[i] + ledger.inflow + ledger.saving_retained - ledger.running_cost;
  // what exceeds cents(reserve_cap_q·b·N·f + 4·ρ_s·Sav) is forfeited (budgets lapse with the year)
  const Cents cap = cents(world.reserve_cap[i] + 4.0 * p.savings_retained * saving);
  ledger.forfeited = std::max<Cents>(0, before - cap);
  state.reserve[i] = before - ledger.forfeited;
  state.ledger[i] = ledger;

  turn.row[Indicator::inflow] += ledger.inflow;
  turn.row[Indicator::saving_retained] += ledger.saving_retained;
  turn.row[Indicator::running_cost] += ledger.running_cost;
  turn.row[Indicator::forfeited] += ledger.forfeited;
}

}  // namespace rathaus::model
