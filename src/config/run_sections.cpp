// [time], [money], [replicates], [random] and [output].
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "config/sections.h"
#include "model/crossed_groupings.h"

namespace rathaus::config {
namespace {

constexpr std::int64_t most_quarters = 240;
constexpr std::int64_t most_replicates = 1'000'000;

void read_groups(const toml_reader::Value& value, std::vector<std::string>& groups) {
  std::vector<std::string_view> words{"size_class", "land", "fiscal_class"};
  words.insert(words.end(), model::crossed_groupings.begin(), model::crossed_groupings.end());
  for (const toml_reader::Value& element :
       value.list().value_or(std::vector<toml_reader::Value>{})) {
    const auto word = element.word(words);
    if (!word || *word == 0) continue;  // size_class is always there
    const std::string group(words[*word]);
    if (std::ranges::find(groups, group) == groups.end())
      groups.push_back(group);
    else
      element.error(fmt::format("= \"{}\" is there already (a grouping is written once)", group));
  }
}

void read_panel(const toml_reader::Value& value, Draft& draft) {
  std::optional<toml_reader::Table> table = value.table();
  if (!table) return;
  study::PanelRequest panel;
  if (const auto list = table->find("replicates")) {
    const auto elements = list->list();
    if (elements && elements->empty())
      list->error("is empty (a panel records one replicate at least)");
    for (const toml_reader::Value& element : elements.value_or(std::vector<toml_reader::Value>{})) {
      const auto number = element.integer(0, std::int64_t{draft.study.replicates} - 1);
      if (!number) continue;
      const auto replicate = static_cast<std::uint32_t>(*number);
      if (std::ranges::find(panel.replicates, replicate) != panel.replicates.end())
        element.error(
            fmt::format("= {} is there already (a replicate is recorded once)", replicate));
      panel.replicates.push_back(replicate);
    }
  } else {
    panel.replicates = {0};
  }
  table->read("every", panel.every, toml_reader::integer_within(1, most_quarters));
  table->finish();
  draft.study.output.panel = std::move(panel);
}

/// until = { indicator = "adopters", quarter = "2035-Q4", half_width = 25, confidence = 0.95 }
void read_until(const toml_reader::Value& value, Draft& draft) {
  std::optional<toml_reader::Table> table = value.table();
  if (!table) return;
  study::StoppingRule rule;
  table->read("indicator", rule.indicator, indicator_word, "what is judged");
  if (const auto given = table->require("quarter", "when it is judged"))
    if (const auto quarter = given->quarter()) {
      const std::int32_t t = quarter->index() - draft.study.start.index();
      if (t < 0 || t >= static_cast<std::int32_t>(draft.study.quarters))
        given->error(fmt::format("= \"{}\" is outside the run (nothing is known of that quarter)",
                                 quarter->text()));
      rule.quarter = static_cast<std::uint32_t>(std::max(t, 0));
    }
  constexpr double least = 1e-300;
  constexpr toml_reader::Quantity width{"half_width", "1",   least,
                                        1e15,         false, "how well gains are to be known"};
  constexpr toml_reader::Quantity confidence{"confidence", "1",   0.5,
                                             0.9999,       false, "of the intervals"};
  table->read(
      "half_width", rule.half_width, [&](const toml_reader::Value& v) { return v.quantity(width); },
      "how well gains are to be known");
  table->read("confidence", rule.confidence,
              [&](const toml_reader::Value& v) { return v.quantity(confidence); });
  table->finish();
  draft.study.until = rule;
}

/// The table `key`, if it is there and is one.
std::optional<toml_reader::Table> section(toml_reader::Table& root, std::string_view key) {
  const auto value = root.find(key);
  return value ? value->table() : std::nullopt;
}

/// The start of the results is told from that of the model, and both reach from one to the other.
void check_spin_up(toml_reader::Table& time, Draft& draft) {
  const model_folder::Country& country = draft.model.country;
  const auto start = time.find("start");
  if (!start) return;
  if (!country.given) {
    if (draft.spin_up)
      draft.study.notes.push_back(fmt::format(
          "{} has no country.toml and so no start of its own: the run begins at time.start, with "
          "nothing before it",
          draft.model.name));
    return;
  }
  if (draft.study.start.index() < country.start.index())
    start->error(fmt::format(
        "= \"{}\" is before the start of the model, {} (its stocks and its calibration hold from "
        "there on) start there or later",
        draft.study.start.text(), country.start.text()));
  const std::uint32_t spin_up = draft.spin_up_quarters();
  if (spin_up + draft.study.quarters > most_quarters)
    time.find("quarters")
        .value_or(*start)
        .error(fmt::format(
            "= {} makes the run too long (it begins in {} and comes to {} quarters, at most {} are "
            "simulated) ask for at most {}, or begin from nothing with spin_up = false",
            draft.study.quarters, country.start.text(), spin_up + draft.study.quarters,
            most_quarters, std::max(most_quarters - spin_up, std::int64_t{0})));
}

}  // namespace

void read_time(toml_reader::Table& root, Draft& draft) {
  std::optional<toml_reader::Table> table = section(root, "time");
  if (!table) return;
  table->read("start", draft.study.start, &toml_reader::Value::quarter);
  table->read("spin_up", draft.spin_up, &toml_reader::Value::truth);
  table->read("quarters", draft.study.quarters, toml_reader::integer_within(1, most_quarters));
  check_spin_up(*table, draft);
  table->finish();
}

void read_money(toml_reader::Table& root, Draft& draft) {
  std::optional<toml_reader::Table> table = section(root, "money");
  if (!table) return;
  table->read(
      "prices_of", draft.study.prices_of,
      toml_reader::integer_within(model_folder::first_price_year, model_folder::last_price_year));
  table->read("discount", draft.study.discount, [](const toml_reader::Value& value) {
    return value.quantity(model_folder::discount_rate);
  });
  table->finish();
}

void read_replicates(toml_reader::Table& root, Draft& draft) {
  std::optional<toml_reader::Table> table = section(root, "replicates");
  if (!table) return;
  study::Study& study = draft.study;
  study.at_least = study.replicates;
  table->read("at_least", study.at_least, toml_reader::integer_within(1, most_replicates));
  study.replicates = study.at_least;
  const auto until = table->find("until"), at_most = table->find("at_most");
  if (until.has_value() != at_most.has_value())
    (until ? *until : *at_most)
        .error(until ? "needs at_most (a rule that is never met must end somewhere)"
                     : "needs until (without a rule exactly at_least replicates run)");
  if (at_most)
    if (const auto most = at_most->integer(study.at_least, most_replicates))
      study.replicates = static_cast<std::uint32_t>(*most);
  if (until) read_until(*until, draft);
  table->finish();
}

void read_random(toml_reader::Table& root, Draft& draft) {
  std::optional<toml_reader::Table> table = section(root, "random");
  if (!table) return;
  table->read("seed", draft.study.seed,
              toml_reader::integer_within(0, std::numeric_limits<std::int64_t>::max()));
  table->finish();
}

void read_output(toml_reader::Table& root, Draft& draft) {
  std::optional<toml_reader::Table> table = section(root, "output");
  if (!table) return;
  if (const auto groups = table->find("groups")) read_groups(*groups, draft.study.output.groups);
  table->read("first_operation", draft.study.output.first_operation, &toml_reader::Value::truth);
  if (const auto panel = table->find("panel")) read_panel(*panel, draft);
  table->read("fixed_demand", draft.study.output.fixed_demand, &toml_reader::Value::truth);
  table->finish();
}

}  // namespace rathaus::config
