// What a run reports: integer sums over classes of units, so that no order of addition matters.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "model/world.h"

namespace rathaus::model {

/// Indicators summed over the units of a class. The names of the enumerators are the names of the
/// variables in the result file.
enum class Indicator : std::uint8_t {
  // known when a unit has had its turn (K2)
  pilots_failed,
  pilots_stranded,
  services_discontinued,
  incidents,
  inflow,
  saving,
  saving_retained,
  running_cost,
  switching_cost,
  forfeited,
  locked_cost,
  staff_posts,
  staff_freed,
  energy_gross_saving,
  energy_direct_rebound,
  energy_indirect_rebound,
  // known when the quarter is over (K5 to K7)
  adopters,
  adopter_inhabitants,
  adopters_any,
  units_offered,
  cells_offered,
  services_common,
  pilots_started,
  operations_started,
  services_running,
  reserve,
  own_spending,
  grants_received,
  staff,
  data_readiness,
  trust,
  lock_in,
  energy_footprint,
  energy_net,
  emissions_net,
};
inline constexpr std::size_t indicator_count = 35;
inline constexpr std::size_t first_closing_indicator =
    static_cast<std::size_t>(Indicator::adopters);

/// How an indicator is stored: value = integer × one; whole numbers as int32 or int64.
enum class Storage : std::uint8_t { int32, int64, float64 };

struct IndicatorInfo {
  std::string_view name;
  std::string_view units;  //!< UDUNITS or EUR, FTE
  double one;              //!< the stored integer counts this much of the unit
  Storage storage;
  std::string_view long_name;  //!< what is summed
};

/// By enumerator.
std::span<const IndicatorInfo, indicator_count> indicator_infos();

/// What stood in the way of an attempt.
enum class Step : std::uint8_t { pilot, operation, roll_out };
enum class Constraint : std::uint8_t { money, staff, data, vendor_capacity };
inline constexpr std::array<const char*, 3> step_names{"pilot", "operation", "roll-out"};
inline constexpr std::array<const char*, 4> constraint_names{"money", "staff", "data",
                                                             "vendor capacity"};
inline constexpr std::size_t blocked_count = 12;

/// How a pilot ends.
enum class PilotEnd : std::uint8_t { operation, failed, stranded };
inline constexpr std::array<const char*, 3> pilot_end_names{"operation", "failed", "stranded"};

/// Age of a service when its contract is renewed or switched [year].
inline constexpr std::array<const char*, 5> tenure_names{"<3", "3-6", "6-9", "9-12", ">=12"};
inline std::size_t tenure_of(std::uint8_t age_quarters) {
  return age_quarters < 48 ? age_quarters / 12u : 4u;
}

/// Units by the constraint that they were short of.
using ShortUnits = std::array<std::int64_t, constraint_names.size()>;

/// The sums over the units of a class: indicators, blocked[step][constraint], and the units that
/// were short of each constraint for the first time in the results; at the end of a quarter, that
/// ever were.
struct Row {
  std::array<std::int64_t, indicator_count> value{};
  std::array<std::int64_t, blocked_count> blocked{};
  ShortUnits ever_short{};

  std::int64_t& operator[](Indicator i) { return value[static_cast<std::size_t>(i)]; }
  std::int64_t& operator()(Step step, Constraint constraint) {
    return blocked[static_cast<std::size_t>(step) * 4 + static_cast<std::size_t>(constraint)];
  }
  Row& operator+=(const Row& other);
};

/// The sums of one quarter.
struct Totals {
  std::vector<Row> joint;                  //!< [joint class], filled while the quarter runs
  std::vector<Row> rows;                   //!< the classes of all groupings one after the other
  std::vector<std::uint32_t> services;     //!< [use_case][stage]
  std::vector<std::int32_t> pilots_ended;  //!< [use_case][PilotEnd]
  std::array<std::int32_t, tenure_names.size()> contracts_renewed{}, contracts_switched{},
      contracts_tendered{};
  std::vector<std::int32_t> reach;  //!< [programme][reach_names][reach_classes]

  void reset(const World& world);

  /// The row that counts for a unit.
  Row& of(const World& world, std::uint32_t unit) { return joint[world.joint_class[unit]]; }

  void end_pilot(std::size_t use_case, PilotEnd end) {
    ++pilots_ended[use_case * pilot_end_names.size() + static_cast<std::size_t>(end)];
  }

  Totals& operator+=(const Totals& other);

  /// Sums the joint classes up to those of every grouping, at the end of the quarter.
  void group(const World& world);
};

}  // namespace rathaus::model
