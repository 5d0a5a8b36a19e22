// K2a: what running services save, what rebounds, what AI itself takes [ODD 7.8].
#include "model/batch.h"
#include "rules/effects.h"

namespace rathaus::model {
namespace {

/// What the running services of each unit add up to, in ascending order of use case.
struct Effects {
  PerLane<double> freed{}, gross{}, direct{}, saving{}, running{}, locked{}, footprint{}, heat{};
};

/// comp of every unit [EUR/year]
RATHAUS_LANES void find_compliance(const Batch& batch, std::uint32_t use_case,
                                   PerLane<double>& compliance) {
  const State& state = batch.state;
  const double alone = state.compliance_alone[use_case];
  // without CERT all that share with as many pay the same
  if (!batch.gains && state.largest_pool < tabled_sharers) {
    const double* const shared = state.compliance_shared[use_case].data();
#pragma omp simd
    for (std::uint32_t l = 0; l < batch_units; ++l) compliance[l] = shared[batch.sharers[l]];
    return;
  }
#pragma omp simd
  for (std::uint32_t l = 0; l < batch_units; ++l)
    compliance[l] = rules::compliance(alone, batch.support[Port::cert][l], batch.sharers[l]);
}

/// The services of one use case; those that do not run add zeros.
RATHAUS_LANES void add_services(const Batch& batch, std::uint32_t use_case, Effects& sum) {
  const State& state = batch.state;
  const Parameters& p = batch.parameters();
  const Coefficients& c = batch.coefficients();
  const UseCase& use = batch.world.rules.use_cases[use_case];
  const ReboundForm form = batch.structure().rebound_form;
  const std::size_t row = batch.row(use_case);
  const Stage* const stage = &state.stage[row];
  const float* const maturity = &state.maturity[row];
  const float* const lock_in = &state.lock_in[row];
  const double* const inhabitants = &batch.world.inhabitants[batch.first];
  const double* const thousands = &batch.world.thousands[batch.first];
  const std::uint8_t law = batch.world.cost_law[use_case];
  const double* scale = &state.scale_by(law)[batch.first];
  CommonTerms terms;
  if (is_on_offer(state, use_case)) {
    find_terms(batch, law, use_case, 0.0, terms);
    scale = terms.scale.data();
  }
  PerLane<double> price, compliance;
  look_up(state.market.price, &state.vendor[row], price);
  find_compliance(batch, use_case, compliance);

  const double in_operation = p.op_coverage;
  const auto coverage_of = [&](std::uint32_t l) {
    return rules::coverage(stage[l] == operation, stage[l] == scaled, in_operation);
  };
  const double staff = use.staff_per_1000, staff_saving = use.staff_saving;
  const double energy = use.energy_kwh_per_inhabitant, energy_saving = use.energy_saving;
  const double cashable = p.cashable_share * c.wage_eur, energy_price = c.energy_price_eur;
  const double other_benefit = use.other_benefit_eur;
  const double yearly = batch.world.run_cost_share[use_case] * use.cost_eur, markup = p.lock_markup;
  const double ai_energy = use.ai_energy_kwh_per_inhabitant, embodied = 1.0 + c.embodied_share;
  const auto add = [&](std::uint32_t l, double staff_rebound, double energy_rebound)
      __attribute__((always_inline)) {
    const double coverage = coverage_of(l), effect = coverage * double{maturity[l]};
    const double n = inhabitants[l];
    const double freed =
        rules::freed_staff(thousands[l], staff, staff_saving, effect, staff_rebound);
    const double gross = rules::gross_saving(n, energy, energy_saving, effect);
    const double direct = gross * energy_rebound;
    sum.saving[l] +=
        rules::money_saving(cashable, freed, energy_price, gross, direct, other_benefit, n, effect);
    sum.freed[l] += freed;
    sum.gross[l] += gross;
    sum.direct[l] += direct;
    const double lock = lock_in[l];
    const double contract = rules::contract_cost(
        yearly, scale[l], rules::contract_price(price[l], markup, lock), coverage);
    sum.running[l] += contract + (stage[l] >= operation ? compliance[l] / 4.0 : 0.0);
    sum.locked[l] += rules::locked_cost(lock, contract);
    sum.footprint[l] += rules::operating_footprint(n, ai_energy, coverage, embodied);
  };

  if (form == ReboundForm::isoelastic) {
    PerLane<double> staff_rebound, energy_rebound;
    for (std::uint32_t l = 0; l < batch_units; ++l) {
      const double effect = coverage_of(l) * double{maturity[l]};
      staff_rebound[l] = rules::isoelastic_rebound(staff_saving * effect, use.direct_rebound);
      energy_rebound[l] = rules::isoelastic_rebound(energy_saving * effect, use.direct_rebound);
    }
#pragma omp simd
    for (std::uint32_t l = 0; l < batch_units; ++l) add(l, staff_rebound[l], energy_rebound[l]);
    return;
  }
  const double rebound = form == ReboundForm::none ? 0.0 : use.direct_rebound;
#pragma omp simd
  for (std::uint32_t l = 0; l < batch_units; ++l) add(l, rebound, rebound);
}

/// What the services of one use case save of heat and fuel; where all is electricity nobody asks.
RATHAUS_LANES void add_heat(const Batch& batch, std::uint32_t use_case, Effects& sum) {
  const UseCase& use = batch.world.rules.use_cases[use_case];
  const ReboundForm form = batch.structure().rebound_form;
  const Stage* const stage = &batch.state.stage[batch.row(use_case)];
  const float* const maturity = &batch.state.maturity[batch.row(use_case)];
  const double* const inhabitants = &batch.world.inhabitants[batch.first];
  for (std::uint32_t l = 0; l < batch_units; ++l) {
    const double effect =
        rules::coverage(stage[l] == operation, stage[l] == scaled, batch.parameters().op_coverage) *
        double{maturity[l]};
    const double gross = rules::gross_saving(inhabitants[l], use.energy_kwh_per_inhabitant,
                                             use.energy_saving, effect);
    const double rebound =
        form == ReboundForm::isoelastic
            ? rules::isoelastic_rebound(use.energy_saving * effect, use.direct_rebound)
        : form == ReboundForm::none ? 0.0
                                    : use.direct_rebound;
    sum.heat[l] += rules::heat_saving(use.electric_share, gross, gross * rebound);
  }
}

/// Whole numbers of what was summed, and the indicators made of them.
RATHAUS_LANES void book_effects(Batch& batch, const Effects& sum) {
  const double respent = batch.parameters().respend_share;
  const double respending_energy = batch.coefficients().respending_energy;
  const auto watt_hours = [](double kwh) { return nearest(1000.0 * kwh); };
  std::int64_t* const energy_saved = &batch.state.energy_saved[batch.first];
  std::int64_t* const heat_saved = &batch.state.heat_saved[batch.first];
  double* const footprint = &batch.state.footprint_running[batch.first];
  PerLane<std::int64_t> freed, saving, locked, gross, direct, indirect;
#pragma omp simd
  for (std::uint32_t l = 0; l < batch_units; ++l) {
    freed[l] = fixed_point(sum.freed[l]);
    saving[l] = cents(sum.saving[l]);
    locked[l] = cents(sum.locked[l]);
    gross[l] = watt_hours(sum.gross[l]);
    direct[l] = watt_hours(sum.direct[l]);
    indirect[l] = watt_hours(rules::indirect_rebound(respent, sum.saving[l], respending_energy));
    energy_saved[l] = gross[l] - direct[l] - indirect[l];
    footprint[l] = sum.footprint[l];
    heat_saved[l] = watt_hours(sum.heat[l]);
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
  for (std::uint32_t u = 0; u < batch.world.use_cases; ++u)
    if (from_stage(batch, u, operation) != 0) {
      add_services(batch, u, sum);
      if (batch.world.rules.use_cases[u].electric_share < 1.0) add_heat(batch, u, sum);
    }
  batch.freed = sum.freed;
  book_effects(batch, sum);
  update_reserve(batch, sum.saving, sum.running);
}

}  // namespace rathaus::model
