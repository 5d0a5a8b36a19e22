#include "config/pattern_term.h"

#include <fmt/format.h>

#include <algorithm>

#include "patterns/catalogue.h"

namespace rathaus::config {
namespace {

using patterns::AxisInfo;
using patterns::Selection;
using patterns::Term;

/// One text, or a list of them.
std::vector<toml_reader::Value> one_or_more(const toml_reader::Value& value) {
  if (value.is_text()) return {value};
  return value.list().value_or(std::vector<toml_reader::Value>{});
}

std::vector<std::string> read_variables(const toml_reader::Value& value) {
  static const std::vector<std::string> known = patterns::known_variables();
  const std::vector<std::string_view> words(known.begin(), known.end());
  std::vector<std::string> names;
  for (const toml_reader::Value& element : one_or_more(value)) {
    const auto name = element.filled_text();
    if (!name) continue;
    if (std::ranges::find(known, *name) != known.end())
      names.push_back(*name);
    else
      element.error(fmt::format("= \"{}\" is no variable that patterns can be about", *name) +
                    (nearest(*name, words).empty()
                         ? Suggestion{"docs/file_format.md lists those of a run"}
                         : suggestion(*name, words)));
  }
  return names;
}

Selection read_selection(const toml_reader::Value& value, const AxisInfo& axis) {
  Selection selection{axis.name, {}};
  for (const toml_reader::Value& element : one_or_more(value)) {
    if (axis.labels.empty()) {
      if (auto label = element.filled_text()) selection.labels.push_back(*std::move(label));
    } else if (const auto index = element.word(axis.labels)) {
      selection.labels.emplace_back(axis.labels[*index]);
    }
  }
  return selection;
}

/// The classes that a table chooses along the axes of its variables.
std::vector<Selection> read_selections(toml_reader::Table& table,
                                       const std::vector<std::string>& variables) {
  std::vector<Selection> selections;
  std::vector<std::string> seen;
  for (const std::string& variable : variables)
    for (const AxisInfo& axis : patterns::axes_of(variable)) {
      if (std::ranges::find(seen, axis.name) != seen.end()) continue;
      seen.push_back(axis.name);
      if (const auto labels = table.find(axis.name))
        selections.push_back(read_selection(*labels, axis));
    }
  return selections;
}

/// Above 0, at most 1.
std::optional<double> weight(const toml_reader::Value& value) {
  const std::optional<double> number = value.number();
  if (number && !(*number > 0.0 && *number <= 1.0))
    value.error("must be above 0 and at most 1 (it is a share of a sample)");
  return number;
}

}  // namespace

std::optional<patterns::Quarters> read_quarters(toml_reader::Table& table) {
  const auto one = table.find("quarter"), both = table.find("quarters");
  if (one && both) both->error("stands beside quarter (a pattern is about one of them) drop one");
  if (one) {
    const auto quarter = one->quarter();
    return quarter ? std::optional(patterns::Quarters{*quarter, *quarter}) : std::nullopt;
  }
  const auto ends = both ? both->list(2) : std::nullopt;
  if (!ends) return std::nullopt;
  const auto first = (*ends)[0].quarter(), last = (*ends)[1].quarter();
  if (!first || !last) return std::nullopt;
  if (first->index() > last->index()) both->error("ends before it begins (first, then last)");
  return patterns::Quarters{*first, *last};
}

Term read_term(const toml_reader::Value& value, bool weighted) {
  Term term;
  std::optional<toml_reader::Table> table = value.table();
  if (!table) return term;
  if (const auto sum = table->require("sum", "the variables that are added up"))
    term.sum = read_variables(*sum);
  const auto per = table->find("per");
  const bool own = per && per->is_table();  // with classes of its own, else those of the sum
  if (own) {
    std::optional<toml_reader::Table> other = per->table();
    if (const auto sum = other->require("sum", "the variables that are added up"))
      term.per = read_variables(*sum);
    term.per_where = read_selections(*other, term.per);
    other->finish();
  } else if (per) {
    term.per = read_variables(*per);
  }
  if (weighted) table->read("weight", term.weight, weight, "its share of the sample");
  table->read("scenario", term.scenario, &toml_reader::Value::filled_text);
  term.quarters = read_quarters(*table);
  std::vector<std::string> classed = term.sum;
  if (!own) classed.insert(classed.end(), term.per.begin(), term.per.end());
  term.where = read_selections(*table, classed);
  if (!own) term.per_where = term.where;
  table->finish();
  return term;
}

}  // namespace rathaus::config
