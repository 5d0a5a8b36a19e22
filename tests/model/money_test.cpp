// Exactly enough is enough: one missing cent stops a project, however large the sums, and so does
// the least lack of staff, of data or of benefit.
#include <algorithm>
#include <cmath>
#include <span>

#include "catch.h"
#include "model/germany.h"

using namespace rathaus;
using namespace rathaus::model;

namespace {

/// Everybody wants everything and lacks nothing but money; the reserve stays as it is put.
void only_money_counts(Rules& rules) {
  test::start_from_nothing(rules);
  rules.structure.decision_rule = DecisionRule::bass;
  rules.structure.vendor_capacity = false;
  rules.parameters.aware_p = 1.0;
  rules.parameters.pilot_data_frac = 0.0;
  rules.parameters.post_share = 1.0;
  rules.parameters.data_budget_share = 1.0;  // no inflow
  rules.parameters.reserve_cap_q = 1000.0;   // nothing is forfeited
  rules.parameters.margin_eur_pc_q = 1e9;
  for (UseCase& use : rules.use_cases) {
    use.available_from = 0;
    use.effort_fte = 0.0;
    use.cost_eur *= 1e4;  // no sum of these can be told from its neighbours in single precision
  }
}

/// The first quarter of units that begin with these reserves.
State first_quarter(const test::Germany& germany, std::span<const Cents> reserve) {
  State state(*germany.world, germany.key());
  std::ranges::copy(reserve, state.reserve.begin());
  advance(*germany.world, germany.key(), state);
  return state;
}

}  // namespace

// [eqs. 30-32]
TEST_CASE("one cent decides") {
  const test::Germany germany(60, 1, only_money_counts);
  const World& world = *germany.world;
  const State rich = first_quarter(germany, std::vector<Cents>(world.units, 1'000'000'000'000'000));
  REQUIRE(rich.report.orders.size() == std::size_t{world.units} * world.use_cases);

  std::vector<Cents> price_of_all(world.units, 0);
  for (const Order& order : rich.report.orders) price_of_all[order.unit] += order.cost;
  CHECK(first_quarter(germany, price_of_all).report.orders.size() == rich.report.orders.size());

  std::vector<Cents> one_less = price_of_all;
  for (Cents& reserve : one_less) --reserve;
  const State poor = first_quarter(germany, one_less);
  CHECK(poor.report.orders.size() == std::size_t{world.units} * (world.use_cases - 1));
  std::int64_t blocked = 0;
  for (std::size_t c = 0; c < size_class_names.size(); ++c)
    blocked += Row(poor.report.totals.rows[c])(Step::pilot, Constraint::money);
  CHECK(blocked == world.units);
  for (std::uint32_t i = 0; i < world.units; ++i) REQUIRE(poor.reserve[i] >= 0);
}

// [eqs. 30-32]
TEST_CASE("exactly enough staff and data suffice") {
  const auto change = [](Rules& rules) {
    only_money_counts(rules);
    rules.use_cases.resize(1);
    rules.use_cases[0].effort_fte = 0.5;
    rules.use_cases[0].data_threshold = 0.25;
    rules.parameters.pilot_share = 0.5;
    rules.parameters.pilot_data_frac = 1.0;
    rules.parameters.effort_scale_exp = rules.coefficients.reference_population = 1.0;
    rules.parameters.hire_rate = rules.parameters.turnover_rate = 0.0;
    rules.parameters.data_budget_share = rules.parameters.data_spillover = 0.0;
    rules.parameters.data_decay = 0.0;
  };
  const test::Germany germany(60, 1, change);
  const World& world = *germany.world;
  const auto launches = [&](double staff, double data) {
    State state(world, germany.key());
    std::ranges::fill(state.reserve, 1'000'000'000'000'000);
    std::ranges::fill(state.data, data);
    for (std::uint32_t i = 0; i < world.units; ++i) state.staff[i] = staff * world.inhabitants[i];
    advance(world, germany.key(), state);
    return state.report.orders.size();
  };
  CHECK(launches(0.25, 0.25) == world.units);
  CHECK(launches(0.25 - 0x1p-30, 0.25) == 0);
  CHECK(launches(0.25, 0.25 - 0x1p-30) == 0);
}

// [eq. 26]
TEST_CASE("a project that just pays for itself within the horizon is wanted") {
  const auto launches = [](double benefit_eur) {
    const test::Germany germany(60, 1, [&](Rules& rules) {
      rules.structure.decision_rule = DecisionRule::payback;
      rules.structure.feasibility = rules.structure.vendor_capacity = false;
      rules.structure.start_aware = true;
      rules.parameters.decision_rate = 1.0;
      rules.parameters.horizon_years = rules.parameters.run_cost_share = 1.0;  // cost twice
      rules.parameters.compliance_cost_eur = 0.0;
      rules.parameters.effort_scale_exp = rules.coefficients.reference_population = 1.0;
      for (Vendor& vendor : rules.vendors) vendor.price = 1.0;
      for (UseCase& use : rules.use_cases) {
        use.available_from = 0;
        use.data_threshold = use.staff_saving = use.energy_saving = 0.0;
        use.cost_eur = 8.0;
        use.other_benefit_eur = benefit_eur;
      }
    });
    const State start(*germany.world, germany.key());
    return first_quarter(germany, start.reserve).report.orders.size();
  };
  CHECK(launches(16.0) > 100);
  CHECK(launches(std::nextafter(16.0, 0.0)) == 0);
}
