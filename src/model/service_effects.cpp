// K2a: what running services save, what rebounds, what AI itself takes [ODD 7.8].
#include <algorithm>
#include <cmath>

#include "model/turn.h"

namespace rathaus::model {
namespace {

/// R(η), share of a saving lost to more use of the service [eq. 7]
double direct_rebound(ReboundForm form, double elasticity, double efficiency) {
  switch (form) {
    case ReboundForm::linear:
      return elasticity;
    case ReboundForm::isoelastic:
      if (efficiency == 0.0) return elasticity;
      return 1.0 - (1.0 - std::pow(1.0 - efficiency, 1.0 - elasticity)) / efficiency;
    case ReboundForm::none:
      return 0.0;
  }
  return 0.0;
}

std::int64_t watt_hours(double kwh) {
  return nearest(1000.0 * kwh);
}

}  // namespace

double contract_price(const Turn& turn, std::uint32_t use_case) {
  const std::size_t cell = turn.cell(use_case);
  const double lock_in = turn.state.lock_in[cell];
  return turn.state.vendors[turn.state.vendor[cell]].price *
         (1.0 + turn.parameters().lock_markup * lock_in);
}

void produce_effects(Turn& turn) {
  const World& world = turn.world;
  State& state = turn.state;
  if (turn.cells.running() == 0) {
    turn.freed = state.footprint_running[turn.unit] = 0.0;
    state.energy_saved[turn.unit] = 0;
    return update_reserve(turn, 0.0, 0.0);
  }
  const Parameters& p = turn.parameters();
  const Coefficients& c = turn.coefficients();
  const ReboundForm form = turn.structure().rebound_form;
  const double n = world.inhabitants[turn.unit];
  const double thousands = n / 1000.0;
  const double scale = state.scale[turn.unit];

  double freed = 0.0, gross = 0.0, direct = 0.0, saving = 0.0;
  double running = 0.0, locked = 0.0, footprint = 0.0;
  for_each(turn.cells.running(), [&](std::uint32_t u) {
    const std::size_t cell = turn.cell(u);
    const UseCase& use = world.rules.use_cases[u];
    const double coverage = state.stage[cell] == scaled ? 1.0 : p.op_coverage;
    const double effect = coverage * state.maturity[cell];

    // Freed = N/1000 · l · η^L · c · (1 − R) [eq. 5]
    const double staff_rebound =
        direct_rebound(form, use.direct_rebound, use.staff_saving * effect);
    const double freed_here =
        thousands * use.staff_per_1000 * use.staff_saving * effect * (1.0 - staff_rebound);
    // gross = N·e/4 · η^E · c [eq. 6];  Dir = gross · R [eq. 7]
    const double gross_here = n * use.energy_kwh_per_inhabitant / 4.0 * use.energy_saving * effect;
    const double direct_here =
        gross_here * direct_rebound(form, use.direct_rebound, use.energy_saving * effect);
    // Sav = χ w Freed/4 + p_E (gross − Dir) + other·N·c/4 [eq. 8]
    saving += p.cashable_share * c.wage_eur * freed_here / 4.0 +
              c.energy_price_eur * (gross_here - direct_here) +
              use.other_benefit_eur * n * effect / 4.0;
    // Run = o C⁰ψ P_v (1 + μλ) cov/4 + comp/4 [eq. 9]
    const double contract =
        p.run_cost_share * use.cost_eur * scale * contract_price(turn, u) * coverage / 4.0;
    running += contract + compliance_cost(turn, u) / 4.0;
    locked += state.lock_in[cell] * contract;  // [eq. 56]
    // N·a·cov/4·(1 + emb) [eq. 41]
    footprint += n * use.ai_energy_kwh_per_inhabitant * coverage / 4.0 * (1.0 + c.embodied_share);
    freed += freed_here;
    gross += gross_here;
    direct += direct_here;
  });
  turn.freed = freed;

  // Ind = ρ_r · Sav · k_€ [eq. 40]
  const std::int64_t gross_wh = watt_hours(gross);
  const std::int64_t direct_wh = watt_hours(direct);
  const std::int64_t indirect_wh = watt_hours(p.respend_share * saving * c.respending_energy);
  state.energy_saved[turn.unit] = gross_wh - direct_wh - indirect_wh;
  state.footprint_running[turn.unit] = footprint;

  turn.row[Indicator::staff_freed] += fixed_point(freed);
  turn.row[Indicator::saving] += cents(saving);
  turn.row[Indicator::locked_cost] += cents(locked);
  turn.row[Indicator::energy_gross_saving] += gross_wh;
  turn.row[Indicator::energy_direct_rebound] += direct_wh;
  turn.row[Indicator::energy_indirect_rebound] += indirect_wh;
  update_reserve(turn, saving, running);
}

}  // namespace rathaus::model
