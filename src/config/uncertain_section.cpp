// [uncertain]: what is not known, and how it is distributed.
#include <fmt/format.h>

#include <algorithm>

#include "config/ensemble.h"
#include "config/sections.h"
#include "config/uncertain_numbers.h"
#include "toml_reader/toml_text.h"

namespace rathaus::config {
namespace {

using study::Distribution;
using study::Shape;
using study::Uncertain;

/// Numbers in the order that a shape wants, such as lowest ≤ mode ≤ highest.
bool is_ordered(const Distribution& d) {
  switch (d.shape) {
    case Shape::uniform:
      return d.by[0] < d.by[1];
    case Shape::log_uniform:
      return 0.0 < d.by[0] && d.by[0] < d.by[1];
    case Shape::triangular:
      return d.by[0] <= d.by[1] && d.by[1] <= d.by[2] && d.by[0] < d.by[2];
    case Shape::normal:
      return d.by[1] > 0.0;
    case Shape::lognormal:
      return 0.0 < d.by[0] && d.by[0] < d.by[1];
  }
  return false;
}

/// Least and largest value of a shape that has them, else of its central 99 %, roughly.
std::pair<double, double> reach_of(const Distribution& d) {
  switch (d.shape) {
    case Shape::triangular:
      return {d.by[0], d.by[2]};
    case Shape::normal:
      return {d.by[0] - 2.6 * d.by[1], d.by[0] + 2.6 * d.by[1]};
    case Shape::lognormal:
      return {d.by[0] * d.by[0] / d.by[1], d.by[1]};
    default:
      return {d.by[0], d.by[1]};
  }
}

bool read_shape(const toml_reader::Value& value, Shape shape, Distribution& distribution) {
  distribution.shape = shape;
  const study::ShapeInfo& info = study::shape_infos[static_cast<std::size_t>(shape)];
  if (shape == Shape::lognormal) {
    std::optional<toml_reader::Table> table = value.table();
    if (!table) return false;
    bool all = true;
    for (std::size_t i = 0; i < 2; ++i) {
      const auto number = table->require(i == 0 ? "median" : "p95", "it describes a lognormal");
      const auto given = number ? number->number() : std::nullopt;
      all = all && given.has_value();
      distribution.by[i] = given.value_or(0.0);
    }
    table->finish();
    if (!all) return false;
  } else {
    const auto list = value.list(info.numbers);
    if (!list) return false;
    for (std::size_t i = 0; i < list->size(); ++i) {
      const auto number = (*list)[i].number();
      if (!number) return false;
      distribution.by[i] = *number;
    }
  }
  if (is_ordered(distribution)) return true;
  value.error(
      fmt::format("is no distribution (its numbers are {}, in ascending order)", info.meaning));
  return false;
}

/// Reads { uniform = [a, b] } and the like, or "range": uniform over the plausible range.
bool read_distribution(const toml_reader::Value& value, const Known& known,
                       Distribution& distribution) {
  if (value.is_text()) {
    static constexpr std::array<std::string_view, 1> words{"range"};
    if (!value.word(words)) return false;
    if (!known.has_range) {
      value.error(
          "has no plausible range (nobody says one) say { uniform = [lowest, highest] } or another "
          "distribution");
      return false;
    }
    if (!(known.low < known.high)) {
      value.error("has no width (the model gives one value) say { uniform = [lowest, highest] }");
      return false;
    }
    distribution.by = {std::max(known.low, distribution.lowest),
                       std::min(known.high, distribution.highest), 0.0};
    return true;
  }
  std::optional<toml_reader::Table> table = value.table();
  if (!table) return false;
  bool found = false, good = false;
  for (std::size_t s = 0; s < study::shape_infos.size(); ++s) {
    const auto shape = table->find(study::shape_infos[s].name);
    if (!shape) continue;
    if (found) {
      shape->error("is a second distribution (a number has one)");
      return false;
    }
    found = true;
    good = read_shape(*shape, static_cast<Shape>(s), distribution);
  }
  table->finish();
  if (!found)
    value.error(
        "names no distribution (uniform, log_uniform, triangular, normal or "
        "lognormal, or the word \"range\")");
  if (!good) return false;
  const auto [least, most] = reach_of(distribution);
  const bool cut = distribution.shape == Shape::normal || distribution.shape == Shape::lognormal;
  if (cut ? distribution.by[0] <= distribution.lowest || distribution.by[0] >= distribution.highest
          : least < distribution.lowest || most > distribution.highest) {
    value.error(fmt::format("reaches from {} to {} (possible are {} to {} [{}]) narrow it",
                            toml_reader::number_text(least), toml_reader::number_text(most),
                            distribution.lowest, distribution.highest, known.number.unit));
    return false;
  }
  if (least < known.low || most > known.high)
    value.warning(fmt::format("reaches beyond the plausible range ({} to {} [{}])", known.low,
                              known.high, known.number.unit));
  return true;
}

/// A port or a cost is one number in all scenarios: what a policy changes is no lack of knowledge.
bool is_the_same_everywhere(const toml_reader::Value& value, const Known& known,
                            const Draft& draft) {
  if (is_by_class(known.number, draft)) {
    value.error("is a table of classes (one number can be uncertain, a table cannot) use a number");
    return false;
  }
  const std::string scenario = changing_scenario(known.number, draft);
  if (scenario.empty()) return true;
  value.error(
      fmt::format("is changed by the scenario '{}' (a change is policy, [uncertain] is "
                  "what we do not know) drop one of them",
                  scenario));
  return false;
}

/// Entries by their dotted path, whether it is one key in quotes or a chain of tables; a table that
/// names a shape is a distribution.
std::vector<std::pair<std::string, toml_reader::Value>> numbers_of(
    toml_reader::Table& table, const std::string& prefix, const UncertainNumbers& numbers) {
  std::vector<std::pair<std::string, toml_reader::Value>> all;
  for (const auto& [key, value] : table.entries()) {
    const std::string path = prefix + key;
    std::optional<toml_reader::Table> inner = value.is_table() ? value.table() : std::nullopt;
    const bool leaf = !inner || numbers.find(path) != nullptr ||
                      std::ranges::any_of(study::shape_infos, [&](const auto& shape) {
                        return inner->find(shape.name).has_value();
                      });
    if (leaf)
      all.emplace_back(path, value);
    else
      for (auto& entry : numbers_of(*inner, path + '.', numbers)) all.push_back(std::move(entry));
  }
  return all;
}

}  // namespace

void read_uncertain(toml_reader::Table& root, const std::string& folder, Draft& draft) {
  const auto section = root.find("uncertain");
  std::optional<toml_reader::Table> table = section ? section->table() : std::nullopt;
  if (!table) return;
  const UncertainNumbers numbers(draft);
  if (draft.has_model) read_ensemble(*table, folder, numbers, draft);
  const auto ensemble = table->find("ensemble");
  const auto joint = static_cast<std::ptrdiff_t>(draft.study.uncertain.size());
  for (const Uncertain& number : draft.study.uncertain)
    is_the_same_everywhere(*ensemble, *numbers.find(number.path), draft);
  for (const auto& [path, value] : numbers_of(*table, "", numbers)) {
    if (path == "ensemble" || path == "ensemble_sha256") continue;
    const Known* known = numbers.find(path);
    if (!known) {
      if (draft.has_model)
        value.error(Message("is no number of this experiment") + suggestion(path, numbers.paths()));
      continue;
    }
    const auto twice =
        std::ranges::find(draft.study.uncertain, known->number.path, &Uncertain::path);
    if (twice != draft.study.uncertain.end()) {
      value.error(
          twice - draft.study.uncertain.begin() < joint
              ? "is in the ensemble as well (a number has one origin) drop it, or the column"
              : "is there already, by its short or its long name (a number has one distribution) "
                "drop "
                "one of them");
      continue;
    }
    if (known->whole) {
      value.error(
          "is a whole number (a distribution has fractions) list its values in "
          "[alternatives]");
      continue;
    }
    Uncertain number = known->number;
    const bool read = read_distribution(value, *known, number.distribution);
    if (is_the_same_everywhere(value, *known, draft) && read)
      draft.study.uncertain.push_back(std::move(number));
  }
  table->finish();
}

}  // namespace rathaus::config
