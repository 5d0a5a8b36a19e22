#include "population/synthetic.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <set>

#include "catch.h"
#include "germany.h"
#include "population/class_totals.h"
#include "random/draw.h"

using namespace rathaus;
using namespace rathaus::population;

namespace {

/// Counts what was made by the inhabitants of the units, not by the class they were made for.
std::map<std::string, std::array<std::int64_t, recipe_classes>> counted(
    const std::vector<Unit>& units, const Recipe& recipe) {
  std::map<std::string, std::array<std::int64_t, recipe_classes>> counts;
  for (const Unit& unit : units) {
    const auto above = std::ranges::upper_bound(recipe.size_bounds, unit.population);
    REQUIRE(above != recipe.size_bounds.begin());
    REQUIRE(above != recipe.size_bounds.end());
    ++counts[unit.land][static_cast<std::size_t>(above - recipe.size_bounds.begin() - 1)];
  }
  return counts;
}

}  // namespace

TEST_CASE("units by Land and size class equal the table of the recipe") {
  const Recipe recipe = germany();
  for (const UnitKind kind : {UnitKind::administration, UnitKind::municipality})
    for (const std::uint64_t seed : {1u, 2u, 3u, 20260101u}) {
      const auto counts = counted(
          synthetic_units(recipe, kind, recipe.total(kind), random::world_key(seed)), recipe);
      REQUIRE(counts.size() == recipe.lands.size());
      for (const RecipeLand& land : recipe.lands) CHECK(counts.at(land.land) == land.counts(kind));
    }
}

TEST_CASE("counts are scaled by largest remainder, ties to the earlier row") {
  using Counts = std::vector<std::int64_t>;
  CHECK(scaled_counts(Counts{5, 3, 2}, 7) == Counts{4, 2, 1});
  CHECK(scaled_counts(Counts{1, 1, 1}, 2) == Counts{1, 1, 0});
  CHECK(scaled_counts(Counts{0, 7, 0}, 3) == Counts{0, 3, 0});
  const Counts counts{426, 286, 180, 113, 45, 34, 17, 3, 2, 0, 1065};
  const std::int64_t sum = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
  for (const std::int64_t total : {1L, 10L, 999L, 2171L, 100'000L, 10'000'000L}) {
    const Counts scaled = scaled_counts(counts, total);
    CHECK(std::accumulate(scaled.begin(), scaled.end(), std::int64_t{0}) == total);
    for (std::size_t row = 0; row < counts.size(); ++row)
      CHECK(std::abs(scaled[row] * sum - counts[row] * total) < sum);
  }
}

// [eq. 50]
TEST_CASE("sizes follow their class") {
  CHECK(synthetic_size(1'000, 2'000, 0.5) == 1'414);     // 1000 · √2
  CHECK(synthetic_size(10'000, 20'000, 0.5) == 13'333);  // harmonic mean
  const std::array<std::int64_t, 11> bounds = germany().size_bounds;
  for (std::size_t c = 0; c < recipe_classes; ++c) {
    CHECK(synthetic_size(bounds[c], bounds[c + 1], 0x1p-33) == bounds[c]);
    CHECK(synthetic_size(bounds[c], bounds[c + 1], 1.0 - 0x1p-33) == bounds[c + 1] - 1);
    std::int32_t last = 0;
    for (double u = 0.001; u < 1.0; u += 0.001) {
      const std::int32_t size = synthetic_size(bounds[c], bounds[c + 1], u);
      CHECK(size >= last);
      last = size;
    }
  }
}

// [eq. 68]
TEST_CASE("sizes of a class are scaled to its inhabitants and stay in it") {
  std::vector<std::int32_t> sizes{1'000, 1'500, 1'999};
  fit_to_total(sizes, 4'499, 1'000, 1'999);  // as they are
  CHECK(sizes == std::vector<std::int32_t>{1'000, 1'500, 1'999});
  fit_to_total(sizes, 3'000, 1'000, 1'999);  // the lowest that there is
  CHECK(sizes == std::vector<std::int32_t>{1'000, 1'000, 1'000});
  sizes = {1'000, 1'500, 1'900};
  fit_to_total(sizes, 5'997, 1'000, 1'999);  // the highest
  CHECK(sizes == std::vector<std::int32_t>{1'999, 1'999, 1'999});
  sizes = {1'100, 1'100, 1'100};
  fit_to_total(sizes, 3'301, 1'000, 1'999);  // what is left goes to the first of equals
  CHECK(sizes == std::vector<std::int32_t>{1'101, 1'100, 1'100});
  sizes = {1'000, 1'200, 1'800};
  fit_to_total(sizes, 4'400, 1'000, 1'999);  // one factor, 1.1; the last stays within the class
  CHECK(sizes[0] * 12 == Approx(sizes[1] * 10).margin(12));
  CHECK(std::accumulate(sizes.begin(), sizes.end(), 0) == 4'400);
  CHECK_THROWS_AS(fit_to_total(sizes, 2'999, 1'000, 1'999), std::invalid_argument);
  CHECK_THROWS_AS(fit_to_total(sizes, 5'998, 1'000, 1'999), std::invalid_argument);
}

TEST_CASE("a Land that names its cities has them, and every class its inhabitants") {
  Recipe recipe = germany();
  RecipeLand& saxony = recipe.lands[13];
  saxony.inhabitants = {0,       0,       9'194,   467'298, 710'590,
                        704'732, 559'692, 207'314, 244'401, 1'153'720};
  saxony.cities = {{"Leipzig", 597'493}, {"Dresden", 556'227}, {"Chemnitz", 244'401}};
  for (const std::uint64_t seed : {1u, 2u, 3u}) {
    std::array<std::int64_t, recipe_classes> sums{};
    std::set<std::string> names;
    for (const Unit& unit :
         synthetic_units(recipe, UnitKind::administration, 5'039, random::world_key(seed))) {
      if (unit.land != "Sachsen") continue;
      const auto above = std::ranges::upper_bound(recipe.size_bounds, unit.population);
      sums[static_cast<std::size_t>(above - recipe.size_bounds.begin() - 1)] += unit.population;
      if (unit.population >= 100'000) names.insert(unit.name);
    }
    CHECK(sums == *saxony.inhabitants);
    CHECK(names == std::set<std::string>{"Chemnitz", "Dresden", "Leipzig"});
  }
  // Half as many units: one of the two largest cities, and half the inhabitants of a class.
  std::int64_t towns = 0, in_towns = 0;
  for (const Unit& unit :
       synthetic_units(recipe, UnitKind::administration, 2'520, random::world_key(1))) {
    if (unit.land != "Sachsen") continue;
    if (unit.population >= 500'000) CHECK(unit.name == "Dresden");  // rank 1 of 0 and 1
    if (unit.population < 2'000 || unit.population >= 5'000) continue;
    ++towns;
    in_towns += unit.population;
  }
  CHECK(towns == 64);
  CHECK(in_towns == 233'649);
  // Municipalities are drawn by their counts alone.
  for (const Unit& unit :
       synthetic_units(recipe, UnitKind::municipality, 10'790, random::world_key(1)))
    CHECK(unit.name != "Leipzig");
}

TEST_CASE("units stand in the order of their ids, by Land, then by class") {
  const Recipe recipe = germany();
  for (const std::int64_t total : {1L, 9L, 10L, 5'039L, 30'000L}) {
    const std::vector<Unit> units =
        synthetic_units(recipe, UnitKind::administration, total, random::world_key(7));
    REQUIRE(units.size() == static_cast<std::size_t>(total));
    std::size_t land = 0, size_class = 0;
    for (std::size_t i = 0; i < units.size(); ++i) {
      if (i > 0) CHECK(units[i - 1].id < units[i].id);
      const std::size_t before = land;
      while (units[i].land != recipe.lands[land].land) REQUIRE(++land < recipe.lands.size());
      if (land != before) size_class = 0;
      while (units[i].population >= recipe.size_bounds[size_class + 1]) ++size_class;
      CHECK(units[i].population >= recipe.size_bounds[size_class]);
    }
  }
}

TEST_CASE("sizes come from the draws of the world, entity by entity") {
  const Recipe recipe = germany();
  const std::vector<Unit> units =
      synthetic_units(recipe, UnitKind::municipality, 10'790, random::world_key(42));
  const random::Key world = random::world_key(42);
  const auto size = [&](std::uint32_t entity, std::int64_t lowest, std::int64_t next) {
    return synthetic_size(lowest, next,
                          random::uniform(world, random::Process::world, entity, 2, 0));
  };
  CHECK(units[0].population == size(0, 250, 500));
  CHECK(units[425].population == size(425, 250, 500));
  CHECK(units[426].population == size(426, 500, 1'000));
  CHECK(units[1'106].population == size(1'106, 500'000, 5'000'000));  // Hamburg
  const std::vector<Unit> other =
      synthetic_units(recipe, UnitKind::municipality, 10'790, random::world_key(43));
  std::size_t equal = 0;
  for (std::size_t i = 0; i < units.size(); ++i)
    equal += units[i].population == other[i].population;
  CHECK(equal < units.size() / 20);
}

TEST_CASE("large towns are regions of their own, the others are dealt") {
  const Recipe recipe = germany();
  for (const UnitKind kind : {UnitKind::administration, UnitKind::municipality}) {
    const std::vector<Unit> units =
        synthetic_units(recipe, kind, recipe.total(kind), random::world_key(1));
    std::map<std::string, std::vector<const Unit*>> regions;
    for (const Unit& unit : units) regions[unit.region].push_back(&unit);
    CHECK(regions.size() == 400);  // as many as there are Kreise
    std::map<std::string, std::set<std::size_t>> sizes;
    for (const auto& [name, members] : regions) {
      for (const Unit* member : members) {
        CHECK(member->land == members.front()->land);
        if (member->population >= 100'000) CHECK(members.size() == 1);
      }
      if (members.front()->population < 100'000)
        sizes[members.front()->land].insert(members.size());
    }
    for (const auto& [land, found] : sizes) CHECK(*found.rbegin() - *found.begin() <= 1);
  }
}

// [eq. 51]
TEST_CASE("the number of regions follows the number of units") {
  // Saarland, 6 Kreise: 52 of 5,039 units give 6 · 504/5039 = 0.6: one region for its 5 units.
  const std::vector<Unit> units =
      synthetic_units(germany(), UnitKind::administration, 504, random::world_key(1));
  std::map<std::string, int> regions;
  for (const Unit& unit : units)
    if (unit.land == "Saarland") ++regions[unit.region];
  REQUIRE(regions.size() == 1);
  CHECK(regions.begin()->second >= 5);
  // Bayern, 96 Kreise: 96 · 504/5039 = 9.6, so 10 regions; one unit has at least 100,000.
  std::set<std::string> bavarian;
  for (const Unit& unit : units)
    if (unit.land == "Bayern") bavarian.insert(unit.region);
  CHECK(bavarian.size() == 10);
}
