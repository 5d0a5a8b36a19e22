// The question of a result file, and the value of its metric in every run.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/gain_costs.h"
#include "analysis/metric.h"
#include "analysis/result_data.h"

namespace rathaus::analysis {

/// What `rathaus compare` may ask instead of the file's own question; empty: as the file asks.
struct AskInstead {
  std::string metric, quarter;
  std::vector<std::string> group;  //!< "size_class=<5k"
};

struct Asked {
  std::string en, de;
  bool in_numbers =
      false;  //!< the file or the user asks in numbers; else what follows is the default
  std::string metric, unit;
  UnitClass of;
  std::string quarter;      //!< label of the horizon
  std::size_t horizon = 0;  //!< its index
  bool more = true;
  std::optional<double> smallest_gain;  //!< as asked; else a thousandth

  const GainCost* cost() const { return gain_cost_named(metric); }
};

/// Files from before there were questions ask for municipalities with AI after ten years.
/// InputError if what is asked instead does not exist in the file.
Asked asked_of(ResultData& data, const AskInstead& instead);

/// The metric of a question in one run at its horizon. Of a cost: the variable that one more is
/// bought of. Flows of programmes are sums so far.
class AskedMetric {
 public:
  AskedMetric(ResultData& data, const Asked& asked);
  double operator()(std::size_t run) const { return at(run, horizon_); }
  double at(std::size_t run, std::size_t quarter) const;

 private:
  ResultData& data_;
  std::size_t horizon_;
  std::optional<Metric> metric_;        //!< none for variables of programmes
  const Table3* programmes_ = nullptr;  //!< (run, quarter, programme [, class])
  bool so_far_ = false;
  std::size_t classes_ = 1;
  std::vector<std::size_t> only_;  //!< of the classes; empty: all
};

/// The gain below which there is none: as asked, else a thousandth of the units, inhabitants or the
/// whole asked for, else of what the baseline has on average.
double smallest_gain_of(ResultData& data, const Asked& asked, const AskedMetric& metric);

}  // namespace rathaus::analysis
