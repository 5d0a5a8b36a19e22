#include "diagnostics/diagnostics.h"

#include "catch.h"
#include "diagnostics/telling.h"

using namespace rathaus;

TEST_CASE("a diagnostic names its place as far as it is known") {
  CHECK(Diagnostic{{"a.toml", 3, 7}, "wrong"}.text() == "a.toml:3:7: wrong");
  CHECK(Diagnostic{{"a.csv", 3, 0}, "wrong"}.text() == "a.csv:3: wrong");
  CHECK(Diagnostic{{"a.csv", 0, 0}, "wrong"}.text() == "a.csv: wrong");
  CHECK(Diagnostic{{}, "wrong"}.text() == "wrong");
}

TEST_CASE("all errors are thrown together, in the order of the files; warnings never") {
  Diagnostics diagnostics;
  diagnostics.warning({"a", 1, 1}, "odd");
  CHECK_NOTHROW(diagnostics.throw_if_failed());
  diagnostics.error({"b", 1, 1}, "third");
  diagnostics.error({"a", 9, 2}, "second");
  diagnostics.error({"a", 9, 1}, "first");
  try {
    diagnostics.throw_if_failed();
    FAIL("no InputError");
  } catch (const InputError& error) {
    REQUIRE(error.errors().size() == 3);
    CHECK(error.errors()[0].message.text() == "first");
    CHECK(error.errors()[1].message.text() == "second");
    CHECK(error.errors()[2].message.text() == "third");
  }
}

TEST_CASE("what was told before is not told again, however much was told between") {
  Diagnostics diagnostics;
  for (int round = 0; round < 2; ++round)
    for (std::size_t line = 1; line <= 3000; ++line) diagnostics.error({"a", line, 1}, "wrong");
  try {
    diagnostics.throw_if_failed();
    FAIL("no InputError");
  } catch (const InputError& error) {
    CHECK(error.errors().size() == 3000);
  }
}

TEST_CASE("a typo finds its nearest name, a different word finds none") {
  const std::vector<std::string_view> names{"lock_rate", "lock_markup", "aware_p", "aware_q"};
  CHECK(nearest("lock_rat", names) == "lock_rate");
  CHECK(nearest("lokc_rate", names) == "lock_rate");
  CHECK(nearest("lock_makrup", names) == "lock_markup");
  CHECK(nearest("population", names).empty());
  CHECK(suggestion("population", names).text == "known: lock_rate, lock_markup, aware_p, aware_q");
}

TEST_CASE("a message is a problem, its reason and a suggestion, each a field") {
  struct Case {
    const char *text, *problem, *reason, *suggestion;
  };
  for (const Case& c : {
           Case{"exists already (nothing is overwritten unasked) add --force", "exists already",
                "nothing is overwritten unasked", "add --force"},
           Case{"x = 2 is too large (at most 1)", "x = 2 is too large", "at most 1", ""},
           Case{"wrong", "wrong", "", ""},
           Case{"odd)", "odd)", "", ""},
           Case{"", "", "", ""},
           Case{"open (for ever", "open (for ever", "", ""},
           Case{"f(x) is odd (f(1) = 2) use g(x) (see the ODD)", "f(x) is odd", "f(1) = 2",
                "use g(x) (see the ODD)"},
           // what users wrote stands in quotes
           Case{"'a (b) c' is taken (once each) rename it", "'a (b) c' is taken", "once each",
                "rename it"},
           Case{"= \"it's (\\\"so) x\" is no Land (the 16 are)", "= \"it's (\\\"so) x\" is no Land",
                "the 16 are", ""},
           Case{"the model's users' range (0 to 1) narrow it", "the model's users' range", "0 to 1",
                "narrow it"},
           Case{"unknown (is it ':)'?) look", "unknown", "is it ':)'?", "look"},
       }) {
    const Message message(c.text);
    CHECK(message.problem == c.problem);
    CHECK(message.reason == c.reason);
    CHECK(message.suggestion == c.suggestion);
    CHECK(message.text() == c.text);
  }
}

TEST_CASE("a suggestion that the code makes is one, whatever its words") {
  const std::vector<std::string_view> names{"lock_rate"};
  const Message typo = Message("unknown key 'lokc_rate'") + suggestion("lokc_rate", names);
  CHECK(typo.suggestion == "did you mean 'lock_rate'?");
  CHECK(typo.text() == "unknown key 'lokc_rate' (did you mean 'lock_rate'?)");
  CHECK(typo.about("x:").problem == "x: unknown key 'lokc_rate'");
  const Message both = Message("none (there is no folder) check it") + Suggestion{"known: a"};
  CHECK(both.suggestion == "check it (known: a)");
  CHECK(both.text() == "none (there is no folder) check it (known: a)");
  CHECK((Message("a (b)") + Suggestion{}).text() == "a (b)");
}

TEST_CASE("for a program a finding is one object on one line, null where nothing is known") {
  CHECK(as_json("error", {{"a \"b\".toml", 3, 7}, "no\nkey (why) do it"}) ==
        R"({"severity":"error","file":"a \"b\".toml","line":3,"column":7,)"
        R"("problem":"no\nkey","reason":"why","suggestion":"do it",)"
        R"("message":"no\nkey (why) do it"})");
  CHECK(as_json("warning", {{}, "odd \xff"}) ==
        "{\"severity\":\"warning\",\"file\":null,\"line\":null,\"column\":null,"
        "\"problem\":\"odd \xef\xbf\xbd\",\"reason\":null,\"suggestion\":null,"
        "\"message\":\"odd \xef\xbf\xbd\"}");
}

TEST_CASE("choices are listed each once, and the nearest of too many") {
  const std::vector<std::string_view> twice{"baseline", "programmes", "baseline"};
  CHECK(suggestion("title", twice).text == "known: baseline, programmes");
  std::vector<std::string> many;
  for (int k = 100; k < 200; ++k) many.push_back("name_" + std::to_string(k));
  const std::vector<std::string_view> names(many.begin(), many.end());
  CHECK(suggestion("x150", names).text.starts_with("the nearest of 100: "));
  CHECK(suggestion("x150", names).text.find("name_150") != std::string::npos);
  CHECK(suggestion("indicator", std::vector<std::string_view>(names.begin(), names.begin() + 31))
            .text.ends_with("name_130"));
}
