// What the study was made to answer: a text, question = "…" or question = { en = "…", de = "…" };
// or the table [question], in numbers.
#include <fmt/format.h>

#include <algorithm>

#include "config/label.h"
#include "config/sections.h"
#include "config/unit_class.h"
#include "record/question_metrics.h"

namespace rathaus::config {
namespace {

void read_text(const toml_reader::Value& value, study::Question& question) {
  Label text = read_label(value);
  question.en = std::move(text.en);
  question.de = std::move(text.de);
}

void read_metric(toml_reader::Table& table, study::Question& question) {
  table.read("metric", question.metric, [](const toml_reader::Value& value) {
    const std::vector<std::string_view> names = record::question_metrics();
    const auto index = value.word(names);
    return index ? std::optional(std::string(names[*index])) : std::nullopt;
  });
}

void read_horizon(const toml_reader::Value& value, Draft& draft) {
  const auto quarter = value.quarter();
  if (!quarter) return;
  const std::int32_t t = quarter->index() - draft.study.start.index();
  if (t >= 0 && t < static_cast<std::int32_t>(draft.study.quarters)) {
    draft.study.question.horizon = static_cast<std::uint32_t>(t);
    return;
  }
  const auto last = model::CalendarQuarter::from_index(
      draft.study.start.index() + static_cast<std::int32_t>(draft.study.quarters) - 1);
  value.error(
      fmt::format("= \"{}\" is outside the run (nothing is known of that quarter) take one "
                  "from {} to {}",
                  quarter->text(), draft.study.start.text(), last.text()));
}

bool has_programmes(const study::Study& study) {
  return std::ranges::any_of(study.scenarios, [](const study::Scenario& scenario) {
    return !scenario.programmes.empty();
  });
}

void read_question_table(toml_reader::Table& table, Draft& draft) {
  study::Question& question = draft.study.question;
  question.in_numbers = true;
  if (const auto text = table.require("text", "pages and tables are headed by it"))
    read_text(*text, question);
  const std::size_t told = table.diagnostics().errors().size();
  read_metric(table, question);
  const bool metric_known = table.diagnostics().errors().size() == told;
  if (metric_known && record::needs_programmes(question.metric) && !has_programmes(draft.study))
    table.find("metric")->error(fmt::format(
        "= \"{}\" is told of programmes (no scenario of this experiment has one) take another "
        "metric, or add a [programme.…]",
        question.metric));
  if (const auto group = table.find("group")) {
    question.of = read_class(*group, draft);
    if (const std::string why = record::why_not_of(question.metric, question.of);
        metric_known && !why.empty())
      group->error(why);
    else if (metric_known && record::goes_by_groups(question.metric))
      keep_class(question.of, draft.study.output);
  }
  if (const auto horizon = table.find("horizon")) read_horizon(*horizon, draft);
  table.read("prefer", question.more, [](const toml_reader::Value& value) -> std::optional<bool> {
    static constexpr std::array<std::string_view, 2> words{"less", "more"};
    const auto word = value.word(words);
    return word ? std::optional(*word == 1) : std::nullopt;
  });
  constexpr toml_reader::Quantity gain{
      "smallest_gain", "of the metric", 0.0, 1e15, false, "a gain below it counts as none"};
  table.read("smallest_gain", question.smallest_gain,
             [&](const toml_reader::Value& value) { return value.quantity(gain); });
  table.finish();
}

}  // namespace

void read_question(toml_reader::Table& root, Draft& draft) {
  const auto value = root.find("question");
  if (!value) return;
  if (!value->is_table()) {
    draft.study.question.en = draft.study.question.de = value->text().value_or("");
    return;
  }
  if (is_label(*value)) return read_text(*value, draft.study.question);
  if (std::optional<toml_reader::Table> table = value->table()) read_question_table(*table, draft);
}

}  // namespace rathaus::config
