#include "record/question_metrics.h"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/gain_costs.h"
#include "record/measure.h"
#include "record/variables.h"

namespace rathaus::record {
namespace {

const Definition* programme_variable(std::string_view name) {
  const auto found = std::ranges::find(definitions(), name, &Definition::name);
  return found != definitions().end() && found->held == Held::programmes ? &*found : nullptr;
}

}  // namespace

std::vector<std::string_view> question_metrics() {
  std::vector<std::string_view> names = measure_names();
  for (const Definition& definition : definitions())
    if (definition.held == Held::programmes) names.push_back(definition.name);
  for (const analysis::GainCost& cost : analysis::gain_costs) names.push_back(cost.name);
  return names;
}

bool needs_programmes(std::string_view metric) {
  return programme_variable(metric) != nullptr || analysis::gain_cost_named(metric) != nullptr;
}

bool goes_by_groups(std::string_view metric) {
  return !needs_programmes(metric) && has_classes(metric);
}

std::string why_not_of(std::string_view metric, const analysis::UnitClass& units) {
  if (units.is_all() || goes_by_groups(metric)) return "";
  const Definition* programme = programme_variable(metric);
  if (programme == nullptr || programme->classes == Classes::none)
    return fmt::format("has no meaning for {} (it is not kept by class)", metric);
  if (units.parts.size() == 1 && units.parts.front().first != "land") return "";
  return fmt::format("has no meaning for {} (it is kept by size_class and by fiscal_class alone)",
                     metric);
}

}  // namespace rathaus::record
