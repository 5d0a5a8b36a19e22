// [[target]]: what was to be reached, declared before the run.
#include <fmt/format.h>

#include <algorithm>

#include "config/sections.h"
#include "model/municipalities.h"
#include "record/measure.h"

namespace rathaus::config {
namespace {

constexpr std::array<std::string_view, 2> shares{"adopters", "adopter_inhabitants"};

/// group = { size_class = "<5k" }
void read_group(const toml_reader::Value& value, Draft& draft, study::Target& target) {
  std::optional<toml_reader::Table> table = value.table();
  if (!table) return;
  const auto label = [&](const char* group, const auto& names) {
    const auto given = table->find(group);
    if (!given) return;
    if (!target.group.empty())
      return given->error("is a second grouping (a target is about one class)");
    target.group = group;
    const std::vector<std::string_view> known(names.begin(), names.end());
    if (const auto index = given->word(known)) target.label = known[*index];
  };
  label("size_class", model::size_class_names);
  label("fiscal_class", model::fiscal_class_names);
  if (const auto land = table->find("land")) {
    target.group = "land";
    if (auto name = land->filled_text()) target.label = *std::move(name);
  }
  if (target.group != "fiscal_class" && !target.label.empty())
    draft.study.mentions.push_back({target.group, target.label, value.name(), value.place()});
  table->finish();
  const std::vector<std::string>& kept = draft.study.output.groups;
  if (target.group.empty())
    value.error("names no class (size_class, fiscal_class or land)");
  else if (target.group != "size_class" && std::ranges::find(kept, target.group) == kept.end())
    value.error(
        fmt::format("goes by {0}, which the result does not hold (sums are kept by size "
                    "class only) write groups = [\"{0}\"] into [output]",
                    target.group));
}

void read_target(toml_reader::Table& table, Draft& draft) {
  study::Target target;
  table.read("indicator", target.indicator, indicator_word, "what is judged");
  if (const auto group = table.find("group")) {
    read_group(*group, draft, target);
    if (!target.indicator.empty() && !record::has_classes(target.indicator))
      group->error(
          fmt::format("has no meaning for {} (it is not kept by class)", target.indicator));
  }
  table.read("share", target.share, &toml_reader::Value::truth);
  if (target.share && !target.indicator.empty() &&
      std::ranges::find(shares, target.indicator) == shares.end())
    table.find("share")->error(
        fmt::format("= true has no meaning for {} (only units and inhabitants have a whole)",
                    target.indicator));
  table.read("start", target.start, &toml_reader::Value::number);
  if (const auto by = table.require("by", "the quarter in which it is judged"))
    if (const auto quarter = by->quarter()) {
      target.by = quarter->index() - draft.study.start.index();
      if (target.by < 0 || target.by >= static_cast<std::int32_t>(draft.study.quarters))
        by->error(fmt::format("= \"{}\" is outside the run (nothing is known of that quarter)",
                              quarter->text()));
    }
  table.read("at_least", target.at_least, &toml_reader::Value::number);
  table.read("at_most", target.at_most, &toml_reader::Value::number);
  if (target.at_least.has_value() == target.at_most.has_value())
    table.diagnostics().error(table.place(), "a target says either at_least or at_most");
  table.finish();
  draft.study.targets.push_back(std::move(target));
}

}  // namespace

std::optional<std::string> indicator_word(const toml_reader::Value& value) {
  const std::vector<std::string_view> names = record::measure_names();
  const auto index = value.word(names);
  return index ? std::optional(std::string(names[*index])) : std::nullopt;
}

void read_targets(toml_reader::Table& root, Draft& draft) {
  const auto value = root.find("target");
  if (!value) return;
  for (const toml_reader::Value& element :
       value->list().value_or(std::vector<toml_reader::Value>{}))
    if (std::optional<toml_reader::Table> table = element.table()) read_target(*table, draft);
}

}  // namespace rathaus::config
