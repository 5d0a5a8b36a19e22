// Estimates decide only what is clear: they keep their stated errors, and where it is close the
// exact functions have the last word [ODD 7.15, 7.16].
#include "model/rough.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>
#include <utility>

#include "catch.h"
#include "model/decision.h"
#include "model/germany.h"
#include "model/logistic.h"
#include "model/peer_field.h"
#include "model/pick.h"
#include "model/screening.h"
#include "model/vendor_preselection.h"

using namespace rathaus;
using model::rough_exp;
using model::rough_log;

TEST_CASE("rough logarithms and exponentials keep their stated errors") {
  double worst = 0.0, worst_float = 0.0, worst_exp = 0.0;
  for (int exponent = -1022; exponent < 1024; exponent += 31)
    for (int k = 0; k < 1024; ++k) {
      const double x = std::ldexp(1.0 + k / 1024.0, exponent);
      worst = std::max(worst, std::abs(rough_log(x) - std::log(x)));
    }
  for (int exponent = -126; exponent < 128; ++exponent)
    for (int k = 0; k < 1024; ++k) {
      const float x = std::ldexp(1.0f + static_cast<float>(k) / 1024.0f, exponent);
      worst_float = std::max(worst_float, std::abs(double{rough_log(x)} - std::log(double{x})));
    }
  for (int k = -80'000; k <= 80'000; ++k) {
    const auto x = static_cast<float>(k / 1000.0);
    worst_exp = std::max(worst_exp, std::abs(rough_exp(x) / std::exp(double{x}) - 1.0));
  }
  CHECK(worst <= model::rough_log_error);
  CHECK(worst > 0.99 * model::rough_log_error);  // the stated error is no guess
  CHECK(worst_float <= model::rough_log_float_error);
  CHECK(worst_float > 0.95 * model::rough_log_float_error);
  CHECK(worst_exp <= model::rough_exp_error);
  CHECK(worst_exp > 0.5 * model::rough_exp_error);
}

TEST_CASE("a choice is the inverse distribution function") {
  const random::Key key = random::run_key(5, 0, 0);
  for (std::uint32_t n = 0; n < 2'000; ++n) {
    random::Draws draws(key, random::Process::vendor_choice, n, 0);
    const std::uint32_t slots = 1 + n % model::max_vendors;
    model::BySlot weight{};
    for (std::uint32_t v = 0; v < slots; ++v)
      weight[v] = v > 0 && n % 3 == 0 && draws(40 + v) < 0.3 ? 0.0 : draws(v);  // some have none
    double total = 0.0, before = 0.0;
    for (std::uint32_t v = 0; v < slots; ++v) total += weight[v];
    for (std::uint32_t v = 0; v < slots; ++v) {
      const double bound = before + weight[v];
      for (const double off : {-1e-2, -1e-6, -1e-9, 0.0, 1e-9, 1e-6, 1e-2}) {
        const double draw = bound / total + off;
        if (!(draw > 0.0 && draw < 1.0 - 0x1p-33)) continue;
        const std::uint8_t chosen = model::pick(weight, slots, draw);
        double below = 0.0;
        for (std::uint32_t w = 0; w < chosen; ++w) below += weight[w];
        REQUIRE(weight[chosen] > 0.0);
        REQUIRE(below <= draw * total);
        REQUIRE(draw * total < below + weight[chosen]);
      }
      before = bound;
    }
  }
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

TEST_CASE("log odds decide as their probability does, however near the draw comes to it") {
  int yes = 0, no = 0;
  for (double x = -22.0; x < 22.0; x += 0.037) {
    const double chance = model::logistic(x);
    for (const double factor : {0.1, 1 - 1e-3, 1 - 1e-4, 1 - 1e-6, 1 - 1e-12, 1.0, 1 + 1e-12,
                                1 + 1e-6, 1 + 1e-4, 1 + 1e-3, 2.0}) {
      const double draw = chance * factor;
      if (draw >= 1.0 - 0x1p-33) continue;
      REQUIRE(model::is_below_logistic(draw, x) == (draw < chance));
      (draw < chance ? yes : no) += 1;
    }
  }
  CHECK(yes > 1'000);
  CHECK(no > 1'000);
}

namespace {

/// Draws next to a probability, as parts of it, and others, as parts of the highest that can be.
struct Trial {
  double of_chance, of_rate;
};
constexpr std::array<Trial, 20> draws_to_try{
    {{1e-6, 0},     {0.5, 0},      {0.9, 0},      {1 - 1e-2, 0}, {1 - 1e-3, 0},
     {1 - 3e-4, 0}, {1 - 1e-4, 0}, {1 - 1e-6, 0}, {1, 0},        {1 + 1e-6, 0},
     {1 + 1e-4, 0}, {1 + 3e-4, 0}, {1 + 1e-3, 0}, {1 + 1e-2, 0}, {1.1, 0},
     {2, 0},        {0, 1e-3},     {0, 0.1},      {0, 0.5},      {0, 0.999}}};

/// Screens the launches of every unit at draws next to its own probability and far from it; returns
/// how many were certain, and checks that these are what the exact rule says.
int certain_launches(Years& years, double share) {
  model::State& state = years.state;
  const model::World& world = *years.germany.world;
  const double rate = world.rules.parameters.decision_rate;
  model::Report report;
  report.clear(world);
  int certain = 0;
  for (std::uint32_t first = 0; first < world.units; first += model::batch_units) {
    model::Batch batch(world, years.key, state, report, first);
    const model::Screening screening(batch);
    for (std::uint32_t u = 0; u < world.use_cases; ++u)
      for (const Trial& trial : draws_to_try)
        for (const std::uint32_t beside : {0u, 1u}) {
          random::Row draw{};
          model::Lanes lanes = 0;
          model::PerLane<float> estimate;
          std::array<model::Wish, model::batch_units> exact{};
          model::for_each_lane(batch.present, [&](std::uint32_t l) {
            const model::Turn turn = batch.turn(l);
            const double utility = wants_pilot(turn, u, 0.5 * rate, share).value;
            const double mark =
                rate * (model::logistic(utility) * trial.of_chance + trial.of_rate) * 0x1p32;
            draw[l] = static_cast<std::uint32_t>(std::min(mark, 0x1p32 - 2.0)) + beside;
            const double uniform = random::to_uniform(draw[l]);
            if (uniform >= rate) return;
            exact[l] = wants_pilot(turn, u, uniform, share);
            lanes |= model::Lanes{1} << l;
          });
          const model::Screening::Verdict verdict = screening(u, draw, batch.peers(u), estimate);
          model::for_each_lane(lanes & verdict.wanted, [&](std::uint32_t l) {
            REQUIRE(exact[l].own);
            REQUIRE(std::abs(estimate[l] - exact[l].value) <=
                    verdict.error * (1.0f + std::abs(estimate[l])));
            ++certain;
          });
          model::for_each_lane(lanes & verdict.declined, [&](std::uint32_t l) {
            REQUIRE(!exact[l].supported);
            ++certain;
          });
        }
  }
  return certain;
}

}  // namespace

TEST_CASE(
    "certain launches are those of the exact rule, however near a draw comes to its probability") {
  Years years;
  CHECK(certain_launches(years, 0.0) > 10'000);
}

TEST_CASE("no launch is declined that an open programme would make worth while") {
  model::Programme grant;
  grant.window.length = 80;
  grant[model::Port::grant_pilot].value.fill(0.4);
  Years years([&](model::Rules& rules) { rules.programmes = {grant}; });
  REQUIRE(years.state.funding.open == 1);
  CHECK(certain_launches(years, 0.4) > 5'000);
}

namespace {

/// Closes in on a bound between two vendors of every unit; returns how many choices were
/// preselected and how many left open, and checks that the former are those of the exact rule.
std::pair<int, int> preselected_choices(Years& years) {
  const model::World& world = *years.germany.world;
  model::Report report;
  report.clear(world);
  int preselected = 0, left_open = 0;
  for (std::uint32_t first = 0; first < world.units; first += model::batch_units) {
    const model::Batch batch(world, years.key, years.state, report, first);
    model::VendorPreselection preselection(batch);
    REQUIRE(preselection.applies());
    model::for_each_lane(batch.present, [&](std::uint32_t l) {
      const model::Turn turn = batch.turn(l);
      const auto check = [&](double draw) {
        const std::uint8_t exact = choose_vendor(turn, draw);
        preselection.collect(l, 3);
        preselection.choose(std::array{draw},
                            [&](std::uint32_t lane, std::uint32_t u, std::uint8_t vendor) {
                              REQUIRE(lane == l);
                              REQUIRE(u == 3);
                              (vendor == model::no_vendor ? left_open : preselected) += 1;
                              if (vendor != model::no_vendor) REQUIRE(vendor == exact);
                            });
      };
      double low = 0x1p-33, high = 1.0 - 0x1p-33;  // close in on a bound between two choices
      while (high - low > 1e-15) {
        const double middle = low + (high - low) * 0.4;
        (choose_vendor(turn, middle) == choose_vendor(turn, low) ? low : high) = middle;
        check(low);
        check(high);
      }
    });
  }
  return {preselected, left_open};
}

/// Worlds at the bounds of what parameters may be.
const std::array<std::function<void(model::Rules&)>, 8> extremes{
    [](model::Rules& rules) { rules.parameters.beta_value = rules.parameters.beta_peer = 1000.0; },
    [](model::Rules& rules) {
      model::Parameters& p = rules.parameters;
      p.beta_price = p.beta_fit = p.beta_base = p.beta_incumbent = p.beta_open = 1000.0;
    },
    [](model::Rules& rules) {
      rules.parameters.beta_value = 0.0;
      rules.parameters.evidence_half = 1e-9;
      rules.parameters.decision_rate = 1.0;
    },
    [](model::Rules& rules) {
      rules.parameters.evidence_half = 1e12;
      rules.parameters.beta_risk = rules.parameters.beta_trust = 1000.0;
    },
    [](model::Rules& rules) { rules.parameters.u0 = -1000.0; },
    [](model::Rules& rules) { rules.parameters.data_gap_cost = 1000.0; },
    [](model::Rules& rules) { rules.parameters.decision_rate = 1e-3; },
    [](model::Rules& rules) {
      // prices that vanish, benefits that nearly do
      rules.parameters.vendor_learn_rate = 0.99;
      for (model::Vendor& vendor : rules.vendors) vendor.learning_projects = 1e-6;
      for (model::UseCase& use : rules.use_cases) use.cost_eur *= 1e-3;
    }};

}  // namespace

TEST_CASE(
    "a preselected vendor is the one that would be chosen, however near the draw is to a bound") {
  Years years;
  const auto [preselected, left_open] = preselected_choices(years);
  CHECK(preselected > 1'000);
  CHECK(left_open > 1'000);
}

TEST_CASE("at the bounds of the parameters, too, estimates never contradict the exact rules") {
  for (const auto& change : extremes) {
    Years years(change);
    CHECK(certain_launches(years, 0.0) > 1'000);
    CHECK(preselected_choices(years).first > 100);
  }
}

TEST_CASE(
    "estimates of what units see of their peers keep their error, and who hears is who should") {
  for (const auto& change : std::array<std::function<void(model::Rules&)>, 3>{
           [](model::Rules&) {},
           [](model::Rules& rules) { rules.structure.peer_set = model::PeerSet::global; },
           [](model::Rules& rules) { rules.parameters.aware_q = 10.0; }}) {
    const test::Germany germany(150, 80, change);
    const model::World& world = *germany.world;
    const random::Key key = germany.key();
    model::State state(world, key);
    int unaware = 0, heard = 0;
    while (state.quarter < 40) {
      advance(world, key, state);
      model::State next = state;  // hears in the next quarter
      next.report.clear(world);
      for (std::uint32_t first = 0; first < world.units; first += model::batch_units) {
        model::Batch batch(world, key, next, next.report, first);
        become_aware(batch);
        for (std::uint32_t u = 0; u < world.use_cases; ++u)
          model::for_each_lane(batch.present, [&](std::uint32_t l) {
            const double peers = peer_share(world, state, u, first + l);
            REQUIRE(std::abs(batch.peers(u)[l] - peers) <= model::PeerShares::error * peers);
            if (state.stage[state.cell(u, first + l)] != model::none) return;
            ++unaware;
            const double draw = random::uniform(key, random::Process::awareness,
                                                world.entity[first + l], u, state.quarter);
            const model::Parameters& p = world.rules.parameters;
            const bool hears = (state.available >> u & 1u) != 0 &&
                               draw < p.aware_p + p.aware_q * peers;  // [eq. 24]
            REQUIRE((next.stage[next.cell(u, first + l)] == model::aware) == hears);
            heard += hears;
          });
      }
    }
    CHECK(heard > 100);
    CHECK(unaware > heard);
  }
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
    REQUIRE(watched.adopters == unwatched.adopters);
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
