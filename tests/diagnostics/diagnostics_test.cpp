#include "diagnostics/diagnostics.h"

#include "catch.h"

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

TEST_CASE("a typo finds its nearest name, a different word finds none") {
  const std::vector<std::string_view> names{"lock_rate", "lock_markup", "aware_p", "aware_q"};
  CHECK(nearest("lock_rat", names) == "lock_rate");
  CHECK(nearest("lokc_rate", names) == "lock_rate");
  CHECK(nearest("lock_makrup", names) == "lock_markup");
  CHECK(nearest("population", names).empty());
  CHECK(suggestion("population", names) == " (known: lock_rate, lock_markup, aware_p, aware_q)");
}
