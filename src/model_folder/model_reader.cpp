#include "model_folder/model_reader.h"

#include <fmt/format.h>

#include "toml_reader/toml_text.h"

namespace rathaus::model_folder {

study::Evidence read_evidence(toml_reader::Table table, std::string name,
                              const toml_reader::Quantity& quantity) {
  study::Evidence number;
  number.name = std::move(name);
  number.unit = quantity.unit;
  number.meaning = quantity.meaning;
  table.read("symbol", number.symbol, &toml_reader::Value::text);
  require_unit(table, quantity.unit);
  const bool ranged = read_range(table, "range", number.low, number.high);
  if (ranged && (number.low < quantity.lowest || number.high > quantity.highest))
    table.find("range")->error(fmt::format("leaves the hard bounds ({} to {} [{}])",
                                           quantity.lowest, quantity.highest, quantity.unit));
  if (const auto value = table.require("default", "what an experiment gets if it says nothing")) {
    const std::optional<double> standard = value->quantity(quantity);
    number.standard = standard.value_or(0.0);
    if (standard && ranged && (*standard < number.low || *standard > number.high))
      value->error(fmt::format("= {} is outside its own range ({} to {})",
                               toml_reader::number_text(number.standard), number.low, number.high));
  }
  number.value = number.standard;
  Origin origin = read_origin(table);
  number.grade = std::move(origin.grade);
  number.source = std::move(origin.source);
  number.note = std::move(origin.note);
  table.finish();
  return number;
}

Origin read_origin(toml_reader::Table& table) {
  static constexpr std::array<std::string_view, 4> grades{"A", "B", "C", "D"};
  Origin origin;
  table.read(
      "grade", origin.grade,
      [](const toml_reader::Value& value) -> std::optional<std::string_view> {
        if (const auto index = value.word(grades)) return grades[*index];
        return std::nullopt;
      },
      "how good the evidence is: A, B, C or D");
  table.read("source", origin.source, &toml_reader::Value::filled_text,
             "where the number comes from");
  table.read("note", origin.note, &toml_reader::Value::text);
  return origin;
}

bool read_range(toml_reader::Table& table, std::string_view key, double& low, double& high) {
  const auto range = table.require(key, "the plausible range, as [lowest, highest]");
  if (!range) return false;
  const auto ends = range->list(2);
  if (!ends) return false;
  const std::optional<double> first = ends->front().number(), last = ends->back().number();
  if (!first || !last) return false;
  if (*first > *last) {
    range->error("runs backwards (the lower end comes first)");
    return false;
  }
  low = *first;
  high = *last;
  return true;
}

void require_unit(toml_reader::Table& table, std::string_view unit) {
  const auto value = table.require(
      "unit", fmt::format("the program counts in {}", toml_reader::string_text(unit)));
  if (!value) return;
  if (const auto given = value->text(); given && *given != unit)
    value->error(fmt::format("= {} is another unit (the program counts in {})",
                             toml_reader::string_text(*given), toml_reader::string_text(unit)));
}

namespace {

/// A number that the model does not give.
study::Evidence switched_off(const toml_reader::Quantity& quantity) {
  study::Evidence number;
  number.name = quantity.name;
  number.unit = quantity.unit;
  number.meaning = quantity.meaning;
  number.value = number.standard = number.low = number.high = *quantity.off;
  number.grade = "D";
  number.source = "not given by the model: its mechanism is off";
  number.given = false;
  return number;
}

}  // namespace

std::vector<study::Evidence> read_numbers(const toml_reader::Value& value,
                                          std::span<const toml_reader::Quantity> quantities) {
  std::vector<study::Evidence> numbers;
  std::optional<toml_reader::Table> table = value.table();
  if (!table) return numbers;
  for (const toml_reader::Quantity& quantity : quantities) {
    study::Evidence& number = numbers.emplace_back();
    const auto entry =
        quantity.off ? table->find(quantity.name) : table->require(quantity.name, quantity.meaning);
    if (!entry && quantity.off) number = switched_off(quantity);
    std::optional<toml_reader::Table> row = entry ? entry->table() : std::nullopt;
    if (row) number = read_evidence(*std::move(row), std::string(quantity.name), quantity);
  }
  table->finish();
  return numbers;
}

Model read_model_table(toml_reader::Table table, ModelForm form) {
  Model model;
  const auto part = [&](std::string_view key, auto read) {
    const std::optional<toml_reader::Value> value =
        form == ModelForm::folder ? table.find(key)
                                  : table.require(key, "a model has all six parts");
    if (value) read(*value);
  };
  model.name = "inline";
  table.read("name", model.name, &toml_reader::Value::filled_text);
  part("parameters", [&](const toml_reader::Value& value) {
    model.parameters = read_numbers(value, toml_reader::quantities(model::parameter_fields()));
  });
  part("coefficients", [&](const toml_reader::Value& value) {
    model.coefficients = read_numbers(value, toml_reader::quantities(model::coefficient_fields()));
  });
  part("vendors", [&](const toml_reader::Value& value) { read_vendors(value, model); });
  part("use_cases", [&](const toml_reader::Value& value) { read_use_cases(value, model); });
  part("series", [&](const toml_reader::Value& value) { read_series(value, model); });
  part("population", [&](const toml_reader::Value& value) { read_recipe(value, model); });
  if (const auto country = table.find("country")) read_country(*country, model);
  if (const auto programmes = table.find("programmes")) read_catalogue(*programmes, model);
  table.finish();
  return model;
}

}  // namespace rathaus::model_folder
