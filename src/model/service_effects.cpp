// K2a: what running services save, what rebounds, what AI itself takes [ODD 7.8].
#include <cmath>

#include "model/batch.h"

namespace rathaus::model {
namespace {

/// R(η), share of a saving lost to more use of the service, for efficiencies η = saving·effect of
/// all units [eq. 7]
void direct_rebound(ReboundForm form, double elasticity, double saving,
                    const PerLane<double>& effect, PerLane<double>& rebound) {
  rebound.fill(form == ReboundForm::none ? 0.0 : elasticity);
  if (form != ReboundForm::isoelastic) return;
  for (std::uint32_t l = 0; l < batch_units; ++l) {
    const double efficiency = saving * effect[l];
    if (efficiency == 0.0) continue;
    rebound[l] = 1.0 - (1.0 - std::pow(1.0 - efficiency, 1.0 - elasticity)) / efficiency;
  }
}

/// What the running services of each unit add up to, in ascending order of use case.
struct Effects {
  PerLane<double> freed{}, gross{}, direct{}, saving{}, running{}, locked{}, footprint{};
};

/// The services of one use case; those that do not run add zeros.
RATHAUS_LANES void add_services(const Batch& batch, std::uint32_t use_case,
                                const PerLane<double>& sharers, Effects& sum) {
  const State& state = batch.state;
  const Parameters& p = batch.parameters();
  const Coefficients& c = batch.coefficients();
  const UseCase& use = batch.world.rules.use_cases[use_case];
  const ReboundForm form = batch.structure().rebound_form;
  const std::size_t row = batch.row(use_case);
  const Stage* const stage = &state.stage[row];
  const std::uint8_t* const vendor = &state.vendor[row];
  const float* const maturity = &state.maturity[row];
  const float* const lock_in = &state.lock_in[row];
  const double* const inhabitants = &batch.world.inhabitants[batch.first];
  const double* const thousands = &batch.world.thousands[batch.first];
  const double* const scale = &state.scale[batch.first];
  const PerLane<double>& risk_left = batch.support.risk_left;

  PerLane<double> coverage, effect, staff_rebound, energy_rebound;
  const double in_operation = p.op_coverage;
#pragma omp simd
  for (std::uint32_t l = 0; l < batch_units; ++l) {
    coverage[l] = stage[l] == scaled ? 1.0 : stage[l] == operation ? in_operation : 0.0;
    effect[l] = coverage[l] * double{maturity[l]};
  }
  direct_rebound(form, use.direct_rebound, use.staff_saving, effect, staff_rebound);
  direct_rebound(form, use.direct_rebound, use.energy_saving, effect, energy_rebound);

  // Freed = N/1000 · l · η^L · c · (1 − R) [eq. 5]
  // gross = N·e/4 · η^E · c [eq. 6];  Dir = gross · R [eq. 7]
  // Sav = χ w Freed/4 + p_E (gross − Dir) + other·N·c/4 [eq. 8]
  const double staff = use.staff_per_1000, staff_saving = use.staff_saving;
  const double energy = use.energy_kwh_per_inhabitant, energy_saving = use.energy_saving;
  const double cashable = p.cashable_share * c.wage_eur, energy_price = c.energy_price_eur;
  const double other_benefit = use.other_benefit_eur;
#pragma omp simd
  for (std::uint32_t l = 0; l < batch_units; ++l) {
    const double n = inhabitants[l];
    const double freed = thousands[l] * staff * staff_saving * effect[l] * (1.0 - staff_rebound[l]);
    const double gross = n * energy / 4.0 * energy_saving * effect[l];
    const double direct = gross * energy_rebound[l];
    sum.saving[l] += cashable * freed / 4.0 + energy_price * (gross - direct) +
                     other_benefit * n * effect[l] / 4.0;
    sum.freed[l] += freed;
    sum.gross[l] += gross;
    sum.direct[l] += direct;
  }

  // Run = o C⁰ψ P_v (1 + μλ) cov/4 + comp/4 [eq. 9], comp = r · duties · (1 − cert)(1 − CERT) / k_g
  // N·a·cov/4·(1 + emb) [eq. 41]
  const double yearly = p.run_cost_share * use.cost_eur, markup = p.lock_markup;
  const double compliance_alone = state.compliance_alone[use_case];
  const double ai_energy = use.ai_energy_kwh_per_inhabitant, embodied = 1.0 + c.embodied_share;
  PerLane<double> price;
  for (std::uint32_t l = 0; l < batch_units; ++l)
    price[l] = state.market.price[vendor[l] % max_vendors];
#pragma omp simd
  for (std::uint32_t l = 0; l < batch_units; ++l) {
    const double lock = lock_in[l];
    const double contract =
        yearly * scale[l] * (price[l] * (1.0 + markup * lock)) * coverage[l] / 4.0;
    const double compliance = compliance_alone * risk_left[l] / sharers[l];
    sum.running[l] += contract + (stage[l] >= operation ? compliance / 4.0 : 0.0);
    sum.locked[l] += lock * contract;  // [eq. 56]
    sum.footprint[l] += inhabitants[l] * ai_energy * coverage[l] / 4.0 * embodied;
  }
}

/// Whole numbers of what was summed, and the indicators made of them.
RATHAUS_LANES void book_effects(Batch& batch, const Effects& sum) {
  const double respent = batch.parameters().respend_share;
  const double respending_energy = batch.coefficients().respending_energy;
  const auto watt_hours = [](double kwh) { return nearest(1000.0 * kwh); };
  std::int64_t* const energy_saved = &batch.state.energy_saved[batch.first];
  double* const footprint = &batch.state.footprint_running[batch.first];
  PerLane<std::int64_t> freed, saving, locked, gross, direct, indirect;
#pragma omp simd
  for (std::uint32_t l = 0; l < batch_units; ++l) {
    freed[l] = fixed_point(sum.freed[l]);
    saving[l] = cents(sum.saving[l]);
    locked[l] = cents(sum.locked[l]);
    gross[l] = watt_hours(sum.gross[l]);
    direct[l] = watt_hours(sum.direct[l]);
    // Ind = ρ_r · Sav · k_€ [eq. 40]
    indirect[l] = watt_hours(respent * sum.saving[l] * respending_energy);
    energy_saved[l] = gross[l] - direct[l] - indirect[l];
    footprint[l] = sum.footprint[l];
  }
  add_up(batch.shares(),
         {{Indicator::staff_freed, freed},
          {Indicator::saving, saving},
          {Indicator::locked_cost, locked},
          {Indicator::energy_gross_saving, gross},
          {Indicator::energy_direct_rebound, direct},
          {Indicator::energy_indirect_rebound, indirect}},
         batch.report.totals);
}

}  // namespace

void produce_effects(Batch& batch) {
  Effects sum;
  PerLane<double> sharers;
  find_sharers(batch, sharers);
  for (std::uint32_t u = 0; u < batch.world.use_cases; ++u)
    if (from_stage(batch, u, operation) != 0) add_services(batch, u, sharers, sum);
  batch.freed = sum.freed;
  book_effects(batch, sum);
  update_reserve(batch, sum.saving, sum.running);
}

}  // namespace rathaus::model
