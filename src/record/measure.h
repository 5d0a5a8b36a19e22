// A variable or ratio of one run as simulated: what stopping rules and pilots ask for.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/unit_class.h"
#include "record/run_values.h"

namespace rathaus::record {

/// Names of what a target, a stopping rule or a sensitivity analysis may be about: the variables
/// over quarters that are kept by size class or have no classes, and the ratios of
/// analysis/ratios.h.
std::vector<std::string_view> measure_names();

/// Whether one of them can be told of a class of units.
bool has_classes(std::string_view name);

class Measure {
 public:
  /// `name` is one of measure_names(), `world` that of any scenario.
  Measure(std::string name, const study::Study& study, const model::World& world,
          const analysis::UnitClass& units = {});

  /// At the end of a quarter; NaN where it has no value.
  double of(const RunValues& run, std::uint32_t quarter) const;
  /// The same for the runs of a case by scenario, twins left out; nothing if it has none.
  std::vector<double> by_scenario(std::span<const RunValues> runs, std::uint32_t quarter) const;

 private:
  double sum(const RunValues& run, std::string_view variable, std::uint32_t first,
             std::uint32_t last) const;

  std::string name_, suffix_;
  std::size_t scenarios_, quarters_;
  std::vector<Variable> variables_;
  std::vector<double> world_;         //!< [variable] what is the same in all runs, of these units
  std::vector<std::size_t> classes_;  //!< of the grouping; empty: all
};

}  // namespace rathaus::record
