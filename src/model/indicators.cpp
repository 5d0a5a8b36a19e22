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
    {"adopters_any", "1", 1, int32,
     "units with a use case in operation or scaled, turnkey included"},
    {"units_offered", "1", 1, int32,
     "units whose IT-provider group offers its members at least one use case"},
    {"cells_offered", "1", 1, int32, "use cases that groups offer their members, sum over units"},
    {"services_common", "1", 1, int32, "running services that are common solutions of a group"},
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

Row& Row::operator+=(const Row& other) {
  for (std::size_t i = 0; i < indicator_count; ++i) value[i] += other.value[i];
  for (std::size_t i = 0; i < blocked_count; ++i) blocked[i] += other.blocked[i];
  for (std::size_t i = 0; i < ever_short.size(); ++i) ever_short[i] += other.ever_short[i];
  return *this;
}

void Totals::reset(const World& world) {
  joint.assign(world.joint_classes.size(), Row{});
  contracts_renewed.fill(0);
  contracts_switched.fill(0);
  contracts_tendered.fill(0);
  pilots_ended.assign(world.use_cases * pilot_end_names.size(), 0);
  reach.assign(world.rules.programmes.size() * reach_names.size() * reach_classes, 0);
}

Totals& Totals::operator+=(const Totals& other) {
  for (std::size_t j = 0; j < joint.size(); ++j) joint[j] += other.joint[j];
  for (std::size_t i = 0; i < reach.size(); ++i) reach[i] += other.reach[i];
  for (std::size_t i = 0; i < pilots_ended.size(); ++i) pilots_ended[i] += other.pilots_ended[i];
  for (std::size_t i = 0; i < contracts_renewed.size(); ++i) {
    contracts_renewed[i] += other.contracts_renewed[i];
    contracts_switched[i] += other.contracts_switched[i];
    contracts_tendered[i] += other.contracts_tendered[i];
  }
  return *this;
}

void Totals::group(const World& world) {
  rows.clear();
  for (std::size_t g = 0; g < world.groupings.size(); ++g) {
    const std::size_t offset = rows.size();
    rows.resize(offset + world.groupings[g].labels.size());
    for (std::size_t j = 0; j < joint.size(); ++j)
      rows[offset + world.joint_classes[j][g]] += joint[j];
  }
}

}  // namespace rathaus::model
