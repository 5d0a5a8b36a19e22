// Which run is which: the index columns of a result file, and who is paired with whom.
#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "results/group.h"

namespace rathaus::analysis {

class Runs {
 public:
  explicit Runs(const results::Group& root);

  const std::vector<std::string>& scenarios() const { return scenarios_; }
  std::size_t baseline() const { return baseline_; }

  /// Rows of one scenario, in the order of the file; twins with demand held fixed are apart.
  const std::vector<std::size_t>& of(std::size_t scenario, bool fixed_demand = false) const {
    return rows_[2 * scenario + fixed_demand];
  }
  /// The baseline run that met the same chance events: same theory, point, replicate and kind.
  /// Files are balanced: whole cases are written. FileError if there is none.
  std::size_t baseline_of(std::size_t run) const;
  /// The run of the same scenario whose demand is held fixed. FileError if there is none.
  std::size_t twin_of(std::size_t run) const;

  /// The value of every run of a scenario, from one value per run of the file.
  std::vector<double> select(const std::vector<double>& per_run, std::size_t scenario) const;
  /// The same less that of the baseline run it is paired with.
  std::vector<double> gains(const std::vector<double>& per_run, std::size_t scenario) const;

 private:
  using Key = std::tuple<std::int32_t, std::int32_t, std::int32_t, std::int32_t>;

  std::vector<std::string> scenarios_;
  std::size_t baseline_ = 0;
  std::vector<std::vector<std::size_t>> rows_;  //!< [scenario][fixed_demand]
  std::vector<std::size_t> scenario_;           //!< [run]
  std::vector<Key> key_;                        //!< [run] alternative, point, replicate, kind
};

}  // namespace rathaus::analysis
