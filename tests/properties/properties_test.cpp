// What must hold for any numbers: finite states, monotone answers where the model is monotone, and
// the extremes [V9, V10, V11 of the verification plan, ODD section 9].
#include <cmath>

#include "catch.h"
#include "model/germany.h"

using namespace rathaus;
using namespace rathaus::model;

namespace {

/// Stages of all cells after every quarter.
std::vector<std::vector<Stage>> history(const test::Germany& germany) {
  std::vector<std::vector<Stage>> stages;
  simulate(*germany.world, germany.key(),
           [&](const State& s) { stages.emplace_back(s.stage.begin(), s.stage.end()); });
  return stages;
}

/// Nothing scarce, nothing that feeds back against adoption: the world of V10.
void make_monotone(Rules& rules) {
  rules.structure.feasibility = false;
  rules.structure.vendor_capacity = false;
  rules.structure.funnel = Funnel::collapsed;
  rules.parameters.incident_rate = 0.0;
  rules.parameters.vendor_learn_rate = 0.0;
  for (Vendor& vendor : rules.vendors) vendor.exit_rate = 0.0;
}

/// Cells that run in `less` but not in `more`, over all quarters, and how many run at all.
struct Comparison {
  std::size_t lost = 0, gained = 0;
};

Comparison compare(const std::function<void(Rules&)>& less,
                   const std::function<void(Rules&)>& more) {
  const auto monotone = [](const std::function<void(Rules&)>& change) {
    return [&change](Rules& rules) {
      make_monotone(rules);
      change(rules);
    };
  };
  const auto a = history(test::Germany(150, 40, monotone(less)));
  const auto b = history(test::Germany(150, 40, monotone(more)));
  Comparison result;
  for (std::size_t t = 0; t < a.size(); ++t)
    for (std::size_t cell = 0; cell < a[t].size(); ++cell) {
      result.lost += a[t][cell] >= operation && b[t][cell] < operation;
      result.gained += a[t][cell] < operation && b[t][cell] >= operation;
    }
  return result;
}

template <class T>
bool all_within(std::span<const T> values, double low, double high) {
  return std::ranges::all_of(
      values, [&](T x) { return x >= static_cast<T>(low) && x <= static_cast<T>(high); });
}

}  // namespace

TEST_CASE("no NaN, no infinity, no stock outside its range, for any plausible parameters") {
  // 1,500 parameter vectors, uniform over the plausible ranges, each a small world of its own
  const test::Germany germany(40, 48);
  constexpr double infinity = std::numeric_limits<double>::infinity();
  std::size_t launched = 0;
  for (std::uint32_t vector = 0; vector < 1500; ++vector) {
    Rules rules = germany.study.rules;
    std::uint32_t number = 0;
    for (const ParameterField& field : parameter_fields()) {
      const study::Evidence& evidence = germany.study.parameters[number];
      REQUIRE(evidence.name == field.name);
      const double u =
          random::uniform(random::run_key(99, 0, vector), random::Process::traits, number++, 0, 0);
      const double x = evidence.low + u * (evidence.high - evidence.low);
      rules.parameters.*field.member = field.whole ? std::round(x) : x;
    }
    const World world(germany.population.municipalities, rules, 48);
    const auto units = [&](const Column<double>& column) {
      return std::span<const double>(column).first(world.units);
    };
    const auto check = [&](const State& s) {
      REQUIRE(all_within(units(s.staff), 0.0, 1e12));
      REQUIRE(all_within(units(s.data), 0.0, 1.0));
      REQUIRE(all_within(units(s.trust), 0.0, 1.0));
      REQUIRE(all_within(std::span<const float>(s.lock_in), 0.0, 1.0));
      REQUIRE(all_within(std::span<const float>(s.maturity), 0.0, 1.0));
      REQUIRE(all_within(units(s.scale), 1e-12, 1e12));
      REQUIRE(all_within(units(s.data_investment), 0.0, 1.0));
      for (std::uint32_t v = 0; v < world.vendors; ++v) {
        REQUIRE((s.vendors[v].price > 0.0 && s.vendors[v].price < infinity));
        REQUIRE((s.vendors[v].capacity >= 0.0 && s.vendors[v].capacity < infinity));
      }
      launched += s.report.orders.size();
    };
    simulate(world, germany.key(vector), check);
  }
  CHECK(launched > 100'000);  // these worlds were not idle
}

TEST_CASE("pathwise monotone: the same luck and a stronger push never lose a service [V10]") {
  struct Case {
    const char* name;
    std::function<void(Rules&)> less, more;
  };
  const auto set = [](double Parameters::*member, double value) {
    return [=](Rules& rules) { rules.parameters.*member = value; };
  };
  const auto scale = [](double UseCase::*member, double factor) {
    return [=](Rules& rules) {
      for (UseCase& u : rules.use_cases) u.*member *= factor;
    };
  };
  const std::vector<Case> cases{
      {"u0", set(&Parameters::u0, -0.5), set(&Parameters::u0, 0.5)},
      {"beta_peer", set(&Parameters::beta_peer, 0.5), set(&Parameters::beta_peer, 4)},
      {"decision_rate", set(&Parameters::decision_rate, 0.1), set(&Parameters::decision_rate, 0.3)},
      {"aware_p", set(&Parameters::aware_p, 0.02), set(&Parameters::aware_p, 0.06)},
      {"aware_q", set(&Parameters::aware_q, 0.1), set(&Parameters::aware_q, 0.6)},
      {"cost_eur", scale(&UseCase::cost_eur, 2.0), scale(&UseCase::cost_eur, 0.5)},
      {"run_cost_share", set(&Parameters::run_cost_share, 0.5),
       set(&Parameters::run_cost_share, 0.1)},
      {"risk", scale(&UseCase::risk, 1.0), scale(&UseCase::risk, 0.2)},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    const Comparison comparison = compare(c.less, c.more);
    CHECK(comparison.lost == 0);
    CHECK(comparison.gained > 0);
    CHECK(compare(c.more, c.less).lost == comparison.gained);  // the test can fail
  }
}

TEST_CASE("extremes [V11]") {
  SECTION("nothing is missing and pilots always succeed: no graveyard") {
    const test::Germany germany(150, 60, [](Rules& rules) {
      rules.parameters.pilot_success = 1.0;
      rules.parameters.margin_eur_pc_q = 1e4;
      rules.parameters.post_share = 1.0;
      for (UseCase& u : rules.use_cases) u.data_threshold = 0.0;
      for (Vendor& vendor : rules.vendors) vendor.exit_rate = 0.0;
    });
    std::int64_t started = 0;
    for (Row row : simulate(*germany.world, germany.key()).rows) {
      CHECK(row[Indicator::pilots_failed] == 0);
      CHECK(row[Indicator::pilots_stranded] == 0);
      CHECK(row(Step::pilot, Constraint::money) == 0);
      started += row[Indicator::operations_started];
    }
    CHECK(started > 0);
  }
  SECTION("no vendor has a slot: no pilot, and zero capacity stays zero") {
    const test::Germany germany(150, 60, [](Rules& rules) {
      test::offer_nothing(rules);  // a common solution needs no slot
      for (Vendor& vendor : rules.vendors) vendor.capacity = 0.0;
    });
    std::int64_t waiting = 0;
    for (Row row : simulate(*germany.world, germany.key()).rows) {
      CHECK(row[Indicator::pilots_started] == 0);
      waiting += row(Step::pilot, Constraint::vendor_capacity);
    }
    CHECK(waiting > 0);
  }
  SECTION("open vendors lock nobody in") {
    const test::Germany germany(150, 60, [](Rules& rules) {
      for (Vendor& vendor : rules.vendors) vendor.openness = 1.0;
    });
    std::int64_t running = 0;
    for (Row row : simulate(*germany.world, germany.key()).rows) {
      CHECK(row[Indicator::lock_in] == 0);
      CHECK(row[Indicator::locked_cost] == 0);
      running += row[Indicator::services_running];
    }
    CHECK(running > 0);
  }
}

TEST_CASE("a run replayed alone is the run inside its study") {
  const test::Germany germany(120, 40);
  std::vector<Outcome> study;
  for (std::uint32_t replicate = 0; replicate < 4; ++replicate)
    study.push_back(simulate(*germany.world, germany.key(replicate)));
  const test::Germany again(120, 40);
  for (const std::uint32_t replicate : {3u, 0u, 2u}) {
    const Outcome alone = simulate(*again.world, again.key(replicate));
    CHECK(alone.first_operation == study[replicate].first_operation);
    CHECK(alone.services == study[replicate].services);
    CHECK(alone.first_operation != study[1].first_operation);
  }
}
