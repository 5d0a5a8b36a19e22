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
    CHECK(error.errors()[0].message == "first");
    CHECK(error.errors()[1].message == "second");
    CHECK(error.errors()[2].message == "third");
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
  CHECK(suggestion("population", names) == " (known: lock_rate, lock_markup, aware_p, aware_q)");
}

TEST_CASE("what a message suggests is its end, or the words that its reason names") {
  CHECK(suggested_by("x.csv: exists already (nothing is overwritten unasked) add --force") ==
        "add --force");
  CHECK(suggested_by("unknown key 'a' (did you mean 'b'?)") == "did you mean 'b'?");
  CHECK(suggested_by("no choice (known: a, b)") == "known: a, b");
  CHECK(suggested_by("no file (see rathaus run --help)") == "see rathaus run --help");
  CHECK(suggested_by("x = 2 is too large (at most 1)") == "");
  CHECK(suggested_by("wrong") == "");
  CHECK(suggested_by("odd)") == "");
}

TEST_CASE("for a program a finding is one object on one line, null where nothing is known") {
  CHECK(as_json("error", {{"a \"b\".toml", 3, 7}, "no\nkey (why) do it"}) ==
        R"({"severity":"error","file":"a \"b\".toml","line":3,"column":7,)"
        R"("message":"no\nkey (why) do it","suggestion":"do it"})");
  CHECK(as_json("warning", {{}, "odd \xff"}) ==
        "{\"severity\":\"warning\",\"file\":null,\"line\":null,\"column\":null,"
        "\"message\":\"odd \xef\xbf\xbd\",\"suggestion\":null}");
}

TEST_CASE("choices are listed each once, and the nearest of too many") {
  const std::vector<std::string_view> twice{"baseline", "programmes", "baseline"};
  CHECK(suggestion("title", twice) == " (known: baseline, programmes)");
  std::vector<std::string> many;
  for (int k = 100; k < 200; ++k) many.push_back("name_" + std::to_string(k));
  const std::vector<std::string_view> names(many.begin(), many.end());
  CHECK(suggestion("x150", names).starts_with(" (the nearest of 100: "));
  CHECK(suggestion("x150", names).find("name_150") != std::string::npos);
  CHECK(suggestion("indicator", std::vector<std::string_view>(names.begin(), names.begin() + 31))
            .find("name_130)") != std::string::npos);
}
