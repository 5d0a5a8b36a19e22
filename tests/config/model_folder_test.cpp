#include "model_folder/model_folder.h"

#include <fmt/format.h>

#include <algorithm>

#include "catch.h"
#include "config/helpers.h"
#include "files/sha256.h"

namespace rathaus::config {
namespace {

namespace fs = std::filesystem;

/// A copy of models/germany in which single files are changed.
class Copy {
 public:
  Copy() { fs::copy(source_folder() / "models" / "germany", path(), fs::copy_options::recursive); }

  fs::path path() const { return folder_.path() / "germany"; }
  void change(const std::string& file, const std::string& old, const std::string& with) const {
    write(file, replaced(bytes_of(path() / file), old, with));
  }
  void write(const std::string& file, const std::string& bytes) const {
    std::ofstream(path() / file, std::ios::binary) << bytes;
  }
  /// Every error of the model as "file:line:column: message", without its folder.
  std::string errors() const {
    Diagnostics diagnostics;
    read_model(path().string(), {}, diagnostics);
    std::string text;
    try {
      diagnostics.throw_if_failed();
    } catch (const InputError& error) {
      for (const Diagnostic& d : error.errors())
        text += d.text().substr(path().string().size() + 1) + '\n';
    }
    return text;
  }
  /// The line of a file in which `text` begins, from 1.
  std::size_t line_of(const std::string& file, const std::string& text) const {
    const std::string bytes = bytes_of(path() / file);
    const auto at = static_cast<std::ptrdiff_t>(bytes.find(text));
    return static_cast<std::size_t>(std::count(bytes.begin(), bytes.begin() + at, '\n')) + 1;
  }

 private:
  TemporaryFolder folder_;
};

TEST_CASE("the model of Germany is complete and within its own bounds") {
  Diagnostics diagnostics;
  const Model model = read_model("germany", places(), diagnostics);
  CHECK_NOTHROW(diagnostics.throw_if_failed());
  CHECK(diagnostics.warnings().empty());
  CHECK(model.name == "germany");
  REQUIRE(model.parameters.size() == model::parameter_fields().size());
  REQUIRE(model.coefficients.size() == model::coefficient_fields().size());
  for (const auto& numbers : {model.parameters, model.coefficients})
    for (const study::Evidence& number : numbers) {
      INFO(number.name);
      if (!number.given) continue;
      CHECK(number.low <= number.standard);
      CHECK(number.standard <= number.high);
      CHECK_FALSE(number.source.empty());
      CHECK_FALSE(number.unit.empty());
      CHECK_FALSE(number.meaning.empty());
    }
  CHECK(model.use_cases.size() == 9);  // one of them by name alone
  CHECK(model.use_case_columns.size() == model::use_case_fields().size());
  CHECK(model.vendors.size() == 4);
  CHECK(model.recipe.lands.size() == 16);
  CHECK(model.recipe.total(population::UnitKind::administration) == 5039);
  CHECK(model.recipe.total(population::UnitKind::municipality) == 10790);
  CHECK(study_of(shortest).rules.vendors.size() == 12);
}

TEST_CASE("a model is found by name, by path, and by path from the experiment") {
  const std::string sha = study_of(shortest).model_sha256;
  const fs::path models = source_folder() / "models";
  CHECK(study_of(replaced(shortest, "germany", (models / "germany/").string())).model == "germany");
  CHECK(study_of(replaced(shortest, "germany", "../models/germany"), {},
                 source_folder() / "experiments")
            .model_sha256 == sha);
  CHECK(study_of(replaced(shortest, "germany", "./germany"), {}, models).model_sha256 == sha);

  const auto problem = [](const std::string& model, const fs::path& folder) {
    return errors_of(replaced(shortest, "germany", model), {}, folder);
  };
  CHECK(problem("./none", models) == "x.toml:2:9: there is no model './none' (no such folder)");
  CHECK(problem("./germany/series.toml", models) ==
        "x.toml:2:9: there is no model './germany/series.toml' (it is a file, not a folder)");
  CHECK(
      problem("..", models) ==
      "x.toml:2:9: there is no model '..' (the folder has no parameters.toml, and no model of that "
      "name is installed) known: germany, japan");
  CHECK(
      errors_of("title = 't'\nmodel = 3") ==
      "x.toml:2:9: model is the number 3 (a folder, the name of an installed model, or a table is "
      "wanted)");
}

TEST_CASE("the hash of a model is that of its numbers, not of comments, layout or name") {
  const auto hash = [](const Copy& model) {
    return study_of(replaced(shortest, "germany", model.path().string())).model_sha256;
  };
  Copy copy;
  const std::string before = study_of(shortest).model_sha256;
  copy.change("parameters.toml", "[beta_peer]", "# a remark\n\n[beta_peer]");
  CHECK(hash(copy) == before);
  copy.change("parameters.toml", "default = 0.02", "default = 0.0200001");
  CHECK(hash(copy) != before);
}

TEST_CASE("a service is available from the start, unless its row names a quarter") {
  Copy copy;
  copy.change("use_cases.toml", "name                         = \"mobility\"",
              "available_from = \"2026-Q3\"\nname = \"mobility\"");
  const auto check = [&](const std::string& time, std::int32_t mobility) {
    const study::Study study =
        study_of(replaced(shortest, "germany", copy.path().string()) + "[time]\n" + time);
    for (const model::UseCase& use_case : study.rules.use_cases) {
      if (use_case.turnkey) continue;  // has a quarter of its own
      INFO(time << " " << use_case.name);
      CHECK(use_case.available_from == (use_case.name == "mobility" ? mobility : 0));
    }
  };
  check("start = \"2021-Q1\"\n", 22);
  check("start = \"2025-Q4\"\n", 22);  // of the run, which begins in 2021
  check("start = \"2025-Q4\"\nspin_up = false\n", 3);
}

TEST_CASE("what runs at the start is a share of a service that is there") {
  const auto tells = [](const std::string& errors, const std::string& words) {
    INFO(errors);
    return errors.find(words) != std::string::npos;
  };
  const auto errors_with = [](const std::string& cells) {
    Copy copy;
    copy.change("use_cases.toml", "start_share                  = 0.02\n", cells);
    return copy.errors();
  };
  CHECK(errors_with("start_share = 0.02\n").empty());
  CHECK(tells(errors_with("start_share = 1.02\n"), "start_share = 1.02 is out of its hard bounds"));
  CHECK(tells(errors_with("start_share = -0.1\n"), "start_share = -0.1 is out of its hard bounds"));
  CHECK(tells(errors_with("start_share = 0.02\navailable_from = \"2022-Q1\"\n"),
              "available_from stands beside start_share (what runs at the start is available "
              "then) drop one of them"));
  Copy copy;
  copy.change("use_cases.toml", "[column.start_share]", "[column.start_shares]");
  CHECK(tells(copy.errors(), "describe it in column.start_share"));
  for (const model::UseCase& use_case : study_of(shortest).rules.use_cases)
    CHECK(use_case.start_share == (use_case.name == "administration" ? 0.02 : 0.0));
}

TEST_CASE("every number must be there, be documented and be possible") {
  const std::string original = bytes_of(source_folder() / "models" / "germany" / "parameters.toml");
  for (const model::ParameterField& field : model::parameter_fields()) {
    INFO(field.name);
    const std::size_t begin = original.find(fmt::format("[{}]\n", field.name));
    if (begin == std::string::npos) {  // left out already, so that its mechanism is off
      CHECK(field.off.has_value());
      continue;
    }
    std::string without = original;
    without.erase(begin, original.find("\n\n", begin) - begin);
    Copy copy;
    copy.write("parameters.toml", without);
    if (field.off) {
      CHECK(copy.errors().empty());
      continue;
    }
    CHECK(copy.errors() == fmt::format("parameters.toml:1:1: parameters.{} is missing ({})\n",
                                       field.name, field.meaning));
  }
}

TEST_CASE("what is wrong in a model is told with its place in its file") {
  Copy copy;
  copy.write("parameters.toml", replaced(bytes_of(copy.path() / "parameters.toml"), "[lock_rate]",
                                         "[lock_rite]\n[lock_rate]\nextra = 1"));
  const std::size_t line = copy.line_of("parameters.toml", "[lock_rite]");
  CHECK(
      copy.errors() ==
      fmt::format("parameters.toml:{}:2: unknown key 'parameters.lock_rite' (did you mean "
                  "'lock_rate'?)\n"
                  "parameters.toml:{}:1: unknown key 'parameters.lock_rate.extra' (known: symbol, "
                  "unit, range, default, grade, source, note)\n",
                  line, line + 2));
}

TEST_CASE("each rule about the rows of a model has its message") {
  struct Case {
    const char *file, *old, *with, *expected;
  };
  const Case cases[] = {
      {"parameters.toml", "[0.2, 0.9]", "[0.9, 0.2]", "effort_scale_exp.range runs backwards"},
      {"parameters.toml", "[0.2, 0.9]", "[0.2, 2.5]",
       "effort_scale_exp.range leaves the hard bounds (0 to 2 [1])"},
      {"parameters.toml", "[0.2, 0.9]", "[0.6, 0.9]",
       "effort_scale_exp.default = 0.2216 is outside its own range (0.6 to 0.9)"},
      {"parameters.toml", "[0.2, 0.9]", "[0.2]", "effort_scale_exp.range has 1 values (2 wanted)"},
      {"parameters.toml", "\"C\"", "\"E\"", "effort_scale_exp.grade = \"E\" is no choice"},
      {"parameters.toml", "\"EUR/inhabitant/quarter\"", "\"EUR\"",
       "margin_eur_pc_q.unit = \"EUR\" is another unit (the program counts in "
       "\"EUR/inhabitant/quarter\")"},
      {"use_cases.toml", "range_factor = [0.5, 2.0]\n", "",
       "use_cases.column.staff_per_1000.range_factor is missing"},
      {"use_cases.toml", "\"mobility\"", "\"planning\"",
       "use_cases.use_case[7].name = \"planning\" is "
       "taken"},
      {"use_cases.toml", "\nrisk ", "\nrisky ", "unknown key 'use_cases.use_case[0].risky'"},
      {"use_cases.toml", "risk                         = 0.3", "risk = 3",
       "use_cases.use_case[0].risk = 3 is out of its hard bounds"},
      {"vendors.toml", "slots             = 5", "slots = 10",
       "vendors.vendor has 17 slots in all (a market has room for 16)"},
      {"vendors.toml", "slots             = 5", "slots = 0",
       "vendors.vendor[0].slots = 0 is out of "
       "range (1 to 16)"},
      {"vendors.toml", "[column.price]", "[column.prize]", "vendors.column.price is missing"},
      {"series.toml", "\"step\"", "\"stair\"",
       "series.certification.interpolation = \"stair\" is no "
       "choice"},
      {"series.toml", "value = 50 ", "value = -50 ", "series.grid_intensity.path[1].value = -50"},
      {"series.toml", "\"2026-Q3\"", "\"August 2026\"", "series.compliance_from.default"},
      {"population.toml", "= 5_039", "= 5_040",
       "population.national_units.administration = 5040 contradicts the rows of [[land]] (they sum "
       "to "
       "5039)"},
      {"population.toml", "250, 500,", "500, 250,", "population.size_bounds has 250 after 500"},
      {"population.toml", "[0, 0, 9_194,", "[0, 0, 4_999,",
       "population.land[13].inhabitants has 4999 inhabitants for 5 administrations of 1000 to 1999 "
       "(they have 5000 "
       "to 9995 together)"},
      {"population.toml", "{ name = \"Dresden\", inhabitants = 556_227 },", "",
       "population.land[13].inhabitants has 1153720 inhabitants in 2 administrations"},
      {"population.toml", "\"Dresden\"", "\"Leipzig\"",
       "names \"Leipzig\" again (every city stands once)"},
      {"population.toml", "[1, 0, 7,", "[0, 7,",
       "population.land[0].administrations has 9 values (10 wanted)"},
      {"population.toml", "\"Hamburg\"", "\"Bremen\"",
       "population.land[3].name = \"Bremen\" is taken"},
      {"coefficients.toml", "[wage_eur]", "[wage]", "coefficients.wage_eur is missing"},
  };
  for (const Case& c : cases) {
    Copy copy;
    copy.change(c.file, c.old, c.with);
    const std::string errors = copy.errors();
    INFO(c.old << " -> " << c.with << "\n" << errors);
    CHECK(contains(errors, c.expected));
    CHECK(errors.starts_with(std::string(c.file) + ":"));
  }
}

TEST_CASE("errors of several files of a model, and of the experiment, come together") {
  Copy copy;
  fs::remove(copy.path() / "vendors.toml");
  fs::remove(copy.path() / "series.toml");
  fs::create_directory(copy.path() / "series.toml");
  copy.write("use_cases.toml", "use_case = []\n[column\n");
  copy.write("coefficients.toml", "");
  const std::string errors = copy.errors();
  INFO(errors);
  CHECK(contains(errors, "vendors.toml: there is no such file"));
  CHECK(contains(errors, "series.toml: this is a folder"));
  CHECK(contains(errors, "use_cases.toml:2:"));
  CHECK(contains(errors, "coefficients.toml:1:1: coefficients.wage_eur is missing"));
  CHECK_FALSE(contains(errors, "vendors is missing"));

  const std::string all =
      errors_of(replaced(shortest, "germany", copy.path().string()) + "[time]\nquarters = 0\n");
  CHECK(contains(all, "vendors.toml: there is no such file"));
  CHECK(contains(all, "x.toml:4:12: time.quarters = 0"));
}

TEST_CASE("tables of rows are neither empty nor too long") {
  Copy copy;
  const std::string use_cases = bytes_of(copy.path() / "use_cases.toml");
  const std::size_t first = use_cases.find("[[use_case]]");
  copy.write("use_cases.toml", "use_case = []\n" + use_cases.substr(0, first));
  CHECK(copy.errors() ==
        "use_cases.toml:1:12: use_cases.use_case is empty (a model has one row at least)\n");

  std::string many = use_cases.substr(0, first);
  const std::size_t second = use_cases.find("[[use_case]]", first + 1);
  for (int row = 0; row < 17; ++row)
    many += replaced(use_cases.substr(first, second - first), "\"administration\"",
                     fmt::format("\"service {}\"", row));
  copy.write("use_cases.toml", many);
  CHECK(contains(copy.errors(), "use_cases.use_case has 17 rows (a model has room for 16)"));
}

TEST_CASE("a model inside the experiment must have all its parts") {
  CHECK(errors_of("title = 't'\n[model]\nname = ''\n") ==
        "x.toml:2:1: model.parameters is missing (a model has all six parts)\n"
        "x.toml:2:1: model.coefficients is missing (a model has all six parts)\n"
        "x.toml:2:1: model.vendors is missing (a model has all six parts)\n"
        "x.toml:2:1: model.use_cases is missing (a model has all six parts)\n"
        "x.toml:2:1: model.series is missing (a model has all six parts)\n"
        "x.toml:2:1: model.population is missing (a model has all six parts)\n"
        "x.toml:3:8: model.name is empty (it must say something)");
}

TEST_CASE("a model says what a study of its country starts from, an experiment may say otherwise") {
  Copy copy;
  copy.change("country.toml", "2021-Q1", "2024-Q3");
  copy.change("country.toml", "= 2025", "= 2023");
  copy.change("country.toml", "= 0.015", "= 0.03");
  const std::string text = replaced(shortest, "germany", copy.path().string());
  const study::Study study = study_of(text);
  CHECK(study.start.text() == "2024-Q3");
  CHECK(study.prices_of == 2023);
  CHECK(study.discount == 0.03);
  const study::Study other =
      study_of(text, {"time.start='2025-Q2'", "money.prices_of=2020", "money.discount=0"});
  CHECK(other.start.text() == "2025-Q2");
  CHECK(other.rules.spin_up == 3);
  CHECK(study_of(text, {"time.start='2025-Q2'", "time.spin_up=false"}).rules.spin_up == 0);
  CHECK(other.prices_of == 2020);
  CHECK(other.discount == 0.0);
  CHECK(study.resolved_text.find("[model.country]\nstart = \"2024-Q3\"") != std::string::npos);
  copy.change("country.toml", "= 0.03", "= 3");
  CHECK(copy.errors().starts_with("country.toml:5:"));
}

TEST_CASE(
    "a model without a file of its country starts as before there was one, and that is told") {
  const auto told = [](const study::Study& study) {
    std::string text;
    for (const std::string& note : study.notes)
      if (note.find("country.toml") != std::string::npos) text += note;
    return text;
  };
  CHECK(told(study_of(shortest)).empty());
  Copy copy;
  fs::remove(copy.path() / "country.toml");
  const std::string text = replaced(shortest, "germany", copy.path().string());
  const study::Study study = study_of(text);
  CHECK(study.start.text() == "2021-Q1");
  CHECK(study.prices_of == 2025);
  CHECK(study.discount == 0.015);
  CHECK(told(study) ==
        "germany has no country.toml, the experiment does not say it: time.start = \"2021-Q1\", "
        "money.prices_of = 2025, money.discount = 0.015");
  CHECK(
      told(study_of(text, {"time.start='2022-Q2'", "money.discount=0.02"})) ==
      "germany has no country.toml, the experiment does not say it: money.prices_of = 2025"
      "germany has no country.toml and so no start of its own: the run begins at time.start, with "
      "nothing before it");
  CHECK(study_of(text, {"time.start='2022-Q2'"}).rules.spin_up == 0);
}

TEST_CASE("the files of a model are inputs with their hashes") {
  Copy copy;
  const study::Study study =
      study_of(replaced(shortest, "germany", copy.path().string()), {"doubt.theories=false"});
  REQUIRE(study.inputs.size() ==
          10);  // the experiment, eight texts, the ensemble of the shipped doubt
  CHECK(study.inputs.back().path.ends_with("ensemble.csv"));
  for (std::size_t i = 1; i < study.inputs.size(); ++i) {
    const study::Input& input = study.inputs[i];
    CHECK(input.sha256 == files::sha256_of_file(input.path));
    CHECK(input.bytes == fs::file_size(input.path));
  }
}

}  // namespace
}  // namespace rathaus::config
