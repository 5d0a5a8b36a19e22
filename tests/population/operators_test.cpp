// IT providers of synthetic units: their own operation, or an operator of their Land [ODD 7.20].
#include "population/operators.h"

#include <cmath>
#include <map>
#include <string>

#include "catch.h"
#include "germany.h"
#include "population/build.h"
#include "population/synthetic.h"

using namespace rathaus;
using namespace rathaus::population;

namespace {

Recipe with_operators() {
  Recipe recipe = germany();
  recipe.own_operation = OwnOperation{.by_default = false, .share = {0.1, 0.2, 0.3, 0.5}};
  for (RecipeLand& land : recipe.lands)
    if (land.land == "Bayern") land.operators = Operators{108, {0.28, 0.17, 0.04}};
  return recipe;
}

std::vector<Unit> drawn(const Recipe& recipe, std::int64_t units) {
  const std::int64_t total = recipe.total(UnitKind::administration);
  std::vector<Unit> made =
      synthetic_units(recipe, UnitKind::administration, units, random::world_key(7));
  draw_operators(made, recipe, total, random::world_key(7));
  return made;
}

}  // namespace

TEST_CASE("units run their IT themselves or have an operator of their Land, by its shares") {
  std::array<int, 4> all{}, own{};
  std::map<std::string, int> customers;
  int in_bavaria = 0;
  for (const Unit& unit : drawn(with_operators(), 5'039)) {
    if (unit.land != "Bayern") {
      CHECK(unit.provider == unit.id);  // nothing is known of its operators
      continue;
    }
    const auto size = static_cast<std::size_t>(model::size_class_of(unit.population));
    ++all[size];
    own[size] += unit.provider == unit.id;
    if (unit.provider == unit.id) continue;
    ++in_bavaria;
    ++customers[unit.provider];
  }
  // within four standard errors
  const auto is_near = [](int found, int of, double share) {
    return std::abs(found - of * share) < 4.0 * std::sqrt(of * share * (1.0 - share)) + 1.0;
  };
  CHECK(is_near(own[0], all[0], 0.1));
  CHECK(is_near(own[1], all[1], 0.2));
  CHECK(is_near(own[2], all[2], 0.3));
  CHECK(is_near(customers["Bayern, operator 1"], in_bavaria, 0.28));
  CHECK(is_near(customers["Bayern, operator 2"], in_bavaria, 0.17));
  CHECK(is_near(customers["Bayern, operator 3"], in_bavaria, 0.04));
  CHECK(customers.size() <= 108);
  CHECK(customers.size() > 80);
  CHECK(customers.contains("Bayern, operator 108"));
}

TEST_CASE("a run of a tenth of the units has a tenth of the small operators, and the large ones") {
  std::map<std::string, int> customers;
  for (const Unit& unit : drawn(with_operators(), 504))
    if (unit.provider != unit.id) ++customers[unit.provider];
  CHECK(customers.size() <= 3 + 11);  // (108 − 3)·504/5039, rounded
  CHECK(customers.contains("Bayern, operator 1"));
}

TEST_CASE("providers are as the experiment or the recipe says") {
  Recipe recipe = with_operators();
  const auto groups = [&](std::optional<Providers> asked) {
    Diagnostics diagnostics;
    Request request;
    request.units = 300;
    request.providers = asked;
    const Population made = build(request, recipe, random::world_key(1), diagnostics);
    return made.municipalities.provider_names == made.municipalities.region_names;
  };
  CHECK(groups(std::nullopt));
  CHECK(!groups(Providers::operators));
  recipe.own_operation->by_default = true;
  CHECK(!groups(std::nullopt));
  CHECK(groups(Providers::regions));
}
