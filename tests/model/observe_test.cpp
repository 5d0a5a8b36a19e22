// What a quarter reports is what the state holds, by the definitions of ODD section 7.18, gathered
// anew and in another way: dense matrices and plain sums.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <string_view>

#include "catch.h"
#include "model/germany.h"

using namespace rathaus;
using namespace rathaus::model;

namespace {

bool runs(const State& state, std::uint32_t use_case, std::uint32_t unit) {
  return state.stage[state.cell(use_case, unit)] >= operation;
}

bool adopter(const World& world, const State& state, std::uint32_t unit) {
  for (std::uint32_t u = 0; u < world.use_cases; ++u)
    if (!world.rules.use_cases[u].turnkey && runs(state, u, unit)) return true;
  return false;
}

/// (n/W) Σ w(x−x̄)(x−x̄) / Σ(x−x̄)², all pairs, w = 1 for a geographic neighbour [eq. 55]
double morans_i_of_all_pairs(const World& world, const State& state) {
  const std::uint32_t n = world.units;
  std::vector<double> x(n);
  double mean = 0.0;
  for (std::uint32_t i = 0; i < n; ++i) mean += (x[i] = adopter(world, state, i)) / n;
  std::vector<std::uint8_t> weight(std::size_t{n} * n, 0);
  const Network& network = world.municipalities.network;
  for (std::uint32_t i = 0; i < n; ++i)
    for (std::uint32_t e = network.first[i]; e < network.first[i + 1]; ++e)
      if (network.layer[e] == 0) weight[std::size_t{i} * n + network.target[e]] = 1;
  double weights = 0.0, products = 0.0, squares = 0.0;
  for (std::uint32_t i = 0; i < n; ++i) {
    squares += (x[i] - mean) * (x[i] - mean);
    for (std::uint32_t j = 0; j < n; ++j) {
      weights += weight[std::size_t{i} * n + j];
      products += weight[std::size_t{i} * n + j] * (x[i] - mean) * (x[j] - mean);
    }
  }
  return n / weights * products / squares;  // 0/0 if all are alike
}

/// Σ m² of the shares of vendors in the cells of the units that `chosen` names [eq. 53].
struct Market {
  double cells = 0.0, concentration = 0.0;
};

template <class Chosen>
Market market(const World& world, const State& state, Chosen chosen) {
  std::vector<double> base(world.vendors, 0.0);
  Market result;
  for (std::uint32_t i = 0; i < world.units; ++i)
    for (std::uint32_t u = 0; chosen(i) && u < world.use_cases; ++u)
      if (state.stage[state.cell(u, i)] >= pilot) {
        ++base[state.vendor[state.cell(u, i)]];
        ++result.cells;
      }
  for (const double b : base) result.concentration += b * b / (result.cells * result.cells);
  return result;
}

void check_equal(float reported, double expected) {
  if (std::isnan(expected))
    REQUIRE(std::isnan(reported));
  else
    REQUIRE(reported == Approx(expected).epsilon(1e-5).margin(1e-6));  // stored as float
}

/// Calls check(state) after every quarter and returns what the run left behind.
template <class Check>
Outcome watched(const test::Germany& germany, Check check) {
  return simulate(*germany.world, germany.key(), [&](const State& s) { check(s); });
}

}  // namespace

// [eqs. 53, 55]
TEST_CASE("concentration and clustering are those of their definitions") {
  const test::Germany germany(220, 60, test::start_from_nothing);
  const World& world = *germany.world;
  std::vector<double> national, local, moran;
  const Outcome outcome = watched(germany, [&](const State& s) {
    national.push_back(market(world, s, [](std::uint32_t) { return true; }).concentration);
    Market all;
    for (std::uint32_t r = 0; r < world.regions; ++r) {
      const Market here =
          market(world, s, [&](std::uint32_t i) { return world.municipalities.region[i] == r; });
      if (here.cells == 0.0) continue;
      all.cells += here.cells;
      all.concentration += here.cells * here.concentration;
    }
    local.push_back(all.concentration / all.cells);
    moran.push_back(morans_i_of_all_pairs(world, s));
    if (all.cells == 0.0) national.back() = NAN;
  });
  for (std::uint32_t t = 0; t < world.quarters; ++t) {
    check_equal(outcome.index("hhi_national")[t], national[t]);
    check_equal(outcome.index("hhi_local")[t], local[t]);
    check_equal(outcome.index("morans_i")[t], moran[t]);
  }
  CHECK(std::isnan(moran.front()));  // nobody has adopted yet
  CHECK(std::abs(moran.back()) > 0.001);
}

TEST_CASE("where everybody has adopted there is no clustering") {
  const test::Germany germany(80, 12, [](Rules& rules) {
    rules.structure.decision_rule = DecisionRule::bass;
    rules.structure.funnel = Funnel::collapsed;
    rules.structure.feasibility = rules.structure.vendor_capacity = false;
    rules.parameters.aware_p = 1.0;
  });
  const Outcome outcome = simulate(*germany.world, germany.key());
  CHECK(std::isnan(outcome.index("morans_i").back()));
  CHECK_FALSE(std::isnan(outcome.index("hhi_national").back()));
}

TEST_CASE("a unit is ever short of what ended an attempt of it, once and for good") {
  const test::Germany germany(30, 60, {}, {"land"});
  const World& world = *germany.world;
  const Outcome outcome = simulate(world, germany.key());
  std::vector<std::size_t> units;
  for (const Grouping& grouping : world.groupings)
    for (std::size_t c = 0; c < grouping.labels.size(); ++c)
      units.push_back(static_cast<std::size_t>(std::ranges::count(grouping.class_of, c)));
  std::size_t alone = 0, several = 0;
  for (std::size_t c = 0; c < units.size(); ++c) {
    alone += units[c] == 1;
    std::array<std::int64_t, constraint_names.size()> attempts{}, before{};
    for (std::size_t t = 0; t < world.quarters; ++t) {
      const Row& row = outcome.rows[t * units.size() + c];
      for (std::size_t what = 0; what < attempts.size(); ++what) {
        for (std::size_t step = 0; step < step_names.size(); ++step)
          attempts[what] += row.blocked[step * constraint_names.size() + what];
        const std::int64_t ever = row.ever_short[what];
        REQUIRE(ever >= before[what]);
        REQUIRE(ever <= std::min(attempts[what], static_cast<std::int64_t>(units[c])));
        REQUIRE((ever > 0) == (attempts[what] > 0));
        before[what] = ever;
        several += ever > 1;
      }
    }
  }
  CHECK(alone > 0);  // there, it is 1 from the first such attempt on
  CHECK(several > 0);
}

TEST_CASE("stocks, adopters and first operations are those of the units, in every grouping") {
  const test::Germany germany(220, 60, {}, {"land", "fiscal_class"});
  const World& world = *germany.world;
  std::vector<std::int16_t> first(world.units, -1);
  const Outcome outcome = watched(germany, [&](const State& s) {
    std::vector<Row> expected(s.report.totals.rows.size());
    for (std::uint32_t i = 0; i < world.units; ++i) {
      const bool adopted = adopter(world, s, i);
      if (adopted && first[i] < 0) first[i] = static_cast<std::int16_t>(s.quarter - 1);
      std::size_t offset = 0;
      for (const Grouping& grouping : world.groupings) {
        Row& row = expected[offset + grouping.class_of[i]];
        row[Indicator::adopters] += adopted;
        row[Indicator::adopter_inhabitants] += adopted ? world.municipalities.population[i] : 0;
        row[Indicator::staff] += std::llround(s.staff[i] * 1048576.0);
        row[Indicator::data_readiness] += std::llround(s.data[i] * 1048576.0);
        row[Indicator::trust] += std::llround(s.trust[i] * 1048576.0);
        for (std::uint32_t u = 0; u < world.use_cases; ++u)
          if (runs(s, u, i))
            row[Indicator::lock_in] += std::llround(double{s.lock_in[s.cell(u, i)]} * 1048576.0);
        offset += grouping.labels.size();
      }
    }
    for (std::size_t r = 0; r < expected.size(); ++r)
      for (const Indicator indicator :
           {Indicator::adopters, Indicator::adopter_inhabitants, Indicator::staff,
            Indicator::data_readiness, Indicator::trust, Indicator::lock_in})
        REQUIRE(s.report.totals.rows[r].value[static_cast<std::size_t>(indicator)] ==
                expected[r][indicator]);
  });
  CHECK(outcome.first_operation == first);
  CHECK(std::ranges::count_if(first, [](int t) { return t > 4; }) > 100);
}

TEST_CASE("classes of units: sizes by their bounds, fiscal thirds by rank, Länder by name") {
  for (const auto& [inhabitants, expected] :
       std::vector<std::pair<int, SizeClass>>{{1, SizeClass::below_5k},
                                              {4'999, SizeClass::below_5k},
                                              {5'000, SizeClass::from_5k},
                                              {19'999, SizeClass::from_5k},
                                              {20'000, SizeClass::from_20k},
                                              {99'999, SizeClass::from_20k},
                                              {100'000, SizeClass::from_100k}})
    CHECK(size_class_of(inhabitants) == expected);

  const test::Germany germany(200, 4, {}, {"land", "fiscal_class"});
  const World& world = *germany.world;
  const Grouping& land = world.groupings[1];
  const Grouping& fiscal = world.groupings[2];
  CHECK(land.labels == world.municipalities.land_names);
  CHECK(fiscal.labels == std::vector<std::string>{"weak", "middle", "strong"});
  std::array<std::size_t, 3> members{};
  for (std::uint32_t i = 0; i < world.units; ++i) {
    CHECK(land.class_of[i] == world.municipalities.land[i]);
    ++members[fiscal.class_of[i]];
    for (std::uint32_t j = 0; j < world.units; ++j)
      REQUIRE((fiscal.class_of[i] <= fiscal.class_of[j] || world.fiscal[i] >= world.fiscal[j]));
  }
  CHECK(members == std::array<std::size_t, 3>{66, 68, 66});  // two thirds of 200, rounded down
}

TEST_CASE("an indicator counts ones, cents, watt-hours, grams or steps of fixed point") {
  for (const IndicatorInfo& info : indicator_infos()) {
    INFO(info.name);
    const bool counted = info.storage != Storage::float64;
    const double one = counted               ? 1.0
                       : info.units == "EUR" ? 0.01
                       : info.units == "kWh" ? 0.001
                       : info.units == "kg"  ? 0.001
                                             : 0x1p-20;
    CHECK(info.one == one);
  }
}

TEST_CASE("gains are judged 5, 10 and 20 years after support began, or at the end of the run") {
  using Quarters = std::vector<std::uint32_t>;
  CHECK(horizons(100, 0) == Quarters{20, 40, 80});
  CHECK(horizons(80, 0) == Quarters{20, 40, 80});
  CHECK(horizons(80, 8) == Quarters{28, 48, 80});
  CHECK(horizons(21, 0) == Quarters{20, 21});
  CHECK(horizons(20, 0) == Quarters{20});
  CHECK(horizons(12, 3) == Quarters{12});
}

TEST_CASE("who is supported in the first quarter of a run counts as reached when it has adopted") {
  const test::Germany germany(120, 60, [](Rules& rules) {
    Programme advice;
    advice.name = "advice";
    advice[Port::aware].value = {1.0, 0.0, 0.0, 0.0};
    advice.window = {.first = 0, .length = 1, .last = 0};
    rules.programmes = {advice};
  });
  const Outcome outcome = simulate(*germany.world, germany.key());
  const auto counted = [&](std::uint32_t quarter, std::string_view what) {
    const auto name =
        static_cast<std::size_t>(std::ranges::find(reach_names, what) - reach_names.begin());
    const std::int32_t* row = &outcome.reach[(quarter * reach_names.size() + name) * reach_classes];
    return std::accumulate(row, row + size_class_names.size(), 0);
  };
  CHECK(counted(0, "awarded") == 120);  // everybody, without a budget
  for (const std::uint32_t t : {30u, 59u}) {
    std::int32_t adopted = 0;  // ever so far
    for (std::uint32_t i = 0; i < germany.world->units; ++i)
      adopted +=
          outcome.first_operation[i] >= 0 && outcome.first_operation[i] <= static_cast<int>(t);
    CHECK(counted(t, "in_operation") == adopted);
    CHECK(adopted > 10);
  }
}
