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
  std::vector<Sum> sums;  //!< [group]; their numbers are dense

  void add(std::size_t group, double value) {
    if (group >= sums.size()) sums.resize(group + 1);
    Sum& sum = sums[group];
    ++sum.members;
    if (std::isnan(value)) return;
    sum.sum += value;
    ++sum.values;
  }
  std::vector<double> means(std::size_t members) const {
    std::vector<double> means;
    for (const Sum& sum : sums)
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
  const auto column = [&](const char* name) { return root.variable(name).read<std::int32_t>(); };
  const auto scenario = column("run_scenario"), alternative = column("run_alternative"),
             point = column("run_point"), replicate = column("run_replicate"),
             fixed_demand = column("run_fixed_demand");
  const std::string name = root.text_attribute("baseline");
  baseline_ = static_cast<std::size_t>(std::ranges::find(scenarios_, name) - scenarios_.begin());
  if (baseline_ == scenarios_.size())
    throw files::FileError(fmt::format("the baseline '{}' is no scenario of the file", name));
  rows_.resize(2 * scenarios_.size() * alternatives_.size());
  const auto index = [](std::int32_t value) { return static_cast<std::size_t>(value); };
  for (std::size_t run = 0; run < scenario.size(); ++run) {
    key_.emplace_back(index(scenario[run]), index(alternative[run]), index(point[run]),
                      index(replicate[run]), fixed_demand[run] != 0);
    const auto& [s, a, p, r, fixed] = key_.back();
    if (s >= scenarios_.size() || a >= alternatives_.size() || p >= points_)
      throw files::FileError(
          fmt::format("run {} names a scenario, theory or point that the file "
                      "does not have",
                      run));
    rows_[(a * scenarios_.size() + s) * 2 + fixed].push_back(run);
    row_of_.emplace(key_.back(), run);
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
