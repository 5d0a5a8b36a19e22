#include "config/patterns_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "config/pattern_term.h"
#include "files/sha256.h"
#include "patterns/catalogue.h"
#include "toml_reader/reader.h"
#include "toml_reader/source.h"

namespace rathaus::config {
namespace {

using patterns::Pattern;
using patterns::Statistic;

/// at_least, at_most, between (with or without a target), or a target with its tolerance.
void read_criterion(toml_reader::Table& table, patterns::Criterion& criterion) {
  const auto at_least = table.find("at_least"), at_most = table.find("at_most"),
             between = table.find("between"), target = table.find("target"),
             tolerance = table.find("tolerance"), scale = table.find("scale");
  const int kinds =
      at_least.has_value() + at_most.has_value() + between.has_value() + tolerance.has_value();
  if (kinds != 1)
    return table.diagnostics().error(
        table.place(),
        "a pattern says one of at_least, at_most, between, or target with tolerance (that is what "
        "agrees with it)");
  const auto number = [](const std::optional<toml_reader::Value>& value) {
    return value ? value->number() : std::nullopt;
  };
  criterion.target = number(target);
  if (at_least) criterion.low = at_least->number().value_or(0.0);
  if (at_most) criterion.high = at_most->number().value_or(0.0);
  if (const auto ends = between ? between->list(2) : std::nullopt) {
    criterion.low = (*ends)[0].number().value_or(0.0);
    criterion.high = (*ends)[1].number().value_or(1.0);
    if (!(criterion.low < criterion.high)) between->error("is empty (lowest first, then highest)");
    if (criterion.target &&
        !(criterion.low < *criterion.target && *criterion.target < criterion.high))
      target->error("is not within between (it is the value that agrees best)");
  }
  if (const auto width = number(tolerance)) {
    if (!criterion.target)
      tolerance->error("has no target (it is how far from it a value may be)");
    else if (!(*width > 0.0))
      tolerance->error("must be above 0 (no simulation hits a number exactly)");
    criterion.low = criterion.target.value_or(0.0) - *width;
    criterion.high = criterion.target.value_or(0.0) + *width;
  }
  const bool one_side = at_least || at_most;
  if (one_side && target)
    target->error("has no meaning beside a bound on one side (all beyond it agree alike) drop it");
  const double bound = std::abs(at_least ? criterion.low : criterion.high);
  criterion.scale = one_side && bound > 0.0 ? bound : 1.0;
  if (!scale) return;
  if (!one_side) return scale->error("is for at_least and at_most (else the width is the scale)");
  criterion.scale = scale->number().value_or(1.0);
  if (!(criterion.scale > 0.0)) scale->error("must be above 0 (misses are divided by it)");
}

std::vector<patterns::AxisInfo> axes_of_all(const std::vector<std::string>& variables) {
  std::vector<patterns::AxisInfo> axes;
  for (const std::string& variable : variables)
    for (patterns::AxisInfo& axis : patterns::axes_of(variable)) axes.push_back(std::move(axis));
  return axes;
}

void read_ordering(toml_reader::Table& table, Pattern& pattern) {
  static constexpr std::array<std::string_view, 2> directions{"rises", "falls"};
  const auto along = table.require("along", "the axis whose classes are in order");
  table.read("direction", pattern.falls,
             [](const toml_reader::Value& v) { return v.word(directions); });
  if (!along) return;
  const std::vector<patterns::AxisInfo> axes = axes_of_all(pattern.of.sum);
  std::vector<std::string_view> names;
  for (const patterns::AxisInfo& axis : axes) names.push_back(axis.name);
  if (names.empty()) return along->error("has no meaning for a variable without classes");
  const auto index = along->word(names);
  if (!index) return;
  pattern.along = axes[*index].name;
  auto selection = std::ranges::find(pattern.of.where, pattern.along, &patterns::Selection::axis);
  if (selection == pattern.of.where.end()) {
    const auto& labels = axes[*index].labels;
    pattern.of.where.push_back({pattern.along, {labels.begin(), labels.end()}});
    selection = pattern.of.where.end() - 1;
  }
  const patterns::Selection chosen = *selection;
  for (const patterns::AxisInfo& axis : axes_of_all(pattern.of.per))
    if (axis.name == pattern.along &&
        std::ranges::find(pattern.of.per_where, axis.name, &patterns::Selection::axis) ==
            pattern.of.per_where.end())
      pattern.of.per_where.push_back(chosen);
  if (chosen.labels.size() < 2)
    along->error("has fewer than two classes to put in order (name them in `of`)");
}

void check_over_time(const toml_reader::Value& value, const patterns::Term& term) {
  for (const std::string& variable : term.sum)
    if (!patterns::is_over_time(variable))
      value.error(
          fmt::format("sums {}, which does not change over the quarters of a run", variable));
}

/// Whether every term has quarters of its own.
bool is_dated(const Pattern& pattern) {
  const auto is_dated = [](const patterns::Term& term) { return term.quarters.has_value(); };
  if (!pattern.parts.empty()) return std::ranges::all_of(pattern.parts, is_dated);
  return is_dated(pattern.of) && (!pattern.has_to || is_dated(pattern.to));
}

/// The shares of a weighted mean.
void read_parts(const toml_reader::Value& value, Pattern& pattern) {
  const auto parts = value.list();
  if (!parts) return;
  double sum = 0.0;
  for (const toml_reader::Value& part : *parts) {
    pattern.parts.push_back(read_term(part, true));
    sum += pattern.parts.back().weight;
  }
  constexpr double rounding = 1e-9;
  if (!(std::abs(sum - 1.0) <= rounding))
    value.error(fmt::format(
        "has weights that sum to {:g} (they are shares of a sample, and sum to 1)", sum));
}

void read_statistic(toml_reader::Table& table, Pattern& pattern) {
  table.read(
      "statistic", pattern.statistic,
      [](const toml_reader::Value& value) { return value.word(patterns::statistic_names); },
      "what is computed from a run");
  const bool weighted = pattern.statistic == Statistic::weighted_mean;
  const auto of = weighted ? table.require("parts", "the shares that are weighted")
                           : table.require("of", "what it is computed from");
  if (of && weighted)
    read_parts(*of, pattern);
  else if (of)
    pattern.of = read_term(*of);
  const bool lead = pattern.statistic == Statistic::lead;
  const bool time = pattern.statistic == Statistic::time_to_reach;
  const bool log_odds = pattern.statistic == Statistic::log_odds;
  const auto to = lead       ? table.require("to", "what follows")
                  : log_odds ? table.require("to", "what it is compared with")
                             : table.find("to");
  if (to) {
    pattern.to = read_term(*to);
    pattern.has_to = true;
    if (!lead && !log_odds && pattern.statistic != Statistic::ratio)
      to->error("is for ratio, log_odds and lead (no other statistic has two terms)");
  }
  if (log_odds)
    for (const patterns::Term* term : {&pattern.of, &pattern.to})
      if (!term->sum.empty() && term->per.empty())
        (term == &pattern.of ? of : to)->error("has no `per` (odds are of a share) add it");
  const bool is_path = lead || time || pattern.statistic == Statistic::bass_fit ||
                       pattern.statistic == Statistic::single_inflection;
  if (is_path && of) check_over_time(*of, pattern.of);
  if (is_path && to) check_over_time(*to, pattern.to);
  if (lead || time) {
    if (const auto level = table.find("level")) {
      pattern.level = level->number().value_or(0.5);
      if (lead && !(pattern.level > 0.0 && pattern.level <= 1.0))
        level->error("must be above 0 and at most 1 (a share of the rise)");
    } else if (time) {
      table.require("level", "what is to be reached");
    }
  }
  if (pattern.statistic == Statistic::ordering) read_ordering(table, pattern);
  if (const auto quarters = read_quarters(table))
    pattern.quarters = *quarters;
  else if (!is_dated(pattern))
    table.diagnostics().error(table.place(),
                              "a pattern says its quarter, or its quarters (when it is looked at)");
  read_criterion(table, pattern.criterion);
}

Pattern read_pattern(toml_reader::Table& table, const std::filesystem::path& folder) {
  static constexpr std::array<std::string_view, 4> grades{"A", "B", "C", "D"};
  Pattern pattern;
  table.read("id", pattern.id, &toml_reader::Value::filled_text, "tables and calibrations name it");
  table.read("title", pattern.title, &toml_reader::Value::filled_text,
             "what is seen in the world, in one line");
  table.read(
      "role", pattern.role,
      [](const toml_reader::Value& value) { return value.word(patterns::role_names); },
      "whether it may be calibrated to, or is held out");
  table.read(
      "grade", pattern.grade,
      [](const toml_reader::Value& value) -> std::optional<std::string> {
        const auto index = value.word(grades);
        return index ? std::optional(std::string(grades[*index])) : std::nullopt;
      },
      "how good the evidence is, A to D");
  table.read("source", pattern.source, &toml_reader::Value::filled_text, "where it is reported");
  table.read("note", pattern.note, &toml_reader::Value::text);
  if (const auto missing = table.find("not_held")) {
    pattern.not_held = missing->filled_text().value_or("");
    if (pattern.role == patterns::Role::calibration)
      missing->error("stands in a pattern of role calibration (there is nothing to compare)");
  } else {
    read_statistic(table, pattern);
    if (const auto path = table.find("experiment"))
      if (const auto name = path->filled_text())
        pattern.experiment = (folder / *name).lexically_normal();
  }
  table.finish();
  return pattern;
}

}  // namespace

PatternsFile read_patterns(const std::filesystem::path& path, Diagnostics& diagnostics) {
  const std::optional<std::string> text = toml_reader::read_file(path, diagnostics);
  return text ? read_patterns_text(*text, path, diagnostics) : PatternsFile{};
}

PatternsFile read_patterns_text(const std::string& text, const std::filesystem::path& path,
                                Diagnostics& diagnostics) {
  PatternsFile file;
  file.text = text;
  file.input = {path.string(), text.size(), files::sha256_of(text), path};
  const std::optional<toml::table> parsed = toml_reader::parse(text, path.string(), diagnostics);
  if (!parsed) return file;
  toml_reader::Table root(*parsed, "", diagnostics);
  root.read("replicates", file.replicates, toml_reader::integer_within(2, 100'000));
  std::set<std::string> seen;
  if (const auto all = root.require("pattern", "one [[pattern]] for each"))
    for (const toml_reader::Value& element :
         all->list().value_or(std::vector<toml_reader::Value>{})) {
      std::optional<toml_reader::Table> table = element.table();
      if (!table) continue;
      file.patterns.push_back(read_pattern(*table, path.parent_path()));
      const std::string& id = file.patterns.back().id;
      if (!id.empty() && !seen.insert(id).second)
        element.error(fmt::format("has the id \"{}\" of an earlier one (an id is said once)", id));
    }
  root.finish();
  return file;
}

}  // namespace rathaus::config
