#include "analysis/runs.h"

#include <fmt/format.h>

#include <algorithm>

#include "results/handle.h"

namespace rathaus::analysis {

Runs::Runs(const results::Group& root) : scenarios_(root.variable("scenario").read<std::string>()) {
  const auto column = [&](const char* name) { return root.variable(name).read<std::int32_t>(); };
  const auto scenario = column("run_scenario"), alternative = column("run_alternative"),
             point = column("run_point"), replicate = column("run_replicate"),
             fixed_demand = column("run_fixed_demand");
  const std::string name = root.text_attribute("baseline");
  baseline_ = static_cast<std::size_t>(std::ranges::find(scenarios_, name) - scenarios_.begin());
  if (baseline_ == scenarios_.size())
    throw results::FileError(fmt::format("the baseline '{}' is no scenario of the file", name));
  rows_.resize(2 * scenarios_.size());
  for (std::size_t run = 0; run < scenario.size(); ++run) {
    rows_[2 * static_cast<std::size_t>(scenario[run]) + (fixed_demand[run] != 0)].push_back(run);
    scenario_.push_back(static_cast<std::size_t>(scenario[run]));
    key_.emplace_back(alternative[run], point[run], replicate[run], fixed_demand[run]);
  }
}

std::size_t Runs::baseline_of(std::size_t run) const {
  for (const std::size_t row : of(baseline_, std::get<3>(key_[run]) != 0))
    if (key_[row] == key_[run]) return row;
  throw results::FileError(fmt::format("run {} has no baseline run beside it", run));
}

std::size_t Runs::twin_of(std::size_t run) const {
  Key key = key_[run];
  std::get<3>(key) = 1;
  for (const std::size_t row : of(scenario_[run], true))
    if (key_[row] == key) return row;
  throw results::FileError(fmt::format("run {} has no twin with demand held fixed", run));
}

std::vector<double> Runs::select(const std::vector<double>& per_run, std::size_t scenario) const {
  std::vector<double> values;
  for (const std::size_t run : of(scenario)) values.push_back(per_run[run]);
  return values;
}

std::vector<double> Runs::gains(const std::vector<double>& per_run, std::size_t scenario) const {
  std::vector<double> values;
  for (const std::size_t run : of(scenario))
    values.push_back(per_run[run] - per_run[baseline_of(run)]);
  return values;
}

}  // namespace rathaus::analysis
