// The recipe of a synthetic population.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>
#include <set>
#include <utility>

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

/// Inhabitants that the units of a class cannot have together, or that its cities contradict.
void check_class(const RecipeLand& land, std::size_t c, const Recipe& recipe,
                 const toml_reader::Value& value) {
  const std::int64_t units = land.administrations[c], sum = (*land.inhabitants)[c];
  const std::int64_t lowest = recipe.size_bounds[c], highest = recipe.size_bounds[c + 1] - 1;
  if (sum < units * lowest || sum > units * highest)
    value.error(fmt::format(
        "has {} inhabitants for {} administrations of {} to {} (they have {} to {} together)", sum,
        units, lowest, highest, units * lowest, units * highest));
  std::int64_t named = 0, of_cities = 0;
  for (const population::City& city : land.cities) {
    if (city.inhabitants < lowest || city.inhabitants > highest) continue;
    ++named;
    of_cities += city.inhabitants;
  }
  if (named > 0 && (named != units || of_cities != sum))
    value.error(fmt::format(
        "has {} inhabitants in {} administrations of {} to {}, `cities` has {} in {} (all "
        "administrations of a class are named or none)",
        sum, units, lowest, highest, of_cities, named));
}

void read_cities(const toml_reader::Value& value, RecipeLand& land) {
  std::set<std::string> names;
  for (const toml_reader::Value& row : value.list().value_or(std::vector<toml_reader::Value>{})) {
    std::optional<toml_reader::Table> table = row.table();
    if (!table) continue;
    population::City city;
    table->read("name", city.name, &toml_reader::Value::filled_text, "the unit is called so");
    table->read("inhabitants", city.inhabitants,
                toml_reader::integer_within(1, std::numeric_limits<std::int32_t>::max()),
                "the size of the city");
    table->finish();
    if (!city.name.empty() && !names.insert(city.name).second)
      row.error(fmt::format("names \"{}\" again (every city stands once)", city.name));
    land.cities.push_back(std::move(city));
  }
  std::ranges::stable_sort(land.cities, std::greater{}, &population::City::inhabitants);
}

/// What the register says of sizes: both keys may be missing, and then sizes are drawn.
void read_sizes(toml_reader::Table& table, RecipeLand& land, const Recipe& recipe) {
  const auto cities = table.find("cities");
  if (cities) read_cities(*cities, land);
  const auto inhabitants = table.find("inhabitants");
  if (!inhabitants) {
    if (cities)
      cities->error(
          "stands without `inhabitants` (the other units of a class share what its cities leave)");
    return;
  }
  read_whole(inhabitants, 0, std::numeric_limits<std::int64_t>::max() / 4,
             land.inhabitants.emplace());
  const bool bounds_ascend =
      std::ranges::is_sorted(recipe.size_bounds) && recipe.size_bounds[0] > 0;
  for (std::size_t c = 0; c < recipe_classes && bounds_ascend; ++c)
    check_class(land, c, recipe, *inhabitants);
}

constexpr toml_reader::Quantity share_of_units{"share", "1", 0, 1, false, "of the units"};

/// Shares [1].
template <class Shares>
void read_shares(const toml_reader::Value& value, Shares& shares, std::size_t size) {
  const auto elements = value.list(size);
  if (!elements) return;
  for (std::size_t i = 0; i < size; ++i)
    shares[i] = (*elements)[i].quantity(share_of_units).value_or(shares[i]);
}

void read_operators(const toml_reader::Value& value, RecipeLand& land) {
  std::optional<toml_reader::Table> table = value.table();
  if (!table) return;
  population::Operators& of = land.operators.emplace();
  table->read("count", of.count, toml_reader::integer_within(1, most_units),
              "how many operators the Land has");
  const auto largest = table->require("largest", "the shares of the largest operators");
  const auto elements = largest ? largest->list() : std::nullopt;
  if (elements) {
    of.largest.resize(elements->size());
    read_shares(*largest, of.largest, elements->size());
    const double sum = std::accumulate(of.largest.begin(), of.largest.end(), 0.0);
    if (std::cmp_greater_equal(of.largest.size(), std::max<std::int64_t>(of.count, 1)) ||
        sum >= 1.0)
      largest->error(
          fmt::format("leaves nothing to the others of {} operators (it has {}, with {:g} "
                      "of all units)",
                      of.count, of.largest.size(), sum));
  }
  table->finish();
}

void read_own_operation(toml_reader::Table& root, Recipe& recipe) {
  const auto value = root.find("operators");
  std::optional<toml_reader::Table> table = value ? value->table() : std::nullopt;
  if (!table) return;
  population::OwnOperation& own = recipe.own_operation.emplace();
  table->read("by_default", own.by_default, &toml_reader::Value::truth);
  if (const auto share = table->require("own", "the share of units with IT of their own"))
    read_shares(*share, own.share, own.share.size());
  table->finish();
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
  read_sizes(table, land, recipe);
  if (const auto operators = table.find("operators")) read_operators(*operators, land);
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
  read_own_operation(*table, model.recipe);
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
