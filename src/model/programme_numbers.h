// Numbers of a programme that a study may let vary, beside what its ports gain [ODD section 7.23].
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/programmes.h"

namespace rathaus::model {

// Hard bounds, for whoever reads a programme and for whoever lets its numbers vary.
inline constexpr double most_money = 1e15;  //!< [EUR]
inline constexpr double most_application_days = 1e6;
inline constexpr std::int64_t most_sites = 1'000'000'000;  //!< [unit]
inline constexpr std::int64_t longest_window = 240;        //!< [quarter], as long as a run may be

struct ProgrammeNumber {
  std::string key;  //!< below the programme, as in the file: "budget.per_year"
  std::string_view unit, meaning;
  double lowest, highest;
  bool whole;
  /// Empty where the programme does not have it.
  std::optional<double> (*of)(const Programme& programme);
  /// Of a programme that has it. Money is rounded to cents, a whole number to the nearest.
  void (*set)(double value, Programme& programme);
};

std::span<const ProgrammeNumber> programme_numbers();

}  // namespace rathaus::model
