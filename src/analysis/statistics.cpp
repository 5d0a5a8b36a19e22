#include "analysis/statistics.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

namespace rathaus::analysis {
namespace {

/// Linear between order statistics (Hyndman and Fan 1996, type 7).
double quantile(const std::vector<double>& sorted, double p) {
  const double place = p * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace

Summary summarise(std::span<const double> values) {
  std::vector<double> sorted;
  std::ranges::copy_if(values, std::back_inserter(sorted), [](double x) { return !std::isnan(x); });
  std::ranges::sort(sorted);
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  Summary summary{missing, missing, missing, missing, missing, sorted.size()};
  if (sorted.empty()) return summary;
  const auto count = static_cast<double>(sorted.size());
  double sum = 0.0;
  for (const double x : sorted) sum += x;
  summary.mean = sum / count;
  summary.p05 = quantile(sorted, 0.05);
  summary.p50 = quantile(sorted, 0.50);
  summary.p95 = quantile(sorted, 0.95);
  if (sorted.size() < 2) return summary;
  double squares = 0.0;
  for (const double x : sorted) squares += (x - summary.mean) * (x - summary.mean);
  const boost::math::students_t t(count - 1.0);
  summary.half_width_95 =
      boost::math::quantile(t, 0.975) * std::sqrt(squares / (count - 1.0) / count);
  return summary;
}

}  // namespace rathaus::analysis
