// Which run is which: the index columns of a result file, and who is paired with whom.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "hdf5/group.h"

namespace rathaus::analysis {

/// Theories and demand that is held fixed are told apart everywhere and never averaged over.
class Runs {
 public:
  explicit Runs(const hdf5::Group& root);

  const std::vector<std::string>& scenarios() const { return scenarios_; }
  const std::vector<std::string>& alternatives() const { return alternatives_; }
  std::size_t points() const { return points_; }
  std::size_t baseline() const { return baseline_; }

  /// Rows of one scenario under one theory, in the order of the file.
  const std::vector<std::size_t>& of(std::size_t scenario, std::size_t alternative = 0,
                                     bool fixed_demand = false) const {
    return rows_[(alternative * scenarios_.size() + scenario) * 2 + fixed_demand];
  }
  std::size_t point_of(std::size_t run) const { return std::get<2>(key_[run]); }
  std::size_t replicate_of(std::size_t run) const { return std::get<3>(key_[run]); }

  /// The run of a scenario that met the same chance events: same theory, point, replicate and kind.
  /// Files are balanced: whole cases are written. FileError if there is none.
  std::size_t paired_with(std::size_t run, std::size_t scenario) const;
  std::size_t baseline_of(std::size_t run) const { return paired_with(run, baseline_); }
  /// The run of the same scenario whose demand is held fixed. FileError if there is none.
  std::size_t twin_of(std::size_t run) const;

  /// One value per replicate that has all points: the mean over them (missing values left out).
  /// `values` belong to the rows of of().
  std::vector<double> by_replicate(const std::vector<std::size_t>& rows,
                                   std::span<const double> values) const;
  /// One value per point that has a run: the mean over its replicates.
  std::vector<double> by_point(const std::vector<std::size_t>& rows,
                               std::span<const double> values) const;

 private:
  /// Scenario, alternative, point, replicate, kind.
  using Key = std::tuple<std::size_t, std::size_t, std::size_t, std::size_t, bool>;

  std::size_t row_of(Key key, const char* problem, std::size_t run) const;

  std::vector<std::string> scenarios_, alternatives_;
  std::size_t baseline_ = 0, points_ = 1;
  std::vector<std::vector<std::size_t>> rows_;  //!< [alternative][scenario][fixed_demand]
  std::vector<Key> key_;                        //!< [run]
  std::map<Key, std::size_t> row_of_;
};

}  // namespace rathaus::analysis
