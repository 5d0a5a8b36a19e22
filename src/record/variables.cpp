#include "record/variables.h"

#include <algorithm>

#include "model/funding.h"
#include "record/axes.h"

namespace rathaus::record {
namespace {

bool is_held(Held held, const study::Study& study) {
  switch (held) {
    case Held::index:
    case Held::world:
    case Held::always:
      return true;
    case Held::redrawn:
      return study::world_count(study) > 1;
    case Held::first_operation:
      return study.output.first_operation;
    case Held::programmes:
      return !programme_names(study).empty();
    case Held::pairs:
      return has_pairs(study);
    case Held::panel:
      return study.output.panel.has_value();
  }
  return false;
}

Variable over(const Definition& definition, std::string_view grouping) {
  Variable variable{&definition, std::string(grouping), definition.name, definition.axes};
  if (!grouping.empty()) variable.axes.emplace_back(grouping);
  if (!grouping.empty() && grouping != "size_class") variable.path += "_by_" + variable.grouping;
  return variable;
}

/// Every definition over every grouping that it is kept by; `groups`: beside size_class.
template <class Groups>
std::vector<Variable> expanded(const Groups& groups) {
  std::vector<Variable> variables;
  for (const Definition& definition : definitions()) {
    if (definition.classes == Classes::none) {
      variables.push_back(over(definition, ""));
      continue;
    }
    variables.push_back(over(definition, "size_class"));
    if (definition.classes == Classes::size_and_fiscal)
      variables.push_back(over(definition, "fiscal_class"));
    else
      for (const std::string_view grouping : groups)
        if (grouping != "size_class") variables.push_back(over(definition, grouping));
  }
  return variables;
}

/// Where the grouping lies among those of the world, or of reach and strata.
Columns columns_in(const Variable& variable, const model::World& world) {
  Columns columns;
  if (variable.definition->classes == Classes::none) return columns;
  if (variable.definition->classes == Classes::size_and_fiscal) {
    const std::size_t sizes = model::size_class_names.size();
    const bool fiscal = variable.grouping == "fiscal_class";
    return {nullptr, fiscal ? sizes : 0, fiscal ? model::reach_classes - sizes : sizes,
            model::reach_classes};
  }
  for (const model::Grouping& grouping : world.groupings) {
    if (grouping.name == variable.grouping)
      columns = {&grouping, columns.all, grouping.labels.size(), columns.all};
    columns.all += grouping.labels.size();
  }
  return columns;
}

}  // namespace

std::vector<Variable> all_variables() {
  return expanded(grouping_names);
}

std::vector<Variable> variables_of(const study::Study& study) {
  std::vector<Variable> variables = expanded(study.output.groups);
  std::erase_if(variables, [&](const Variable& variable) {
    return !is_held(variable->held, study) ||
           !std::ranges::all_of(variable.axes, [&](const std::string& name) {
             return record::is_held(axis(name), study);
           });
  });
  return variables;
}

Values value_of(const Variable& variable, const RunView& view) {
  return variable->get(view, columns_in(variable, view.world));
}

std::size_t row_size(const Variable& variable, const AxisSource& source) {
  std::size_t size = 1;
  for (const std::string& name : variable.axes) size *= length_of(axis(name), source);
  return size;
}

}  // namespace rathaus::record
