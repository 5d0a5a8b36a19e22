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

Metric::Metric(ResultData& data, const std::string& name, const std::string& grouping,
               const std::string& label)
    : data_(data),
      name_(name),
      suffix_(grouping.empty() || grouping == "size_class" ? "" : "_by_" + grouping),
      ratio_(ratio_named(name)),
      redrawn_(data.root().has("run_world")) {
  const hdf5::Group& root = data.root();
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
  if (!grouping.empty()) choose_class(parts, grouping, label);
  for (const std::string& part : parts) {
    require_axes(root.variable(part + suffix_), is_whole(part), grouping);
    if (redrawn_ && is_whole(part))
      root.variable(of_run(part + suffix_))
          .along({"run", grouping.empty() ? "size_class" : grouping});
  }
}

void Metric::choose_class(const std::vector<std::string>& parts, const std::string& grouping,
                          const std::string& label) {
  const hdf5::Group& root = data_.root();
  if (!root.has(grouping))
    throw InputError(fmt::format("the file knows no classes by {}", grouping));
  const auto known = root.variable(grouping).read<std::string>();
  only_ = static_cast<std::size_t>(std::ranges::find(known, label) - known.begin());
  if (*only_ == known.size())
    throw InputError(fmt::format("the file has no class '{}' of {}", label, grouping));
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
    return only_ ? whole[*only_] : std::accumulate(whole.begin(), whole.end(), 0.0);
  }
  const Table3& table = data_.table(name);
  if (!only_) return so_far ? table.upto(run, quarter) : table.total(run, quarter);
  double all = 0.0;
  for (std::size_t q = so_far ? 0 : quarter; q <= quarter; ++q) all += table.at(run, q, *only_);
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

std::vector<std::string> metric_names(const hdf5::Group& root) {
  std::vector<std::string> names;
  for (const std::string& name : root.variables())
    if (is_over_quarters(root.variable(name).dimensions())) names.push_back(name);
  for (const NamedRatio& ratio : ratios())
    if (is_held(root, ratio)) names.emplace_back(ratio.name);
  return names;
}

}  // namespace rathaus::analysis
