// One number of a design: a value for each point, or for each replicate, and the range of them
// (docs/metrics.md, section "Verdicts").
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "analysis/runs.h"
#include "analysis/verdicts.h"

namespace rathaus::analysis {

/// With points every number has one value for each, the mean over its replicates, and figures are
/// ranges over them; without there is chance alone, and figures are means over replicates.
class Sampling {
 public:
  using OfRun = std::function<double(std::size_t run)>;

  /// In the place of a theory: the points of all theories, one theory behind the other.
  static constexpr std::size_t all_theories = static_cast<std::size_t>(-1);

  explicit Sampling(const Runs& runs) : runs_(runs) {}

  bool by_points() const { return runs_.points() > 1; }
  /// A value for each point, else for each replicate.
  std::vector<double> values(std::size_t scenario, std::size_t theory, const OfRun& value) const;
  /// The same of the difference to the paired run of another scenario.
  std::vector<double> gains(std::size_t scenario, std::size_t theory, std::size_t against,
                            const OfRun& value) const;
  /// Median and range of the points; else mean and 95 % interval, whose ends are NaN with one run.
  Range figure(std::span<const double> values) const;
  /// Of the quotients at the points; else of the quotient of the means, by Fieller, NaN without a
  /// finite interval. NaN where the denominator is always 0.
  Range quotient(std::span<const double> numerator, std::span<const double> denominator) const;
  Judged judged(std::span<const double> gains, bool more, double smallest) const;

 private:
  const Runs& runs_;
};

}  // namespace rathaus::analysis
