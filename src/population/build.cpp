#include "population/build.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

#include "files/texts.h"
#include "population/adjacency.h"
#include "population/file.h"
#include "population/gaps.h"
#include "population/merge.h"
#include "population/network.h"
#include "population/operators.h"
#include "population/select.h"
#include "population/synthetic.h"
#include "population/unit.h"
#include "random/draw.h"

namespace rathaus::population {
namespace {

using Notes = std::vector<std::string>;

const char* plural(UnitKind kind) {
  return kind == UnitKind::administration ? "administrations" : "municipalities";
}

Providers providers_of(const Request& request, const Recipe& recipe) {
  const bool by_default = recipe.own_operation && recipe.own_operation->by_default &&
                          request.unit == UnitKind::administration;
  return request.providers.value_or(by_default ? Providers::operators : Providers::regions);
}

std::vector<Unit> made_up(const Request& request, const Recipe& recipe, const random::Key& world,
                          Diagnostics& diagnostics, Notes& notes) {
  const std::int64_t total = recipe.total(request.unit);
  const std::int64_t units = request.units.value_or(total);
  if (total <= 0) {
    diagnostics.error({},
                      fmt::format("the population recipe has no {} (its table is empty or zero)",
                                  plural(request.unit)));
    return {};
  }
  if (units < 1 || units > most_synthetic_units) {
    diagnostics.error({}, fmt::format("population.units = {} is out of range (1 ... {})", units,
                                      most_synthetic_units));
    return {};
  }
  notes.push_back(
      fmt::format("{} synthetic {} by Land and size class", units, plural(request.unit)));
  std::vector<Unit> made = synthetic_units(recipe, request.unit, units, world);
  if (providers_of(request, recipe) == Providers::operators) {
    draw_operators(made, recipe, total, world);
    notes.push_back("IT providers are drawn by the shares of the operators of each Land");
  }
  return made;
}

std::vector<Unit> from_file(const Request& request, Diagnostics& diagnostics, Notes& notes) {
  if (request.units)
    diagnostics.error({},
                      "population.units cannot go with population.file (the file says how many "
                      "there are) drop one of them");
  std::vector<Unit> rows = read_population_file(request.file, diagnostics);
  notes.push_back(fmt::format("{} rows read from {}", rows.size(), files::last_name(request.file)));
  const bool joint =
      std::ranges::any_of(rows, [](const Unit& u) { return !u.administration.empty(); });
  if (request.unit == UnitKind::administration && !joint)
    notes.push_back("no administrations in the file: every row decides for itself");
  return rows;
}

/// Gives every text a number in order of first appearance.
class Names {
 public:
  explicit Names(std::vector<std::string>& names) : names_(names) {}
  std::uint32_t operator()(const std::string& name) {
    const auto [found, is_new] =
        number_.try_emplace(name, static_cast<std::uint32_t>(names_.size()));
    if (is_new) names_.push_back(name);
    return found->second;
  }

 private:
  std::vector<std::string>& names_;
  std::unordered_map<std::string, std::uint32_t> number_;
};

/// The values of a column, or nothing if they are not known of every unit.
std::vector<double> known_values(const std::vector<Unit>& units, double Unit::*column) {
  std::vector<double> values;
  values.reserve(units.size());
  for (const Unit& unit : units) {
    if (!is_known(unit.*column)) return {};
    values.push_back(unit.*column);
  }
  return values;
}

model::Municipalities numbered(std::vector<Unit> units) {
  model::Municipalities m;
  for (auto* column : {&m.entity, &m.land, &m.region, &m.provider}) column->reserve(units.size());
  for (auto* column : {&m.id, &m.name}) column->reserve(units.size());
  m.population.reserve(units.size());
  m.longitude = known_values(units, &Unit::longitude);
  m.latitude = known_values(units, &Unit::latitude);
  m.fiscal = known_values(units, &Unit::fiscal);
  m.innovativeness = known_values(units, &Unit::innovativeness);
  m.trust = known_values(units, &Unit::trust);
  Names land(m.land_names), region(m.region_names), provider(m.provider_names);
  for (Unit& unit : units) {
    m.entity.push_back(unit.entity);
    m.population.push_back(unit.population);
    m.land.push_back(land(unit.land));
    m.region.push_back(region(unit.region));
    m.provider.push_back(provider(unit.provider.empty() ? unit.region : unit.provider));
    m.id.push_back(std::move(unit.id));
    m.name.push_back(std::move(unit.name));
  }
  return m;
}

using DeciderOf = std::unordered_map<std::string, std::string>;  // municipality → unit, by id

UnitOfMunicipality unit_of_municipality(const DeciderOf& decider_of,
                                        const std::vector<std::string>& ascending_ids) {
  UnitOfMunicipality unit_of;
  for (const auto& [municipality, decider] : decider_of) {
    const auto found = std::ranges::lower_bound(ascending_ids, decider);
    const bool selected = found != ascending_ids.end() && *found == decider;
    unit_of.emplace(municipality, selected
                                      ? static_cast<std::uint32_t>(found - ascending_ids.begin())
                                      : not_selected);
  }
  return unit_of;
}

}  // namespace

Population build(const Request& request, const Recipe& recipe, const random::Key& world,
                 Diagnostics& diagnostics) {
  const std::size_t errors_before = diagnostics.errors().size();
  const auto failed = [&] { return diagnostics.errors().size() > errors_before; };
  Population population;
  Notes& notes = population.notes;

  std::vector<Unit> units = request.file.empty()
                                ? made_up(request, recipe, world, diagnostics, notes)
                                : from_file(request, diagnostics, notes);
  if (failed()) return {};
  DeciderOf decider_of;
  if (!request.adjacency.empty())
    for (const Unit& row : units) decider_of.emplace(row.id, deciding_unit(row, request.unit));

  const std::size_t rows = units.size();
  merge(units, request.unit, request.file, diagnostics);
  if (units.size() < rows)
    notes.push_back(fmt::format("merged into {} administrations", units.size()));
  if (failed()) return {};

  const std::size_t all = units.size();
  select(units, request, diagnostics);
  if (units.size() < all)
    notes.push_back(fmt::format("{} of {} units selected", units.size(), all));
  if (failed()) return {};
  report_gaps(units, request.file, diagnostics, notes);

  model::Municipalities& m = population.municipalities = numbered(std::move(units));
  m.national_units = recipe.national_units[static_cast<std::size_t>(request.unit)];
  if (m.fiscal.empty()) {
    m.fiscal_normal.reserve(m.size());
    for (const std::uint32_t entity : m.entity)
      m.fiscal_normal.push_back(random::normal(world, random::Process::world, entity, 0, 0));
  }

  std::optional<Contacts> contacts;
  if (!request.adjacency.empty())
    contacts =
        read_adjacency(request.adjacency, unit_of_municipality(decider_of, m.id), diagnostics);
  if (failed()) return {};
  notes.push_back(contacts              ? "neighbours touch by the adjacency file"
                  : m.longitude.empty() ? "neighbours are members of the same region"
                                        : "neighbours are the nearest by coordinates");
  m.network = build_network(m, world, std::move(contacts));
  return population;
}

}  // namespace rathaus::population
