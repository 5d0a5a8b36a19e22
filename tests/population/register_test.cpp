// The German register of 2021, where it is at hand: merging and neighbours on real input.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <sstream>

#include "catch.h"
#include "files/csv.h"
#include "germany.h"
#include "helpers.h"
#include "population/build.h"
#include "population/measure.h"

using namespace rathaus;
using namespace rathaus::population;

namespace {

std::filesystem::path shared_file(const char* name) {
  const char* folder = std::getenv("RATHAUS_SHARED_DATA");
  const std::filesystem::path path = std::filesystem::path(folder ? folder : "") / name;
  if (folder == nullptr || !std::filesystem::exists(path)) {
    std::printf("skipped: RATHAUS_SHARED_DATA has no %s\n", name);
    std::exit(77);
  }
  return path;
}

/// The table of municipalities in the form of a population file.
std::string population_file(const std::filesystem::path& path) {
  Diagnostics diagnostics;
  const std::optional<files::CsvTable> table = files::read_csv(path, diagnostics);
  REQUIRE(table);
  const auto column = [&](std::string_view title) {
    for (std::size_t c = 0; c < table->cells(0); ++c)
      if (table->cell(0, c) == title) return c;
    FAIL("no column " << title);
    return std::size_t{0};
  };
  const std::size_t id = column("ags"), name = column("name"), land = column("land"),
                    region = column("kreis_key"), population = column("population"),
                    lon = column("lon"), lat = column("lat"), joint = column("verband_key"),
                    joint_type = column("verband_type");
  std::ostringstream out;
  out << "id;name;land;region;population;lon;lat;administration\n";
  for (std::size_t row = 1; row < table->rows(); ++row) {
    const int type = std::atoi(std::string(table->cell(row, joint_type)).c_str());
    const bool own_house = table->cell(row, land) == "Baden-Württemberg";
    const bool merged = type == 51 || type == 52 || type == 53 || type == 55 || type == 57 ||
                        ((type == 54 || type == 56 || type == 58) && !own_house);
    for (const std::size_t c : {id, name, land, region, population, lon, lat})
      out << '"' << table->cell(row, c) << "\";";
    out << (merged ? "V" : "") << (merged ? table->cell(row, joint) : "") << '\n';
  }
  return out.str();
}

std::int64_t inhabitants(const model::Municipalities& m) {
  return std::accumulate(m.population.begin(), m.population.end(), std::int64_t{0});
}

/// Units of a Land in the size classes of the recipe; its lowest class is open below.
std::array<std::int64_t, recipe_classes> counts(const model::Municipalities& m,
                                                std::string_view land, const Recipe& recipe) {
  std::array<std::int64_t, recipe_classes> found{};
  for (std::size_t i = 0; i < m.size(); ++i) {
    if (m.land_names[m.land[i]] != land) continue;
    const auto above = std::upper_bound(recipe.size_bounds.begin() + 1,
                                        recipe.size_bounds.end() - 1, m.population[i]);
    ++found[static_cast<std::size_t>(above - recipe.size_bounds.begin() - 1)];
  }
  return found;
}

void check_counts(const model::Municipalities& m, UnitKind kind) {
  const Recipe recipe = germany();
  for (const RecipeLand& land : recipe.lands) {
    INFO(land.land);
    CHECK(counts(m, land.land, recipe) == land.counts(kind));
  }
}

}  // namespace

TEST_CASE("the German register gives the administrations of the recipe") {
  const TemporaryFile file(population_file(shared_file("gemeinden_de_2021.csv")));
  Diagnostics diagnostics;
  Request request;
  request.file = file.path();
  const model::Municipalities m =
      build(request, germany(), random::world_key(1), diagnostics).municipalities;
  CHECK(listed(diagnostics.errors()) == "");
  CHECK(m.size() == 5'039);
  CHECK(inhabitants(m) == 83'151'807);
  CHECK(m.land_names.size() == 16);
  check_counts(m, UnitKind::administration);
  CHECK(m.longitude.size() == m.size());
  CHECK(m.network.target.size() == 8 * m.size());

  request.unit = UnitKind::municipality;
  request.adjacency = shared_file("adjacency_gabriel_de_2021.csv");
  const model::Municipalities single =
      build(request, germany(), random::world_key(1), diagnostics).municipalities;
  CHECK(listed(diagnostics.errors()) == "");
  CHECK(single.size() == 10'790);
  CHECK(inhabitants(single) == 83'151'807);
  check_counts(single, UnitKind::municipality);
  const NetworkMeasures measures = measure(single.network);
  CHECK(measures.components == 1);
  CHECK(measures.mean_out_degree > 6.0);
  CHECK(measures.mean_out_degree < 8.0);
}
