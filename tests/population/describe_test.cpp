#include "population/describe.h"

#include "catch.h"
#include "germany.h"
#include "population/build.h"

using namespace rathaus;
using namespace rathaus::population;

TEST_CASE("the summary of synthetic Germany has the totals of the table") {
  Diagnostics diagnostics;
  const Recipe recipe = germany();
  const Summary summary =
      describe(build({}, recipe, random::world_key(3), diagnostics).municipalities);
  std::array<std::int64_t, 4> by_class{};
  REQUIRE(summary.by_land.size() == recipe.lands.size());
  for (std::size_t l = 0; l < recipe.lands.size(); ++l) {
    const auto& counts = recipe.lands[l].administrations;
    std::int64_t units = 0;
    for (std::size_t c = 0; c < counts.size(); ++c) {
      units += counts[c];
      const std::size_t wide = c < 4 ? 0 : c < 6 ? 1 : c < 8 ? 2 : 3;  // 5k, 20k, 100k
      by_class[wide] += counts[c];
    }
    CHECK(summary.by_land[l].name == recipe.lands[l].land);
    CHECK(summary.by_land[l].units == units);
  }
  for (std::size_t c = 0; c < 4; ++c) CHECK(summary.by_size_class[c].units == by_class[c]);
  CHECK(summary.total.units == 5'039);
}

TEST_CASE("inhabitants are summed beyond 32 bits and belong to one class and one Land") {
  model::Municipalities m;
  m.population = {4'999, 5'000, 2'000'000'000, 2'000'000'000};
  m.land = {0, 1, 1, 0};
  m.land_names = {"A", "B"};
  const Summary summary = describe(m);
  CHECK(summary.total.inhabitants == 4'000'009'999);
  CHECK(summary.by_size_class[0].inhabitants == 4'999);
  CHECK(summary.by_size_class[1].inhabitants == 5'000);
  CHECK(summary.by_size_class[2].units == 0);
  CHECK(summary.by_size_class[3].inhabitants == 4'000'000'000);
  CHECK(summary.by_land[0].inhabitants == 2'000'004'999);
  CHECK(summary.by_land[1].inhabitants == 2'000'005'000);
}
