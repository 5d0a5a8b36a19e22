#include "config/unit_class.h"

#include <fmt/format.h>

#include <algorithm>

#include "model/municipalities.h"
#include "toml_reader/toml_text.h"

namespace rathaus::config {

namespace {

/// One of the words of a closed list; any text of a Land, which the population must have.
std::optional<std::string> read_label(const toml_reader::Value& value, std::string_view grouping) {
  if (grouping == "land") return value.filled_text();
  const auto word = [&](const auto& names) -> std::optional<std::string> {
    const std::vector<std::string_view> known(names.begin(), names.end());
    const auto index = value.word(known);
    return index ? std::optional(std::string(known[*index])) : std::nullopt;
  };
  return grouping == "size_class" ? word(model::size_class_names)
                                  : word(model::fiscal_class_names);
}

/// One class of a grouping, or a list of them.
std::vector<std::string> read_labels(const toml_reader::Value& value, std::string_view grouping,
                                     Draft& draft) {
  std::vector<toml_reader::Value> each{value};
  if (value.is_list()) {
    each = value.list().value_or(std::vector<toml_reader::Value>());
    if (each.empty()) value.error("is empty (nobody lies in no class) name one class at least");
  }
  std::vector<std::string> labels;
  for (const toml_reader::Value& one : each) {
    const std::optional<std::string> label = read_label(one, grouping);
    if (!label) continue;
    if (std::ranges::find(labels, *label) != labels.end()) {
      one.error(fmt::format("= \"{}\" is there already (a class is named once)", *label));
      continue;
    }
    labels.push_back(*label);
    if (grouping != "fiscal_class")
      draft.study.mentions.push_back({std::string(grouping), *label, one.name(), one.place()});
  }
  return labels;
}

}  // namespace

analysis::UnitClass read_class(const toml_reader::Value& value, Draft& draft) {
  analysis::UnitClass units;
  std::optional<toml_reader::Table> table = value.table();
  if (!table) return units;
  for (const std::string_view grouping : analysis::UnitClass::groupings)
    if (const auto given = table->find(grouping))
      if (std::vector<std::string> labels = read_labels(*given, grouping, draft); !labels.empty())
        units.parts.emplace_back(grouping, std::move(labels));
  table->finish();
  if (table->entries().empty()) value.error("names no class (size_class, fiscal_class, land, or several of them)");
  return units;
}

void keep_class(const analysis::UnitClass& units, study::OutputRequest& output) {
  const std::string grouping = units.grouping();
  if (units.is_all() || grouping == "size_class") return;  // which is always kept
  if (std::ranges::find(output.groups, grouping) == output.groups.end())
    output.groups.push_back(grouping);
}

std::string class_text(const analysis::UnitClass& units) {
  std::string text;
  for (const auto& [grouping, labels] : units.parts)
    text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", grouping,
                        labels.size() == 1 ? toml_reader::string_text(labels.front())
                                           : toml_reader::list_text(labels));
  return "{ " + text + " }";
}

}  // namespace rathaus::config
