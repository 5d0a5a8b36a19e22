// Means over replicates and how sure they are.
#pragma once

#include <span>
#include <vector>

namespace rathaus::analysis {

/// Statistics of one number over the replicates of a study. NaN values (missing) are left out.
struct Summary {
  double mean{};
  double half_width_95{};      //!< t_{0.975,R−1}·S/√R of the mean; NaN below two values
  double p05{}, p50{}, p95{};  //!< quantiles of the values, linear between order statistics
  std::size_t count{};         //!< values that are not missing
};

Summary summarise(std::span<const double> values);

}  // namespace rathaus::analysis
