// Decisions of many units side by side are those that each would take alone [ODD 7.13, 7.15, 7.16].
#include <algorithm>
#include <array>
#include <functional>
#include <numeric>
#include <utility>

#include "catch.h"
#include "model/germany.h"
#include "model/peer_field.h"
#include "model/weighing.h"
#include "rules/vendors.h"

using namespace rathaus;

// [eq. 34]
TEST_CASE("a choice is the inverse distribution function") {
  const random::Key key = random::run_key(5, 0, 0);
  for (std::uint32_t n = 0; n < 2'000; ++n) {
    random::Draws draws(key, random::Process::vendor_choice, n, 0);
    const std::uint32_t slots = 1 + n % model::max_vendors;
    std::array<double, model::max_vendors> weight{};
    for (std::uint32_t v = 0; v < slots; ++v)
      weight[v] = v > 0 && n % 3 == 0 && draws(40 + v) < 0.3 ? 0.0 : draws(v);  // some have none
    double total = 0.0, before = 0.0;
    for (std::uint32_t v = 0; v < slots; ++v) total += weight[v];
    for (std::uint32_t v = 0; v < slots; ++v) {
      const double bound = before + weight[v];
      for (const double off : {-1e-2, -1e-6, -1e-9, 0.0, 1e-9, 1e-6, 1e-2}) {
        const double draw = bound / total + off;
        if (!(draw > 0.0 && draw < 1.0 - 0x1p-33)) continue;
        const std::uint8_t chosen = rules::pick(weight, slots, draw);
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

namespace {

/// Launches of every unit with draws next to its own probability, in lists and alone; returns how
/// many were wanted, and of how many.
std::pair<int, int> weigh_all(Years& years) {
  const model::World& world = *years.germany.world;
  const double rate = world.rules.parameters.decision_rate;
  model::Report report;
  report.clear(world);
  int wanted = 0, all = 0;
  for (std::uint32_t first = 0; first < world.units; first += model::batch_units) {
    model::Batch batch(world, years.key, years.state, report, first);
    model::Weighing weighing(batch);
    std::array<model::Wish, model::Weighing::capacity> alone{};
    std::size_t place = 0;
    const auto settle = [&] {
      place = 0;
      weighing.settle([&](std::uint32_t, std::uint32_t, double utility, bool wants) {
        REQUIRE(utility == alone[place].value);
        REQUIRE(wants == alone[place].own);
        wanted += wants;
        ++all;
        ++place;
      });
      place = 0;
    };
    model::for_each_lane(batch.present, [&](std::uint32_t l) {
      const model::Turn turn = batch.turn(l);
      for (std::uint32_t u = 0; u < world.use_cases; ++u) {
        const double chance = rate * rules::logistic(wants_pilot(turn, u, 0.5 * rate, 0.0).value);
        for (const double factor : {1e-6, 0.9, 1 - 0x1p-52, 1.0, 1 + 0x1p-52, 1.1}) {
          const double draw = std::min(chance * factor, 1.0 - 0x1p-33);
          if (weighing.is_full()) settle();
          alone[place++] = wants_pilot(turn, u, draw, 0.0);
          weighing.collect(l, u, draw, 0.0);
        }
      }
    });
    settle();
  }
  return {wanted, all};
}

}  // namespace

// [eqs. 25-29]
TEST_CASE("a list of launches says of each what it would be told alone") {
  for (const auto& change : std::array<std::function<void(model::Rules&)>, 4>{
           [](model::Rules&) {},
           [](model::Rules& rules) { rules.structure.peer_set = model::PeerSet::global; },
           [](model::Rules& rules) {
             rules.parameters.beta_value = rules.parameters.beta_peer = 1000.0;
           },
           [](model::Rules& rules) { rules.parameters.evidence_half = 1e-9; }}) {
    Years years(change);
    const auto [wanted, all] = weigh_all(years);
    CHECK(wanted > 500);
    CHECK(all > wanted + 500);
  }
}

// [eq. 24]
TEST_CASE("who hears of a use case is who should") {
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
            if (state.stage[state.cell(u, first + l)] != model::none) return;
            ++unaware;
            const double draw = random::uniform(key, random::Process::awareness,
                                                world.entity[first + l], u, state.quarter);
            const model::Parameters& p = world.rules.parameters;
            const bool hears =
                (state.available >> u & 1u) != 0 &&
                draw < p.aware_p + p.aware_q * peer_share(world, state, u, first + l);  // eq. 24
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
