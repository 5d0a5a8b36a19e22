#include "toml_reader/number_notation.h"

#include "catch.h"

using rathaus::toml_reader::number_hint;
using rathaus::toml_reader::number_of_toml;

TEST_CASE("numbers of other notations are told in that of TOML") {
  CHECK(number_of_toml("0,5") == "0.5");
  CHECK(number_of_toml("-12,75") == "-12.75");
  CHECK(number_of_toml("6.000.000") == "6_000_000");
  CHECK(number_of_toml("1,000,000") == "1_000_000");
  CHECK(number_of_toml("1.234,5") == "1234.5");
  CHECK(number_of_toml("1,234.5") == "1234.5");
  CHECK(number_of_toml("1,000") == "1.000 or 1_000");
  for (const char* fine :
       {"", "0", "0.5", "6.000", "1_000", "1e6", "2021-Q1", "1.2.3", "1,2,3", ",5", "-"})
    CHECK(number_of_toml(fine).empty());
}

TEST_CASE("the number that a parser stumbled over is found in its line") {
  CHECK(number_hint("share = 0,5 # half").ends_with("write 0.5"));
  CHECK(number_hint("budget = { per_year = 6.000.000 }").starts_with("6.000.000 is no number"));
  CHECK(number_hint("ports = { weak = 0.9, strong = 0,8 }").ends_with("write 0.8"));
  CHECK(number_hint("title = \"1,5 and 2\"").empty());
  CHECK(number_hint("x = [0.1, 0.2").empty());
  CHECK(number_hint("x = 1, y = 2").empty());
  CHECK(number_hint("").empty());
}
