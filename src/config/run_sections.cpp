// [time], [money], [replicates], [random] and [output].
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "config/sections.h"

namespace rathaus::config {
namespace {

constexpr std::int64_t most_quarters = 240;
constexpr std::int64_t most_replicates = 1'000'000;

void read_groups(const Value& value, std::vector<std::string>& groups) {
  static constexpr std::array<std::string_view, 3> words{"size_class", "land", "fiscal_class"};
  for (const Value& element : value.list().value_or(std::vector<Value>{})) {
    const auto word = element.word(words);
    if (!word || *word == 0) continue;  // size_class is always there
    const std::string group(words[*word]);
    if (std::ranges::find(groups, group) == groups.end())
      groups.push_back(group);
    else
      element.error(fmt::format("= \"{}\" is there already (a grouping is written once)", group));
  }
}

void read_panel(const Value& value, Draft& draft) {
  std::optional<Table> table = value.table();
  if (!table) return;
  experiment::PanelRequest panel;
  if (const auto list = table->find("replicates")) {
    const auto elements = list->list();
    if (elements && elements->empty())
      list->error("is empty (a panel records one replicate at least)");
    for (const Value& element : elements.value_or(std::vector<Value>{})) {
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
  table->read("every", panel.every, integer_within(1, most_quarters));
  table->finish();
  draft.study.output.panel = std::move(panel);
}

/// The table `key`, if it is there and is one.
std::optional<Table> section(Table& root, std::string_view key) {
  const auto value = root.find(key);
  return value ? value->table() : std::nullopt;
}

}  // namespace

void read_time(Table& root, Draft& draft) {
  std::optional<Table> table = section(root, "time");
  if (!table) return;
  table->read("start", draft.study.start, &Value::quarter);
  table->read("quarters", draft.study.quarters, integer_within(1, most_quarters));
  table->finish();
}

void read_money(Table& root, Draft& draft) {
  std::optional<Table> table = section(root, "money");
  if (!table) return;
  constexpr Quantity discount{"discount", "1/year", 0,
                              1,          false,    "rate at which the future counts less"};
  table->read("prices_of", draft.study.prices_of, integer_within(1900, 2199));
  table->read("discount", draft.study.discount,
              [&](const Value& value) { return value.quantity(discount); });
  table->finish();
}

void read_replicates(Table& root, Draft& draft) {
  std::optional<Table> table = section(root, "replicates");
  if (!table) return;
  table->read("at_least", draft.study.replicates, integer_within(1, most_replicates));
  table->refuse("at_most", "exactly at_least replicates run");
  table->refuse("until", "exactly at_least replicates run");
  table->finish();
}

void read_random(Table& root, Draft& draft) {
  std::optional<Table> table = section(root, "random");
  if (!table) return;
  table->read("seed", draft.study.seed,
              integer_within(0, std::numeric_limits<std::int64_t>::max()));
  table->finish();
}

void read_output(Table& root, Draft& draft) {
  std::optional<Table> table = section(root, "output");
  if (!table) return;
  if (const auto groups = table->find("groups")) read_groups(*groups, draft.study.output.groups);
  table->read("first_operation", draft.study.output.first_operation, &Value::truth);
  if (const auto panel = table->find("panel")) read_panel(*panel, draft);
  table->read("fixed_demand", draft.study.output.fixed_demand, &Value::truth);
  table->finish();
}

}  // namespace rathaus::config
