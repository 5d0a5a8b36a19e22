#include "config/unit_class.h"

#include <fmt/format.h>

#include <algorithm>

#include "model/crossed_groupings.h"
#include "toml_reader/toml_text.h"

namespace rathaus::config {

study::UnitClass read_class(const toml_reader::Value& value, Draft& draft) {
  study::UnitClass units;
  std::optional<toml_reader::Table> table = value.table();
  if (!table) return units;
  for (const std::string_view grouping : model::plain_groupings) {
    const auto given = table->find(grouping);
    if (!given) continue;
    std::optional<std::string> label;
    const auto word = [&](const auto& names) {
      const std::vector<std::string_view> known(names.begin(), names.end());
      if (const auto index = given->word(known)) label = known[*index];
    };
    if (grouping == "land")
      label = given->filled_text();
    else if (grouping == "size_class")
      word(model::size_class_names);
    else
      word(model::fiscal_class_names);
    if (!label) continue;
    units.parts.emplace_back(grouping, *label);
    if (grouping != "fiscal_class")
      draft.study.mentions.push_back(
          {std::string(grouping), *label, given->name(), given->place()});
  }
  table->finish();
  if (table->entries().empty()) value.error("names no class (size_class, fiscal_class, land, or several of them)");
  return units;
}

void keep_class(const study::UnitClass& units, study::OutputRequest& output) {
  const std::string grouping = units.grouping();
  if (units.is_all() || grouping == "size_class") return;  // which is always kept
  if (std::ranges::find(output.groups, grouping) == output.groups.end())
    output.groups.push_back(grouping);
}

std::string class_text(const study::UnitClass& units) {
  std::string text;
  for (const auto& [grouping, label] : units.parts)
    text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", grouping,
                        toml_reader::string_text(label));
  return "{ " + text + " }";
}

}  // namespace rathaus::config
