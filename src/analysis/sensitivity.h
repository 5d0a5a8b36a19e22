// Which of the numbers that are not known matter: Sobol indices and Morris' elementary effects,
// from a design that supports them (docs/metrics.md).
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "hdf5/group.h"

namespace rathaus::analysis {

inline constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// A number with its 95 % interval.
struct Bounded {
  double value = missing, low = missing, high = missing;
};

/// What one uncertain number does to the outcome. Of a Sobol design `first` and `total` hold, of a
/// Morris design `mean`, `absolute` and `spread`; what does not vary has NaN, and so have the
/// bounds of an index where the points are too few for an interval.
struct Effect {
  std::string parameter;
  Bounded first;            //!< S: share of the variance that it explains alone
  Bounded total;            //!< S_T: share that it takes part in
  Bounded absolute;         //!< μ*: mean absolute elementary effect, per whole range of the number
  double mean = missing;    //!< μ
  double spread = missing;  //!< σ: interaction or curvature
};

/// One outcome: the level of a scenario, or its gain over the baseline, under one theory.
struct Outcome {
  std::string scenario, alternative;
  bool gain = false;
  std::vector<Effect> effects;  //!< in the order of the file
};

struct Sensitivity {
  std::string method;  //!< sobol or morris
  std::string indicator, unit, quarter;
  std::size_t replicates{};
  std::vector<Outcome> outcomes;
};

/// Outcomes are means over replicates at each point, which all meet the same chance events. The
/// indicator is summed over its classes at the end of a quarter (label or index; empty: the last).
///
/// Sobol: estimators of Jansen 1999 with bootstrap intervals (OpenTURNS). Morris: μ, μ* and σ of
/// Morris 1991 and Campolongo, Cariboni and Saltelli 2007, interval of μ* by Student's t over
/// trajectories.
///
/// InputError if the file has no such design or indicator, or if runs of the block are missing: an
/// index from an incomplete block is wrong, so that the missing runs are listed instead.
Sensitivity sensitivity(const hdf5::Group& root, const std::string& indicator,
                        const std::string& quarter);

}  // namespace rathaus::analysis
