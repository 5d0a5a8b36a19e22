#include "analysis/assumptions.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <numeric>

#include "analysis/statistics.h"

namespace rathaus::analysis {
namespace {

/// Ranks from 1, equals share the mean of theirs; infinite values have their place.
std::vector<double> ranks_of(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return values[i]; });
  std::vector<double> ranks(values.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t last = first + 1;
    while (last < order.size() && values[order[last]] == values[order[first]]) ++last;
    for (std::size_t i = first; i < last; ++i)
      ranks[order[i]] = 0.5 * static_cast<double>(first + 1 + last);
    first = last;
  }
  return ranks;
}

}  // namespace

double rank_correlation(std::span<const double> a, std::span<const double> b) {
  std::vector<double> left, right;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    if (std::isnan(a[i]) || std::isnan(b[i])) continue;
    left.push_back(a[i]);
    right.push_back(b[i]);
  }
  if (left.size() < 3) return std::numeric_limits<double>::quiet_NaN();
  return pairing_worth(ranks_of(left), ranks_of(right)).correlation;
}

double bonferroni_bound(std::size_t points, std::size_t numbers) {
  if (points < 4 || numbers == 0) return std::numeric_limits<double>::infinity();
  const double degrees = static_cast<double>(points) - 2.0;
  const double t = boost::math::quantile(boost::math::students_t(degrees),
                                         1.0 - 0.025 / static_cast<double>(numbers));
  return t / std::sqrt(degrees + t * t);
}

std::vector<AssumptionEffect> effects_on(std::span<const double> gains,
                               const std::vector<std::string>& numbers,
                               const std::vector<std::vector<double>>& values) {
  const double bound = bonferroni_bound(gains.size(), numbers.size());
  std::vector<AssumptionEffect> effects;
  for (std::size_t n = 0; n < numbers.size(); ++n) {
    const double rho = rank_correlation(values[n], gains);
    effects.push_back({numbers[n], rho, std::abs(rho) > bound});
  }
  std::ranges::stable_sort(effects, std::ranges::greater{}, [](const AssumptionEffect& effect) {
    return std::isnan(effect.correlation) ? -1.0 : std::abs(effect.correlation);
  });
  return effects;
}

}  // namespace rathaus::analysis
