#include "config/overrides.h"

#include "catch.h"
#include "config/helpers.h"

namespace rathaus::config {
namespace {

TEST_CASE("an override takes the place of the file's value, the last one wins") {
  const std::string text = shortest + "[time]\nquarters = 8\n[parameters]\nu0 = 0.5\n";
  const std::vector<std::string> sets{"time.quarters=40", "parameters.lock_rate = 0.04",
                                      "parameters.u0=-1", "parameters.u0=-2", "random.seed=7"};
  const study::Study study = study_of(text, sets);
  CHECK(study.quarters == 40);
  CHECK(study.rules.parameters.lock_rate == 0.04);
  CHECK(study.rules.parameters.u0 == -2.0);
  CHECK(study.seed == 7);
  CHECK(study.overrides == sets);
  CHECK(study.experiment_text == text);
}

TEST_CASE("a changed key stays in its place, new ones follow as they are given") {
  const auto names = [](const std::string& file, const std::vector<std::string>& sets) {
    std::string all;
    for (const study::Uncertain& number : study_of(shortest + file, sets).uncertain)
      all += number.path + ' ';
    return all;
  };
  const std::string points = "[design]\nmethod = 'list'\nvalues = [[1, 0.01, 0.5]]\n";
  CHECK(names(points, {"uncertain.u0='range'", "uncertain.coop_join='range'",
                       "uncertain.beta_peer='range'"}) == "u0 coop_join beta_peer ");
  CHECK(names(points, {"uncertain={ u0 = 'range', coop_join = 'range', beta_peer = 'range' }"}) ==
        "u0 coop_join beta_peer ");
  CHECK(names(points + "[uncertain]\nu0 = 'range'\ncoop_join = 'range'\n",
              {"uncertain.lock_rate='range'", "uncertain.u0={ uniform = [0, 2] }"}) ==
        "u0 coop_join lock_rate ");
}

TEST_CASE("a value that is no TOML is a text") {
  const study::Study study = study_of(
      shortest, {"structure.funnel=collapsed", "time.start=2023-Q4", "structure.peer_set='global'",
                 "title=A title with = and \"quotes\" # and this"});
  CHECK(study.rules.structure.funnel == model::Funnel::collapsed);
  CHECK(study.rules.structure.peer_set == model::PeerSet::global);
  CHECK(study.start.text() == "2023-Q4");
  CHECK(study.title == "A title with = and \"quotes\" # and this");
}

TEST_CASE("dotted keys, lists and whole tables can be given") {
  const study::Study study =
      study_of(shortest + "[population]\nselect = { land = ['Bremen'] }\n",
               {"population.select.land=['Sachsen', 'Hessen']", "output.groups=[\"land\"]",
                "series.macro_factor={path=[{quarter='2021-Q1', value=0.5}]}",
                "scenario.\"two words\".baseline=true"});
  CHECK(study.population.select_land == std::vector<std::string>{"Sachsen", "Hessen"});
  CHECK(study.output.groups == std::vector<std::string>{"land"});
  CHECK(study.rules.series.macro_factor.front() == 0.5);
  CHECK(study.scenarios.front().name == "two words");
}

TEST_CASE("errors name the override, and come with those of the file") {
  const auto report = [](const std::string& set) { return errors_of(shortest, {set}); };
  CHECK(report("parameters.lock_rate=1.5") ==
        "--set parameters.lock_rate=1.5: parameters.lock_rate = 1.5 is out of its hard bounds "
        "(growth "
        "of lock-in with a fully closed vendor: 0 to 1 [1/quarter])");
  CHECK(
      report("parameters.lok_rate=1") ==
      "--set parameters.lok_rate=1: unknown key 'parameters.lok_rate' (did you mean 'lock_rate'?)");
  CHECK(report("time.quarters=many") ==
        "--set time.quarters=many: time.quarters is the text \"many\" (a whole number is wanted)");
  CHECK(report("replicates.at_most=100") ==
        "--set replicates.at_most=100: replicates.at_most needs until (without a rule exactly "
        "at_least replicates run)");
  CHECK(report("time.quarters") ==
        "--set time.quarters: there is no '=' in it (KEY=VALUE is wanted) write it like "
        "parameters.lock_rate=0.04");
  CHECK(report("=3") ==
        "--set =3: there is no key before '=' (KEY=VALUE is wanted) write it like "
        "parameters.lock_rate=0.04");
  CHECK(report("") ==
        "--set : there is no key before '=' (KEY=VALUE is wanted) write it like "
        "parameters.lock_rate=0.04");
  for (const std::string set :
       {"a b=1", ".x=1", "x.=1", "# x=1", "[time]\nquarters=1", "\xFFx=1", "x=\xFF"}) {
    const std::string errors = report(set);
    INFO(errors);
    CHECK(errors.starts_with("--set " + set + ": '"));
    CHECK(contains(errors, "is no key (words joined by dots are wanted)"));
  }
  CHECK(
      report("random.seed=1\nrandom.x=2") ==
      "--set random.seed=1\nrandom.x=2: random.seed is the text \"1\\nrandom.x=2\" (a whole number "
      "is wanted)");
  CHECK(errors_of(shortest + "[time]\nquarters = 0\nstart = 1\n", {"time.quarters=-1"}) ==
        "--set time.quarters=-1: time.quarters = -1 is out of range (1 to 240)\n"
        "x.toml:5:9: time.start is the number 1 (a quarter such as \"2021-Q1\" is wanted)");
}

TEST_CASE("a key leads only through tables") {
  CHECK(
      errors_of(shortest, {"title.x=1"}) ==
      "--set title.x=1: title is not a table (a key leads only through tables) shorten the key, or "
      "set title itself");
  CHECK(errors_of(shortest + "[output]\ngroups = ['land']\n", {"output.groups.a.b=1"}) ==
        "--set output.groups.a.b=1: output.groups is not a table (a key leads only through tables) "
        "shorten the key, or set output.groups itself");
}

TEST_CASE("paths given on the command line are relative to the current directory") {
  TemporaryFolder elsewhere, here;
  elsewhere.write("units.csv", "theirs");
  here.write("units.csv", "ours");
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(here.path());
  const std::string text = shortest + "[population]\nfile = 'units.csv'\n";
  const study::Study theirs = study_of(text, {"doubt=none"}, elsewhere.path());
  const study::Study ours =
      study_of(text, {"doubt=none", "population.file=units.csv"}, elsewhere.path());
  std::filesystem::current_path(before);
  CHECK(theirs.inputs.back().bytes == 6);
  CHECK(ours.inputs.back().bytes == 4);
  CHECK(ours.population.file == "units.csv");
}

TEST_CASE(
    "a population file replaces the synthetic source with its units, and the other way round") {
  TemporaryFolder folder;
  const std::string file = folder.write("units.csv", "abc");
  const std::string synthetic = shortest + "[population]\nsource = 'synthetic'\nunits = 77\n";
  const study::Study with_file = study_of(synthetic, {"population.file=" + file});
  CHECK(with_file.population.file == file);
  CHECK_FALSE(with_file.population.units);

  const std::string pinned = with_file.resolved_text;
  CHECK(contains(pinned, "sha256"));
  const study::Study made_up = study_of(pinned, {"population.source=synthetic"});
  CHECK(made_up.population.file.empty());
  const std::string other = folder.write("other.csv", "changed");
  CHECK(study_of(pinned, {"population.file=" + other}).population.file == other);

  CHECK(contains(errors_of(synthetic, {"population.file=" + file, "population.units=5"}),
                 "population.units contradicts population.file"));
  CHECK(contains(errors_of(shortest, {"population.file=" + file, "population.source=synthetic"}),
                 "population.file contradicts population.source"));
}

}  // namespace
}  // namespace rathaus::config
