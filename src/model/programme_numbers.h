// Numbers of a programme that a study may let vary, beside what its ports gain [ODD section 7.23].
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/programmes.h"

namespace rathaus::model {

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
