// The ratios of a run: named quotients of its variables, so that each is defined once for targets,
// stopping rules, sensitivity, tables and `rathaus metrics`.
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

namespace rathaus::analysis {

struct Term {
  std::string_view variable;  //!< as in the result file, summed over its classes
  double factor = 1.0;
};

struct NamedRatio {
  std::string_view name, unit, meaning;
  bool so_far = false;     //!< sums up to the quarter; else what is so at its end, or in it
  std::vector<Term> of{};  //!< empty: 1
  std::vector<Term> per{};
};

std::span<const NamedRatio> ratios();
/// Null if there is none of that name.
const NamedRatio* ratio_named(std::string_view name);

/// The share of the whole that `adopters` or `adopter_inhabitants` are: a target's `share = true`.
std::string_view share_of(std::string_view indicator);

/// A variable of one run over all units or one class: at the end of a quarter, or up to it.
using SumOf = std::function<double(std::string_view variable, bool so_far)>;

/// NaN where there is nothing to divide by.
double value_of(const NamedRatio& ratio, const SumOf& sum);

}  // namespace rathaus::analysis
