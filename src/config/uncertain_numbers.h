// Which numbers of an experiment can be made uncertain, and by which path.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/draft.h"

namespace rathaus::config {

/// A number that can be made uncertain: where it goes, its hard bounds and its plausible range.
struct Known {
  study::Uncertain number;  //!< without its distribution's shape
  bool whole = false;
  double low{}, high{};   //!< plausible
  bool has_range = true;  //!< else nobody says what is plausible: low and high are the hard bounds
};

/// Parameters by name; coefficients.…, columns of use_cases.… and vendors.… (by a factor), and what
/// programmes do and cost: programme.NAME.ports.… and model::programme_numbers.
class UncertainNumbers {
 public:
  explicit UncertainNumbers(const Draft& draft);

  /// Under its path or another of its names: parameters.x for x, and x for coefficients.x, as
  /// `rathaus parameters` prints it.
  const Known* find(const std::string& name) const;
  std::vector<std::string_view> paths() const;

 private:
  std::vector<Known> known_;
};

/// Whether a number of a programme is a table of classes, which no single number replaces.
bool is_by_class(const study::Uncertain& number, const Draft& draft);
/// The first scenario that changes a number of a programme; empty if none does.
std::string changing_scenario(const study::Uncertain& number, const Draft& draft);

}  // namespace rathaus::config
