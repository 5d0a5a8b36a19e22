#include "analysis/spread.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace rathaus::analysis {

Spread spread_of(const Runs& runs, const std::vector<std::size_t>& rows,
                 std::span<const double> values) {
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  std::vector<std::vector<double>> at(runs.points());
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (!std::isnan(values[i])) at[runs.point_of(rows[i])].push_back(values[i]);
  double within = 0.0, of_means = 0.0;
  std::size_t varied = 0;
  std::vector<double> means;
  for (const std::vector<double>& point : at) {
    if (point.empty()) continue;
    const Summary s = summarise(point);
    means.push_back(s.mean);
    if (point.size() < 2) continue;
    within += s.variance;
    of_means += s.variance / static_cast<double>(point.size());
    ++varied;
  }
  Spread spread{missing, missing};
  if (varied > 0) spread.chance = std::sqrt(within / static_cast<double>(varied));
  if (means.size() < 2) return spread;
  const double noise = varied > 0 ? of_means / static_cast<double>(varied) : 0.0;
  spread.ignorance = std::sqrt(std::max(0.0, summarise(means).variance - noise));
  return spread;
}

}  // namespace rathaus::analysis
