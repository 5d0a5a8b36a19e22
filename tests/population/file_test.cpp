#include "population/file.h"

#include "catch.h"
#include "helpers.h"

using namespace rathaus;
using namespace rathaus::population;

namespace {

const std::string header = "id,name,land,region,population,lon,lat,fiscal,innov,trust\n";
const std::string good = "01,Aue,Sachsen,Erzgebirge,20000,12.7,50.6,0.9,-0.1,0.5\n";

struct Read {
  std::vector<Unit> units;
  std::string errors;
  std::string warnings;
};

Read read(const std::string& bytes) {
  const TemporaryFile file(bytes);
  Diagnostics diagnostics;
  Read result;
  result.units = read_population_file(file.path(), diagnostics);
  result.errors = listed(diagnostics.errors());
  result.warnings = listed(diagnostics.warnings());
  return result;
}

}  // namespace

TEST_CASE("a row becomes a unit") {
  const Read result = read(
      "fiscal;id;trust;name;land;administration;region;population;lat;lon;innov;provider\n"
      "0.85;01;0.25;\"Aue; Stadt\";Sachsen;V1;Erzgebirge;2147483647;-90;180;1e-3;KISA\n");
  CHECK(result.errors == "");
  CHECK(result.warnings == "");
  REQUIRE(result.units.size() == 1);
  const Unit& unit = result.units[0];
  CHECK(unit.id == "01");
  CHECK(unit.name == "Aue; Stadt");
  CHECK(unit.land == "Sachsen");
  CHECK(unit.region == "Erzgebirge");
  CHECK(unit.administration == "V1");
  CHECK(unit.provider == "KISA");
  CHECK(unit.population == 2147483647);
  CHECK(unit.longitude == 180.0);
  CHECK(unit.latitude == -90.0);
  CHECK(unit.fiscal == 0.85);
  CHECK(unit.innovativeness == 1e-3);
  CHECK(unit.trust == 0.25);
  CHECK(unit.line == 2);
}

TEST_CASE("absent columns are unknown, not zero") {
  const Read result = read("id,name,land,region,population\n1,,L,R,5\n");
  CHECK(result.errors == "");
  REQUIRE(result.units.size() == 1);
  const Unit& unit = result.units[0];
  for (const double value :
       {unit.longitude, unit.latitude, unit.fiscal, unit.innovativeness, unit.trust})
    CHECK_FALSE(is_known(value));
  CHECK(unit.provider.empty());
}

TEST_CASE("every kind of bad row has its own message with line and column") {
  struct Case {
    std::string row, message;
  };
  const std::vector<Case> cases{
      {",X,L,R,5,1,2,1,0,0.5\n", "3:1: no id"},
      {"2,X,,R,5,1,2,1,0,0.5\n", "3:5: no land"},
      {"2,X,L,,5,1,2,1,0,0.5\n", "3:7: no region"},
      {"01,X,L,R,5,1,2,1,0,0.5\n", "3:1: id '01' occurs twice (first in line 2)"},
      {"2,X,L,R,0,1,2,1,0,0.5\n", "3:9: population '0' (it must be positive)"},
      {"2,X,L,R,-5,1,2,1,0,0.5\n", "3:9: population '-5' (it must be positive)"},
      {"2,X,L,R,,1,2,1,0,0.5\n", "3:9: population '' (every unit has inhabitants)"},
      {"2,X,L,R,12.345,1,2,1,0,0.5\n", "3:9: population '12.345' (it is not a whole number up to"},
      {"2,X,L,R,viele,1,2,1,0,0.5\n", "3:9: population 'viele' (it is not a whole number up to"},
      {"2,X,L,R,2147483648,1,2,1,0,0.5\n",
       "3:9: population '2147483648' (it is not a whole number up to"},
      {"2,X,L,R,99999999999999999999,1,2,1,0,0.5\n",
       "3:9: population '99999999999999999999' (it is"},
      {"2,X,L,R,5,180.5,2,1,0,0.5\n", "3:11: lon '180.5' is out of range"},
      {"2,X,L,R,5,1,-90.01,1,0,0.5\n", "3:13: lat '-90.01' is out of range"},
      {"2,X,L,R,5,1,,1,0,0.5\n", "3:11: only one of lon and lat is given"},
      {"2,X,L,R,5,,2,1,0,0.5\n", "3:11: only one of lon and lat is given"},
      {"2,X,L,R,5,\"12,7\",2,1,0,0.5\n", "3:11: lon '12,7' is not a number"},
      {"2,X,L,R,5,1,2,0,0,0.5\n", "3:15: fiscal '0' is out of range"},
      {"2,X,L,R,5,1,2,-1,0,0.5\n", "3:15: fiscal '-1' is out of range"},
      {"2,X,L,R,5,1,2,nan,0,0.5\n", "3:15: fiscal 'nan' is not a number"},
      {"2,X,L,R,5,1,2,1e999,0,0.5\n", "3:15: fiscal '1e999' is not a number"},
      {"2,X,L,R,5,1,2,1,inf,0.5\n", "3:17: innov 'inf' is not a number"},
      {"2,X,L,R,5,1,2,1,0,1.01\n", "3:19: trust '1.01' is out of range"},
      {"2,X,L,R,5,1,2,1,0\n", "3: 9 fields (the header has 10)"},
      {"2,X,L,R,5,1,2,1,0,0.5,\n", "3: 11 fields (the header has 10)"},
      {"2,X,L,R,5,1,2,,0,0.5\n", "3: fiscal is empty in 1 of 2 rows: line 3 "},
  };
  for (const Case& c : cases) {
    INFO(c.row);
    const Read result = read(header + good + c.row);
    CHECK(result.errors.starts_with(c.message));
    CHECK(std::ranges::count(result.errors, '\n') == 1);
  }
}

TEST_CASE("all bad rows are reported together") {
  const Read result = read(header + "1,A,L,R,0,1,2,1,0,0.5\n" + good +
                           "2,B,L,R,5,999,2,1,0,0.5\n1,C,L,R,5,1,2,1,0,2\n");
  CHECK(contains(result.errors, "2:9: population '0'"));
  CHECK(contains(result.errors, "4:11: lon '999'"));
  CHECK(contains(result.errors, "5:19: trust '2'"));
  CHECK(contains(result.errors, "5:1: id '1' occurs twice (first in line 2)"));
  std::string many = header;
  for (int i = 0; i < 150; ++i) many += std::to_string(i) + ",A,L,R,0,1,2,1,0,0.5\n";
  const std::string errors = read(many).errors;
  CHECK(std::ranges::count(errors, '\n') == 101);
  CHECK(contains(errors, "151: and 50 more errors"));
}

TEST_CASE("a missing column is an error with the nearest header") {
  const Read result = read("id,Name,land,einwohner\n1,A,L,5\n");
  CHECK(contains(
      result.errors,
      "1: column 'name' is missing (is what reports call a unit) is it 'Name'? Rename it"));
  CHECK(contains(result.errors, "1: column 'region' is missing"));
  CHECK(contains(result.errors, "1: column 'population' is missing"));
  CHECK(contains(result.warnings, "read: 'Name', 'einwohner' (did you mean 'name' by 'Name'?)"));
  CHECK(std::ranges::count(result.errors, '\n') == 3);
  CHECK(contains(read("id,name,land,region,population,lon\n1,A,L,R,5,7\n").errors,
                 "1: column 'lat' is missing"));
  CHECK(contains(read("id,id,name,land,region,population\n1,1,A,L,R,5\n").errors,
                 "1:4: column 'id' occurs twice"));
  CHECK(
      contains(read("id,name,land,region,population\n").errors, "1: the file has a header and no"));
}

TEST_CASE("an unknown column is a warning") {
  const Read result = read("id,name,land,region,population,fiskal,area\n1,A,L,R,5,1,2\n");
  CHECK(result.errors == "");
  CHECK(result.warnings ==
        "1: columns that are not known and not read: 'fiskal', 'area' (did you mean 'fiscal' by "
        "'fiskal'?)\n");
}

TEST_CASE("optional columns are filled in all rows or in none, coordinates row by row") {
  const Read none = read(header + "1,A,L,R,5,,,,,\n2,B,L,R,5,,,,,\n");
  CHECK(none.errors == "");
  CHECK_FALSE(is_known(none.units.at(0).fiscal));
  const Read some = read(header + "1,A,L,R,5,,,1,,\n2,B,L,R,5,7,50,1,,\n");
  CHECK(some.errors == "");
  CHECK_FALSE(some.units.at(0).has_coordinates());
  CHECK(some.units.at(1).has_coordinates());
  std::string mixed = "id,name,land,region,population,provider\n";
  for (int i = 1; i <= 9; ++i) mixed += std::to_string(i) + ",A,L,R,5," + (i < 3 ? "P" : "") + "\n";
  CHECK(contains(read(mixed).errors, "provider is empty in 7 of 9 rows: line 4, 5, 6, 7, 8, ..."));
}
