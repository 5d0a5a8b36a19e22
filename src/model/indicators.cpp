#include "model/indicators.h"

#include <algorithm>

#include "model/funding.h"
#include "model/money.h"

namespace rathaus::model {
namespace {

constexpr double cent = 0.01;                   // EUR
constexpr double step = 1.0 / fixed_point_one;  // of a stock in fixed point
constexpr double watt_hour = 0.001;             // kWh
constexpr double gram = 0.001;                  // kg

using enum Storage;
constexpr std::array<IndicatorInfo, indicator_count> infos{{
    {"pilots_failed", "1", 1, int32, "pilots that failed their evaluation or lost their vendor"},
    {"pilots_stranded", "1", 1, int32, "ready pilots that never met the conditions of operation"},
    {"services_discontinued", "1", 1, int32, "running services that were given up"},
    {"incidents", "1", 1, int32, "incidents of running services"},
    {"inflow", "EUR", cent, float64, "free margin of the quarter after spending on data"},
    {"saving", "EUR", cent, float64, "money saved by running services, before retention"},
    {"saving_retained", "EUR", cent, float64, "part of the saving that enters the reserve"},
    {"running_cost", "EUR", cent, float64, "running cost and compliance of running services"},
    {"switching_cost", "EUR", cent, float64, "cost of changing the vendor of a service"},
    {"forfeited", "EUR", cent, float64, "reserve above its cap, lost at the end of the quarter"},
    {"locked_cost", "EUR", cent, float64, "sum of lock-in x running cost"},
    {"staff_posts", "FTE", step, float64, "posts for qualified staff"},
    {"staff_freed", "FTE", step, float64, "staff time freed by running services"},
    {"energy_gross_saving", "kWh", watt_hour, float64, "energy saved if demand did not respond"},
    {"energy_direct_rebound", "kWh", watt_hour, float64, "saving lost to more use of the service"},
    {"energy_indirect_rebound", "kWh", watt_hour, float64, "energy of what savings are spent on"},
    {"adopters", "1", 1, int32, "units with at least one use case in operation or scaled"},
    {"adopter_inhabitants", "1", 1, int64, "inhabitants of the adopters"},
    {"pilots_started", "1", 1, int32, "pilots started"},
    {"operations_started", "1", 1, int32, "pilots that became operation"},
    {"services_running", "1", 1, int32, "services in operation or scaled"},
    {"reserve", "EUR", cent, float64, "free reserve, sum over units"},
    {"own_spending", "EUR", cent, float64, "project cost less grants"},
    {"grants_received", "EUR", cent, float64, "grants paid for projects"},
    {"staff", "FTE", step, float64, "qualified staff"},
    {"data_readiness", "1", step, float64, "data readiness, sum over units"},
    {"trust", "1", step, float64, "trust, sum over units"},
    {"lock_in", "1", step, float64, "lock-in, sum over running services"},
    {"energy_footprint", "kWh", watt_hour, float64, "energy of AI: operation, hardware, projects"},
    {"energy_net", "kWh", watt_hour, float64, "gross saving less rebounds and footprint"},
    {"emissions_net", "kg", gram, float64, "net saving of emissions, CO2 equivalents"},
}};

}  // namespace

std::span<const IndicatorInfo, indicator_count> indicator_infos() {
  return infos;
}

void Totals::reset(const World& world) {
  std::size_t classes = 0;
  for (const Grouping& grouping : world.groupings) classes += grouping.labels.size();
  rows.assign(classes, Row{});
  services.assign(world.use_cases * std::size_t{5}, 0);
  contracts_renewed.fill(0);
  contracts_switched.fill(0);
  reach.assign(world.rules.programmes.size() * reach_names.size() * reach_classes, 0);
}

void Totals::add_turn(const World& world, std::uint32_t unit, const Row& row) {
  for_rows(world, unit, [&](Row& sum) {
    for (std::size_t i = 0; i < first_closing_indicator; ++i) sum.value[i] += row.value[i];
    for (std::size_t i = 0; i < blocked_count; ++i) sum.blocked[i] += row.blocked[i];
  });
}

void Totals::add_closing(const World& world, std::uint32_t unit, const Row& row) {
  for_rows(world, unit, [&](Row& sum) {
    for (std::size_t i = first_closing_indicator; i < indicator_count; ++i)
      sum.value[i] += row.value[i];
  });
}

Totals& Totals::operator+=(const Totals& other) {
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t i = 0; i < indicator_count; ++i) rows[r].value[i] += other.rows[r].value[i];
    for (std::size_t i = 0; i < blocked_count; ++i) rows[r].blocked[i] += other.rows[r].blocked[i];
  }
  for (std::size_t i = 0; i < services.size(); ++i) services[i] += other.services[i];
  for (std::size_t i = 0; i < reach.size(); ++i) reach[i] += other.reach[i];
  for (std::size_t i = 0; i < contracts_renewed.size(); ++i) {
    contracts_renewed[i] += other.contracts_renewed[i];
    contracts_switched[i] += other.contracts_switched[i];
  }
  return *this;
}

}  // namespace rathaus::model
