#include "config/experiment_file.h"

#include <limits>

#include "catch.h"
#include "config/helpers.h"

namespace rathaus::config {
namespace {

struct Bad {
  const char* lines;     // added behind the shortest experiment: they begin in line 3
  const char* expected;  // the whole report
};

TEST_CASE("a short experiment gets every documented default") {
  const study::Study study = study_of(shortest);
  CHECK(study.title == "t");
  CHECK(study.question.en.empty());
  CHECK(study.model == "germany");
  CHECK(study.population.unit == population::UnitKind::administration);
  CHECK(study.population.file.empty());
  CHECK(study.population.units == study.recipe.total(population::UnitKind::administration));
  CHECK(study.start.text() == "2021-Q1");
  CHECK(study.quarters == 80);
  CHECK(study.scenarios.front().name == "baseline");
  CHECK(study.replicates == 1);
  CHECK(study.doubt == study::Doubt::shipped);
  CHECK(study.design.points == 48);
  CHECK(study.seed == default_seed);
  CHECK(study.output.groups.empty());
  CHECK(study.output.first_operation);
  CHECK_FALSE(study.output.panel);
  CHECK(study.warnings.empty());
  CHECK(study.experiment_text == shortest);
  for (const model::Switch& choice : model::switches())
    CHECK(choice.get(study.rules.structure) == choice.get(model::Structure{}));
  REQUIRE(study.parameters.size() == model::parameter_fields().size());
  for (std::size_t i = 0; i < study.parameters.size(); ++i) {
    const model::ParameterField& field = model::parameter_fields()[i];
    CHECK(study.parameters[i].name == field.name);
    CHECK(same_bits(study.parameters[i].standard, study.rules.parameters.*field.member));
  }
}

TEST_CASE("every choice of an experiment arrives in the study") {
  const study::Study study = study_of(shortest + R"(
question = "why?"
doubt = "none"
[population]
unit = "municipality"
units = 500
select = { land = ["Sachsen"], region = ["r"], population = { at_least = 10, below = 1_000 } }
[time]
start = "2024-Q3"
quarters = 7
[money]
prices_of = 2020
discount = 0
[parameters]
lock_rate = 0
[coefficients]
wage_eur = 80_000
[structure]
funnel = "collapsed"
feasibility = false
[series]
macro_factor = 0.9
compliance_from = "2025-Q1"
[scenario."an evening's work"]
baseline = true
programmes = []
[replicates]
at_least = 12
[random]
seed = 9223372036854775807
[output]
groups = ["size_class", "fiscal_class", "land"]
first_operation = false
panel = { replicates = [3, 0], every = 8 }
)");
  CHECK(study.question.en == "why?");
  CHECK(study.population.unit == population::UnitKind::municipality);
  CHECK(study.population.units == 500);
  CHECK(study.population.select_land == std::vector<std::string>{"Sachsen"});
  CHECK(study.population.select_region == std::vector<std::string>{"r"});
  CHECK(study.population.population_at_least == 10);
  CHECK(study.population.population_below == 1000);
  CHECK(study.start.text() == "2024-Q3");
  CHECK(study.quarters == 7);
  CHECK(study.prices_of == 2020);
  CHECK(study.discount == 0.0);
  CHECK(study.rules.parameters.lock_rate == 0.0);
  CHECK(study.rules.coefficients.wage_eur == 80000.0);
  CHECK(study.rules.structure.funnel == model::Funnel::collapsed);
  CHECK_FALSE(study.rules.structure.feasibility);
  CHECK(study.rules.spin_up == 14);  // from 2021-Q1 on
  CHECK(study.rules.series.macro_factor == std::vector<double>(21, 0.9));
  std::vector<double> compliance(16, 0.0);
  compliance.resize(21, 1.0);
  CHECK(study.rules.series.compliance == compliance);
  CHECK(study.rules.use_cases[0].available_from == 0);  // the model does not say: from the start
  CHECK(study.scenarios.front().name == "an evening's work");
  CHECK(study.replicates == 12);
  CHECK(study.seed == std::uint64_t{std::numeric_limits<std::int64_t>::max()});
  CHECK(study.output.groups == std::vector<std::string>{"fiscal_class", "land"});
  CHECK_FALSE(study.output.first_operation);
  REQUIRE(study.output.panel);
  CHECK(study.output.panel->replicates == std::vector<std::uint32_t>{3, 0});
  CHECK(study.output.panel->every == 8);
}

TEST_CASE("every bad value is told with its place, its reason and what would be right") {
  const Bad cases[] = {
      {"titel = 1", "x.toml:3:1: unknown key 'titel' (did you mean 'title'?)"},
      {"[parameters]\n  lock_rat = 0.1",
       "x.toml:4:3: unknown key 'parameters.lock_rat' (did you mean 'lock_rate'?)"},
      {"[parameters]\nlock_rate = 1.5",
       "x.toml:4:13: parameters.lock_rate = 1.5 is out of its hard bounds (growth of lock-in with "
       "a "
       "fully closed vendor: 0 to 1 [1/quarter])"},
      {"[parameters]\nlock_rate = -1",
       "x.toml:4:13: parameters.lock_rate = -1 is out of its hard bounds (growth of lock-in with a "
       "fully closed vendor: 0 to 1 [1/quarter])"},
      {"[parameters]\nu0 = nan",
       "x.toml:4:6: parameters.u0 = nan is no finite number (nothing can be computed with it)"},
      {"[parameters]\nu0 = -inf",
       "x.toml:4:6: parameters.u0 = -inf is no finite number (nothing can be computed with it)"},
      {"[parameters]\nu0 = '0'",
       "x.toml:4:6: parameters.u0 is the text \"0\" (a number is wanted)"},
      {"[parameters]\nu0 = '0,5'",
       "x.toml:4:6: parameters.u0 is the text \"0,5\" (a number is wanted) write 0.5"},
      {"[parameters]\nu0 = 0,5",
       "x.toml:4:7: 0,5 is no number (TOML has a point before decimals, and nothing or _ between "
       "thousands) write 0.5; nothing behind it could be read"},
      {"question = \"a\\u0007b\"",
       "x.toml:3:12: question holds the character U+0007 (no table, page or file of results can "
       "show "
       "it) remove it"},
      {"[scenario.\"a\\u001Bb\"]",
       "x.toml:3:1: scenario.\"a\\u001Bb\" holds the character U+001B (no table, page or file of "
       "results can show it) remove it"},
      {"[parameters]\nu0 = true", "x.toml:4:6: parameters.u0 is true (a number is wanted)"},
      {"[parameters]\nu0 = [0]", "x.toml:4:6: parameters.u0 is a list (a number is wanted)"},
      {"[parameters.u0]", "x.toml:3:1: parameters.u0 is a table (a number is wanted)"},
      {"[parameters]\nu0 = 2021-01-01",
       "x.toml:4:6: parameters.u0 is a date or time (a number is wanted)"},
      {"[parameters]\npilot_quarters = 2.5",
       "x.toml:4:18: parameters.pilot_quarters = 2.5 is not a whole number (length of a pilot and "
       "of "
       "its grace period; the cool-down is twice that, in whole [quarter])"},
      {"parameters = 3", "x.toml:3:14: parameters is the number 3 (a table is wanted)"},
      {"[[parameters]]", "x.toml:3:1: parameters is a list (a table is wanted)"},
      {"[parameters]\nsavings_retained = 0.5\nrespend_share = 0.6",
       "x.toml:5:17: savings_retained + respend_share = 1.1 is more than 1 (a saving is spent "
       "once) "
       "lower one of them"},
      {"[coefficients]\ntrust0_lowest = 0.9\ntrust0_highest = 0.8",
       "x.toml:5:18: trust0_lowest = 0.9 is above trust0_highest = 0.8 (nothing lies between them) "
       "swap them"},
      {"[structure]\nfunnel = 'colapsed'",
       "x.toml:4:10: structure.funnel = \"colapsed\" is no choice (did you mean 'collapsed'?)"},
      {"[structure]\nfeasibility = 'off'",
       "x.toml:4:15: structure.feasibility is the text \"off\" (true or false is wanted)"},
      {"[structure]\nfunnel = false",
       "x.toml:4:10: structure.funnel is false (one of the words full, collapsed is wanted)"},
      {"[time]\nquarters = 0", "x.toml:4:12: time.quarters = 0 is out of range (1 to 240)"},
      {"[time]\nquarters = 241", "x.toml:4:12: time.quarters = 241 is out of range (1 to 240)"},
      {"[time]\nquarters = 80.0",
       "x.toml:4:12: time.quarters is the decimal number 80 (a whole number is wanted)"},
      {"[time]\nstart = '2021'",
       "x.toml:4:9: time.start = \"2021\" is no quarter between 1900 and 2199 (a year, -Q and 1 to "
       "4) "
       "write it like \"2021-Q1\""},
      {"[time]\nstart = '2021-Q5'",
       "x.toml:4:9: time.start = \"2021-Q5\" is no quarter between 1900 and 2199 (a year, -Q and 1 "
       "to "
       "4) write it like \"2021-Q1\""},
      {"[time]\nstart = 2021",
       "x.toml:4:9: time.start is the number 2021 (a quarter such as \"2021-Q1\" is wanted)"},
      {"[time]\nstart = '2020-Q4'",
       "x.toml:4:9: time.start = \"2020-Q4\" is before the start of the model, 2021-Q1 (its stocks "
       "and its calibration hold from there on) start there or later"},
      {"[time]\nstart = '2020-Q4'\nspin_up = false",
       "x.toml:4:9: time.start = \"2020-Q4\" is before the start of the model, 2021-Q1 (its stocks "
       "and its calibration hold from there on) start there or later"},
      {"[time]\nstart = '2026-Q1'\nquarters = 221",
       "x.toml:5:12: time.quarters = 221 makes the run too long (it begins in 2021-Q1 and comes to "
       "241 quarters, at most 240 are simulated) ask for at most 220, or begin from nothing with "
       "spin_up = false"},
      {"[time]\nspin_up = 'no'",
       "x.toml:4:11: time.spin_up is the text \"no\" (true or false is wanted)"},
      {"[replicates]\nat_least = 1_000_001",
       "x.toml:4:12: replicates.at_least = 1000001 is out of range (1 to 1000000)"},
      {"[random]\nseed = -1",
       "x.toml:4:8: random.seed = -1 is out of range (0 to 9223372036854775807)"},
      {"[money]\ndiscount = 1.5",
       "x.toml:4:12: money.discount = 1.5 is out of its hard bounds (rate at which the future "
       "counts "
       "less: 0 to 1 [1/year])"},
      {"[output]\ngroups = ['kreis']",
       "x.toml:4:11: output.groups[0] = \"kreis\" is no choice (known: size_class, land, "
       "fiscal_class, land_and_size_class, land_and_fiscal_class, size_class_and_fiscal_class, "
       "land_and_size_class_and_fiscal_class)"},
      {"[output]\ngroups = ['land', 'land']",
       "x.toml:4:19: output.groups[1] = \"land\" is there already (a grouping is written once)"},
      {"[output]\npanel = { replicates = [1] }",
       "x.toml:4:25: output.panel.replicates[0] = 1 is out of range (0 to 0)"},
      {"[output]\npanel = { replicates = [] }",
       "x.toml:4:24: output.panel.replicates is empty (a panel records one replicate at least)"},
      {"[population]\nsource = 'syntetic'",
       "x.toml:4:10: population.source = \"syntetic\" is no choice (did you mean 'synthetic'?)"},
      {"[population]\nproviders = 'operator'",
       "x.toml:4:13: population.providers = \"operator\" is no choice (did you mean 'operators'?)"},
      {"[population]\nunit = 'municipality'\nproviders = 'operators'",
       "x.toml:5:13: population.providers = \"operators\", and units are municipalities (the recipe "
       "counts the operators of administrations) say \"regions\""},
      {"[population]\nunits = 0",
       "x.toml:4:9: population.units = 0 is out of range (1 to 10000000)"},
      {"[population]\nselect = { land = ['Sachsn'] }",
       "x.toml:4:20: population.select.land[0] = \"Sachsn\" is no Land of the model (did you mean "
       "'Sachsen'?)"},
      {"[population]\nselect = { land = 'Sachsen' }",
       "x.toml:4:19: population.select.land is the text \"Sachsen\" (a list in brackets is "
       "wanted)"},
      {"[population]\nselect = { population = { at_least = 5, below = 5 } }",
       "x.toml:4:25: population.select.population selects nobody (at_least is not less than "
       "below)"},
      {"[population]\nsha256 = 'x'",
       "x.toml:4:10: population.sha256 belongs to no file (there is no 'file')"},
      {"[series]\nmacro_factor = 'high'",
       "x.toml:4:16: series.macro_factor is the text \"high\" (a number, or a table with a path is "
       "wanted)"},
      {"[series]\ncertification = 2",
       "x.toml:4:17: series.certification = 2 is out of its hard bounds (share of risk covered by "
       "certification: 0 to 1 [1])"},
      {"[series]\nmacro_factor = { path = [] }",
       "x.toml:4:25: series.macro_factor.path is empty (a series has one point at least)"},
      {"[series]\nmacro_factor = { path = [{ quarter = '2022-Q1', value = 1 }, { quarter = "
       "'2022-Q1', "
       "value = 2 }] }",
       "x.toml:4:62: series.macro_factor.path[1] is not after 2022-Q1 (points follow the "
       "calendar)"},
      {"[series]\nmacro_factor = { path = [{ quarter = '2022-Q1' }] }",
       "x.toml:4:26: series.macro_factor.path[0].value is missing (a point of a path has a quarter "
       "and a value)"},
      {"[scenario.a]\nbaseline = false",
       "x.toml:4:12: scenario.a.baseline = false is impossible (a single scenario is its own "
       "baseline)"},
      {"question = \"\\u0000\"",
       "x.toml:3:12: question holds the character U+0000 (no table, page or file of results can "
       "show "
       "it) remove it"},
  };
  for (const Bad& bad : cases) {
    INFO(bad.lines);
    CHECK(errors_of(shortest + bad.lines) == bad.expected);
  }
}

TEST_CASE("all errors of a file are reported at once, in its order") {
  CHECK(
      errors_of("model = \"germny\"\n[time]\nquarters = 0\nstop = 1\n[structure]\nfunnel = 1\n") ==
      "x.toml:1:1: title is missing (results and tables are headed by it)\n"
      "x.toml:1:9: there is no model 'germny' (no such folder, and no model of that name is "
      "installed) did you mean 'germany'?\n"
      "x.toml:3:12: time.quarters = 0 is out of range (1 to 240)\n"
      "x.toml:4:1: unknown key 'time.stop' (known: start, spin_up, quarters)\n"
      "x.toml:6:10: structure.funnel is the number 1 (one of the words full, collapsed is wanted)");
  CHECK(errors_of("") ==
        "x.toml:1:1: title is missing (results and tables are headed by it)\n"
        "x.toml:1:1: model is missing (a folder, the name of an installed model, or a table)");
}

TEST_CASE("a syntax error stops the parser: it is reported alone, with its place") {
  const std::string errors = errors_of("titel = 1\n[time]\nquarters = = 3\n", {"no equals sign"});
  INFO(errors);  // what stands in the brackets is the parser's own text
  CHECK(errors.starts_with("x.toml:3:12: this is not TOML ("));
  CHECK(errors.ends_with(") nothing behind it could be read"));
  CHECK_FALSE(contains(errors, "\n"));
  CHECK(errors_of("title = 1\ntitle = 2\n").starts_with("x.toml:2:"));
  for (const char* header : {"[[[a]]]", "[[=", "[=]", "[[", "[]", "[[]]", "[a.]", "[ [a] ]"}) {
    INFO(header);
    CHECK(errors_of(header).starts_with("x.toml:1:"));
  }
}

TEST_CASE("a text that is not UTF-8 is told from which byte on") {
  CHECK(errors_of("title = \"t\"\n# \xC3\xA4\xC3\xB6 gr\xFC\xDF\n") ==
        "x.toml:2:8: byte 0xFC is not UTF-8 (the file seems to be in another encoding, such as "
        "Latin-1) save it as UTF-8");
}

TEST_CASE("a byte order mark and Windows line ends change nothing") {
  std::string text = shortest + "[time]\nquarters = 0\n";
  const std::string plain = errors_of(text);
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2)
    text.replace(at, 1, "\r\n");
  CHECK(errors_of("\xEF\xBB\xBF" + text) == plain);
}

TEST_CASE("a file that cannot be read as one is a clear error") {
  TemporaryFolder folder;
  const auto report = [&](const std::filesystem::path& path) -> std::string {
    Diagnostics diagnostics;
    try {
      read_experiment(path, {}, places(), diagnostics);
    } catch (const InputError& error) {
      return error.what();
    }
    return "";
  };
  const std::string absent = (folder.path() / "absent.toml").string();
  CHECK(report(absent) ==
        absent + ": there is no such file (or its folder may not be entered) check the path");
  CHECK(report(folder.path()) ==
        folder.path().string() + ": this is a folder (a file is wanted) name a file in it");
  CHECK(report(folder.write("good.toml", shortest)).empty());
}

TEST_CASE("a value that is possible and not plausible is a warning, in the study too") {
  Diagnostics diagnostics;
  const study::Study study =
      read_experiment_text(shortest + "[parameters]\nlock_rate = 0.5\nu0 = 1\n", "x.toml", "", {},
                           places(), diagnostics);
  REQUIRE(study.warnings.size() == 1);
  CHECK(study.warnings[0] ==
        "x.toml:4:13: parameters.lock_rate = 0.5 is outside its plausible range (0 to 0.2 "
        "[1/quarter], "
        "evidence grade D)");
  CHECK(diagnostics.warnings().size() == 1);
}

TEST_CASE("files are found beside the experiment, hashed, and held to the hash beside them") {
  const std::string abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  TemporaryFolder folder;
  folder.write("units.csv", "abc");
  const std::string text = shortest + "[population]\nfile = \"units.csv\"\n";
  const study::Study study = study_of(text, {"doubt=none"}, folder.path());
  CHECK(study.population.file == folder.path() / "units.csv");
  CHECK_FALSE(study.population.units);
  REQUIRE(study.inputs.size() == 10);  // the experiment, eight files of the model, the population
  CHECK(study.inputs.front().path == "x.toml");
  CHECK(study.inputs.front().bytes == text.size());
  CHECK(study.inputs.back().path == "units.csv");
  CHECK(study.inputs.back().bytes == 3);
  CHECK(study.inputs.back().sha256 == abc);

  CHECK(errors_of(text + "sha256 = '" + abc + "'\n", {}, folder.path()).empty());
  const std::string other = replaced(abc, "ba7816bf", "00000000");
  CHECK(
      errors_of(text + "sha256 = '" + other + "'\n", {}, folder.path()) ==
      "x.toml:5:10: population.sha256 = 000000008f01... does not match units.csv, whose SHA-256 is "
      "ba7816bf8f01... (the file has changed) restore it, or drop this line");
  CHECK(errors_of(text + "sha256 = 'abc'\n", {}, folder.path()) ==
        "x.toml:5:10: population.sha256 is no SHA-256 (64 hexadecimal digits, lower case) see "
        "sha256sum");
  CHECK(
      errors_of(text + "source = \"synthetic\"\nunits = 3\n", {}, folder.path()) ==
      "x.toml:4:8: population.file contradicts population.source (units are made up or read) drop "
      "one of them\n"
      "x.toml:6:9: population.units contradicts population.file (a file has as many units as it "
      "has) drop it");
  CHECK(errors_of(text, {}, "nowhere") ==
        "x.toml:4:8: population.file = \"units.csv\" is not a file (there is nothing to read at "
        "nowhere/units.csv) check the path");
  CHECK(
      errors_of(shortest + "[population]\nadjacency = \".\"\n") ==
      "x.toml:4:13: population.adjacency = \".\" is not a file (there is a folder at .) check the "
      "path");
}

}  // namespace
}  // namespace rathaus::config
