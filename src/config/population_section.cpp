// [population]: synthetic or from a file, which units, which of them.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "config/sections.h"
#include "files/sha256.h"
#include "files/texts.h"
#include "population/synthetic.h"

namespace rathaus::config {
namespace {

bool is_sha256(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// An error unless the file is the one that the experiment was written for.
void check_pin(const toml_reader::Value& pin, const std::string& file, const std::string& sha256) {
  const std::optional<std::string> wanted = pin.text();
  if (!wanted || *wanted == sha256) return;
  if (!is_sha256(*wanted))
    return pin.error("is no SHA-256 (64 hexadecimal digits, lower case) see sha256sum");
  pin.error(
      fmt::format("= {}... does not match {}, whose SHA-256 is {}... (the file has changed) "
                  "restore it, or drop this line",
                  wanted->substr(0, 12), file, sha256.substr(0, 12)));
}

/// An input file: its path, its hash, and whether it is the one that is pinned.
void read_input(toml_reader::Table& table, std::string_view key, std::string_view pin_key,
                const std::string& folder, std::string& path, std::string& sha256,
                std::vector<study::Input>& inputs) {
  const auto value = table.find(key), pin = table.find(pin_key);
  if (!value && pin) pin->error(fmt::format("belongs to no file (there is no '{}')", key));
  const auto text = value ? value->filled_text() : std::nullopt;
  if (!text) return;
  path = value->is_from_command_line() ? *text : files::join(folder, *text);
  const files::Kind kind = files::kind_of(path);
  if (kind == files::Kind::nothing || kind == files::Kind::folder) {
    const std::string found = kind == files::Kind::folder
                                  ? fmt::format("there is a folder at {}", path)
                                  : fmt::format("there is nothing to read at {}", path);
    return value->error(fmt::format("= \"{}\" is not a file ({}) check the path", *text, found));
  }
  const std::optional<std::string> bytes = files::read(path);
  if (!bytes)
    return value->error(
        fmt::format("= \"{}\" cannot be read (permission, or the disk) check its "
                    "rights",
                    *text));
  sha256 = files::sha256_of(*bytes);
  inputs.push_back({*text, bytes->size(), sha256, path});
  if (pin) check_pin(*pin, *text, sha256);
}

std::vector<std::string> read_names(const toml_reader::Value& value,
                                    const std::vector<std::string_view>* known) {
  std::vector<std::string> names;
  const auto elements = value.list();
  if (elements && elements->empty()) value.error("is empty (nothing would be selected)");
  for (const toml_reader::Value& element : elements.value_or(std::vector<toml_reader::Value>{})) {
    const std::optional<std::string> name = element.filled_text();
    if (!name) continue;
    if (known && std::ranges::find(*known, *name) == known->end())
      element.error(fmt::format("= \"{}\" is no Land of the model", *name) +
                    suggestion(*name, *known));
    names.push_back(*name);
  }
  return names;
}

void read_sizes(const toml_reader::Value& value, population::Request& request) {
  constexpr std::int64_t most_inhabitants = 1'000'000'000'000;
  std::optional<toml_reader::Table> table = value.table();
  if (!table) return;
  table->read("at_least", request.population_at_least,
              toml_reader::integer_within(1, most_inhabitants));
  table->read("below", request.population_below, toml_reader::integer_within(1, most_inhabitants));
  if (request.population_at_least && request.population_below &&
      *request.population_at_least >= *request.population_below)
    value.error("selects nobody (at_least is not less than below)");
  table->finish();
}

void read_select(const toml_reader::Value& value, Draft& draft) {
  population::Request& request = draft.study.population;
  std::optional<toml_reader::Table> table = value.table();
  if (!table) return;
  std::vector<std::string_view> lands;
  for (const population::RecipeLand& land : draft.study.recipe.lands) lands.push_back(land.land);
  const bool known = request.file.empty() && !lands.empty();
  if (const auto land = table->find("land"))
    request.select_land = read_names(*land, known ? &lands : nullptr);
  if (const auto region = table->find("region"))
    request.select_region = read_names(*region, nullptr);
  if (const auto sizes = table->find("population")) read_sizes(*sizes, request);
  table->finish();
}

/// Class bounds of the model that are none of the recipe's: a unit could change its class there.
bool has_class_bounds(const population::Recipe& recipe) {
  return std::ranges::all_of(model::size_class_bounds, [&](std::int64_t bound) {
    return std::ranges::find(recipe.size_bounds, bound) != recipe.size_bounds.end();
  });
}

/// What serves as IT-provider groups of synthetic units.
void read_providers(const toml_reader::Value& value, const population::Recipe& recipe,
                    population::Request& request) {
  const auto word = value.word(population::provider_words);
  if (!word) return;
  request.providers = static_cast<population::Providers>(*word);
  if (!request.file.empty())
    return value.error(
        "contradicts population.file (units that are read have the column `provider`) drop one of "
        "them");
  if (*request.providers != population::Providers::operators) return;
  if (!recipe.own_operation)
    value.error(
        "= \"operators\", and the recipe of the model has none (a table [operators] in its "
        "population.toml) say \"regions\"");
  else if (request.unit != population::UnitKind::administration)
    value.error(
        "= \"operators\", and units are municipalities (the recipe counts the operators of "
        "administrations) say \"regions\"");
}

}  // namespace

void check_redraw(const toml_reader::Value& asked, Draft& draft) {
  population::Request& request = draft.study.population;
  const population::Recipe& recipe = draft.study.recipe;
  if (request.redraw == population::Redraw::never) return;
  if (!request.file.empty()) {
    asked.warning("has no effect (the population is read from a file: there is nothing to redraw)");
    request.redraw = population::Redraw::never;
    return;
  }
  if (!recipe.lands.empty() && !has_class_bounds(recipe))
    asked.error(
        "cannot go with this recipe (its size_bounds lack 5,000, 20,000 or 100,000, so that "
        "a unit could change its size class) add them, or drop the key");
  for (const auto& size : {request.population_at_least, request.population_below})
    if (size && std::ranges::find(recipe.size_bounds, *size) == recipe.size_bounds.end())
      asked.error(
          fmt::format("cannot go with a selection by {} inhabitants (another world would "
                      "have other units) select by a bound of the recipe: {}",
                      *size, fmt::join(recipe.size_bounds, ", ")));
}

void read_population(toml_reader::Table& root, const std::string& folder, Draft& draft) {
  static constexpr std::array<std::string_view, 2> kinds{population::unit_kind_names[0],
                                                         population::unit_kind_names[1]};
  static constexpr std::array<std::string_view, 1> sources{"synthetic"};
  const auto section = root.find("population");
  std::optional<toml_reader::Table> table = section ? section->table() : std::nullopt;
  if (!table) return;
  population::Request& request = draft.study.population;
  std::vector<study::Input>& inputs = draft.study.inputs;

  const auto source = table->find("source"), file = table->find("file");
  if (source) source->word(sources);
  if (source && file)
    file->error("contradicts population.source (units are made up or read) drop one of them");
  read_input(*table, "file", "sha256", folder, request.file, draft.population_sha256, inputs);
  read_input(*table, "adjacency", "adjacency_sha256", folder, request.adjacency,
             draft.adjacency_sha256, inputs);
  table->read("unit", request.unit,
              [](const toml_reader::Value& value) { return value.word(kinds); });
  table->read("units", request.units,
              toml_reader::integer_within(1, population::most_synthetic_units));
  if (const auto units = table->find("units"); units && file)
    units->error("contradicts population.file (a file has as many units as it has) drop it");
  table->read("redraw", request.redraw,
              [](const toml_reader::Value& value) { return value.word(population::redraw_names); });
  if (const auto providers = table->find("providers"))
    read_providers(*providers, draft.study.recipe, request);
  if (const auto select = table->find("select")) read_select(*select, draft);
  if (const auto redraw = table->find("redraw")) check_redraw(*redraw, draft);
  table->finish();
}

}  // namespace rathaus::config
