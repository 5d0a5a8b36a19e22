// The one list of what a run leaves behind: every row gives what it promises, and survives a log.
#include "record/variables.h"

#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "analysis/ratios.h"
#include "catch.h"
#include "model/germany.h"
#include "record/axes.h"
#include "record/measure.h"
#include "record/run_values.h"

using namespace rathaus;
using namespace rathaus::record;

namespace {

/// A study with everything that a result may hold, and the runs of its first case.
struct Case {
  study::Study study;
  population::Population population;
  std::unique_ptr<study::Worlds> worlds;
  std::vector<study::RunRecord> runs;

  Case() {
    const auto file = std::filesystem::temp_directory_path() /
                      ("rathaus_variables_" + std::to_string(getpid()) + ".toml");
    std::ofstream(file) << "title = \"t\"\nmodel = \""
                        << (test::source() / "models/germany").string() << R"("
doubt = "none"
[population]
units = 60
[time]
start = "2021-Q3"
quarters = 30
[output]
groups = ["land", "fiscal_class", "size_class_and_fiscal_class"]
panel = { replicates = [0], every = 4 }
fixed_demand = true
[programme.call]
from = "pilot_grant"
window = { first = "2022-Q1", length = 2, every = 4, last = "2026-Q4", announced = 2 }
budget = { per_year = 400_000 }
award = { rule = "fcfs" }
[programme.advice]
from = "advice"
window = { first = "2022-Q1", length = 20 }
[scenario.none]
baseline = true
programmes = []
[scenario.both]
programmes = ["advice", "call"]
)";
    Diagnostics diagnostics;
    study = config::read_experiment(file, {}, {}, diagnostics);
    std::filesystem::remove(file);
    test::start_from_nothing(study.rules);
    for (study::Alternative& theory : study.alternatives) test::start_from_nothing(theory.rules);
    population = population::build(study.population, study.recipe, random::world_key(study.seed),
                                   diagnostics);
    diagnostics.throw_if_failed();
    worlds = std::make_unique<study::Worlds>(study, population.municipalities, study::CaseId{});
    runs = study::compute_case(study, *worlds, {});
  }

  RunView view(std::size_t r) const { return {study, worlds->world(r), runs[r]}; }
  AxisSource axes() const { return {study, population.municipalities}; }
};

std::size_t place_of(hdf5::Type type) {
  switch (type) {
    case hdf5::Type::int8:
      return 0;
    case hdf5::Type::int16:
      return 1;
    case hdf5::Type::int32:
      return 2;
    case hdf5::Type::int64:
      return 3;
    case hdf5::Type::float32:
      return 4;
    default:
      return 5;
  }
}

}  // namespace

TEST_CASE("every variable has its own name and known axes") {
  std::set<std::string> paths;
  for (const Variable& variable : all_variables()) {
    INFO(variable.path);
    CHECK(paths.insert(variable.path).second);
    CHECK_FALSE(variable->long_name.empty());
    for (const std::string& name : variable.axes) CHECK_NOTHROW(axis(name));
    const bool quarterly = !variable.axes.empty() && (variable.axes.front() == "quarter" ||
                                                      variable.axes.front() == "panel_quarter");
    CHECK(quarterly == (variable->tells != Tells::no_quarter));
  }
}

TEST_CASE("a value has the type and the length that its row of the list promises") {
  const Case c;
  const std::vector<Variable> variables = variables_of(c.study);
  const auto crossed =
      std::ranges::count(variables, "size_class_and_fiscal_class", &Variable::grouping);
  CHECK(crossed > 30);
  const std::vector<Variable> all = all_variables();
  const auto redrawn = std::ranges::count_if(
      all, [](const Variable& variable) { return variable->held == Held::redrawn; });
  // the study asks for everything but more than one world
  CHECK(variables.size() + static_cast<std::size_t>(redrawn) ==
        all.size() + static_cast<std::size_t>(crossed));
  std::set<std::string> moved;
  for (std::size_t r = 0; r < c.runs.size(); ++r)
    for (const Variable& variable : variables) {
      INFO(variable.path);
      const Values values = value_of(variable, c.view(r));
      CHECK(values.index() == place_of(variable->type));
      if (variable->held == Held::panel && c.runs[r].fixed_demand)
        CHECK(size_of(values) == 0);  // twins have no panel
      else
        CHECK(size_of(values) == row_size(variable, c.axes()));
      for (const double value : as_doubles(values))
        if (value != 0.0 && !std::isnan(value)) moved.insert(variable.path);
    }
  for (const char* path :
       {"adopters", "blocked_by_land", "morans_i", "programmes/paid",
        "strata/amount_by_fiscal_class", "adopters_by_size_class_and_fiscal_class",
        "panel/cell_stage", "run_scenario"})
    CHECK(moved.contains(path));
}

TEST_CASE("classes of every grouping add up to the same") {
  const Case c;
  std::map<std::string, std::map<std::string, double>> total;
  for (const Variable& variable : variables_of(c.study))
    if (variable->classes != Classes::none)
      for (const double value : as_doubles(value_of(variable, c.view(c.runs.size() - 2))))
        total[variable->name][variable.grouping] += value;
  CHECK(total.size() > 40);
  for (const auto& [name, by_grouping] : total) {
    INFO(name);
    CHECK(by_grouping.size() >= 2);
    for (const auto& [grouping, sum] : by_grouping)
      CHECK(sum == Approx(by_grouping.at("size_class")).epsilon(1e-12));
  }
}

TEST_CASE("a run survives the log bit by bit") {
  const Case c;
  const std::vector<Variable> variables = variables_of(c.study);
  std::vector<RunValues> runs;
  for (std::size_t r = 0; r < c.runs.size(); ++r) runs.push_back(values_of(variables, c.view(r)));
  const std::string bytes = to_bytes(runs);
  const std::vector<RunValues> again = from_bytes(bytes);
  REQUIRE(again.size() == runs.size());
  CHECK(to_bytes(again) == bytes);
  for (std::size_t r = 0; r < runs.size(); ++r) {
    CHECK(again[r].scenario == runs[r].scenario);
    CHECK(again[r].fixed_demand == runs[r].fixed_demand);
    CHECK(again[r].values.size() == variables.size());
  }
  CHECK_THROWS_AS(from_bytes(std::string_view(bytes).substr(0, bytes.size() - 1)),
                  std::length_error);
}

TEST_CASE("cents, watt-hours and grams are exact quotients") {
  const Values values = in_units({1234, 7, -29}, hdf5::Type::float64, 0.01);
  CHECK(std::get<std::vector<double>>(values) == std::vector<double>{12.34, 0.07, -0.29});
  CHECK(in_units({1, 2}, hdf5::Type::int32, 1.0) == Values{std::vector<std::int32_t>{1, 2}});
}

TEST_CASE("ratios are of variables that there are, and are what they say") {
  std::set<std::string> names;
  for (const Definition& definition : definitions()) names.insert(definition.name);
  for (const analysis::NamedRatio& ratio : analysis::ratios()) {
    INFO(ratio.name);
    CHECK_FALSE(names.contains(std::string(ratio.name)));
    CHECK_FALSE(ratio.per.empty());
    for (const auto* terms : {&ratio.of, &ratio.per})
      for (const analysis::Term& term : *terms) CHECK(names.contains(std::string(term.variable)));
  }
  const Case c;
  const std::vector<Variable> variables = variables_of(c.study);
  const RunValues run = values_of(variables, c.view(2));
  const model::World& world = c.worlds->world(2);
  const auto measured = [&](const char* name, std::uint32_t quarter) {
    return Measure(name, c.study, world).of(run, quarter);
  };
  const auto total = [&](model::Indicator i, std::uint32_t first, std::uint32_t last) {
    double sum = 0.0;
    for (std::uint32_t t = first; t <= last; ++t)
      sum += study::total_of(c.runs[2].outcome, c.study.quarters, t, i);
    return sum;
  };
  using enum model::Indicator;
  const std::uint32_t last = c.study.quarters - 1;
  CHECK(measured("adopters", last) == total(adopters, last, last));
  CHECK(measured("share_of_adopters", last) == Approx(total(adopters, last, last) / 60.0));
  // [eq. 56]
  CHECK(measured("mean_lock_in", last) ==
        Approx(total(lock_in, last, last) / total(services_running, last, last)));
  const double lost = total(pilots_failed, 0, last) + total(pilots_stranded, 0, last);
  REQUIRE(lost > 0.0);
  // [eq. 54]
  CHECK(measured("graveyard", last) == Approx(lost / (lost + total(operations_started, 0, last))));
  CHECK(measured("running_cost_per_service", last) ==
        Approx(4.0 * total(running_cost, last, last) / total(services_running, last, last)));
  // savings kept are lost at the cap like margin, so that without them the share could exceed 1
  REQUIRE(total(saving_retained, 0, last) > 0.0);
  CHECK(measured("forfeited_share", last) ==
        Approx(total(forfeited, 0, last) /
               (total(inflow, 0, last) + total(saving_retained, 0, last))));
  CHECK(std::isnan(measured("mean_lock_in", 0)));  // nothing runs yet
  CHECK_FALSE(has_classes("effective_vendors"));
  CHECK(has_classes("rebound_share"));
}
