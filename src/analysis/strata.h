// What /strata holds: every run beside its baseline, at some horizons.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/result_data.h"

namespace rathaus::analysis {

/// Funded units that run AI in the baseline, too. Source: docs/metrics.md, deadweight.
inline constexpr std::array<std::string_view, 5> anyway_strata{"windfall", "accelerated", "delayed",
                                                               "enlarged", "reduced"};
/// All that got support.
inline constexpr std::array<std::string_view, 8> funded_strata{
    "windfall", "accelerated", "delayed", "enlarged", "reduced", "induced", "displaced", "failed"};

/// When a study is judged.
struct Horizons {
  std::size_t start = 0;              //!< quarter in which support starts, or the run
  std::vector<std::size_t> quarters;  //!< last quarter of each
  std::vector<double> years;          //!< since the start, at the end of each
};

/// Those of /strata, or 5, 10 and 20 years after the start of a run without support. FileError if
/// they lie outside of the time of the run.
Horizons horizons_of(const hdf5::Group& root);
/// Quarters that /strata is judged at, empty if the file has none.
std::vector<std::size_t> strata_quarters(const hdf5::Group& root);
/// Place of a stratum by its name; FileError if the file does not have it.
std::size_t stratum_index(const hdf5::Group& root, std::string_view name);
/// Places of anyway_strata.
std::vector<std::size_t> anyway_indices(const hdf5::Group& root);
/// Places of funded_strata.
std::vector<std::size_t> funded_indices(const hdf5::Group& root);

/// A variable of /strata over (run, horizon[, stratum[, class]]).
class Strata {
 public:
  Strata(ResultData& data, const std::string& name);
  /// Sum over classes.
  double at(std::size_t run, std::size_t horizon, std::size_t stratum = 0) const;
  /// Sum over some strata.
  double sum(std::size_t run, std::size_t horizon, const std::vector<std::size_t>& strata) const;

 private:
  std::vector<double> values_;
  std::size_t horizons_ = 0, strata_ = 0, classes_ = 0;
};

}  // namespace rathaus::analysis
