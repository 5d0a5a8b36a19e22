// Whatever bytes come in, the reader returns a study or says what is wrong and where.
#include <random>

#include "catch.h"
#include "config/helpers.h"

namespace rathaus::config {
namespace {

/// Mutations that keep a text nearly valid: other digits, single bytes, pieces moved within it.
std::string mutated(std::string text, std::mt19937_64& random) {
  static const std::string alphabet = "\"'=[]{}.,#\n\r\t -+_eE0123456789ntrufals\\\xC3\xA4\xFF";
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  for (std::size_t times = 1 + below(2); times > 0; --times) {
    const std::size_t at = below(text.size());
    const std::size_t digit = text.find_first_of("0123456789", at);
    switch (below(10)) {
      case 0:
        text[at] = static_cast<char>(random());
        break;
      case 1:
        text[at] = alphabet[below(alphabet.size())];
        break;
      case 2:
        text.insert(at, 1, alphabet[below(alphabet.size())]);
        break;
      case 3:
        text.erase(at, 1 + below(8));
        break;
      case 4:
        text.insert(below(text.size()), text.substr(at, below(24)));
        break;
      default:
        if (digit != std::string::npos) text[digit] = "0123456789.-"[below(12)];
    }
    if (text.empty()) text.push_back('x');
  }
  return text;
}

struct Tally {
  int valid = 0, refused = 0;

  void read(const std::string& text, const std::vector<std::string>& sets = {}) {
    try {
      study_of(text, sets);
      ++valid;
    } catch (const InputError& error) {
      ++refused;
      REQUIRE_FALSE(error.errors().empty());
      for (const Diagnostic& d : error.errors()) {
        CHECK_FALSE(d.place.file.empty());
        CHECK_FALSE(d.message.problem.empty());
      }
    } catch (const std::exception& error) {
      INFO(text);
      FAIL("neither a study nor an InputError: " << error.what());
    }
  }
};

const std::string lively = shortest + R"([population]
source = "synthetic"
select = { land = ["Sachsen"], population = { below = 50_000 } }
[time]
start = "2022-Q2"
quarters = 4
[parameters]
lock_rate = 0.1
[structure]
funnel = "collapsed"
feasibility = false
[series]
macro_factor = { interpolation = "step", path = [{ quarter = "2021-Q1", value = 1 }] }
compliance_from = "2028-Q1"
[programme.p]
from = "pilot_grant"
window = { first = "2022-Q3" }
[scenario.a]
baseline = true
programmes = []
[scenario.b]
programmes = ["p"]
change.p.ports.grant_pilot = 0.5
[output]
groups = ["land"]
panel = { replicates = [0], every = 4 }
)";

TEST_CASE("mutated experiments are read or refused") {
  std::mt19937_64 random(1);
  Tally tally;
  for (int n = 0; n < 2000; ++n) tally.read(mutated(lively, random));
  // Both must happen often, or the mutations test nothing.
  CHECK(tally.valid > 120);
  CHECK(tally.refused > 600);
}

TEST_CASE("mutated models are read or refused") {
  std::mt19937_64 random(2);
  const std::string resolved = study_of(lively).resolved_text;
  Tally tally;
  for (int n = 0; n < 300; ++n) tally.read(mutated(resolved, random));
  CHECK(tally.valid > 20);
  CHECK(tally.refused > 100);
}

TEST_CASE("mutated overrides are read or refused") {
  std::mt19937_64 random(3);
  Tally tally;
  for (int n = 0; n < 400; ++n)
    tally.read(lively, {mutated("parameters.lock_rate=0.1", random),
                        mutated("output.panel={ replicates = [0] }", random)});
  CHECK(tally.refused > 200);
}

TEST_CASE("any kind of value in any place is read or refused") {
  const std::string keys[] = {"title",
                              "question",
                              "question.text",
                              "question.metric",
                              "question.group",
                              "question.horizon",
                              "question.smallest_gain",
                              "model",
                              "population",
                              "population.select",
                              "population.select.land",
                              "population.file",
                              "population.unit",
                              "time",
                              "time.start",
                              "parameters",
                              "parameters.u0",
                              "coefficients",
                              "structure",
                              "structure.funnel",
                              "structure.feasibility",
                              "series",
                              "series.macro_factor",
                              "series.macro_factor.path",
                              "series.compliance_from",
                              "scenario",
                              "scenario.a",
                              "scenario.a.programmes",
                              "scenario.b.change",
                              "scenario.b.change.p",
                              "scenario.b.like",
                              "programme",
                              "programme.p",
                              "programme.p.ports",
                              "programme.p.ports.grant_pilot",
                              "programme.p.window",
                              "programme.p.budget",
                              "programme.p.eligible",
                              "programme.p.award",
                              "target",
                              "replicates",
                              "random.seed",
                              "output",
                              "output.groups",
                              "output.panel",
                              "output.panel.replicates"};
  const std::string values[] = {"0",
                                "-1",
                                "1.5",
                                "nan",
                                "''",
                                "'x'",
                                "true",
                                "2021-01-01",
                                "07:32:00",
                                "[]",
                                "[[]]",
                                "[1]",
                                "['x']",
                                "[{}]",
                                "{}",
                                "{ x = 1 }",
                                "[[1], {}, 'x', 2.5]",
                                "9223372036854775807"};
  Tally tally;
  for (const std::string& key : keys)
    for (const std::string& value : values) {
      std::string set = key;
      tally.read(lively, {set.append(1, '=').append(value)});
    }
  CHECK(tally.refused > 400);
}

}  // namespace
}  // namespace rathaus::config
