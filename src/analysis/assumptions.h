// Which of the numbers that are not known move a gain: marginal rank correlation over the points of
// a design, with a bound for what chance alone shows.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace rathaus::analysis {

/// Spearman's ρ with mean ranks for ties; NaN if one of the two does not vary. Missing values are left
/// out in pairs.
double rank_correlation(std::span<const double> a, std::span<const double> b);

/// The |ρ| that one of `numbers` unrelated numbers passes with a chance of 5 %: t at points − 2
/// degrees of freedom, Bonferroni. 0.45 for 40 numbers at 48 points; infinite below 4 points.
double bonferroni_bound(std::size_t points, std::size_t numbers);

/// The effect of one assumption on a gain.
struct AssumptionEffect {
  std::string number;
  double correlation{};
  bool told_apart = false;  //!< passes the bound
};

/// Strongest first. `values`: [number][point].
std::vector<AssumptionEffect> effects_on(std::span<const double> gains,
                               const std::vector<std::string>& numbers,
                               const std::vector<std::vector<double>>& values);

}  // namespace rathaus::analysis
