// Services that run from before the first quarter [ODD 5].
#include "rules/start.h"

#include <algorithm>
#include <cmath>

#include "catch.h"
#include "lanes/elementary.h"
#include "model/germany.h"

using namespace rathaus;
using namespace rathaus::model;

namespace {

test::Germany started(int units, double share, double reference = 30'000.0) {
  return test::Germany(units, 8, [&](Rules& rules) {
    test::start_from_nothing(rules);
    rules.use_cases[2].start_share = share;
    rules.coefficients.reference_population = reference;
  });
}

}  // namespace

// [eq. 72]
TEST_CASE("the chance of running at the start rises with the logarithm of size") {
  CHECK(rules::start_chance(0.02, 30'000.0, 30'000.0) == 0.02);
  CHECK(rules::start_chance(0.02, 1.0, 30'000.0) == 0.0);
  CHECK(rules::start_chance(0.02, 9e8, 30'000.0) == Approx(0.04));
  CHECK(rules::start_chance(0.9, 1e6, 30'000.0) == 1.0);
  CHECK(rules::start_chance(0.0, 1e6, 30'000.0) == 0.0);
  CHECK(rules::start_chance(0.3, 5.0, 1.0) == 0.3);
}

TEST_CASE("a share of one has everybody run the service, and all fields see it") {
  const test::Germany germany = started(150, 1.0, 1.0);
  const World& world = *germany.world;
  const State state(world, germany.key());
  std::uint32_t base = 0;
  for (std::uint32_t i = 0; i < world.units; ++i) {
    const std::size_t cell = state.cell(2, i);
    REQUIRE(state.stage[cell] == operation);
    REQUIRE(state.maturity[cell] == 1.0f);
    REQUIRE(state.lock_in[cell] == 0.0f);
    REQUIRE(state.age[cell] == 0);
    REQUIRE(state.vendor[cell] < world.vendors);
    REQUIRE(state.peers_running[cell] == world.neighbours[i]);
    REQUIRE(state.stage[state.cell(1, i)] == none);
    ++base;
  }
  CHECK(state.vendor_base.all == base);
  CHECK(state.all_running[2] == world.units);
  CHECK(state.services[2 * stage_names.size() + operation] == world.units);
  CHECK(state.services[2 * stage_names.size() + none] == 0);
  CHECK(std::ranges::count_if(state.vendor_base, [](std::uint32_t n) { return n > 0; }) > 3);
  const Outcome outcome = simulate(world, germany.key());
  CHECK(std::ranges::count(outcome.operated_before, 1) == world.units);
  CHECK(std::ranges::count(outcome.first_operation, 0) == world.units);
}

TEST_CASE("so many run at the start as their chances say, and nothing else differs") {
  const test::Germany germany = started(4000, 0.1), nobody = started(4000, 0.0);
  const World& world = *germany.world;
  const State state(world, germany.key()), empty(*nobody.world, nobody.key());
  double expected = 0.0, variance = 0.0;
  std::uint32_t running = 0;
  for (std::uint32_t i = 0; i < world.units; ++i) {
    const double chance = rules::start_chance(0.1, world.inhabitants[i], 30'000.0);
    expected += chance;
    variance += chance * (1.0 - chance);
    running += state.stage[state.cell(2, i)] == operation;
    REQUIRE(empty.stage[empty.cell(2, i)] == none);
  }
  CHECK(std::abs(running - expected) < 4.0 * std::sqrt(variance));  // fails once in 16,000 seeds
  CHECK(state.reserve == empty.reserve);
  CHECK(state.data == empty.data);
  CHECK(state.staff == empty.staff);
  CHECK(state.trust == empty.trust);
}
