// What /strata holds: every run beside its baseline, at some horizons.
#pragma once

#include <numeric>
#include <string>
#include <vector>

#include "analysis/result_data.h"

namespace rathaus::analysis {

/// A variable of /strata over (run, horizon, …).
class Strata {
 public:
  Strata(ResultData& data, const std::string& name) {
    const hdf5::Variable variable = data.root().variable("strata/" + name);
    values_ = variable.along({"run", "horizon"}, true).read<double>();
    horizons_ = variable.shape().at(1);
    strata_ = variable.shape().size() > 2 ? variable.shape()[2] : 1;
    classes_ = variable.shape().size() > 3 ? variable.shape()[3] : 1;
  }
  /// Sum over classes.
  double at(std::size_t run, std::size_t horizon, std::size_t stratum = 0) const {
    const auto first =
        values_.begin() +
        static_cast<std::ptrdiff_t>(((run * horizons_ + horizon) * strata_ + stratum) * classes_);
    return std::accumulate(first, first + static_cast<std::ptrdiff_t>(classes_), 0.0);
  }

 private:
  std::vector<double> values_;
  std::size_t horizons_ = 0, strata_ = 0, classes_ = 0;
};

}  // namespace rathaus::analysis
