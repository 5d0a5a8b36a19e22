// Programmes in whole runs: money in exact cents, and no bit moved by a programme without money
// [ODD 7.23, eqs. 58, 62].
#include <tbb/global_control.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "catch.h"
#include "model/germany.h"

using namespace rathaus;
using namespace rathaus::model;

namespace {

ByClass all(double gain) {
  return {ClassKind::all, {gain, 0.0, 0.0, 0.0}};
}

Programme named(const std::string& name) {
  Programme programme;
  programme.name = name;
  programme.window = {.first = 8, .length = 2, .every = 4, .last = 60, .announced = 2};
  return programme;
}

/// Grants by every award rule, living labs, stock programmes, and support without a price.
std::vector<Programme> many_programmes() {
  std::vector<Programme> rows;
  for (const AwardRule rule : {AwardRule::fcfs, AwardRule::merit, AwardRule::lottery,
                               AwardRule::need, AwardRule::quota, AwardRule::formula}) {
    const std::size_t n = static_cast<std::size_t>(rule);
    Programme& call = rows.emplace_back(named(std::string(award_rule_names[n])));
    call[Port::grant_pilot] = {ClassKind::fiscal, {0.9, 0.7, 0.5 + 0.01 * static_cast<double>(n)}};
    call[Port::grant_scale] = all(n % 2 == 0 || rule == AwardRule::formula ? 0.5 : 0.0);
    call[Port::aware] = all(0.5);
    call.budget = {BudgetKind::per_year, 20'000'000, n % 2 == 0};
    call.award = rule;
    call.application_days = 5.0;
    call.joint = n % 3 == 0;
    if (rule != AwardRule::formula)  // one entitlement for pilots and roll-outs of all services
      call.eligible.use_cases = {static_cast<std::uint8_t>(n), static_cast<std::uint8_t>(n + 1)};
    if (rule == AwardRule::quota) call.reserve = {ClassKind::size, {0.4, 0.2, 0.0, 0.0}};
  }
  Programme& lab = rows.emplace_back(named("lab"));
  lab[Port::grant_pilot] = all(0.95);
  lab[Port::evid] = all(0.5);
  lab[Port::trust] = all(0.1);
  lab.sites = 10;
  Programme& data = rows.emplace_back(named("data"));
  data[Port::data] = all(0.05);
  data.budget = {BudgetKind::total, 30'000'001, false};
  data.unit_cost = 2'000.0;
  data.eligible.demand_only = true;
  Programme& duty = rows.emplace_back(named("duty"));
  duty[Port::portability] = all(0.5);
  duty[Port::cert] = all(0.5);
  duty[Port::strategy] = all(0.02);
  return rows;
}

std::vector<std::int64_t> flat(const Outcome& outcome) {
  std::vector<std::int64_t> numbers;
  for (const Row& row : outcome.rows) {
    numbers.insert(numbers.end(), row.value.begin(), row.value.end());
    numbers.insert(numbers.end(), row.blocked.begin(), row.blocked.end());
  }
  numbers.insert(numbers.end(), outcome.services.begin(), outcome.services.end());
  numbers.insert(numbers.end(), outcome.vendor_base.begin(), outcome.vendor_base.end());
  numbers.insert(numbers.end(), outcome.first_operation.begin(), outcome.first_operation.end());
  for (const Snapshot& snapshot : outcome.snapshots) {
    numbers.insert(numbers.end(), snapshot.spent.begin(), snapshot.spent.end());
    numbers.insert(numbers.end(), snapshot.support.begin(), snapshot.support.end());
  }
  return numbers;
}

Outcome run(const std::vector<Programme>& programmes, int units = 400,
            std::uint32_t quarters = 80) {
  const test::Germany germany(units, quarters,
                              [&](Rules& rules) { rules.programmes = programmes; });
  return simulate(*germany.world, germany.key());
}

Programme inert() {
  Programme programme = many_programmes().front();
  programme.name = "inert";
  programme[Port::grant_pilot] = all(1.0);
  programme.wait = 1.0;
  programme.budget.amount = 0;
  return programme;
}

}  // namespace

// [eq. 62]
TEST_CASE("money: every pot and every grant adds up, in cents, in every quarter") {
  const test::Germany germany(400, 80, [](Rules& rules) { rules.programmes = many_programmes(); });
  const World& world = *germany.world;
  const std::size_t programmes = world.rules.programmes.size();
  State state(world, germany.key());
  std::vector<Cents> refilled(programmes, 0), paid(programmes, 0), returned(programmes, 0);
  Cents all_grants = 0, all_paid = 0;
  while (state.quarter < world.quarters) {
    const State before = state;
    advance(world, germany.key(), state);
    std::vector<Cents> granted(programmes, 0);
    std::map<std::uint32_t, Cents> project_cost;
    const auto book = [&](const auto& attempt) {
      project_cost[attempt.unit] += attempt.cost;
      REQUIRE(attempt.application.grant >= 0);
      REQUIRE(attempt.application.grant <= attempt.cost);
      if (attempt.application.programme != no_programme)
        granted[attempt.application.programme] += attempt.application.grant;
    };
    std::map<std::uint32_t, Cents> pilot_grants;  // of programmes that pay an entitlement
    for (const Order& order : state.report.orders) {
      if (order.served) book(order);
      const std::uint8_t k = order.application.programme;
      if (k != no_programme && world.rules.programmes[k].award == AwardRule::formula)
        pilot_grants[order.unit] += order.application.grant;
    }
    // running projects come first: a unit whose entitlement they drew to the end weighs no pilot
    // with it, so that only another pilot leaves one without a cent
    for (const auto& [unit, grants] : pilot_grants) REQUIRE(grants > 0);
    for (const Transition& transition : state.report.transitions) book(transition);
    for (std::uint32_t i = 0; i < world.units; ++i) {
      const Ledger& flow = state.ledger[i];
      const auto cost = project_cost.find(i);
      REQUIRE(flow.own_spending + flow.grants == (cost == project_cost.end() ? 0 : cost->second));
      REQUIRE(state.reserve[i] == before.reserve[i] + flow.inflow + flow.saving_retained -
                                      flow.running_cost - flow.own_spending - flow.switching_cost -
                                      flow.forfeited);
      all_grants += flow.grants;
    }
    for (std::size_t k = 0; k < programmes; ++k) {
      const Pot& pot = state.funding.pot[k];
      refilled[k] += pot.refilled;
      paid[k] += pot.paid;
      returned[k] += pot.returned;
      REQUIRE(refilled[k] == paid[k] + returned[k] + pot.remaining);
      REQUIRE(pot.remaining >= 0);
      if (world.rules.programmes[k].gives_grants()) REQUIRE(pot.paid == granted[k]);
      for (const Cents rest : state.funding.entitlement[k]) REQUIRE(rest >= 0);
    }
  }
  for (std::size_t k = 0; k < programmes; ++k) {
    INFO(world.rules.programmes[k].name);
    const bool free =
        !world.rules.programmes[k].gives_grants() && !world.rules.programmes[k].unit_cost;
    CHECK((paid[k] > 0) != free);  // every programme was used
    all_paid += world.rules.programmes[k].gives_grants() ? paid[k] : 0;
  }
  CHECK(all_paid == all_grants);
  const Cents supported =
      std::accumulate(state.funding.support.begin(), state.funding.support.end(), Cents{0});
  CHECK(supported == std::accumulate(paid.begin(), paid.end(), Cents{0}));
}

TEST_CASE("a programme without money changes no bit of anything, wherever it stands") {
  std::vector<Programme> programmes = many_programmes();
  const std::vector<std::int64_t> with = flat(run(programmes));
  programmes.insert(programmes.begin(), inert());
  CHECK(flat(run(programmes)) == with);
  const std::vector<std::int64_t> baseline = flat(run({}));
  CHECK(flat(run({inert()})) == baseline);
  CHECK(with != baseline);
}

// [eq. 59]
TEST_CASE("gains of zero change nothing; the order of independent programmes is irrelevant") {
  // money for nothing
  Programme zero = named("zero");
  zero.budget = {BudgetKind::total, 1'000'000, false};
  zero.unit_cost = 1.0;
  Outcome paid_for_nothing = run({zero});
  const Outcome baseline = run({});
  for (Snapshot& snapshot : paid_for_nothing.snapshots)
    std::ranges::fill(snapshot.support, Cents{0});
  CHECK(flat(paid_for_nothing) == flat(baseline));

  // programmes that never compete for the same cell
  std::vector<Programme> apart = many_programmes();
  apart.resize(5);
  for (std::uint8_t k = 0; k < apart.size(); ++k) apart[k].eligible.use_cases = {k};
  const std::vector<std::int64_t> forward = flat(run(apart));
  std::ranges::reverse(apart);
  CHECK(flat(run(apart)) == forward);
}

namespace {

/// A yearly call that pays nine tenths of a pilot and is announced a year ahead.
Programme announced_call() {
  Programme call = named("call");
  call.window = {.first = 12, .length = 2, .every = 8, .last = 60, .announced = 4};
  call[Port::grant_pilot] = all(0.9);
  call.budget = {BudgetKind::per_year, 500'000'000, false};
  call.award = AwardRule::lottery;
  return call;
}

/// Units that have waited for the first programme, after every quarter.
std::vector<std::int64_t> waited(const Programme& call, Waiting rule) {
  const test::Germany germany(400, 80, [&](Rules& rules) {
    rules.structure.waiting = rule;
    rules.programmes = {call};
  });
  std::vector<std::int64_t> counts;
  simulate(*germany.world, germany.key(), [&](const State& state) {
    counts.push_back(std::ranges::count_if(
        state.funding.reach[0], [](std::uint8_t reach) { return (reach & reach_waited) != 0; }));
  });
  return counts;
}

}  // namespace

TEST_CASE(
    "waiting: nobody waits for what is never awarded, costs more than it brings or may begin") {
  Programme call = announced_call();
  const std::vector<std::int64_t> tempted = waited(call, Waiting::reckoned);
  CHECK(tempted[11] > 0);
  CHECK(tempted.back() > tempted[13]);
  CHECK(waited(call, Waiting::none).back() == 0);
  CHECK(waited(call, Waiting::share).back() > 0);

  call.application_days = 1e6;
  CHECK(waited(call, Waiting::reckoned).back() == 0);
  call.application_days = 0.0;
  call.early_start = true;
  for (const Waiting rule : {Waiting::reckoned, Waiting::share})
    CHECK(waited(call, rule).back() == 0);
  call.early_start = false;
  call.budget.amount = 1;  // the first application closes the call: b is 0 from then on
  const std::vector<std::int64_t> disappointed = waited(call, Waiting::reckoned);
  CHECK(disappointed[11] > 0);
  CHECK(disappointed.back() == disappointed[13]);
}

TEST_CASE("waiting: a wish that is put off is kept until its call is announced no more") {
  const test::Germany germany(400, 80,
                              [&](Rules& rules) { rules.programmes = {announced_call()}; });
  const World& world = *germany.world;
  State state(world, germany.key());
  std::size_t put_off = 0, applied = 0;
  while (state.quarter < world.quarters) {
    const Column<std::uint8_t> before = state.awaited;
    advance(world, germany.key(), state);
    for (std::uint32_t i = 0; i < world.units; ++i)
      for (std::uint32_t u = 0; u < world.use_cases; ++u) {
        const std::size_t cell = state.cell(u, i);
        if (before[cell] == no_programme) continue;
        const bool goes_on = state.funding.announced != 0;
        REQUIRE((state.awaited[cell] != no_programme) == goes_on);
        if (goes_on) REQUIRE(state.stage[cell] == aware);
        ++put_off;
      }
    if (state.funding.open == 0) continue;
    applied += static_cast<std::size_t>(std::ranges::count_if(state.report.orders, [&](auto& o) {
      return before[state.cell(o.use_case, o.unit)] != no_programme && o.application.grant > 0;
    }));
  }
  CHECK(put_off > 0);
  CHECK(applied > 0);
}

TEST_CASE("early starts: a running pilot asks once, and its grant flows back to its unit") {
  Programme call = announced_call();
  call.early_start = true;
  const test::Germany germany(400, 80, [&](Rules& rules) { rules.programmes = {call}; });
  const World& world = *germany.world;
  State state(world, germany.key());
  Cents refunded = 0, paid = 0, received = 0;
  while (state.quarter < world.quarters) {
    const Column<Cents> reserve = state.reserve;
    advance(world, germany.key(), state);
    for (const Transition& transition : state.report.transitions) {
      if (transition.to != pilot) continue;
      const std::size_t cell = state.cell(transition.use_case, transition.unit);
      REQUIRE(transition.cost == 0);
      REQUIRE(state.pilot_cost[cell] == 0);
      REQUIRE(state.stage[cell] == pilot);
      REQUIRE(state.age[cell] <= call.window.announced + call.window.length);
      refunded += transition.application.grant;
    }
    paid += state.funding.pot[0].paid;
    for (std::uint32_t i = 0; i < world.units; ++i) {
      const Ledger& flow = state.ledger[i];
      REQUIRE(state.reserve[i] == reserve[i] + flow.inflow + flow.saving_retained -
                                      flow.running_cost - flow.own_spending - flow.switching_cost -
                                      flow.forfeited);
      received += flow.grants;
    }
  }
  CHECK(refunded > 0);
  CHECK(refunded < paid);
  CHECK(paid == received);
}

TEST_CASE("programmes: the same bits on one thread and on four") {
  const auto with_threads = [](std::size_t threads) {
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
    return flat(run(many_programmes(), 20'000, 16));
  };
  CHECK(with_threads(1) == with_threads(4));
}
