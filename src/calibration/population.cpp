#include "calibration/population.h"

#include <algorithm>
#include <numeric>

#include "lanes/normal_distribution.h"

namespace rathaus::calibration {

double Population::effective_size() const {
  double squares = 0.0;
  for (const double w : weight) squares += w * w;
  return squares > 0.0 ? 1.0 / squares : 0.0;
}

double weighted_quantile(std::span<const double> values, std::span<const double> weights,
                         double share) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return std::pair(values[i], i); });
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  constexpr double rounding = 1e-12;
  double below = 0.0;
  for (const std::size_t i : order) {
    below += weights[i];
    if (below >= share * total - rounding) return values[i];
  }
  return order.empty() ? std::numeric_limits<double>::quiet_NaN() : values[order.back()];
}

double place_of_score(double score) {
  constexpr double least = 1e-9;  // quantiles at 0 and 1 may be infinite
  return std::clamp(elementary::normal_probability(score), least, 1.0 - least);
}

}  // namespace rathaus::calibration
