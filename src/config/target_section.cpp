// [[target]]: what was to be reached, declared before the run.
#include <fmt/format.h>

#include <algorithm>

#include "config/sections.h"
#include "config/unit_class.h"
#include "record/measure.h"

namespace rathaus::config {
namespace {

constexpr std::array<std::string_view, 2> shares{"adopters", "adopter_inhabitants"};

void read_target(toml_reader::Table& table, Draft& draft) {
  study::Target target;
  table.read("indicator", target.indicator, indicator_word, "what is judged");
  if (const auto group = table.find("group")) {
    target.of = read_class(*group, draft);
    keep_class(target.of, draft.study.output);
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
