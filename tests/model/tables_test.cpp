// What a run makes of the rows of its tables, at values that no shipped table has.
#include "catch.h"
#include "model/germany.h"

using namespace rathaus;
using namespace rathaus::model;

// [eq. 65]
TEST_CASE("a use case that costs more energy than it saves is ranked as one that saves none") {
  // W = a third each of saving, low risk and benefit, relative to the best [eq. 65]
  const auto weight = [](double ai_energy) {
    const test::Germany germany(60, 4, [&](Rules& rules) {
      rules.use_cases[0].energy_kwh_per_inhabitant = 100.0;
      rules.use_cases[0].energy_saving = 0.1;
      rules.use_cases[0].ai_energy_kwh_per_inhabitant = ai_energy;
      rules.use_cases[0].risk = 1.0;
      rules.use_cases[0].other_benefit_eur = 1e9;  // the best of all
    });
    return germany.world->sustainability[0];
  };
  CHECK(weight(1e3) == 1.0 / 3.0);
  CHECK(weight(1e6) == 1.0 / 3.0);
  CHECK(weight(0.0) > 1.0 / 3.0);
}

// [eq. 39]
TEST_CASE("a vendor below its least base leaves, however small that is; one without stays") {
  for (const double least : {0.0, 1e-6, 0.05, 1.0}) {
    const test::Germany germany(60, 1, [&](Rules& rules) {
      test::start_from_nothing(rules);
      rules.structure.vendor_scale = false;
      for (Vendor& row : rules.vendors) {
        row.base_minimum = least;
        row.exit_rate = 1.0;
      }
    });
    State state(*germany.world, germany.key());
    advance(*germany.world, germany.key(), state);
    for (std::uint32_t v = 0; v < germany.world->vendors; ++v) {
      INFO(least);
      CHECK(state.vendors[v].active == (least == 0.0));  // nobody has a customer in quarter 0
    }
  }
}
