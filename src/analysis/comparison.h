// The decision table: scenarios side by side, level and gain over the baseline or another scenario,
// with intervals. Every metric with its formula and source: docs/metrics.md.
#pragma once

#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "analysis/result_data.h"
#include "analysis/statistics.h"

namespace rathaus::analysis {

/// A number with its 95 % interval over replicates; NaN where it does not exist.
struct Estimate {
  double mean{};
  double low{}, high{};
  double p05{}, p95{};  //!< band of single runs; NaN for ratios of means
  /// Band of the points: of their means, or of their ratios of means, which may be infinite. NaN
  /// with one point.
  double point_p05{}, point_p95{};
};

inline constexpr const char* no_interval = "no finite interval";
inline constexpr const char* no_gain = "no gain: it falls";

/// A number without any interval.
inline Estimate plain_estimate(double value) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  return {value, none, none, none, none, none, none};
}

struct Cell {
  Estimate level;
  std::optional<Estimate> gain;  //!< paired with Comparison::against; none for that scenario itself
                                 //!< and for what is a comparison already
  std::string note;              //!< why there is no number, or what it leaves out
};

/// One metric at one horizon, for all scenarios.
struct Line {
  std::string section, metric, unit;
  std::string detail;  //!< programme and class, where the metric has them
  std::size_t horizon{};
  std::size_t alternative{};  //!< theory; their number for lines about all of them
  std::vector<Cell> cells;    //!< [scenario]
  bool is_ratio = false;      //!< levels compare paired runs already
};

struct Horizon {
  std::string label;                  //!< "5 years" after support starts, or a calendar quarter
  std::string until;                  //!< calendar quarter that it ends with
  std::size_t quarter{};              //!< index of its last quarter
  double years{};                     //!< after `Comparison::since`, where horizons count from it
  std::optional<std::size_t> strata;  //!< index along the dimension `horizon` of /strata
};

struct Comparison {
  std::string title;
  std::vector<std::string> scenarios;
  std::vector<std::string> alternatives;
  std::size_t baseline{};
  std::size_t against{};  //!< scenario that gains are over: the baseline, or another one
  std::size_t replicates{};
  std::size_t points{};
  std::vector<Horizon> horizons;
  std::string since;           //!< calendar quarter that horizons count from, empty if they do not
  bool since_support = false;  //!< support starts in that quarter; else the run does
  std::vector<Line> lines;
  std::vector<std::string> warnings;

  bool with_baseline() const { return against == baseline; }
  const std::string& against_name() const { return scenarios[against]; }
  /// The name of a theory; empty if there is one only, or for lines about all of them.
  std::string theory(std::size_t alternative) const {
    return alternatives.size() > 1 && alternative < alternatives.size() ? alternatives[alternative]
                                                                        : "";
  }
};

/// `quarter`: label or index of the only quarter to look at; empty: after 5, 10 and 20 years.
/// `against`: the scenario that gains are over, empty: the baseline; any other leaves out what is
/// defined by the baseline. InputError if there is no such quarter or scenario.
Comparison compare(ResultData& data, const std::string& quarter = "",
                   const std::string& against = "");

/// What a reader must know of a result that lacks cases; empty if it is whole.
std::string missing_cases_text(const ResultData& data);

/// The index of the scenario that --against names; the baseline if it is empty.
std::size_t against_index(const Runs& runs, const std::string& against);

/// Collects lines: what a section needs to know to add its metrics.
class Collector {
 public:
  Collector(ResultData& result, Comparison& table) : data(result), comparison(table) {}

  /// A metric of one run at the end of a quarter.
  using OfRun = std::function<double(std::size_t run, std::size_t quarter)>;

  /// Mean level and paired gain.
  void add(const std::string& section, const std::string& metric, const std::string& unit,
           const OfRun& value, const std::string& detail = "");
  /// Mean level only: what has no gain, or is a comparison by itself.
  void add_level(const std::string& section, const std::string& metric, const std::string& unit,
                 const OfRun& value, const std::string& detail = "");
  /// Ratio of the means of two quantities that compare paired runs; none where the denominator is
  /// not clear of zero. With `per_gain` the denominator is something wanted, and where it falls
  /// there is nothing to divide by.
  void add_ratio(const std::string& section, const std::string& metric, const std::string& unit,
                 const OfRun& numerator, const OfRun& denominator, bool per_gain = false);

  /// The run that gains of this one are over.
  std::size_t partner_of(std::size_t run) const {
    return data.runs().paired_with(run, comparison.against);
  }
  /// Rows of a scenario under the theory that lines are collected for.
  const std::vector<std::size_t>& rows(std::size_t scenario) const {
    return data.runs().of(scenario, alternative);
  }
  /// Mean with its interval by chance, and the bands of runs and of points.
  Estimate estimate(std::size_t scenario, std::span<const double> values) const;
  /// Adds a line for the current theory.
  void add_line(Line line);

  ResultData& data;
  Comparison& comparison;
  std::size_t alternative = 0;

 private:
  std::vector<double> over_runs(std::size_t scenario, const OfRun& value, std::size_t quarter);
  Cell ratio_cell(std::size_t scenario, const std::vector<double>& numerator,
                  const std::vector<double>& denominator, bool per_gain);
  void add_cells(const std::string& section, const std::string& metric, const std::string& unit,
                 const OfRun& value, const std::string& detail, bool with_gain);
};

// The sections, in the order of the table.
void add_adoption(Collector& collector);
void add_money(Collector& collector);
void add_pots(Collector& collector);
void add_strata(Collector& collector);
void add_reach(Collector& collector);
void add_market(Collector& collector);
void add_climate(Collector& collector);
void add_pillars(Collector& collector);
void add_targets(Collector& collector);
void add_robustness(Collector& collector);  //!< over the points of a design
void add_pairing(Collector& collector);
void add_rivals(Collector& collector);  //!< one ranking per theory, after all theories

}  // namespace rathaus::analysis
