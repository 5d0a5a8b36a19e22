#include "population/build.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <sstream>

#include "catch.h"
#include "germany.h"
#include "helpers.h"
#include "population/synthetic.h"
#include "population/write.h"
#include "random/draw.h"

using namespace rathaus;
using namespace rathaus::population;

namespace {

struct Built {
  Population population;
  std::string errors;
  std::string warnings;
  const model::Municipalities& units() const { return population.municipalities; }
};

Built built(const Request& request, std::uint64_t seed = 1) {
  Diagnostics diagnostics;
  Built result;
  result.population = build(request, germany(), random::world_key(seed), diagnostics);
  result.errors = listed(diagnostics.errors());
  result.warnings = listed(diagnostics.warnings());
  return result;
}

Built built_from(const std::string& bytes, Request request = {}) {
  const TemporaryFile file(bytes);
  request.file = file.path();
  return built(request);
}

/// A file with everything that could depend on the order of its rows.
const std::string full_header =
    "id,name,land,region,population,administration,lon,lat,fiscal,provider,innov,trust\n";

std::vector<std::string> full_rows(std::mt19937& tape, int count) {
  std::vector<std::string> rows;
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  for (int i = 0; i < count; ++i) {
    const int administration = static_cast<int>(tape() % 60);
    rows.push_back(fmt::format("{:04},Ort {},Land {},Kreis {},{},{},{},{},{},IT {},{},{}\n", i, i,
                               i % 4, i % 13, 1 + tape() % 500,
                               administration < 40 ? fmt::format("V{}", administration) : "",
                               5 + 10 * uniform(tape), 47 + 8 * uniform(tape),
                               0.2 + 2 * uniform(tape), i % 3, uniform(tape) - 0.5, uniform(tape)));
  }
  return rows;
}

std::string joined(const std::vector<std::string>& rows) {
  std::string text = full_header;
  for (const std::string& row : rows) text += row;
  return text;
}

const std::string three_lands =
    "id,name,land,region,population\n"
    "c,Gotha,Thüringen,Gotha,45000\n"
    "a,Aue,Sachsen,Erzgebirge,20000\n"
    "d,Nesse,Thüringen,Gotha,900\n"
    "b,Burg,Sachsen-Anhalt,Jerichow,22000\n";

}  // namespace

TEST_CASE("the order of the rows changes no bit") {
  std::mt19937 tape(1);
  std::vector<std::string> rows = full_rows(tape, 400);
  for (const UnitKind kind : {UnitKind::administration, UnitKind::municipality}) {
    Request request;
    request.unit = kind;
    const Built first = built_from(joined(rows), request);
    REQUIRE(first.errors == "");
    REQUIRE(first.units().size() > 40);
    for (int i = 0; i < 5; ++i) {
      std::ranges::shuffle(rows, tape);
      CHECK(same(built_from(joined(rows), request).units(), first.units()));
    }
  }
}

TEST_CASE("two municipalities of one administration become one unit") {
  const Built result = built_from(full_header +
                                  "2,Small,Ost,Kreis 2,1000,V,14,54,0.8,B,0.4,0.2\n"
                                  "1,Large,West,Kreis 1,3000,V,10,50,1.2,A,0.0,0.6\n"
                                  "3,Twin B,Ost,Kreis 2,700,W,9,49,1,B,0,1\n"
                                  "0,Twin A,West,Kreis 1,700,W,9,49,1,A,0,0\n"
                                  "9,Alone,West,Kreis 1,5,,8,48,0.7,A,0.1,0.3\n");
  REQUIRE(result.errors == "");
  const model::Municipalities& units = result.units();
  CHECK(units.id == std::vector<std::string>{"9", "V", "W"});
  CHECK(units.name == std::vector<std::string>{"Alone", "Large", "Twin A"});
  CHECK(units.population == std::vector<std::int32_t>{5, 4000, 1400});
  CHECK(units.entity == std::vector<std::uint32_t>{0, 1, 2});
  CHECK(units.longitude == std::vector<double>{8, 11, 9});
  CHECK(units.latitude == std::vector<double>{48, 51, 49});
  CHECK(units.fiscal[0] == 0.7);
  CHECK(units.fiscal[1] == Approx(1.1).epsilon(1e-15));
  CHECK(units.innovativeness[1] == Approx(0.1).epsilon(1e-15));
  CHECK(units.trust[1] == Approx(0.5).epsilon(1e-15));
  CHECK(units.trust[2] == 0.5);
  CHECK(units.land_names == std::vector<std::string>{"West"});
  CHECK(units.provider_names == std::vector<std::string>{"A"});

  Request single;
  single.unit = UnitKind::municipality;
  const Built apart = built_from(full_header +
                                     "2,B,O,K,1000,V,14,54,0.8,B,0,0\n"
                                     "1,A,O,K,3000,V,10,50,1.2,A,0,0\n",
                                 single);
  CHECK(apart.units().id == std::vector<std::string>{"1", "2"});
  CHECK(apart.units().national_units == 10'790);
  CHECK(result.units().national_units == 5'039);
}

TEST_CASE("an administration too large to count is an error") {
  const Built result = built_from(
      "id,name,land,region,population,administration\n"
      "1,A,L,R,2000000000,V\n2,B,L,R,2000000000,V\n");
  CHECK(contains(result.errors, "2: administration 'V' has 4000000000 inhabitants"));
  CHECK(result.units().size() == 0);
}

TEST_CASE("selection comes after ranking and before everything else") {
  Request request;
  request.select_land = {"Thüringen", "Sachsen"};
  const Built result = built_from(three_lands, request);
  REQUIRE(result.errors == "");
  CHECK(result.units().id == std::vector<std::string>{"a", "c", "d"});
  CHECK(result.units().entity == std::vector<std::uint32_t>{0, 2, 3});
  CHECK(result.units().land_names == std::vector<std::string>{"Sachsen", "Thüringen"});
  CHECK(result.units().network.first.size() == 4);

  Request several;
  several.select_land = {"Thüringen"};
  several.select_region = {"Gotha"};
  several.population_below = 45'000;
  CHECK(built_from(three_lands, several).units().id == std::vector<std::string>{"d"});
  several.population_below = 45'001;
  several.population_at_least = 901;
  CHECK(built_from(three_lands, several).units().id == std::vector<std::string>{"c"});
}

TEST_CASE("a selection that cannot be met says what there is") {
  Request typo;
  typo.select_land = {"Sachsn", "Thüringen"};
  const Built wrong = built_from(three_lands, typo);
  CHECK(wrong.errors == "select: no unit has land 'Sachsn' (did you mean 'Sachsen'?)\n");
  typo.select_land = {"Utopia"};
  CHECK(built_from(three_lands, typo).errors ==
        "select: no unit has land 'Utopia' (known: Sachsen, Sachsen-Anhalt, Thüringen)\n");
  Request nobody;
  nobody.population_at_least = 1'000'000;
  const Built empty = built_from(three_lands, nobody);
  CHECK(contains(empty.errors, "no unit is left of 4"));
  CHECK(contains(empty.errors, "Sachsen, Sachsen-Anhalt, Thüringen"));
  Request region;
  region.select_region = {"Gota"};
  CHECK(contains(built_from(three_lands, region).errors, "region 'Gota' (did you mean 'Gotha'?)"));
}

TEST_CASE("what a file does not say is drawn or replaced, and said") {
  const Built result = built_from(three_lands);
  const model::Municipalities& units = result.units();
  const random::Key world = random::world_key(1);
  for (std::size_t i = 0; i < units.size(); ++i)
    CHECK(units.fiscal_normal[i] ==
          random::normal(world, random::Process::world, units.entity[i], 0, 0));
  CHECK(units.fiscal.empty());
  CHECK(units.longitude.empty());
  CHECK(units.provider == units.region);
  CHECK(units.provider_names == units.region_names);
  CHECK(
      contains(result.warnings, "no column 'fiscal' (the fiscal strength of real places is drawn"));
  CHECK(std::ranges::count(result.warnings, '\n') == 1);

  const Built given = built_from(
      "id,name,land,region,population,fiscal,lon,lat\n"
      "1,A,L,R,5,0.5,7,50\n2,B,L,R,6,1.5,,\n3,C,M,R,6,1.5,,\n");
  CHECK(given.units().fiscal_normal.empty());
  CHECK(given.units().fiscal == std::vector<double>{0.5, 1.5, 1.5});
  CHECK(given.units().longitude.empty());
  CHECK(contains(given.warnings, "coordinates missing for 2 of 3 units"));
  CHECK(contains(given.warnings, "4: region 'R' lies in L and in M"));
  CHECK(std::ranges::count(given.warnings, '\n') == 2);

  const Built euros =
      built_from("id,name,land,region,population,fiscal\n1,A,L,R,5,640\n2,B,L,R,6,1254\n");
  CHECK(contains(euros.warnings, "fiscal strength is 947 on average"));
}

TEST_CASE("a request that makes no sense is an error") {
  Request request;
  request.units = 100;
  CHECK(contains(built_from(three_lands, request).errors, "population.units cannot go with"));
  for (const std::int64_t units : {std::int64_t{0}, std::int64_t{-5}, most_synthetic_units + 1}) {
    request.units = units;
    CHECK(contains(built(request).errors, "out of range"));
  }
  Request missing;
  missing.file = "/no/such/file.csv";
  CHECK(contains(built(missing).errors, "no such file"));
}

TEST_CASE("errors found before do not stop a good population") {
  Diagnostics diagnostics;
  diagnostics.error({}, "something else");
  CHECK(build({}, germany(), random::world_key(1), diagnostics).municipalities.size() == 5'039);
  CHECK(diagnostics.errors().size() == 1);
}

TEST_CASE("the synthetic population depends on the seed and the request alone") {
  Request request;
  request.units = 700;
  const Built first = built(request, 1);
  CHECK(same(first.units(), built(request, 1).units()));
  CHECK_FALSE(same(first.units(), built(request, 2).units()));
  CHECK(first.errors + first.warnings == "");
  request.select_land = {"Bayern"};
  const Built part = built(request, 1);
  std::size_t i = 0;
  for (std::size_t all = 0; all < first.units().size(); ++all) {
    if (first.units().land_names[first.units().land[all]] != "Bayern") continue;
    REQUIRE(i < part.units().size());
    CHECK(part.units().entity[i] == all);
    CHECK(part.units().population[i] == first.units().population[all]);
    CHECK(part.units().fiscal_normal[i] == first.units().fiscal_normal[all]);
    ++i;
  }
  CHECK(i == part.units().size());
}

TEST_CASE("a written population reads back to the same bits") {
  std::mt19937 tape(5);
  std::vector<std::string> rows = full_rows(tape, 300);
  rows.push_back("b,\"say \"\"x\"\"\",L,R,1,,0,0,1,I,0,0\n");
  rows.push_back(
      "\"a \"\"b\"\", c\",\" blank \",\"Land; 1\",\"two\nlines\",7,,-180,90,1e-9,"
      "\"IT,1\",-0.30000000000000004,1\n");
  Request request;
  request.unit = UnitKind::municipality;
  const Built from_file = built_from(joined(rows), request);
  REQUIRE(from_file.errors == "");
  const Built synthetic = built(request);
  for (const Built* original : {&from_file, &synthetic}) {
    std::ostringstream text;
    write_csv(text, original->units());
    const Built again = built_from(text.str(), request);
    CHECK(again.errors == "");
    CHECK(same(again.units(), original->units()));
  }
  std::ostringstream text;
  std::vector<double> drawn(synthetic.units().size());
  for (std::size_t i = 0; i < drawn.size(); ++i)
    drawn[i] = std::exp(0.3 * synthetic.units().fiscal_normal[i]);
  write_csv(text, synthetic.units(), drawn);
  CHECK(built_from(text.str(), request).units().fiscal == drawn);
}
