// The numbers of a result file as sums per run, read once each.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/runs.h"
#include "hdf5/group.h"

namespace rathaus::analysis {

/// Values over (run, quarter, class); variables without classes have one.
struct Table3 {
  std::vector<double> values;
  std::size_t quarters = 0, classes = 0;

  double at(std::size_t run, std::size_t quarter, std::size_t c) const {
    return values[(run * quarters + quarter) * classes + c];
  }
  /// Sum over classes at the end of a quarter.
  double total(std::size_t run, std::size_t quarter) const;
  /// Sum over classes and over the quarters up to and including this one.
  double upto(std::size_t run, std::size_t quarter) const;
};

class ResultData {
 public:
  /// `root` must outlive the object.
  explicit ResultData(const hdf5::Group& root);

  const hdf5::Group& root() const { return root_; }
  const Runs& runs() const { return runs_; }
  std::size_t run_count() const { return run_count_; }
  std::size_t quarters() const { return quarters_; }
  bool has(const std::string& name) const { return root_.has(name); }

  /// A variable over (run, quarter[, class]).
  const Table3& table(const std::string& name);
  /// What is the same in all runs, by class: units, inhabitants_by_land.
  const std::vector<double>& whole(const std::string& name);
  /// What each run has of its own, by class: run_units, run_inhabitants_by_land.
  std::span<const double> of_run(const std::string& name, std::size_t run);
  /// Cases that the study planned, and those that the file lacks: failed, or not computed.
  std::uint64_t planned_cases() const { return planned_cases_; }
  std::uint64_t missing_cases() const;
  double units() const { return units_; }
  double inhabitants() const { return inhabitants_; }

  /// Names of the programmes, empty if there are none.
  const std::vector<std::string>& programmes() const { return programmes_; }
  /// Public money paid up to a quarter by all programmes with a price [EUR]; discounted to the
  /// start of the run if asked for [1/year, attribute `discount`].
  double paid(std::size_t run, std::size_t quarter, bool discounted = false);
  /// Sum of a flow, or of the states, up to a quarter over all classes; NaN where one of them is
  /// missing. Discounted as `paid` is.
  double so_far(const std::string& name, std::size_t run, std::size_t quarter, bool discounted);
  /// Some programme of the run supports without a price, so that what it costs is not known.
  bool priceless(std::size_t run);

 private:
  double weight(std::size_t quarter) const;

  const hdf5::Group& root_;
  Runs runs_;
  std::size_t run_count_ = 0, quarters_ = 0;
  std::uint64_t planned_cases_ = 0;
  double units_ = 0.0, inhabitants_ = 0.0, discount_ = 0.0;
  std::vector<std::string> programmes_;
  std::map<std::string, Table3> tables_;
  std::map<std::string, std::vector<double>> wholes_;
};

}  // namespace rathaus::analysis
