// A vector of uncertain numbers, simulated and held against the patterns.
#pragma once

#include "calibration/sampler.h"
#include "model/municipalities.h"
#include "study/quantiles.h"
#include "study/study.h"

namespace rathaus::calibration {

class Simulator {
 public:
  /// `municipalities` and `patterns` must outlive the object.
  Simulator(const study::Study& study, const model::Municipalities& municipalities,
            const std::vector<patterns::Pattern>& patterns);

  /// Values at their places in the priors; nothing where the model excludes them together.
  std::optional<std::vector<double>> values(std::span<const double> place) const;
  double value(std::size_t parameter, double place) const {
    return quantiles_.value(parameter, place);
  }

  /// As many runs as the study has replicates, with chance events of their own; each statistic is
  /// the ratio of its means over them. A pure function of number and values; patterns that are
  /// known early may tell that the vector is farther than the tolerance, and it ends there.
  Simulated simulate(std::uint64_t number, const std::vector<double>& values,
                     double tolerance) const;

  /// Refers to this object.
  Problem problem() const;

 private:
  std::vector<double> statistics(study::Study study, std::uint64_t number,
                                 const std::vector<double>& values,
                                 const std::vector<std::size_t>& patterns) const;

  study::Study study_;  //!< without its texts
  std::uint32_t early_quarters_ = 0;
  std::vector<std::size_t> early_, all_;  //!< patterns that look at no later quarter, and all
  const model::Municipalities& municipalities_;
  const std::vector<patterns::Pattern>& patterns_;
  study::Quantiles quantiles_;
};

}  // namespace rathaus::calibration
