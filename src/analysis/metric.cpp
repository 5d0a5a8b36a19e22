#include "analysis/metric.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <span>

#include "diagnostics/diagnostics.h"
#include "hdf5/udunits.h"

namespace rathaus::analysis {
namespace {

bool is_over_quarters(const std::vector<std::string>& axes) {
  return axes.size() >= 2 && axes.size() <= 3 && axes[0] == "run" && axes[1] == "quarter";
}

/// What is the same in all runs, unless the study drew worlds anew.
bool is_whole(std::string_view variable) {
  return variable == "units" || variable == "inhabitants";
}

/// Units or inhabitants of each run's own world.
std::string of_run(const std::string& whole) {
  return "run_" + whole;
}

/// FileError unless the places that are asked for exist.
void require_axes(const hdf5::Variable& variable, bool whole, const std::string& grouping) {
  if (whole)
    variable.along({grouping.empty() ? "size_class" : grouping});
  else if (grouping.empty())
    variable.along({"run", "quarter"}, true);
  else
    variable.along({"run", "quarter", grouping});
}

bool is_held(const hdf5::Group& root, const NamedRatio& ratio) {
  const auto held = [&](const Term& term) { return root.has(std::string(term.variable)); };
  return std::ranges::all_of(ratio.of, held) && std::ranges::all_of(ratio.per, held);
}

}  // namespace

Metric::Metric(ResultData& data, const std::string& name, const UnitClass& units)
    : data_(data),
      name_(name),
      suffix_(units.suffix()),
      ratio_(ratio_named(name)),
      redrawn_(data.root().has("run_world")) {
  const hdf5::Group& root = data.root();
  const std::string grouping = units.grouping();
  std::vector<std::string> parts{name};
  if (ratio_ != nullptr) {
    unit_ = ratio_->unit;
    parts.clear();
    for (const auto* terms : {&ratio_->of, &ratio_->per})
      for (const Term& term : *terms) parts.emplace_back(term.variable);
  }
  for (const std::string& part : parts)
    if (!root.has(part + suffix_))
      throw InputError(fmt::format("{} is not in the file{}", part + suffix_,
                                   suffix_.empty() ? "" : " (sums are kept by size class only)"));
  if (ratio_ == nullptr) unit_ = hdf5::unit_of(root.variable(name + suffix_));
  if (!units.is_all()) choose_classes(parts, units);
  for (const std::string& part : parts) {
    require_axes(root.variable(part + suffix_), is_whole(part), grouping);
    if (redrawn_ && is_whole(part))
      root.variable(of_run(part + suffix_))
          .along({"run", grouping.empty() ? "size_class" : grouping});
  }
}

void Metric::choose_classes(const std::vector<std::string>& parts, const UnitClass& units) {
  const hdf5::Group& root = data_.root();
  const std::string grouping = units.grouping();
  if (!root.has(grouping))
    throw InputError(fmt::format("the file knows no classes by {}", grouping));
  only_ = classes_of(root, units);
  for (const std::string& part : parts)
    if (const auto axes = root.variable(part + suffix_).dimensions();
        axes.empty() || axes.back() != grouping)
      throw InputError(fmt::format("{} is not kept by {}", part, grouping));
}

double Metric::sum(std::string_view variable, std::size_t run, std::size_t quarter,
                   bool so_far) const {
  const std::string name = std::string(variable) + suffix_;
  if (is_whole(variable)) {
    const std::span<const double> whole =
        redrawn_ ? data_.of_run(of_run(name), run) : std::span(data_.whole(name));
    if (only_.empty()) return std::accumulate(whole.begin(), whole.end(), 0.0);
    double all = 0.0;
    for (const std::size_t k : only_) all += whole[k];
    return all;
  }
  const Table3& table = data_.table(name);
  if (only_.empty()) return so_far ? table.upto(run, quarter) : table.total(run, quarter);
  double all = 0.0;
  for (std::size_t q = so_far ? 0 : quarter; q <= quarter; ++q)
    for (const std::size_t k : only_) all += table.at(run, q, k);
  return all;
}

double Metric::value(std::size_t run, std::size_t quarter, bool so_far) const {
  if (ratio_ == nullptr) return sum(name_, run, quarter, so_far);
  return value_of(*ratio_, [&](std::string_view variable, bool up_to) {
    return sum(variable, run, quarter, up_to);
  });
}

double Metric::operator()(std::size_t run, std::size_t quarter) const {
  return value(run, quarter, false);
}

double Metric::so_far(std::size_t run, std::size_t quarter) const {
  return value(run, quarter, true);
}

std::vector<std::size_t> classes_of(const hdf5::Group& root, const UnitClass& units) {
  const auto known = root.variable(units.grouping()).read<std::string>();
  const std::vector<std::string> labels = units.labels();
  const std::vector<std::size_t> places = places_of(labels, known);
  for (std::size_t i = 0; i < places.size(); ++i)
    if (places[i] == known.size())
      throw InputError(
          fmt::format("the file has no class '{}' of {}", labels[i], units.grouping()));
  return places;
}

std::vector<std::string> metric_names(const hdf5::Group& root) {
  std::vector<std::string> names;
  for (const std::string& name : root.variables())
    if (is_over_quarters(root.variable(name).dimensions())) names.push_back(name);
  for (const NamedRatio& ratio : ratios())
    if (is_held(root, ratio)) names.emplace_back(ratio.name);
  return names;
}

}  // namespace rathaus::analysis
