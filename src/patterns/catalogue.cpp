#include "patterns/catalogue.h"

#include <algorithm>

#include "model/funding.h"
#include "model/indicators.h"
#include "model/state.h"
#include "study/pairing.h"

namespace rathaus::patterns {
namespace {

constexpr std::array<std::string_view, 3> groupings{"size_class", "fiscal_class", "land"};

template <class Names>
AxisInfo axis(std::string_view name, const Names& labels) {
  return {std::string(name), {labels.begin(), labels.end()}};
}

AxisInfo grouping_axis(std::string_view name) {
  if (name == "size_class") return axis(name, model::size_class_names);
  if (name == "fiscal_class") return axis(name, model::fiscal_class_names);
  return {std::string(name), {}};
}

/// "adopters_by_land": adopters, land.
std::pair<std::string_view, std::string_view> split(std::string_view variable) {
  for (const std::string_view grouping : groupings) {
    const std::string suffix = "_by_" + std::string(grouping);
    if (variable.ends_with(suffix))
      return {variable.substr(0, variable.size() - suffix.size()), grouping};
  }
  return {variable, "size_class"};
}

}  // namespace

std::vector<std::string> known_variables() {
  std::vector<std::string> names;
  std::vector<std::string_view> grouped{"units", "inhabitants", "blocked"};
  for (const model::IndicatorInfo& info : model::indicator_infos()) grouped.push_back(info.name);
  for (const std::string_view grouping : groupings)
    for (const std::string_view name : grouped)
      names.push_back(grouping == "size_class"
                          ? std::string(name)
                          : std::string(name) + "_by_" + std::string(grouping));
  for (const char* name : {"services", "contracts_renewed", "contracts_switched", "hhi_national",
                           "hhi_local", "morans_i"})
    names.emplace_back(name);
  for (const char* suffix : {"", "_by_fiscal_class"}) {
    for (const char* reach : model::reach_names)
      names.push_back("programmes/" + std::string(reach) + suffix);
    names.push_back(std::string("strata/count") + suffix);
  }
  return names;
}

std::vector<AxisInfo> axes_of(std::string_view variable) {
  if (variable == "services") return {{"use_case", {}}, axis("stage", model::stage_names)};
  if (variable.starts_with("contracts_")) return {axis("tenure", model::tenure_names)};
  if (variable.starts_with("hhi_") || variable == "morans_i") return {};
  const auto [name, grouping] = split(variable);
  const AxisInfo classes = grouping_axis(grouping);
  if (name == "blocked")
    return {axis("step", model::step_names), axis("constraint", model::constraint_names), classes};
  if (variable.starts_with("programmes/")) return {{"programme", {}}, classes};
  if (variable.starts_with("strata/")) return {axis("stratum", study::stratum_names), classes};
  return {classes};
}

bool is_over_time(std::string_view variable) {
  const std::string_view name = split(variable).first;
  return name != "units" && name != "inhabitants" && !variable.starts_with("strata/");
}

}  // namespace rathaus::patterns
