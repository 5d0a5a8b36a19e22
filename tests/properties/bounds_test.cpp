// The hard bounds outside which an equation loses its meaning: what they are, written down a second
// time, and a stock that would leave its range at them; and that no switch takes an empty word.
// A bound is part of what a user may rely on.
#include <algorithm>
#include <string_view>

#include "catch.h"
#include "model/germany.h"

using namespace rathaus;
using namespace rathaus::model;

namespace {

struct Bounds {
  std::string_view name;
  double lowest, highest;
};

const std::vector<Bounds> parameters{
    {"effort_scale_exp", 0, 2},
    {"margin_eur_pc_q", 0, 1e12},
    {"margin_log_sd", 0, 5},
    {"reserve_cap_q", 0, 1000},
    {"savings_retained", 0, 1},
    {"respend_share", 0, 1},
    {"horizon_years", 0.01, 100},
    {"cashable_share", 0, 1},
    {"run_cost_share", 1e-6, 100},
    {"post_share", 0, 1},
    {"hire_rate", 0, 1},
    {"turnover_rate", 0, 1},
    {"learning_by_doing", 0, 1},
    {"relief_to_posts", 0, 1},
    {"data_budget_share", 0, 1},
    {"data_unit_cost_eur", 1, 1e12},
    {"data_learn", 0, 1},
    {"data_spillover", 0, 0.5},
    {"data_decay", 0, 1},
    {"data_gap_cost", 0, 1000},
    {"aware_p", 0, 1},
    {"aware_q", 0, 10},
    {"decision_rate", 0, 1},
    {"u0", -1000, 1000},
    {"beta_value", 0, 1000},
    {"beta_peer", 0, 1000},
    {"beta_risk", 0, 1000},
    {"beta_trust", 0, 1000},
    {"innov_sd", 0, 1000},
    {"evidence_half", 1e-9, 1e12},
    {"pilot_quarters", 1, 60},
    {"pilot_share", 0, 1},
    {"pilot_data_frac", 0, 1},
    {"pilot_success", 0, 1},
    {"op_coverage", 1e-6, 1},
    {"rollout_rate", 0, 1},
    {"discont_rate", 0, 1},
    {"maint_share", 0, 1},
    {"maturity_rate", 0, 1},
    {"beta_price", 0, 1000},
    {"beta_fit", 0, 1000},
    {"beta_base", 0, 1000},
    {"beta_incumbent", 0, 1000},
    {"beta_open", 0, 1000},
    {"vendor_learn_rate", 0, 0.99},
    {"lock_rate", 0, 1},
    {"lock_markup", 0, 1000},
    {"switch_share", 0, 1000},
    {"contract_quarters", 1, 240},
    {"coop_join", 0, 1},
    {"coop_overhead", 0, 1000},
    {"trust_revert", 0, 1},
    {"trust_gain", 0, 1},
    {"incident_rate", 0, 1},
    {"trust_loss", 0, 1},
    {"data0_mean", -1, 2},
    {"data0_slope", -1, 1},
    {"data0_sd", 0, 1},
    {"trust0_mean", 0, 1},
    {"trust0_sd", 0, 1},
    {"trust_stop", 0, 10000},
    {"compliance_cost_eur", 0, 1e12},
    {"threshold_mean", -1000, 1000},
    {"renew_unasked", 0, 1},
    {"wait_share", 0, 1},
    {"offer_rate", 0, 10},
    {"offer_relief", 0, 1},
};

const std::vector<Bounds> coefficients{
    {"reference_population", 1, 1e12},
    {"data_reference_population", 1, 1e12},
    {"priority_population", 1, 1e12},
    {"staff_per_1000", 0, 1000},
    {"wage_eur", 0, 1e12},
    {"energy_price_eur", 0, 1000},
    {"embodied_share", 0, 1000},
    {"development_energy", 0, 1000},
    {"respending_energy", 0, 1000},
    {"heat_intensity", 0, 1e12},
    {"reserve_start_share", 0, 1},
    {"data0_fiscal_correlation", -1, 1},
    {"data0_lowest", 0, 1},
    {"data0_highest", 0, 1},
    {"trust0_lowest", 0, 1},
    {"trust0_highest", 0, 1},
    {"fit_reference", 0, 1},
    {"debt_stop_factor", 0, 1000},
    {"overload_stop_factor", 0, 1000},
    {"rollout_wait_quarters", 0, 240},
    {"capacity_fall", -1, 0},
    {"capacity_rise", 0, 1000},
    {"strategy_data_slack", 0, 1},
    {"award_utility_weight", 0, 1000},
    {"award_luck_weight", 0, 1000},
    {"award_speed_floor", 1e-6, 1e12},
    {"working_days_per_quarter", 1, 92},
};

const std::vector<Bounds> use_cases{
    {"staff_per_1000", 0, 1000},
    {"staff_saving", 0, 1},
    {"energy_kwh_per_inhabitant", 0, 1e12},
    {"energy_saving", 0, 1},
    {"other_benefit_eur", 0, 1e12},
    {"direct_rebound", 0, 10},
    {"data_threshold", 0, 1},
    {"effort_fte", 0, 1e12},
    {"cost_eur", 0.01, 1e12},
    {"risk", 0, 1},
    {"ai_energy_kwh_per_inhabitant", 0, 1e12},
    {"electric_share", 0, 1},
    {"least_cost_eur", 0, 1e12},
    {"least_effort_fte", 0, 1e12},
    {"cost_scale_exp", 0, 1.5},
    {"effort_scale_exp", 0, 1.5},
    {"run_cost_share", 1e-6, 100},
    {"pilot_quarters", 1, 60},
    {"start_share", 0, 1},
};

const std::vector<Bounds> vendors{
    {"price", 1e-6, 1000000},  {"fit_small", 0, 1},
    {"fit_large", 0, 1},       {"openness", 0, 1},
    {"capacity", 0, 1e12},     {"capacity_growth", 0, 10},
    {"base_minimum", 0, 1e12}, {"exit_rate", 0, 1},
    {"entry_rate", 0, 1},      {"learning_projects", 1e-6, 1e12},
};

/// Every bound written above is that of the field with this name, and every field has one.
template <class Fields>
void check(const std::vector<Bounds>& expected, const Fields& fields) {
  CHECK(expected.size() == std::size(fields));
  for (const Bounds& bounds : expected) {
    INFO(bounds.name);
    const auto field = std::ranges::find(fields, bounds.name, [](const auto& f) { return f.name; });
    REQUIRE(field != fields.end());
    CHECK(field->lowest == bounds.lowest);
    CHECK(field->highest == bounds.highest);
  }
}

}  // namespace

TEST_CASE("hard bounds are those written down") {
  check(parameters, parameter_fields());
  check(coefficients, coefficient_fields());
  check(use_cases, use_case_fields());
  check(vendors, vendor_fields());
}

TEST_CASE("a port gains at most the whole; two are factors") {
  for (std::size_t port = 0; port < port_names.size(); ++port) {
    const PortInfo& info = info_of(static_cast<Port>(port));
    INFO(info.name);
    const bool is_factor = info.name == "aware" || info.name == "coop";
    CHECK(info.highest == (is_factor ? 1000.0 : 1.0));
  }
}

TEST_CASE("every word of a switch names one of its rules") {
  for (const Switch& each : switches()) {
    INFO(each.name);
    std::vector<std::string_view> words(each.words.begin(), each.words.end());
    for (std::size_t k = 0; k < words.size(); ++k) {
      Structure structure;
      each.set(structure, k);
      CHECK(each.get(structure) == k);
      CHECK_FALSE(words[k].empty());
    }
    std::ranges::sort(words);
    CHECK(std::ranges::adjacent_find(words) == words.end());
  }
}

TEST_CASE("data readiness stays below 1 where money buys all of it and neighbours add more") {
  const test::Germany germany(100, 4, [](Rules& rules) {
    rules.parameters.data_unit_cost_eur = 1.0;
    rules.parameters.data_spillover = 0.5;
    rules.parameters.data_decay = 0.0;
  });
  std::size_t full = 0;
  simulate(*germany.world, germany.key(), [&](const State& s) {
    for (const double data : s.data) {
      REQUIRE(data <= 1.0);
      full += data == 1.0;
    }
  });
  CHECK(full > 300);
}
