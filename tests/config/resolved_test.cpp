#include "config/resolved.h"

#include <fmt/format.h>

#include <cmath>
#include <random>

#include "catch.h"
#include "config/helpers.h"
#include "toml_reader/toml_text.h"

namespace rathaus::config {
namespace {

/// explain(read(explain(x))) == explain(x), and nothing that a run sees has changed by a bit.
void require_round_trip(const study::Study& study) {
  const study::Study again = study_of(study.resolved_text);
  REQUIRE(again.resolved_text == study.resolved_text);
  CHECK(same_bits(again.rules, study.rules));
  CHECK(again.title == study.title);
  CHECK(again.question.en == study.question.en);
  CHECK(again.question.de == study.question.de);
  CHECK(again.question.in_numbers == study.question.in_numbers);
  CHECK(again.question.metric == study.question.metric);
  CHECK(again.question.of.parts == study.question.of.parts);
  CHECK(again.question.horizon == study.question.horizon);
  CHECK(again.question.more == study.question.more);
  CHECK(again.question.smallest_gain == study.question.smallest_gain);
  CHECK(again.model == study.model);
  CHECK(again.model_sha256 == study.model_sha256);
  CHECK(again.start.index() == study.start.index());
  CHECK(again.quarters == study.quarters);
  CHECK(again.prices_of == study.prices_of);
  CHECK(same_bits(again.discount, study.discount));
  CHECK(again.scenarios.front().name == study.scenarios.front().name);
  CHECK(again.replicates == study.replicates);
  CHECK(again.seed == study.seed);
  CHECK(again.population.unit == study.population.unit);
  CHECK(again.population.units == study.population.units);
  CHECK(again.population.select_land == study.population.select_land);
  CHECK(again.population.select_region == study.population.select_region);
  CHECK(again.population.population_at_least == study.population.population_at_least);
  CHECK(again.population.population_below == study.population.population_below);
  CHECK(again.recipe.size_bounds == study.recipe.size_bounds);
  CHECK(again.recipe.national_units == study.recipe.national_units);
  REQUIRE(again.recipe.lands.size() == study.recipe.lands.size());
  for (std::size_t l = 0; l < again.recipe.lands.size(); ++l) {
    CHECK(again.recipe.lands[l].land == study.recipe.lands[l].land);
    CHECK(again.recipe.lands[l].kreise == study.recipe.lands[l].kreise);
    CHECK(again.recipe.lands[l].administrations == study.recipe.lands[l].administrations);
    CHECK(again.recipe.lands[l].municipalities == study.recipe.lands[l].municipalities);
    CHECK(again.recipe.lands[l].inhabitants == study.recipe.lands[l].inhabitants);
    REQUIRE(again.recipe.lands[l].cities.size() == study.recipe.lands[l].cities.size());
    for (std::size_t i = 0; i < again.recipe.lands[l].cities.size(); ++i) {
      CHECK(again.recipe.lands[l].cities[i].name == study.recipe.lands[l].cities[i].name);
      CHECK(again.recipe.lands[l].cities[i].inhabitants ==
            study.recipe.lands[l].cities[i].inhabitants);
    }
  }
  CHECK(again.output.groups == study.output.groups);
  CHECK(again.output.first_operation == study.output.first_operation);
  REQUIRE(again.output.panel.has_value() == study.output.panel.has_value());
  if (study.output.panel) {
    CHECK(again.output.panel->replicates == study.output.panel->replicates);
    CHECK(again.output.panel->every == study.output.panel->every);
  }
  for (std::size_t p = 0; p < study.parameters.size(); ++p) {
    CHECK(same_bits(again.parameters[p].standard, study.parameters[p].standard));
    CHECK(same_bits(again.parameters[p].low, study.parameters[p].low));
    CHECK(same_bits(again.parameters[p].high, study.parameters[p].high));
    CHECK(again.parameters[p].symbol == study.parameters[p].symbol);
    CHECK(again.parameters[p].grade == study.parameters[p].grade);
    CHECK(again.parameters[p].source == study.parameters[p].source);
    CHECK(again.parameters[p].note == study.parameters[p].note);
  }
}

TEST_CASE("the shortest experiment comes back from its resolved text") {
  require_round_trip(study_of(shortest));
}

TEST_CASE("an experiment that changes everything comes back from its resolved text") {
  require_round_trip(study_of(shortest + R"(
question = "a \"b\" \\ c\nd\te ü 😀 # no comment"
[population]
unit = "municipality"
units = 500
select = { land = ["Sachsen", "Thüringen"], region = ["\"r\""], population = { at_least = 10, below = 99 } }
[time]
start = "2024-Q3"
quarters = 31
[money]
prices_of = 2020
discount = 0.1
[parameters]
lock_rate = 0.3
u0 = -0.0
margin_eur_pc_q = 123456789012
coop_join = 1e-300
[coefficients]
wage_eur = 8e4
[structure]
decision_rule = "bass"
vendor_capacity = false
[series]
macro_factor = { interpolation = "step", path = [{ quarter = "2024-Q4", value = 0.1 }, { quarter = "2026-Q1", value = 0.3 }] }
grid_intensity = { path = [{ quarter = "2000-Q1", value = 0.7 }, { quarter = "2100-Q1", value = 0.1 }] }
certification = 0.25
compliance_from = "2028-Q1"
[scenario."ein \"Fall\""]
[replicates]
at_least = 12
[random]
seed = 9223372036854775807
[output]
groups = ["fiscal_class", "land"]
first_operation = false
panel = { replicates = [3, 0], every = 8 }
)"));
}

TEST_CASE("the experiments of the program are valid and come back from their resolved texts") {
  using std::filesystem::recursive_directory_iterator;
  int experiments = 0;
  for (const auto& entry : recursive_directory_iterator(source_folder() / "experiments")) {
    if (entry.path().extension() != ".toml") continue;
    INFO(entry.path());
    ++experiments;
    Diagnostics diagnostics;
    require_round_trip(read_experiment(entry.path(), {}, places(), diagnostics));
  }
  CHECK(experiments > 0);
}

TEST_CASE("any finite number survives the text with all its bits") {
  std::mt19937_64 bits(20260101);
  std::string lines = "[parameters]\n";
  for (int n = 0; n < 20'000; ++n) {
    const auto value = std::bit_cast<double>(bits());
    if (!std::isfinite(value)) continue;
    // strtod reads what TOML reads; whole numbers beyond 2^63 must not look like TOML integers
    const std::string text = number_text(value);
    CHECK(same_bits(std::strtod(text.c_str(), nullptr), value));
    const bool whole = text.find_first_of(".e") == std::string::npos;
    CHECK((!whole || std::abs(value) < 0x1p63));
  }
  std::uniform_real_distribution<double> uniform(0.0, 0.5);
  for (const model::ParameterField& field : model::parameter_fields())
    if (!field.whole && field.lowest <= 1e-6 && field.highest >= 0.5)
      lines += fmt::format("{} = {}\n", field.name, number_text(uniform(bits) + 1e-6));
  require_round_trip(study_of(shortest + lines));
}

TEST_CASE("texts of the model cannot break out of the strings and comments they are put in") {
  const std::string nasty =
      "a u0 = 9\\\"\\\\ \\\"\\\"\\\" ''' ] } \\u00ad [time] quarters = 1 #";
  const std::string text = study_of(shortest).resolved_text;
  const std::string changed =
      replaced(replaced(text, "source = \"KS section 3", "source = \"" + nasty),
               "name = \"administration\"", "name = \"" + nasty + "\"");
  const study::Study study = study_of(replaced(changed, "\"Saarland\"", "\"" + nasty + "\""));
  CHECK(study.quarters == 80);
  CHECK(study.rules.use_cases[0].name ==
        "a u0 = 9\"\\ \"\"\" ''' ] } \u00ad [time] quarters = 1 #");
  require_round_trip(study);
  // A line of its own inside a name would be the worst; it does not come so far.
  CHECK(contains(errors_of(replaced(text, "\"Saarland\"", "\"a\\nu0 = 9\"")), "U+000A"));
}

TEST_CASE("a population file is named by its absolute path and its hash") {
  TemporaryFolder folder;
  folder.write("units.csv", "abc");
  folder.write("pairs.csv", "");
  const study::Study study =
      study_of(shortest + "[population]\nfile = './units.csv'\nadjacency = 'pairs.csv'\n", {},
               folder.path());
  CHECK(contains(
      study.resolved_text,
      "file = \"" + (folder.path() / "units.csv").string() +
          "\"\nsha256 = \"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\""));
  require_round_trip(study);
  folder.write("units.csv", "abd");
  CHECK(contains(errors_of(study.resolved_text), "does not match"));
}

TEST_CASE("comments carry unit, range, grade and source of every number") {
  const study::Study study = study_of(shortest + "[parameters]\nlock_rate = 0.125\n");
  for (const auto& numbers : {study.parameters, study.coefficients})
    for (const study::Evidence& n : numbers)
      CHECK(contains(study.resolved_text,
                     n.given ? fmt::format("\n{} = {}  # [{}], {} to {}, {}: {}\n", n.name, n.value,
                                           n.unit, n.low, n.high, n.grade, n.source)
                     : std::isnan(n.value)
                         ? fmt::format("\n# {}: [{}], {}\n", n.name, n.unit, n.source)
                         : fmt::format("\n{} = {}  # [{}], {}\n", n.name, n.value, n.unit, n.source)));
}

TEST_CASE("the model of a resolved experiment can be changed, and is held to the same rules") {
  const std::string text = study_of(shortest).resolved_text;
  const study::Study study =
      study_of(text, {"model.parameters.u0.range=[-3, 3]", "parameters.u0=2.5"});
  CHECK(study.rules.parameters.u0 == 2.5);
  CHECK(study.warnings.empty());
  CHECK(study.model_sha256 != study_of(text).model_sha256);
  CHECK(contains(
      errors_of(text, {"model.parameters.u0.grade=E"}),
      "--set model.parameters.u0.grade=E: model.parameters.u0.grade = \"E\" is no choice"));
  CHECK(study_of(text, {"model=germany"}).model == "germany");
}

}  // namespace
}  // namespace rathaus::config
