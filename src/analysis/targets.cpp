#include "analysis/targets.h"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/metric.h"

namespace rathaus::analysis {

namespace {

/// A label of the file as it is; else what UnitClass::text() tells of several.
UnitClass class_in(const hdf5::Group& root, const std::string& grouping, const std::string& label) {
  if (grouping.empty()) return {};
  if (root.has(grouping)) {
    const auto known = root.variable(grouping).read<std::string>();
    if (std::ranges::find(known, label) != known.end()) return {{{grouping, {label}}}};
  }
  return unit_class_of(grouping, label);
}

}  // namespace

std::vector<JudgedTarget> judge_targets(ResultData& data) {
  std::vector<JudgedTarget> judged;
  const hdf5::Group& root = data.root();
  const std::vector<std::string> present = root.groups();
  if (std::ranges::find(present, "targets") == present.end()) return judged;
  const hdf5::Group targets = root.group("targets");
  const auto text = [&](const char* name) {
    return targets.variable(name).along({"target"}).read<std::string>();
  };
  const auto number = [&](const char* name) {
    return targets.variable(name).along({"target"}).read<double>();
  };
  const auto indicators = text("target_indicator"), groups = text("target_group"),
             labels = text("target_label");
  const auto shares = number("target_share"), bounds = number("target_bound"),
             kinds = number("target_kind");
  const auto quarters = root.variable("quarter_label").along({"quarter"}).read<std::string>();
  const auto by = targets.variable("target_by").along({"target"}).read_places(quarters.size());
  for (std::size_t t = 0; t < indicators.size(); ++t) {
    const std::size_t quarter = by[t];
    JudgedTarget target{
        .text = "", .unit = "", .bound = bounds[t], .at_least = kinds[t] == 0.0, .value = {}};
    target.text =
        fmt::format("{}{} {} {} by {}", indicators[t], labels[t].empty() ? "" : " of " + labels[t],
                    target.at_least ? "at least" : "at most", bounds[t], quarters[quarter]);
    const Metric metric(data,
                        shares[t] != 0.0 ? std::string(share_of(indicators[t])) : indicators[t],
                        class_in(root, groups[t], labels[t]));
    target.unit = shares[t] != 0.0 ? "share" : metric.unit();
    for (std::size_t run = 0; run < data.run_count(); ++run)
      target.value.push_back(metric(run, quarter));
    judged.push_back(std::move(target));
  }
  return judged;
}

}  // namespace rathaus::analysis
