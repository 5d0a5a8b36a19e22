#include "analysis/ratios.h"

#include <algorithm>
#include <limits>

namespace rathaus::analysis {
namespace {

constexpr double quarters_per_year = 4.0;

double sum_of(const std::vector<Term>& terms, bool so_far, const SumOf& sum) {
  double all = 0.0;
  for (const Term& term : terms) all += term.factor * sum(term.variable, so_far);
  return all;
}

std::vector<NamedRatio> make_ratios() {
  return {
      {.name = "share_of_adopters",
       .unit = "1",
       .meaning = "units with at least one service, of all units",
       .of = {{"adopters"}},
       .per = {{"units"}}},
      {.name = "share_of_inhabitants",
       .unit = "1",
       .meaning = "inhabitants of the adopters, of all inhabitants",
       .of = {{"adopter_inhabitants"}},
       .per = {{"inhabitants"}}},
      {.name = "services_per_adopter",
       .unit = "1",
       .meaning = "running services per unit that has one",
       .of = {{"services_running"}},
       .per = {{"adopters"}}},
      {.name = "graveyard",
       .unit = "1",
       .meaning = "pilots that failed or stranded, of all that ended [ODD eq. 54]",
       .so_far = true,
       .of = {{"pilots_failed"}, {"pilots_stranded"}},
       .per = {{"pilots_failed"}, {"pilots_stranded"}, {"operations_started"}}},
      {.name = "mean_lock_in",
       .unit = "1",
       .meaning = "mean lock-in of running services [ODD eq. 56]",
       .of = {{"lock_in"}},
       .per = {{"services_running"}}},
      {.name = "share_offered",
       .unit = "1",
       .meaning = "units whose IT-provider group offers a common solution, of all units",
       .of = {{"units_offered"}},
       .per = {{"units"}}},
      {.name = "share_common",
       .unit = "1",
       .meaning = "running services that are common solutions, of all that run",
       .of = {{"services_common"}},
       .per = {{"services_running"}}},
      {.name = "effective_vendors",
       .unit = "1",
       .meaning = "vendors of equal size that would be as concentrated: 1 / hhi_national",
       .per = {{"hhi_national"}}},
      {.name = "mean_data_readiness",
       .unit = "1",
       .meaning = "mean data readiness of the units",
       .of = {{"data_readiness"}},
       .per = {{"units"}}},
      {.name = "mean_trust",
       .unit = "1",
       .meaning = "mean trust of the units",
       .of = {{"trust"}},
       .per = {{"units"}}},
      {.name = "staffed_share",
       .unit = "1",
       .meaning = "posts for qualified staff that are filled",
       .of = {{"staff"}},
       .per = {{"staff_posts"}}},
      {.name = "forfeited_share",
       .unit = "1",
       .meaning = "free margin and savings kept that were lost at the cap of the reserve",
       .so_far = true,
       .of = {{"forfeited"}},
       .per = {{"inflow"}, {"saving_retained"}}},
      {.name = "project_cost_per_operation",
       .unit = "EUR",
       .meaning = "own spending and grants for each pilot that became operation",
       .so_far = true,
       .of = {{"own_spending"}, {"grants_received"}},
       .per = {{"operations_started"}}},
      {.name = "grants_per_operation",
       .unit = "EUR",
       .meaning = "grants for each pilot that became operation: a mean, not the price of one more",
       .so_far = true,
       .of = {{"grants_received"}},
       .per = {{"operations_started"}}},
      {.name = "own_spending_per_inhabitant",
       .unit = "EUR/inhabitant",
       .meaning = "own spending on projects",
       .so_far = true,
       .of = {{"own_spending"}},
       .per = {{"inhabitants"}}},
      {.name = "running_cost_per_inhabitant",
       .unit = "EUR/inhabitant/year",
       .meaning = "running cost and compliance of running services, at the rate of the quarter",
       .of = {{"running_cost", quarters_per_year}},
       .per = {{"inhabitants"}}},
      {.name = "running_cost_per_service",
       .unit = "EUR/year",
       .meaning = "running cost and compliance of a running service, at the rate of the quarter",
       .of = {{"running_cost", quarters_per_year}},
       .per = {{"services_running"}}},
      {.name = "net_fiscal_effect_per_inhabitant",
       .unit = "EUR/inhabitant",
       .meaning = "savings less own spending, running and switching cost",
       .so_far = true,
       .of = {{"saving"}, {"own_spending", -1.0}, {"running_cost", -1.0}, {"switching_cost", -1.0}},
       .per = {{"inhabitants"}}},
      {.name = "rebound_share",
       .unit = "1",
       .meaning = "direct and indirect rebound and footprint, of the gross saving [ODD eq. 42]",
       .so_far = true,
       .of = {{"energy_direct_rebound"}, {"energy_indirect_rebound"}, {"energy_footprint"}},
       .per = {{"energy_gross_saving"}}},
  };
}

}  // namespace

std::span<const NamedRatio> ratios() {
  static const std::vector<NamedRatio> all = make_ratios();
  return all;
}

const NamedRatio* ratio_named(std::string_view name) {
  const auto found = std::ranges::find(ratios(), name, &NamedRatio::name);
  return found == ratios().end() ? nullptr : &*found;
}

std::string_view share_of(std::string_view indicator) {
  return indicator == "adopters" ? "share_of_adopters" : "share_of_inhabitants";
}

double value_of(const NamedRatio& ratio, const SumOf& sum) {
  const double numerator = ratio.of.empty() ? 1.0 : sum_of(ratio.of, ratio.so_far, sum);
  const double denominator = sum_of(ratio.per, ratio.so_far, sum);
  return denominator == 0.0 ? std::numeric_limits<double>::quiet_NaN() : numerator / denominator;
}

}  // namespace rathaus::analysis
