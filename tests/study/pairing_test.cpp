// Pairs of runs, unit by unit and quarter by quarter: once more from the states, without a thought
// for speed [docs/metrics.md].
#include "study/pairing.h"

#include "catch.h"
#include "model/germany.h"

using namespace rathaus;
using namespace rathaus::model;

namespace {

/// What a watcher of every quarter sees.
struct Seen {
  std::vector<std::vector<bool>> adopted, paid;  // [quarter][unit]
};

Outcome watched(const World& world, const random::Key& key, Seen& seen) {
  return simulate(world, key, [&](const State& state) {
    std::vector<bool>&adopted = seen.adopted.emplace_back(), &paid = seen.paid.emplace_back();
    for (std::uint32_t i = 0; i < world.units; ++i) {
      adopted.push_back(state.running[i] > 0);
      paid.push_back(state.funding.support[i] > 0);
    }
  });
}

TEST_CASE("quarters and adopters after the first payment are those of every unit's own history") {
  const test::Germany germany(400, 60, [](Rules& rules) {
    Programme grant;
    grant.name = "grant";
    grant.window = {.first = 8, .length = 4, .every = 8, .last = 50};
    grant[Port::grant_pilot] = {ClassKind::all, {0.9, 0.0, 0.0, 0.0}};
    grant.budget = {BudgetKind::per_year, 200'000'000, false};
    rules.programmes = {grant};
    rules.support_start = 8;
  });
  Rules without = germany.study.rules;
  without.programmes.clear();
  const World& world = *germany.world;
  const World bare(germany.population.municipalities, without, world.quarters);
  Seen with_support, baseline;
  const Outcome run = watched(world, germany.key(), with_support);
  const Outcome other = watched(bare, germany.key(), baseline);
  const study::Pairing pairing = study::pair_with_baseline(world, run, other);

  const std::vector<std::uint32_t> ends = horizons(world.quarters, world.rules.support_start);
  REQUIRE(ends.size() == pairing.adopted_after_payment.size());
  for (std::size_t h = 0; h < ends.size(); ++h) {
    std::int64_t after = 0, after_baseline = 0, funded = 0, funded_baseline = 0, gained = 0,
                 lost = 0;
    for (std::uint32_t i = 0; i < world.units; ++i) {
      std::optional<std::uint32_t> first;
      for (std::uint32_t t = 0; t < ends[h]; ++t) {
        if (!first && with_support.paid[t][i]) first = t;
        const bool here = with_support.adopted[t][i], there = baseline.adopted[t][i];
        gained += here && !there;
        lost += there && !here;
        funded += first && here;
        funded_baseline += first && there;
        if (first && t == *first + study::judged_after) {
          after += here;
          after_baseline += here && there;
        }
      }
    }
    CHECK(pairing.quarters_gained[h] == gained);
    CHECK(pairing.quarters_lost[h] == lost);
    CHECK(pairing.funded_quarters[h] == funded);
    CHECK(pairing.funded_quarters_baseline[h] == funded_baseline);
    CHECK(pairing.adopted_after_payment[h] == after);
    CHECK(pairing.adopted_after_payment_baseline[h] == after_baseline);
  }
  CHECK(pairing.adopted_after_payment.back() > 0);
  CHECK(pairing.adopted_after_payment_baseline.back() < pairing.adopted_after_payment.back());
}

}  // namespace
