// A variable or a ratio of every run of a result, by its name: what targets, sensitivity, tables
// and the first look ask for.
#pragma once

#include <string>
#include <vector>

#include "analysis/ratios.h"
#include "analysis/result_data.h"
#include "analysis/unit_class.h"

namespace rathaus::analysis {

/// Over all units, or those of a class.
class Metric {
 public:
  /// `data` must outlive the object.
  /// InputError if the file has no such variable or class, or if a ratio is of variables that are
  /// not kept by the grouping.
  Metric(ResultData& data, const std::string& name, const UnitClass& units = {});

  /// At the end of a quarter; NaN where it has no value.
  double operator()(std::size_t run, std::size_t quarter) const;
  /// A variable added up over the quarters so far; a ratio as it is.
  double so_far(std::size_t run, std::size_t quarter) const;

  const std::string& unit() const { return unit_; }

 private:
  void choose_classes(const std::vector<std::string>& parts, const UnitClass& units);
  double value(std::size_t run, std::size_t quarter, bool so_far) const;
  double sum(std::string_view variable, std::size_t run, std::size_t quarter, bool so_far) const;

  ResultData& data_;
  std::string name_, suffix_, unit_;
  const NamedRatio* ratio_;
  bool redrawn_;                   //!< every run has units and inhabitants of its own world
  std::vector<std::size_t> only_;  //!< classes; empty: all
};

/// Places of a class along the dimension of its grouping; InputError if the file has not got it.
std::vector<std::size_t> classes_of(const hdf5::Group& root, const UnitClass& units);

/// Names of the variables over (run, quarter[, class]) of a file, and of the ratios of them.
std::vector<std::string> metric_names(const hdf5::Group& root);

}  // namespace rathaus::analysis
