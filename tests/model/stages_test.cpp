// Bonuses, stages, least awards and the funder's own cost, in whole runs and by hand
// [ODD 7.23, eqs. 75-77].
#include <algorithm>

#include "catch.h"
#include "model/germany.h"
#include "rules/support.h"

using namespace rathaus;
using namespace rathaus::model;

namespace {

constexpr Cents eur = 100;

Programme call(const std::string& name, double pilots, double operation) {
  Programme programme;
  programme.name = name;
  programme[Port::grant_pilot] = {ClassKind::all, {pilots, 0.0, 0.0, 0.0}};
  programme[Port::grant_scale] = {ClassKind::all, {operation, 0.0, 0.0, 0.0}};
  programme.window = {.first = 8, .length = 2, .every = 4, .last = 60, .announced = 2};
  programme.budget = {BudgetKind::per_year, 200'000 * eur, true};
  programme.award = AwardRule::lottery;
  return programme;
}

Bonus bonus(double coop, double smallest, double weak) {
  Bonus bonus;
  bonus.given[0] = coop;
  bonus.given[1] = smallest;
  bonus.given[1 + size_class_names.size()] = weak;
  return bonus;
}

test::Germany world_of(const std::vector<Programme>& programmes) {
  return test::Germany(400, 80, [&](Rules& rules) {
    rules.programmes = programmes;
    rules.parameters.coop_join = 0.02;
  });
}

Outcome run(const std::vector<Programme>& programmes) {
  const test::Germany germany = world_of(programmes);
  return simulate(*germany.world, germany.key());
}

/// Everything of an outcome that a programme could move.
bool same(const Outcome& a, const Outcome& b) {
  const auto values = [](const Outcome& o) {
    std::vector<std::int64_t> all;
    for (const Row& row : o.rows) all.insert(all.end(), row.value.begin(), row.value.end());
    for (const PotRecord& pot : o.pots)
      all.insert(all.end(), {pot.refilled, pot.paid, pot.returned, pot.remaining, pot.requested,
                             pot.granted, pot.applications, pot.awards});
    return all;
  };
  return values(a) == values(b) && a.services == b.services && a.vendor_base == b.vendor_base &&
         a.first_operation == b.first_operation && a.reach == b.reach;
}

/// Units of all sizes that one of `reach_names` counts at the end, of the only programme.
std::int64_t reached(const Outcome& outcome, std::size_t count) {
  const std::size_t last = outcome.reach.size() - (reach_names.size() - count) * reach_classes;
  std::int64_t units = 0;
  for (std::size_t c = 0; c < size_class_names.size(); ++c) units += outcome.reach[last + c];
  return units;
}

/// Calls body(state before the quarter, state after it) for every quarter.
template <class Body>
void watch(const test::Germany& germany, Body body) {
  State state(*germany.world, germany.key());
  while (state.quarter < germany.world->quarters) {
    const State before = state;
    advance(*germany.world, germany.key(), state);
    body(before, state);
  }
}

}  // namespace

// [eq. 75]
TEST_CASE("bonus: what a unit meets adds up, on a rate that is there, to the whole cost at most") {
  const Bonus given = bonus(0.1, 0.05, 0.2);
  CHECK(given.of(false, 1, 1) == 0.0);
  CHECK(given.of(true, 1, 1) == 0.1);
  CHECK(given.of(true, 0, 0) == 0.1 + 0.05 + 0.2);
  CHECK(rules::grant_share(0.5, 0.25) == 0.75);
  CHECK(rules::grant_share(0.0, 0.25) == 0.0);
  CHECK(rules::grant_share(0.9, 0.25) == 1.0);
}

TEST_CASE("neutral values change no bit: bonus 0, least award 0, a cost that nobody pays") {
  const std::vector<Programme> plain{call("first", 0.6, 0.3), call("second", 0.5, 0.5)};
  std::vector<Programme> neutral = plain;
  for (Programme& programme : neutral) {
    programme.bonus = bonus(0.0, 0.0, 0.0);
    programme.least_award = 0;
    programme.funder_cost = FunderCost{100'000 * eur, 900 * eur, 1'500 * eur};
  }
  const Outcome as_found = run(plain);
  CHECK(same(as_found, run(neutral)));
  neutral[0].bonus = bonus(0.3, 0.0, 0.0);
  CHECK_FALSE(same(as_found, run(neutral)));
}

// [eq. 75]
TEST_CASE("bonus: members of a cooperation get it, and only they") {
  Programme programme = call("call", 0.5, 0.0);
  programme.bonus = bonus(0.2, 0.0, 0.0);
  const test::Germany germany = world_of({programme});
  std::size_t members = 0, others = 0;
  watch(germany, [&](const State& before, const State& state) {
    for (const Order& order : state.report.orders) {
      if (order.application.programme == no_programme) continue;
      const bool member = before.member[order.unit] != 0;
      REQUIRE(order.application.grant ==
              nearest((member ? 0.5 + 0.2 : 0.5) * static_cast<double>(order.cost)));
      (member ? members : others) += 1;
    }
  });
  CHECK(members > 0);
  CHECK(others > 0);
}

// [eq. 76]
TEST_CASE("least award: nobody is paid less, and without it somebody was") {
  Programme programme = call("call", 0.5, 0.3);
  const Cents least = 8'000 * eur;
  const auto smallest = [&] {
    Cents found = least * 1'000;
    watch(world_of({programme}), [&](const State&, const State& state) {
      const auto look = [&](const auto& attempt) {
        if (attempt.application.programme != no_programme)
          found = std::min(found, attempt.application.grant);
      };
      std::ranges::for_each(state.report.orders, look);
      std::ranges::for_each(state.report.transitions, look);
    });
    return found;
  };
  CHECK(smallest() < least);
  programme.least_award = least;
  CHECK(smallest() >= least);
  CHECK(smallest() < least * 1'000);
  programme.least_award = least * 1'000'000;  // nobody could ask, and nobody waits for it
  const Outcome never = run({programme});
  CHECK(std::ranges::all_of(never.pots, [](const PotRecord& pot) {
    return pot.applications == 0 && pot.requested == 0;
  }));
  constexpr std::size_t waited = 6;
  static_assert(reach_names[waited] == std::string_view("waited"));
  CHECK(reached(never, waited) == 0);
}

TEST_CASE("stages: the second is for winners of the first, from the next quarter on") {
  Programme first = call("first", 0.8, 0.0), second = call("second", 0.0, 0.6);
  first.budget.amount = 60'000 * eur;
  second.required = "first";
  second.window = {.first = 8, .length = 60, .last = 8};
  const test::Germany germany = world_of({second, first});  // whatever their order
  std::size_t awards = 0, losers = 0;
  watch(germany, [&](const State& before, const State& state) {
    for (std::uint32_t i = 0; i < germany.world->units; ++i) {
      const bool won = before.funding.first_award[1][i] >= 0;
      if (state.funding.pot[0].open) {
        REQUIRE((state.funding.eligible[i] & 1u) == (won ? 1u : 0u));
        losers += !won;
      }
      if (state.funding.first_award[0][i] >= 0 && before.funding.first_award[0][i] < 0) {
        REQUIRE(won);
        ++awards;
      }
    }
  });
  CHECK(awards > 0);
  CHECK(losers > 0);
}

// [eq. 62]
TEST_CASE("money: what is granted is paid but for awards without a vendor, to the cent") {
  Programme programme = call("call", 0.9, 0.4);
  programme.bonus = bonus(0.05, 0.05, 0.0);
  const test::Germany germany = world_of({programme});
  Cents requested = 0, granted = 0, paid = 0, unserved = 0;
  watch(germany, [&](const State&, const State& state) {
    const Pot& pot = state.funding.pot[0];
    REQUIRE(pot.granted <= pot.requested);
    REQUIRE(pot.awards <= pot.applications);
    Cents without_vendor = 0;
    for (const Order& order : state.report.orders)
      if (!order.served && order.application.programme != no_programme)
        without_vendor += order.application.grant;
    REQUIRE(pot.granted == pot.paid + without_vendor);
    requested += pot.requested;
    granted += pot.granted;
    paid += pot.paid;
    unserved += without_vendor;
  });
  CHECK(granted == paid + unserved);
  CHECK(requested > granted);
  CHECK(unserved > 0);
}

// [eq. 77]
TEST_CASE(
    "administration: a year's cost in whole cents, from the first call to the end of the last") {
  Programme programme = call("call", 0.6, 0.3);
  programme.funder_cost = FunderCost{1'000'003, 7, 11};
  programme.window = {.first = 8, .length = 2, .every = 8, .last = 31, .announced = 2};
  const Outcome outcome = run({programme});  // windows open in 8, 16, 24: runs to the end of 25
  Cents year = 0;
  for (std::size_t t = 0; t < outcome.pots.size(); ++t) {
    const PotRecord& pot = outcome.pots[t];
    const Cents of_year = pot.administration - 7 * pot.applications - 11 * pot.awards;
    if (t < 8 || t >= 26) {
      REQUIRE(pot.administration == 0);
      continue;
    }
    REQUIRE(std::abs(of_year - 1'000'003 / 4) <= 1);
    year += of_year;
    if (t % 4 == 3) {
      REQUIRE(year == 1'000'003);
      year = 0;
    }
  }
}
