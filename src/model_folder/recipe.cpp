// The recipe of a synthetic population.
#include <fmt/format.h>

#include <limits>
#include <set>

#include "model_folder/model_reader.h"

namespace rathaus::model_folder {
namespace {

using population::Recipe;
using population::recipe_classes;
using population::RecipeLand;
using population::UnitKind;

constexpr std::int64_t most_units = 10'000'000;  // in a cell: keeps sums far from overflow

template <std::size_t size>
void read_whole(const std::optional<toml_reader::Value>& value, std::int64_t lowest,
                std::int64_t highest, std::array<std::int64_t, size>& numbers) {
  const auto elements = value ? value->list(size) : std::nullopt;
  if (!elements) return;
  for (std::size_t i = 0; i < size; ++i)
    numbers[i] = (*elements)[i].integer(lowest, highest).value_or(numbers[i]);
}

void read_bounds(toml_reader::Table& table, Recipe& recipe) {
  const auto value = table.require("size_bounds", "the bounds of the ten size classes");
  recipe.size_bounds.fill(0);
  read_whole(value, 1, std::numeric_limits<std::int32_t>::max(), recipe.size_bounds);
  for (std::size_t c = 1; c < recipe.size_bounds.size(); ++c) {
    const std::int64_t before = recipe.size_bounds[c - 1], bound = recipe.size_bounds[c];
    if (before > 0 && bound > 0 && bound <= before)
      value->error(fmt::format("has {} after {} (bounds ascend)", bound, before));
  }
}

void read_land(toml_reader::Table& table, Recipe& recipe, std::set<std::string>& taken) {
  RecipeLand land;
  table.read("name", land.land, &toml_reader::Value::filled_text, "units belong to a Land");
  if (!land.land.empty() && !taken.insert(land.land).second)
    table.find("name")->error(fmt::format("= \"{}\" is taken (every Land has one row)", land.land));
  table.read("kreise", land.kreise, toml_reader::integer_within(1, most_units),
             "the number of its regions");
  read_whole(table.require("administrations", "their number by size class"), 0, most_units,
             land.administrations);
  read_whole(table.require("municipalities", "their number by size class"), 0, most_units,
             land.municipalities);
  table.finish();
  recipe.lands.push_back(std::move(land));
}

void read_national_units(toml_reader::Table& table, Recipe& recipe, bool complete) {
  const auto value = table.require("national_units", "what the vendor table holds for");
  std::optional<toml_reader::Table> units = value ? value->table() : std::nullopt;
  if (!units) return;
  for (const UnitKind kind : {UnitKind::administration, UnitKind::municipality}) {
    const auto index = static_cast<std::size_t>(kind);
    const auto entry = units->require(population::unit_kind_names[index], "the number of units");
    const auto number = entry ? entry->integer(1, most_units * 100) : std::nullopt;
    if (!number) continue;
    recipe.national_units[index] = static_cast<double>(*number);
    if (complete && *number != recipe.total(kind))
      entry->error(fmt::format("= {} contradicts the rows of [[land]] (they sum to {})", *number,
                               recipe.total(kind)));
  }
  units->finish();
}

}  // namespace

void read_recipe(const toml_reader::Value& value, Model& model) {
  std::optional<toml_reader::Table> table = value.table();
  if (!table) return;
  read_bounds(*table, model.recipe);
  std::set<std::string> taken;
  const auto lands = table->require("land", "a recipe has one Land at least");
  const auto rows = lands ? lands->list() : std::nullopt;
  if (rows && rows->empty()) lands->error("is empty (a recipe has one Land at least)");
  for (const toml_reader::Value& row : rows.value_or(std::vector<toml_reader::Value>{}))
    if (std::optional<toml_reader::Table> land = row.table()) read_land(*land, model.recipe, taken);
  read_national_units(*table, model.recipe, rows && !rows->empty());
  model.recipe_origin = read_origin(*table);
  table->finish();
}

}  // namespace rathaus::model_folder
