#include "analysis/verdicts.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/statistics.h"

namespace rathaus::analysis {
namespace {

constexpr std::size_t reference = 48;

std::size_t in_proportion(std::size_t of_reference, std::size_t points) {
  return (of_reference * points + reference - 1) / reference;
}

}  // namespace

std::size_t almost_all(std::size_t points) {
  return in_proportion(46, points);
}

std::size_t most(std::size_t points) {
  return in_proportion(36, points);
}

std::size_t rank_of_range(std::size_t points) {
  return std::max<std::size_t>(1, 2 * points / reference);
}

Range range_of(std::span<const double> values) {
  std::vector<double> sorted;
  std::ranges::copy_if(values, std::back_inserter(sorted), [](double x) { return !std::isnan(x); });
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  if (sorted.empty()) return {none, none, none};
  std::ranges::sort(sorted);
  const std::size_t rank = rank_of_range(sorted.size());
  return {sorted[rank - 1], quantile(sorted, 0.5), sorted[sorted.size() - rank]};
}

double range_holds(std::size_t points) {
  return (static_cast<double>(points) + 1.0 - 2.0 * static_cast<double>(rank_of_range(points))) /
         (static_cast<double>(points) + 1.0);
}

Judged judge(std::span<const double> gains, bool more, double smallest) {
  Judged judged{.points = gains.size()};
  for (const double gain : gains) {
    judged.missing += std::isnan(gain);
    judged.wanted += (more ? gain : -gain) > smallest;
    judged.unwanted += (more ? -gain : gain) > smallest;
  }
  const std::size_t all = almost_all(judged.points);
  const std::size_t none = judged.points - judged.wanted - judged.unwanted - judged.missing;
  judged.verdict = judged.points == 0                     ? Verdict::open
                   : judged.wanted >= all                 ? Verdict::holds
                   : judged.unwanted >= all               ? Verdict::harms
                   : none >= all                          ? Verdict::no_difference
                   : judged.wanted >= most(judged.points) ? Verdict::leans
                                                          : Verdict::open;
  return judged;
}

Verdict verdict_of_all(std::span<const Verdict> verdicts) {
  const auto all = [&](auto... any) {
    return std::ranges::all_of(verdicts, [&](Verdict v) { return ((v == any) || ...); });
  };
  if (verdicts.empty()) return Verdict::open;
  if (all(verdicts.front())) return verdicts.front();
  return all(Verdict::holds, Verdict::leans) ? Verdict::leans : Verdict::mixed;
}

Judged judge_by_chance(std::span<const double> gains, bool more, double smallest) {
  Judged judged{.points = 1};
  const Summary s = summarise(gains);
  if (s.count < 2) {
    judged.verdict = Verdict::unknown;
    return judged;
  }
  const double middle = more ? s.mean : -s.mean;
  const double low = middle - s.half_width_95, high = middle + s.half_width_95;
  judged.verdict = low > smallest                         ? Verdict::holds
                   : high < -smallest                     ? Verdict::harms
                   : low >= -smallest && high <= smallest ? Verdict::no_difference
                                                          : Verdict::open;
  return judged;
}

}  // namespace rathaus::analysis
