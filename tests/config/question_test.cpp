// [question]: what is asked in numbers, its defaults, and every kind of bad input.
#include "catch.h"
#include "config/helpers.h"

namespace rathaus::config {
namespace {

const std::string support = R"([programme.p]
field = "incentives"
ports = { grant_pilot = 0.5 }
window = { first = "2026-Q1" }
[scenario.none]
baseline = true
programmes = []
[scenario.s]
programmes = ["p"]
)";

TEST_CASE("a question in numbers is read, kept by its class, and comes back from the resolved text") {
  const study::Study study = study_of(shortest + R"([question]
text = { en = "Who gains?", de = "Wer gewinnt?" }
metric = "share_of_adopters"
group = { fiscal_class = "weak", size_class = "<5k" }
horizon = "2036-Q1"
prefer = "less"
smallest_gain = 0.002
[[target]]
indicator = "adopters"
group = { land = "Sachsen", fiscal_class = "weak" }
by = "2030-Q4"
at_least = 3
)" + support);
  const study::Question& question = study.question;
  CHECK(question.en == "Who gains?");
  CHECK(question.de == "Wer gewinnt?");
  CHECK(question.in_numbers);
  CHECK(question.metric == "share_of_adopters");
  CHECK(question.of.grouping() == "size_class_and_fiscal_class");
  CHECK(question.of.labels() == std::vector<std::string>{"<5k, weak"});
  CHECK(question.horizon == 60u);
  CHECK_FALSE(question.more);
  CHECK(question.smallest_gain == 0.002);
  CHECK(study.output.groups ==
        std::vector<std::string>{"land_and_fiscal_class", "size_class_and_fiscal_class"});
  const study::Study again = study_of(study.resolved_text);
  CHECK(again.resolved_text == study.resolved_text);
  CHECK(again.question.of.parts == question.of.parts);
  CHECK(again.targets[0].of.text() == "Sachsen, weak");
}

TEST_CASE("a plain text is a question without numbers; ten years after support starts are the default") {
  const study::Study plain = study_of(shortest + "question = 'why?'\n" + support);
  CHECK(plain.question.en == "why?");
  CHECK(plain.question.de == "why?");
  CHECK_FALSE(plain.question.in_numbers);
  CHECK(plain.question.metric == "adopters");
  CHECK(plain.question.of.is_all());
  CHECK(plain.question.horizon == 20u + 40u - 1u);
  CHECK(study_of(shortest + "[time]\nquarters = 8\n").question.horizon == 7u);
  const study::Study german = study_of(shortest + "[question]\ntext = { de = 'Wer?' }\n");
  CHECK(german.question.en == "Wer?");
  CHECK(german.question.in_numbers);
}

TEST_CASE("a group may be any of several classes, and a text one for each language") {
  const study::Study study = study_of(
      "title = { en = 'Study', de = 'Studie' }\nmodel = \"germany\"\ndoubt = \"none\"\n[question]\n"
      "text = 'who?'\ngroup = { size_class = ['<5k', '5k-20k'], land = ['Sachsen', 'Hessen'] }\n");
  CHECK(study.title == "Study");
  CHECK(study.title_de == "Studie");
  const analysis::UnitClass& of = study.question.of;
  CHECK(of.grouping() == "land_and_size_class");
  CHECK(of.text() == "Sachsen or Hessen, <5k or 5k-20k");
  CHECK(of.labels() == std::vector<std::string>{"Sachsen, <5k", "Sachsen, 5k-20k", "Hessen, <5k",
                                                "Hessen, 5k-20k"});
  CHECK(analysis::unit_class_of(of.grouping(), of.text()) == of);
  CHECK(study_of(study.resolved_text).question.of == of);
  CHECK(study_of(study.resolved_text).resolved_text == study.resolved_text);
  const study::Study texts = study_of(
      "title.de = 'Studie'\nquestion = { en = 'who?', de = 'wer?' }\nmodel = \"germany\"\n");
  CHECK(texts.title == "Studie");
  CHECK(texts.question.en == "who?");
  CHECK(texts.question.de == "wer?");
  CHECK_FALSE(texts.question.in_numbers);
  CHECK(study_of(texts.resolved_text).question.de == "wer?");
  for (const auto& [group, message] : std::vector<std::pair<std::string, std::string>>{
           {"size_class = []", "question.group.size_class is empty (nobody lies in no class)"},
           {"size_class = ['<5k', '<5k']", "= \"<5k\" is there already (a class is named once)"},
           {"size_class = ['<5k', 'small']", "= \"small\" is no choice"},
           {"land = ['Sachsen', 3]", "(a text in quotes is wanted)"}})
    CHECK(contains(errors_of(shortest + "[question]\ntext = 't'\ngroup = { " + group + " }\n"),
                   message));
}

TEST_CASE("bad questions are told all at once") {
  const std::string errors = errors_of(shortest + R"([question]
metric = "share_of_adopter"
group = { size_clas = "<5k", fiscal_class = "poor" }
horizon = "2050-Q1"
prefer = "most"
smallest_gain = -1
unit = "1"
)");
  INFO(errors);
  for (const char* part : {
           "x.toml:3:1: question.text is missing (pages and tables are headed by it)",
           "x.toml:4:10: question.metric = \"share_of_adopter\" is no choice (did you mean "
           "'share_of_adopters'?)",
           "x.toml:5:11: unknown key 'question.group.size_clas' (did you mean 'size_class'?)",
           "x.toml:5:45: question.group.fiscal_class = \"poor\" is no choice (known: weak, middle, "
           "strong)",
           "x.toml:6:11: question.horizon = \"2050-Q1\" is outside the run (nothing is known of that "
           "quarter) take one from 2021-Q1 to 2040-Q4",
           "x.toml:7:10: question.prefer = \"most\" is no choice (did you mean 'more'?)",
           "x.toml:8:17: question.smallest_gain = -1 is out of its hard bounds",
           "x.toml:9:1: unknown key 'question.unit'",
       })
    CHECK(contains(errors, part));
}

TEST_CASE("a question on what the study cannot give is refused") {
  const auto refused = [](const std::string& text, const std::string& message) {
    const std::string errors = errors_of(shortest + "[question]\ntext = 't'\n" + text);
    INFO(errors);
    CHECK(contains(errors, message));
  };
  refused("metric = 'programmes/awarded'", "is told of programmes (no scenario of this experiment");
  refused("metric = 'public_money_per_additional_unit'", "is told of programmes");
  refused("metric = 'hhi_national'\ngroup = { size_class = '<5k' }",
          "question.group has no meaning for hhi_national (it is not kept by class)");
  refused("metric = 'programmes/paid'\ngroup = { fiscal_class = 'weak' }\n" + support,
          "question.group has no meaning for programmes/paid (it is not kept by class)");
  refused("metric = 'programmes/awarded'\ngroup = { size_class = '<5k', fiscal_class = 'weak' }\n" +
              support,
          "it is kept by size_class and by fiscal_class alone");
  refused("group = {}", "question.group names no class");
  CHECK(contains(errors_of(shortest + "[question]\ntext = 1\n"), "question.text"));
  const std::string fine = "metric = 'programmes/awarded'\ngroup = { fiscal_class = 'weak' }\n";
  CHECK(errors_of(shortest + "[question]\ntext = 't'\n" + fine + support).empty());
}

}  // namespace
}  // namespace rathaus::config
