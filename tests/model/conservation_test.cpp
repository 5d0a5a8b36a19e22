// Every cent and every cell is accounted for, in every quarter of a run [ODD eq. 58, V6].
#include <map>

#include "catch.h"
#include "model/common_solutions.h"
#include "model/germany.h"

using namespace rathaus;
using namespace rathaus::model;

namespace {

/// Runs a small Germany and calls check(world, before, after) for every quarter.
template <class Check>
void for_every_quarter(const test::Germany& germany, Check check) {
  State state(*germany.world, germany.key());
  while (state.quarter < germany.world->quarters) {
    const State before = state;
    advance(*germany.world, germany.key(), state);
    check(*germany.world, before, state);
  }
}

bool allowed(Stage from, Stage to) {
  switch (from) {
    case none:
      return to == none || to == aware;
    case aware:
      return to == aware || to == pilot;
    case pilot:
      return to == pilot || to == aware || to == operation;
    case operation:
      return to == operation || to == scaled || to == aware;
    case scaled:
      return to == scaled || to == aware;
  }
  return false;
}

}  // namespace

// [eq. 58]
TEST_CASE("cents: the reserve moves by the booked flows and by nothing else") {
  const test::Germany germany(400);
  Cents spent = 0, switched = 0, forfeited = 0, retained = 0;
  for_every_quarter(germany, [&](const World& world, const State& before, const State& after) {
    std::map<std::uint32_t, Cents>
        project_cost;  // recomputed from what was decided, not from the ledger
    for (const Order& order : after.report.orders)
      if (order.served) project_cost[order.unit] += order.cost;
    for (const Transition& transition : after.report.transitions)
      project_cost[transition.unit] += transition.cost;
    for (std::uint32_t i = 0; i < world.units; ++i) {
      const Ledger& flow = after.ledger[i];
      REQUIRE(after.reserve[i] == before.reserve[i] + flow.inflow + flow.saving_retained -
                                      flow.running_cost - flow.own_spending - flow.switching_cost -
                                      flow.forfeited);
      const auto cost = project_cost.find(i);
      REQUIRE(flow.own_spending == (cost == project_cost.end() ? 0 : cost->second));
      REQUIRE(flow.forfeited >= 0);
      spent += flow.own_spending;
      switched += flow.switching_cost;
      forfeited += flow.forfeited;
      retained += flow.saving_retained;
    }
  });
  // the identity must not hold for want of flows
  CHECK(spent > 0);
  CHECK(switched > 0);
  CHECK(forfeited > 0);
  CHECK(retained > 0);
}

TEST_CASE("indicators are the sums of what units hold and book, in every grouping") {
  const test::Germany germany(300, 60, {}, {"land", "fiscal_class"});
  for_every_quarter(germany, [&](const World& world, const State&, const State& after) {
    std::vector<Row> expected(after.report.totals.rows.size());
    for (std::uint32_t i = 0; i < world.units; ++i) {
      std::size_t offset = 0;
      for (const Grouping& grouping : world.groupings) {
        Row& sum = expected[offset + grouping.class_of[i]];
        sum[Indicator::inflow] += after.ledger[i].inflow;
        sum[Indicator::saving_retained] += after.ledger[i].saving_retained;
        sum[Indicator::running_cost] += after.ledger[i].running_cost;
        sum[Indicator::own_spending] += after.ledger[i].own_spending;
        sum[Indicator::switching_cost] += after.ledger[i].switching_cost;
        sum[Indicator::forfeited] += after.ledger[i].forfeited;
        sum[Indicator::reserve] += after.reserve[i];
        for (std::uint32_t u = 0; u < world.use_cases; ++u)
          sum[Indicator::services_running] += after.stage[after.cell(u, i)] >= operation;
        offset += grouping.labels.size();
      }
    }
    for (std::size_t r = 0; r < expected.size(); ++r)
      for (const Indicator indicator :
           {Indicator::inflow, Indicator::saving_retained, Indicator::running_cost,
            Indicator::own_spending, Indicator::switching_cost, Indicator::forfeited,
            Indicator::reserve, Indicator::services_running})
        REQUIRE(after.report.totals.rows[r].value[static_cast<std::size_t>(indicator)] ==
                expected[r][indicator]);
    for (Row row : after.report.totals.rows) {
      REQUIRE(row[Indicator::energy_net] ==
              row[Indicator::energy_gross_saving] - row[Indicator::energy_direct_rebound] -
                  row[Indicator::energy_indirect_rebound] - row[Indicator::energy_footprint]);
    }
  });
}

TEST_CASE("cells: every transition is allowed, and every event is counted once") {
  const test::Germany germany(400);
  for_every_quarter(germany, [&](const World& world, const State& before, const State& after) {
    std::int64_t lost = 0, started = 0, launched = 0;
    std::vector<std::uint32_t> services(world.use_cases * std::size_t{5}, 0);
    for (std::uint32_t u = 0; u < world.use_cases; ++u)
      for (std::uint32_t i = 0; i < world.units; ++i) {
        const std::size_t c = after.cell(u, i);
        REQUIRE(allowed(before.stage[c], after.stage[c]));
        REQUIRE((after.stage[c] >= pilot) == (after.vendor[c] != no_vendor));
        if (after.stage[c] < pilot)
          REQUIRE((after.lock_in[c] == 0.0f && after.maturity[c] == 0.0f));
        lost += before.stage[c] >= pilot && after.stage[c] == aware;
        launched += before.stage[c] == aware && after.stage[c] == pilot;
        started += before.stage[c] == pilot && after.stage[c] == operation;
        ++services[u * 5 + after.stage[c]];
      }
    Row all;
    for (std::size_t r = 0; r < size_class_names.size(); ++r)
      for (std::size_t k = 0; k < indicator_count; ++k)
        all.value[k] += after.report.totals.rows[r].value[k];
    REQUIRE(all[Indicator::pilots_started] == launched);
    REQUIRE(all[Indicator::operations_started] == started);
    REQUIRE(all[Indicator::pilots_failed] + all[Indicator::pilots_stranded] +
                all[Indicator::services_discontinued] ==
            lost);
    REQUIRE(after.report.totals.services == services);
  });
}

TEST_CASE("fields pushed on change equal a count from scratch; vendors serve at most their slots") {
  const test::Germany germany(400);
  for_every_quarter(germany, [&](const World& world, const State& before, const State& after) {
    const Network& network = world.municipalities.network;
    VendorBase base;
    std::vector<VendorBase> regional(world.regions);
    for (std::uint32_t u = 0; u < world.use_cases; ++u) {
      std::uint32_t all = 0;
      std::vector<std::uint32_t> by_provider(world.providers, 0);
      for (std::uint32_t i = 0; i < world.units; ++i) {
        std::uint32_t peers = 0;
        for (std::uint32_t e = network.first[i]; e < network.first[i + 1]; ++e)
          peers += after.stage[after.cell(u, network.target[e])] >= operation;
        REQUIRE(after.peers_running[after.cell(u, i)] == peers);
        const std::size_t c = after.cell(u, i);
        if (after.stage[c] >= operation) {
          ++all;
          ++by_provider[world.municipalities.provider[i]];
        }
        if (after.stage[c] >= pilot) {
          for (VendorBase* customers : {&base, &regional[world.municipalities.region[i]]}) {
            ++(*customers)[after.vendor[c]];
            ++customers->all;
          }
        }
      }
      REQUIRE(after.all_running[u] == all);
      for (std::uint32_t g = 0; g < world.providers; ++g)
        REQUIRE(after.provider_running[u * std::size_t{world.providers} + g] == by_provider[g]);
    }
    REQUIRE(after.vendor_base == base);
    REQUIRE(after.regional_base == regional);
    for (std::uint32_t v = 0; v < world.vendors; ++v) {
      std::uint32_t served = 0, ordered = 0;
      for (const Order& order : after.report.orders) {
        if (order.vendor != v || is_common(world, after, order.use_case, order.unit, order.vendor))
          continue;
        ++ordered;  // of a slot: a common solution needs none
        served += order.served;
      }
      REQUIRE(served == std::min<std::uint32_t>(
                            ordered, static_cast<std::uint32_t>(before.vendors[v].capacity)));
    }
    std::vector<std::int64_t> pool(world.regions, 0);
    std::vector<std::uint32_t> members(world.regions, 0);
    for (std::uint32_t i = 0; i < world.units; ++i)
      if (after.member[i]) {
        pool[world.municipalities.region[i]] += world.municipalities.population[i];
        ++members[world.municipalities.region[i]];
      }
    REQUIRE(after.pool_inhabitants == pool);
    REQUIRE(after.pool_members == members);
  });
}

// [eq. 10]
TEST_CASE("without awareness nothing happens and the reserve follows its closed form [V5]") {
  const test::Germany germany(200, 80, [](Rules& rules) {
    test::start_from_nothing(rules);
    rules.parameters.aware_p = rules.parameters.aware_q = 0.0;
  });
  const World& world = *germany.world;
  const Parameters& p = world.rules.parameters;
  for_every_quarter(germany, [&](const World&, const State& before, const State& after) {
    REQUIRE(after.report.changes.empty());
    for (std::uint32_t i = 0; i < world.units; ++i) {
      const Cents inflow = cents(world.margin[i] * (1.0 - p.data_budget_share));
      REQUIRE(after.reserve[i] ==
              std::min(before.reserve[i] + inflow, cents(world.reserve_cap[i])));
      REQUIRE(after.staff[i] == Approx(before.staff[i]).epsilon(1e-12));
      REQUIRE(after.trust[i] == Approx(after.trust_start[i]).epsilon(1e-12));
    }
    for (const Row& row : after.report.totals.rows)
      for (const Indicator indicator :
           {Indicator::saving, Indicator::running_cost, Indicator::own_spending,
            Indicator::energy_gross_saving, Indicator::energy_footprint, Indicator::energy_net,
            Indicator::emissions_net, Indicator::adopters, Indicator::incidents})
        REQUIRE(row.value[static_cast<std::size_t>(indicator)] == 0);
  });
}
