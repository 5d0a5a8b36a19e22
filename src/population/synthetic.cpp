#include "population/synthetic.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

#include "lanes/elementary.h"
#include "model/municipalities.h"
#include "population/class_totals.h"

namespace rathaus::population {
namespace {

// Below this size [inhabitant] units spread evenly over the logarithm of N; above it the density
// falls with N², as in the upper tail of city sizes (Zipf's law).
constexpr std::int64_t tail_from = 10'000;

/// Regions that are left for the smaller units of a Land when each large one has its own
/// [ODD eq. 51].
std::int64_t shared_regions(const RecipeLand& land, std::int64_t units, std::int64_t total,
                            std::int64_t large) {
  const std::int64_t kreise = (2 * land.kreise * units + total) / (2 * total);  // nearest integer
  return std::max<std::int64_t>(1, kreise - large);
}

/// Every unit from 100,000 on is a region of its own, like a kreisfreie Stadt; the others are dealt
/// to the regions of their Land one by one.
void deal_regions(std::span<Unit> units, const RecipeLand& land, std::int64_t all_units,
                  std::int64_t total) {
  const auto is_large = [](const Unit& unit) {
    return model::size_class_of(unit.population) == model::SizeClass::from_100k;
  };
  const std::int64_t large = std::ranges::count_if(units, is_large);
  const std::int64_t regions = shared_regions(land, all_units, total, large);
  std::int64_t dealt = 0;
  for (Unit& unit : units)
    unit.region =
        is_large(unit) ? unit.name : fmt::format("{}, region {}", land.land, dealt++ % regions + 1);
}

/// The administrations of one Land and class: named cities where the recipe has them, drawn sizes
/// that add up to the class's inhabitants else. Fewer units than the recipe has keep its mean; more
/// than it names are drawn.
void settle_class(std::span<Unit> units, const RecipeLand& land, std::int64_t all, std::size_t c,
                  const Recipe& recipe) {
  if (units.empty()) return;
  const std::int64_t lowest = recipe.size_bounds[c], next = recipe.size_bounds[c + 1];
  const std::vector<const City*> cities = cities_of_class(land, lowest, next);
  if (!cities.empty() && units.size() <= cities.size()) {
    for (std::size_t i = 0; i < units.size(); ++i) {
      const City& city = *cities[rank_of(i, units.size(), cities.size())];
      units[i].name = city.name;
      units[i].population = static_cast<std::int32_t>(city.inhabitants);
    }
    return;
  }
  if (!land.inhabitants) return;
  const auto count = static_cast<std::int64_t>(units.size());
  const std::int64_t total = (2 * (*land.inhabitants)[c] * count + all) / (2 * all);  // nearest
  std::vector<std::int32_t> sizes;
  for (const Unit& unit : units) sizes.push_back(unit.population);
  fit_to_total(sizes, total, lowest, next - 1);
  for (std::size_t i = 0; i < units.size(); ++i) units[i].population = sizes[i];
}

}  // namespace

std::vector<std::int64_t> scaled_counts(std::span<const std::int64_t> counts, std::int64_t total) {
  const std::int64_t sum = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
  assert(sum > 0);
  std::vector<std::int64_t> scaled(counts.size()), remainder(counts.size());
  std::int64_t missing = total;
  for (std::size_t row = 0; row < counts.size(); ++row) {
    scaled[row] = counts[row] * total / sum;
    remainder[row] = counts[row] * total % sum;
    missing -= scaled[row];
  }
  std::vector<std::size_t> order(counts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater{}, [&](std::size_t row) { return remainder[row]; });
  for (std::size_t i = 0; i < static_cast<std::size_t>(missing); ++i) ++scaled[order[i]];
  return scaled;
}

std::int32_t synthetic_size(std::int64_t lowest, std::int64_t next, double uniform) {
  const auto lo = static_cast<double>(lowest);
  const auto hi = static_cast<double>(next);
  const double size = lowest < tail_from ? lo * elementary::pow(hi / lo, uniform)
                                         : 1.0 / ((1.0 - uniform) / lo + uniform / hi);
  // [ODD eq. 50] Rounding must not lift a unit into the next class, or the table would not be met
  // exactly.
  return static_cast<std::int32_t>(std::min<std::int64_t>(std::llround(size), next - 1));
}

std::vector<Unit> synthetic_units(const Recipe& recipe, UnitKind kind, std::int64_t units,
                                  const random::Key& world) {
  std::vector<std::int64_t> table;
  for (const RecipeLand& land : recipe.lands)
    table.insert(table.end(), land.counts(kind).begin(), land.counts(kind).end());
  const std::vector<std::int64_t> counts = scaled_counts(table, units);
  const std::int64_t total = recipe.total(kind);
  const std::size_t digits = fmt::formatted_size("{}", units);

  std::vector<Unit> made;
  made.reserve(static_cast<std::size_t>(units));
  for (std::size_t l = 0; l < recipe.lands.size(); ++l) {
    const RecipeLand& land = recipe.lands[l];
    const std::size_t first = made.size();
    for (std::size_t c = 0; c < recipe_classes; ++c) {
      for (std::int64_t i = 0; i < counts[l * recipe_classes + c]; ++i) {
        const auto entity = static_cast<std::uint32_t>(made.size());
        Unit& unit = made.emplace_back();
        unit.id = fmt::format("S{:0{}}", entity + 1, digits);
        unit.name = fmt::format("{} {}", land.land, made.size() - first);
        unit.land = land.land;
        unit.population =
            synthetic_size(recipe.size_bounds[c], recipe.size_bounds[c + 1],
                           random::uniform(world, random::Process::world, entity, 2, 0));
      }
      if (kind == UnitKind::administration)
        settle_class(std::span(made).last(static_cast<std::size_t>(counts[l * recipe_classes + c])),
                     land, land.administrations[c], c, recipe);
    }
    deal_regions(std::span(made).subspan(first), land, units, total);
  }
  return made;
}

}  // namespace rathaus::population
