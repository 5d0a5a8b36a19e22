// Estimates decide only what is clear: they keep their stated errors, and where it is close the
// exact functions have the last word [ODD 7.15, 7.16].
#include "model/rough.h"

#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "catch.h"
#include "model/decision.h"
#include "model/germany.h"
#include "model/logistic.h"
#include "model/pick.h"

using namespace rathaus;
using model::rough_exp;
using model::rough_log;

TEST_CASE("rough logarithms and exponentials keep their stated errors") {
  double worst_log = 0.0, worst_exp = 0.0;
  for (int exponent = -1022; exponent < 1024; exponent += 31)
    for (int k = 0; k < 1024; ++k) {
      const double x = std::ldexp(1.0 + k / 1024.0, exponent);
      worst_log = std::max(worst_log, std::abs(rough_log(x) - std::log(x)));
    }
  for (int k = -70'000; k <= 70'000; ++k) {
    const double x = k / 100.0 + 1e-7 * (k % 89);
    if (std::abs(x) <= 700.0)
      worst_exp = std::max(worst_exp, std::abs(rough_exp(x) / std::exp(x) - 1.0));
  }
  CHECK(worst_log <= model::rough_log_error);
  CHECK(worst_log > 0.99 * model::rough_log_error);  // the stated error is no guess
  CHECK(worst_exp <= model::rough_exp_error);
  CHECK(worst_exp > 0.5 * model::rough_exp_error);

  const double infinity = std::numeric_limits<double>::infinity();
  CHECK(rough_exp(-infinity) == rough_exp(-700.0));
  CHECK(rough_exp(-1e6) < 1e-300);
  // too large is safe: what is left open is computed exactly
  CHECK(rough_log(infinity) > 709.0);
  CHECK(rough_log(std::nan("")) > 709.0);
  CHECK(rough_log(1e-310) > std::log(1e-310));
}

TEST_CASE("a choice is the inverse distribution function, and a rough one never contradicts it") {
  const random::Key key = random::run_key(5, 0, 0);
  int open = 0, decided = 0;
  for (std::uint32_t n = 0; n < 2'000; ++n) {
    random::Draws draws(key, random::Process::vendor_choice, n, 0);
    const std::uint32_t slots = 1 + n % model::max_vendors;
    model::BySlot exact{}, rough{};
    for (std::uint32_t v = 0; v < slots; ++v) {
      exact[v] = v > 0 && n % 3 == 0 && draws(40 + v) < 0.3 ? 0.0 : draws(v);  // some have none
      rough[v] = exact[v] * (1.0 + ((v < slots / 2) == (n % 2 == 0) ? 1e-4 : -1e-4));
    }
    double total = 0.0, before = 0.0;
    for (std::uint32_t v = 0; v < slots; ++v) total += exact[v];
    for (std::uint32_t v = 0; v < slots; ++v) {
      const double bound = before + exact[v];
      for (const double off : {-1e-2, -1e-4, -2e-5, -1e-6, -1e-9, 1e-9, 1e-6, 2e-5, 1e-4, 1e-2}) {
        const double draw = bound / total + off;
        if (!(draw > 0.0 && draw < 1.0 - 0x1p-33)) continue;
        const auto sure = model::pick(exact, slots, draw);
        REQUIRE(sure);
        double below = 0.0;
        for (std::uint32_t w = 0; w < *sure; ++w) below += exact[w];
        REQUIRE(exact[*sure] > 0.0);
        REQUIRE(below <= draw * total);
        REQUIRE(draw * total < below + exact[*sure]);
        const auto guess = model::pick(rough, slots, draw, 1e-4);
        (guess ? decided : open) += 1;
        if (guess) REQUIRE(*guess == *sure);
      }
      before = bound;
    }
  }
  CHECK(open > 1'000);
  CHECK(decided > 1'000);
}

namespace {

/// A world in which some already run services, so that all motives differ from unit to unit.
struct Years {
  test::Germany germany;
  random::Key key = germany.key();
  model::State state;

  explicit Years(const std::function<void(model::Rules&)>& change = {})
      : germany(150, 80, change), state(*germany.world, key) {
    while (state.quarter < 30) advance(*germany.world, key, state);
  }
};

}  // namespace

TEST_CASE("a launch is decided by its probability, however near the draw comes to it") {
  Years years;
  model::State& state = years.state;
  const model::World& world = *years.germany.world;
  const double rate = world.rules.parameters.decision_rate;
  model::Report report;
  report.clear(world);
  model::Journal journal;
  int yes = 0, no = 0;
  for (std::uint32_t unit = 0; unit < world.units; ++unit)
    for (std::uint32_t u = 0; u < world.use_cases; ++u)
      for (const double share : {0.0, 0.4}) {
        model::Turn turn(world, years.key, state, report, unit);
        journal.unit = unit;
        state.journal = &journal;  // of a noted unit the value is always computed
        const model::Wish exact = wants_pilot(turn, u, 0.5 * rate, share);
        const model::Wish alone = wants_pilot(turn, u, 0.5 * rate, 0.0);
        state.journal = nullptr;
        REQUIRE(exact.weighed);
        const double own_chance = rate * model::logistic(alone.value);
        const double chance = rate * model::logistic(exact.value);
        REQUIRE(chance >= own_chance);  // a grant makes nobody want less
        for (const double factor : {1e-6, 0.5, 0.99, 1 - 2e-3, 1 - 1e-4, 1 - 1e-9, 1 - 1e-15, 1.0,
                                    1 + 1e-15, 1 + 1e-9, 1 + 1e-4, 1 + 2e-3, 1.01, 2.0}) {
          const double draw = chance * factor;
          if (draw >= rate) continue;
          const model::Wish wish = wants_pilot(turn, u, draw, share);
          REQUIRE(wish.supported == (draw < chance));
          REQUIRE(wish.own == (draw < own_chance));
          if (wish.supported) REQUIRE(wish.value == exact.value);
          (wish.supported ? yes : no) += 1;
        }
      }
  CHECK(yes > 1'000);
  CHECK(no > 1'000);
}

TEST_CASE("who is watched decides like who is not, and all stories add up to the indicators") {
  // the watched unit is weighed exactly in every quarter, the others are not
  const test::Germany germany(24, 60);
  const model::Outcome unwatched = simulate(*germany.world, germany.key());
  std::array<std::int64_t, model::event_names.size()> told{};
  std::array<std::int64_t, model::step_names.size()> blocked{};
  for (std::uint32_t unit = 0; unit < germany.world->units; ++unit) {
    model::Journal journal;
    journal.unit = unit;
    const model::Outcome watched = simulate(*germany.world, germany.key(), {}, &journal);
    REQUIRE(watched.adopter == unwatched.adopter);
    REQUIRE(watched.services == unwatched.services);
    for (std::size_t i = 0; i < watched.rows.size(); ++i) {
      REQUIRE(watched.rows[i].value == unwatched.rows[i].value);
      REQUIRE(watched.rows[i].blocked == unwatched.rows[i].blocked);
    }
    for (const model::Event& event : journal.events) {
      ++told[static_cast<std::size_t>(event.kind)];
      if (event.kind == model::EventKind::blocked)
        blocked[static_cast<std::size_t>(event.step)] += (event.left.data < event.needed.data) +
                                                         (event.left.staff < event.needed.staff) +
                                                         (event.left.money < event.needed.money);
    }
  }
  model::Row all;
  for (const model::Row& row : unwatched.rows) all += row;
  const auto happened = [&](model::EventKind kind) { return told[static_cast<std::size_t>(kind)]; };
  using Kind = model::EventKind;
  using Count = model::Indicator;
  const std::array<std::pair<Kind, Count>, 6> pairs{
      {{Kind::pilot_started, Count::pilots_started},
       {Kind::pilot_failed, Count::pilots_failed},
       {Kind::pilot_stranded, Count::pilots_stranded},
       {Kind::operation_started, Count::operations_started},
       {Kind::discontinued, Count::services_discontinued},
       {Kind::incident, Count::incidents}}};
  for (const auto& [kind, count] : pairs) {
    CHECK(happened(kind) > 0);
    CHECK(happened(kind) == all[count]);
  }
  CHECK(happened(Kind::no_slot) > 0);
  CHECK(happened(Kind::no_slot) == all(model::Step::pilot, model::Constraint::vendor_capacity));
  for (std::size_t step = 0; step < blocked.size(); ++step) {
    std::int64_t counted = 0;
    for (const auto constraint :
         {model::Constraint::data, model::Constraint::staff, model::Constraint::money})
      counted += all(static_cast<model::Step>(step), constraint);
    CHECK(blocked[step] == counted);
  }
  const auto sum = [](const std::vector<std::int32_t>& counts) {
    return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
  };
  CHECK(happened(Kind::renewed) == sum(unwatched.contracts_renewed));
  CHECK(happened(Kind::switched) == sum(unwatched.contracts_switched));
}
