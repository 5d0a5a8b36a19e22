#include "patterns/file_recording.h"

#include <fmt/format.h>

#include <algorithm>

namespace rathaus::patterns {
namespace {

model::CalendarQuarter start_of(const hdf5::Group& root) {
  const hdf5::Variable labels = root.variable("quarter_label");
  const std::string label = labels.along({"quarter"}).read<std::string>(0, 1).front();
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (label.size() != 7 || !std::all_of(label.begin(), label.begin() + 4, is_digit) ||
      label[6] < '1' || label[6] > '4')
    throw labels.damaged(fmt::format("'{}' is no quarter", label));
  return {std::stoi(label.substr(0, 4)), label.back() - '0'};
}

bool holds(const hdf5::Group& root, const std::string& path) {
  const std::size_t slash = path.find('/');
  if (slash == std::string::npos) return root.has(path);
  const auto groups = root.groups();
  return std::ranges::find(groups, path.substr(0, slash)) != groups.end() &&
         root.group(path.substr(0, slash)).has(path.substr(slash + 1));
}

}  // namespace

FileRecording::FileRecording(analysis::ResultData& data, std::size_t nth)
    : Recording(start_of(data.root()), static_cast<std::uint32_t>(data.quarters()),
                data.runs().scenarios()[data.runs().baseline()]),
      data_(data),
      nth_(nth) {}

Recorded FileRecording::load(const std::string& scenario, const std::string& variable) {
  const hdf5::Group& root = data_.root();
  const auto& scenarios = data_.runs().scenarios();
  const auto s =
      static_cast<std::size_t>(std::ranges::find(scenarios, scenario) - scenarios.begin());
  if (s == scenarios.size() || !holds(root, variable)) return {};
  const std::size_t run = data_.runs().of(s).at(nth_);
  const hdf5::Variable stored = root.variable(variable);
  const std::vector<std::string> names = stored.dimensions();
  const bool by_run = !names.empty() && names.front() == "run";
  Recorded r;
  std::size_t size = 1;
  for (std::size_t a = by_run ? 1 : 0; a < names.size(); ++a) {
    if (!root.has(names[a])) throw stored.damaged("one of its axes has no dimension");
    Axis axis{names[a], {}, stored.shape()[a]};
    const hdf5::Variable coordinate = root.variable(names[a]);
    if (coordinate.type() == hdf5::Type::text) axis.labels = coordinate.read<std::string>();
    size *= axis.length;
    r.axes.push_back(std::move(axis));
  }
  if (!by_run) {
    r.values = stored.read<double>();
    return r;
  }
  if (names.size() < 2 || names[1] != "quarter") {
    r.values = stored.read<double>(run, 1);
    return r;
  }
  const std::vector<double>& all = data_.table(variable).values;
  const auto first = all.begin() + static_cast<std::ptrdiff_t>(run * size);
  r.values.assign(first, first + static_cast<std::ptrdiff_t>(size));
  return r;
}

}  // namespace rathaus::patterns
