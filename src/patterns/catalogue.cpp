#include "patterns/catalogue.h"

#include <algorithm>

#include "record/axes.h"
#include "record/variables.h"

namespace rathaus::patterns {
namespace {

/// Patterns are about quarters, horizons and what there is of units: not about single units.
bool may_be_summed(const record::Variable& variable) {
  return variable->held != record::Held::index && variable->held != record::Held::panel &&
         variable->held != record::Held::first_operation;
}

const std::vector<record::Variable>& variables() {
  static const std::vector<record::Variable> all = [] {
    std::vector<record::Variable> kept = record::all_variables();
    std::erase_if(kept, [](const record::Variable& v) { return !may_be_summed(v); });
    return kept;
  }();
  return all;
}

const record::Variable* find(std::string_view path) {
  const auto found = std::ranges::find(variables(), path, &record::Variable::path);
  return found == variables().end() ? nullptr : &*found;
}

}  // namespace

std::vector<std::string> known_variables() {
  std::vector<std::string> names;
  for (const record::Variable& variable : variables()) names.push_back(variable.path);
  return names;
}

std::vector<AxisInfo> axes_of(std::string_view variable) {
  std::vector<AxisInfo> axes;
  const record::Variable* found = find(variable);
  if (found == nullptr) return axes;
  for (const std::string& name : found->axes)
    if (name != "quarter" && name != "horizon") axes.push_back({name, record::axis(name).labels});
  return axes;
}

bool is_over_time(std::string_view variable) {
  const record::Variable* found = find(variable);
  return found != nullptr && std::ranges::find(found->axes, "quarter") != found->axes.end();
}

}  // namespace rathaus::patterns
