#include "record/measure.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "analysis/ratios.h"

namespace rathaus::record {
namespace {

/// Over quarters, by size class or without classes; what an experiment may not have, such as money
/// of programmes, is left out.
bool is_measure(const Definition& definition) {
  return definition.held == Held::always && definition.axes.size() == 1 &&
         definition.axes.front() == "quarter";
}

}  // namespace

std::vector<std::string_view> measure_names() {
  std::vector<std::string_view> names;
  for (const Definition& definition : definitions())
    if (is_measure(definition)) names.push_back(definition.name);
  for (const analysis::NamedRatio& ratio : analysis::ratios()) names.push_back(ratio.name);
  return names;
}

bool has_classes(std::string_view name) {
  const auto of_variable = [](std::string_view variable) {
    const auto found = std::ranges::find(definitions(), variable, &Definition::name);
    return found != definitions().end() && found->classes != Classes::none;
  };
  const analysis::NamedRatio* ratio = analysis::ratio_named(name);
  if (ratio == nullptr) return of_variable(name);
  const auto of_term = [&](const analysis::Term& term) { return of_variable(term.variable); };
  return std::ranges::all_of(ratio->of, of_term) && std::ranges::all_of(ratio->per, of_term);
}

Measure::Measure(std::string name, const study::Study& study, const model::World& world,
                 const analysis::UnitClass& units)
    : name_(std::move(name)),
      suffix_(units.suffix()),
      scenarios_(study.scenarios.size()),
      quarters_(study.quarters),
      variables_(variables_of(study)) {
  const auto kept = std::ranges::find(world.groupings, units.grouping(), &model::Grouping::name);
  if (kept != world.groupings.end()) classes_ = analysis::places_of(units.labels(), kept->labels);
  const study::RunRecord none;
  for (const Variable& variable : variables_) {
    std::vector<double> values;
    if (variable->held == Held::world)
      values = as_doubles(value_of(variable, {study, world, none}));
    const auto is_of = [&](std::size_t k) { return k < values.size(); };
    double sum = 0.0;
    if (!classes_.empty() && std::ranges::all_of(classes_, is_of))
      for (const std::size_t k : classes_) sum += values[k];
    else
      sum = std::accumulate(values.begin(), values.end(), 0.0);
    world_.push_back(sum);
  }
}

double Measure::sum(const RunValues& run, std::string_view name, std::uint32_t first,
                    std::uint32_t last) const {
  const std::string path = std::string(name) + suffix_;
  const auto place = [&](const std::string& wanted) {
    const auto found = std::ranges::find(variables_, wanted, &Variable::path);
    return static_cast<std::size_t>(found - variables_.begin());
  };
  std::size_t v = place(path);
  const bool whole = variables_.at(v)->held == Held::world;
  if (whole) {
    const std::size_t of_run = place("run_" + path);
    if (of_run == variables_.size()) return world_[v];
    v = of_run;
    first = last = 0;
  }
  return std::visit(
      [&](const auto& values) {
        const std::size_t classes = whole ? values.size() : values.size() / quarters_;
        double all = 0.0;
        for (std::size_t t = first; t <= last; ++t)
          if (classes_.empty())
            for (std::size_t k = 0; k < classes; ++k)
              all += static_cast<double>(values[t * classes + k]);
          else
            for (const std::size_t k : classes_)
              all += static_cast<double>(values[t * classes + k]);
        return all;
      },
      run.values[v]);
}

double Measure::of(const RunValues& run, std::uint32_t quarter) const {
  const analysis::NamedRatio* ratio = analysis::ratio_named(name_);
  if (ratio == nullptr) return sum(run, name_, quarter, quarter);
  return analysis::value_of(*ratio, [&](std::string_view variable, bool so_far) {
    return sum(run, variable, so_far ? 0 : quarter, quarter);
  });
}

std::vector<double> Measure::by_scenario(std::span<const RunValues> runs,
                                         std::uint32_t quarter) const {
  if (runs.empty()) return {};
  std::vector<double> levels(scenarios_, std::numeric_limits<double>::quiet_NaN());
  for (const RunValues& run : runs)
    if (!run.fixed_demand) levels[run.scenario] = of(run, quarter);
  return levels;
}

}  // namespace rathaus::record
