// Where a run starts: results from a later quarter are those of the whole run from then on [ODD 2].
#include <algorithm>
#include <cstring>

#include "catch.h"
#include "config/experiment_file.h"
#include "model/germany.h"
#include "study/study.h"

using namespace rathaus;
using namespace rathaus::model;

namespace {

constexpr const char* policy = R"(
[programme.call]
field = "incentives"
ports = { grant_pilot = 0.8 }
window = { first = "2026-Q1", length = 2, every = 4, announced = 4 }
budget = { per_year = 400_000 }
award = { rule = "lottery" }
[programme.early]
field = "incentives"
ports = { grant_pilot = 0.6 }
window = { first = "2026-Q3", length = 3, announced = 2 }
early_start = "allowed"
budget = { total = 300_000 }
award = { rule = "merit" }
[programme.advice]
field = "competences"
ports = { staff = 0.03, aware = 0.5 }
window = { first = "2025-Q1", length = 12 }
budget = { per_year = 60_000 }
unit_cost = 2_000
[programme.labs]
field = "learning"
ports = { grant_pilot = 0.3, evid = 0.6, trust = 0.2 }
window = { first = "2025-Q3", length = 6 }
sites = 9
[scenario.all]
baseline = true
programmes = ["call", "early", "advice", "labs"]
)";

/// A world of two hundred units, with results from a quarter on.
struct Began {
  study::Study study;
  population::Population population;
  std::unique_ptr<World> world;
  Outcome outcome;

  Began(const std::string& time, const std::string& programmes) {
    Diagnostics diagnostics;
    const std::string text = "title = \"test\"\nmodel = \"" +
                             (test::source() / "models/germany").string() +
                             "\"\ndoubt = \"none\"\n[population]\nunits = 200\n[time]\n" + time +
                             "\n[output]\ngroups = [\"fiscal_class\"]\n" + programmes;
    study = config::read_experiment_text(text, "x.toml", "", {}, {}, diagnostics);
    population = population::build(study.population, study.recipe, random::world_key(study.seed),
                                   diagnostics);
    diagnostics.throw_if_failed();
    world = std::make_unique<World>(population.municipalities,
                                    study::rules_of(study, {}, study.baseline, false),
                                    study.quarters, study.output.groups);
    outcome = simulate(*world, study::key_of(study, {}));
  }
};

/// The last `quarters` of a column with as many values in each quarter.
template <class T>
std::vector<T> last(const std::vector<T>& all, std::uint32_t of, std::uint32_t quarters) {
  const auto each = static_cast<std::ptrdiff_t>(all.size() / of);
  return {all.end() - each * static_cast<std::ptrdiff_t>(quarters), all.end()};
}

template <class T>
bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() &&
         (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0);
}

/// A quarter of the whole run, as the results from a later start count it.
std::int16_t shifted(std::int16_t quarter, int by) {
  return quarter < 0 ? quarter : static_cast<std::int16_t>(std::max(0, quarter - by));
}

void compare(const std::string& programmes) {
  constexpr std::uint32_t all = 40, part = 24;  // to the end of 2030
  constexpr int before = all - part;
  const Began whole("start = \"2021-Q1\"\nquarters = 40", programmes);
  const Began later("start = \"2025-Q1\"\nquarters = 24", programmes);
  REQUIRE(later.study.rules.spin_up == before);
  REQUIRE(study::first_simulated(later.study).text() == "2021-Q1");
  const Outcome& a = whole.outcome;
  const Outcome& b = later.outcome;
  const std::vector<Row> rows = last(a.rows, all, part);
  REQUIRE(rows.size() == b.rows.size());
  for (std::size_t r = 0; r < rows.size(); ++r) {
    REQUIRE(rows[r].value == b.rows[r].value);
    REQUIRE(rows[r].blocked == b.rows[r].blocked);
    for (std::size_t c = 0; c < rows[r].ever_short.size(); ++c)  // since the results began
      REQUIRE(rows[r].ever_short[c] >= b.rows[r].ever_short[c]);
  }
  CHECK(last(a.services, all, part) == b.services);
  CHECK(last(a.contracts_renewed, all, part) == b.contracts_renewed);
  CHECK(last(a.contracts_switched, all, part) == b.contracts_switched);
  CHECK(last(a.contracts_tendered, all, part) == b.contracts_tendered);
  CHECK(last(a.pilots_ended, all, part) == b.pilots_ended);
  CHECK(last(a.vendor_base, all, part) == b.vendor_base);
  CHECK(same_bits(last(a.vendor_price, all, part), b.vendor_price));
  for (std::size_t i = 0; i < a.indices.size(); ++i)
    CHECK(same_bits(last(a.indices[i], all, part), b.indices[i]));
  CHECK(last(a.reach, all, part) == b.reach);
  CHECK(last(a.adopters, all, part) == b.adopters);
  CHECK(same_bits(last(a.pots, all, part), b.pots));
  const Snapshot& whole_end = a.snapshots.back();
  const Snapshot& later_end = b.snapshots.back();
  CHECK(whole_end.running == later_end.running);
  CHECK(whole_end.support == later_end.support);
  CHECK(whole_end.supported_by == later_end.supported_by);

  int ran_before = 0, began = 0;
  for (std::size_t i = 0; i < a.first_operation.size(); ++i) {
    const bool earlier = a.first_operation[i] >= 0 && a.first_operation[i] < before;
    ran_before += earlier;
    began += b.first_operation[i] > 0;
    REQUIRE((a.operated_before[i] == 1) <= (a.first_operation[i] == 0));  // from the start
    REQUIRE((b.operated_before[i] == 1) == earlier);
    REQUIRE(b.first_operation[i] == shifted(a.first_operation[i], before));
    REQUIRE(b.first_support[i] == shifted(a.first_support[i], before));
    REQUIRE(later_end.spent[i] <= whole_end.spent[i]);
  }
  CHECK(ran_before > 0);
  CHECK(began > 0);
}

}  // namespace

TEST_CASE("results from a later start are those of the whole run from then on") {
  compare("");
}

TEST_CASE("so they are with every kind of programme") {
  compare(policy);
}

TEST_CASE("no call is heard of before the results begin") {
  const std::string call = R"([programme.call]
field = "incentives"
ports = { grant_pilot = 0.9 }
window = { first = "2026-Q1", announced = 12 }
[scenario.all]
baseline = true
programmes = ["call"]
)";
  const std::string time = "start = \"2025-Q1\"\nquarters = 24";
  const Began with(time, call), without(time, "");
  CHECK(with.outcome.operated_before == without.outcome.operated_before);
  CHECK_FALSE(same_bits(with.outcome.rows, without.outcome.rows));
  CHECK(last(with.outcome.vendor_base, 24, 24)[0] == last(without.outcome.vendor_base, 24, 24)[0]);
}

TEST_CASE(
    "without a spin-up a run begins from the start's own services, as a model that says no start") {
  const Began nothing("start = \"2025-Q1\"\nspin_up = false\nquarters = 8", "");
  CHECK(nothing.study.rules.spin_up == 0);
  const auto before = std::ranges::count(nothing.outcome.operated_before, 1);
  for (std::size_t i = 0; i < nothing.outcome.operated_before.size(); ++i)
    REQUIRE((nothing.outcome.operated_before[i] == 1) <= (nothing.outcome.first_operation[i] == 0));
  const Began spun("start = \"2025-Q1\"\nquarters = 8", "");
  CHECK(std::ranges::count(spun.outcome.operated_before, 1) > before);
}
