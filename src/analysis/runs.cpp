#include "analysis/runs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "hdf5/handle.h"

namespace rathaus::analysis {
namespace {

/// Means of groups of values, in ascending order of the groups; missing values are left out.
struct Groups {
  struct Sum {
    double sum = 0.0;
    std::size_t values = 0, members = 0;
  };
  std::map<std::size_t, Sum> sums;  //!< by the number of the group

  void add(std::size_t group, double value) {
    Sum& sum = sums[group];
    ++sum.members;
    if (std::isnan(value)) return;
    sum.sum += value;
    ++sum.values;
  }
  std::vector<double> means(std::size_t members) const {
    std::vector<double> means;
    for (const auto& [group, sum] : sums)
      if (sum.members >= members)
        means.push_back(sum.values == 0 ? std::numeric_limits<double>::quiet_NaN()
                                        : sum.sum / static_cast<double>(sum.values));
    return means;
  }
};

}  // namespace

Runs::Runs(const hdf5::Group& root)
    : scenarios_(root.variable("scenario").read<std::string>()),
      alternatives_(root.variable("alternative").read<std::string>()),
      points_(root.variable("point").rows()) {
  const auto column = [&](const char* name, std::size_t length) {
    return root.variable(name).along({"run"}).read_places(length);
  };
  if (alternatives_.empty() || points_ == 0)
    throw root.damaged("it has no theory or no point of a design");
  // a study in parts may hold late replicates alone, but none beyond those it planned
  const std::size_t cases = root.has_attribute("planned_cases")
                                ? root.count_attribute("planned_cases")
                                : root.variable("run").rows();
  const auto scenario = column("run_scenario", scenarios_.size()),
             alternative = column("run_alternative", alternatives_.size()),
             point = column("run_point", points_), replicate = column("run_replicate", cases),
             fixed_demand = column("run_fixed_demand", 2);
  const std::string name = root.text_attribute("baseline");
  baseline_ = static_cast<std::size_t>(std::ranges::find(scenarios_, name) - scenarios_.begin());
  if (baseline_ == scenarios_.size())
    throw root.damaged(fmt::format("the baseline '{}' is no scenario", name));
  rows_.resize(2 * scenarios_.size() * alternatives_.size());
  for (std::size_t run = 0; run < scenario.size(); ++run) {
    key_.emplace_back(scenario[run], alternative[run], point[run], replicate[run],
                      fixed_demand[run] != 0);
    const auto& [s, a, p, r, fixed] = key_.back();
    if (!row_of_.emplace(key_.back(), run).second)
      throw root.damaged(fmt::format("run {} is there twice", run));
    rows_[(a * scenarios_.size() + s) * 2 + fixed].push_back(run);
  }
}

std::size_t Runs::row_of(Key key, const char* problem, std::size_t run) const {
  const auto found = row_of_.find(key);
  if (found == row_of_.end()) throw files::FileError(fmt::format("run {} {}", run, problem));
  return found->second;
}

std::size_t Runs::paired_with(std::size_t run, std::size_t scenario) const {
  Key key = key_[run];
  std::get<0>(key) = scenario;
  return row_of(key, "has no run of the other scenario that met the same chance events", run);
}

std::size_t Runs::twin_of(std::size_t run) const {
  Key key = key_[run];
  std::get<4>(key) = true;
  return row_of(key, "has no twin with demand held fixed", run);
}

std::vector<double> Runs::by_replicate(const std::vector<std::size_t>& rows,
                                       std::span<const double> values) const {
  Groups groups;
  for (std::size_t i = 0; i < rows.size(); ++i) groups.add(replicate_of(rows[i]), values[i]);
  return groups.means(points_);
}

std::vector<double> Runs::by_point(const std::vector<std::size_t>& rows,
                                   std::span<const double> values) const {
  Groups groups;
  for (std::size_t i = 0; i < rows.size(); ++i) groups.add(point_of(rows[i]), values[i]);
  return groups.means(1);
}

}  // namespace rathaus::analysis
