#include "analysis/figure.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/statistics.h"

namespace rathaus::analysis {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

}  // namespace

std::vector<double> Sampling::values(std::size_t scenario, std::size_t theory,
                                     const OfRun& value) const {
  if (theory == all_theories) {
    std::vector<double> all;
    for (std::size_t a = 0; a < runs_.alternatives().size(); ++a)
      for (const double one : values(scenario, a, value)) all.push_back(one);
    return all;
  }
  const std::vector<std::size_t>& rows = runs_.of(scenario, theory);
  std::vector<double> of_runs;
  for (const std::size_t run : rows) of_runs.push_back(value(run));
  return by_points() ? runs_.by_point(rows, of_runs) : runs_.by_replicate(rows, of_runs);
}

std::vector<double> Sampling::gains(std::size_t scenario, std::size_t theory, std::size_t against,
                                    const OfRun& value) const {
  return values(scenario, theory, [&](std::size_t run) {
    return value(run) - value(runs_.paired_with(run, against));
  });
}

Range Sampling::figure(std::span<const double> values) const {
  if (by_points()) return range_of(values);
  const Summary s = summarise(values);
  if (s.count == 0) return {none, none, none};
  return {s.mean - s.half_width_95, s.mean, s.mean + s.half_width_95};
}

Range Sampling::quotient(std::span<const double> numerator,
                         std::span<const double> denominator) const {
  const std::size_t count = std::min(numerator.size(), denominator.size());
  if (by_points()) {
    std::vector<double> quotients;
    for (std::size_t i = 0; i < count; ++i)
      quotients.push_back(denominator[i] == 0.0 || std::isinf(denominator[i])
                              ? none
                              : numerator[i] / denominator[i]);
    return range_of(quotients);
  }
  const Ratio ratio = ratio_of_means(numerator.first(count), denominator.first(count));
  return ratio.finite ? Range{ratio.low, ratio.value, ratio.high} : Range{none, none, none};
}

Judged Sampling::judged(std::span<const double> gains, bool more, double smallest) const {
  return by_points() ? judge(gains, more, smallest) : judge_by_chance(gains, more, smallest);
}

}  // namespace rathaus::analysis
