#include "toml_reader/limits.h"

#include "catch.h"
#include "toml_reader/source.h"

using namespace rathaus;

namespace {

std::string parts(std::size_t count) {
  std::string key = "a";
  for (std::size_t i = 1; i < count; ++i) key += ".a";
  return key;
}

/// Line and column of what is refused; 0, 0 if nothing is.
std::pair<std::size_t, std::size_t> refused_at(const std::string& text) {
  const auto beyond = toml_reader::beyond_limits(text, "x.toml");
  return beyond ? std::pair{beyond->place.line, beyond->place.column} : std::pair{0ul, 0ul};
}

constexpr std::pair<std::size_t, std::size_t> nowhere{0, 0};

}  // namespace

TEST_CASE("what our files hold is within the limits") {
  CHECK(refused_at("") == nowhere);
  CHECK(refused_at("# größe\na = \"ä\" # ö\n'ü' = 'ß'") == nowhere);
  CHECK(refused_at(R"(a = """ä
\"ö"""
b = 1
)") == nowhere);
  CHECK(refused_at(R"(a = """ä"""""
b = '''ö''''
c = 1
)") == nowhere);
  CHECK(refused_at(R"(a = "\\"
b = "\"ä")") == nowhere);
  CHECK(refused_at(parts(64) + " = 1\n[" + parts(64) + "]\n") == nowhere);
  std::string numbers = "a = [";
  for (int i = 0; i < 1000; ++i) numbers += "1.5, ";
  CHECK(refused_at(numbers + "]") == nowhere);
  std::string tables;
  for (int i = 0; i < 1000; ++i) tables += "[[a.b]]\nc = { d = [1, [2]] }\n";
  CHECK(refused_at(tables) == nowhere);
  CHECK(
      refused_at(
          "[a.\"ä\".'ö']\n\"ü\".'ä' = [{ 'ä'.\"ö\" = ['ä',\"ö\"] },\n{'ü'.'ä' = 'ö'}]\nb.'ä'=1") ==
      nowhere);
  CHECK(refused_at("a = [\n1.5, 'ä'\n]\nb.'ö' = 2") == nowhere);
}

TEST_CASE("what would harm the parser is told with its place") {
  CHECK(refused_at("a = 1\n" + parts(65) + " = 1") == std::pair{2ul, 128ul});
  CHECK(refused_at("[" + parts(400'000) + "]").first == 1);
  CHECK(refused_at("a = " + std::string(400'000, '[')).first == 1);
  std::string inline_tables = "a = ";
  for (int i = 0; i < 100'000; ++i) inline_tables += "{ a = ";
  CHECK(refused_at(inline_tables).first == 1);
  CHECK(refused_at("a = 1\nb = ä") == std::pair{2ul, 5ul});
  CHECK(refused_at("\"ä\" = 'ö'\ngröße = 1") == std::pair{2ul, 3ul});
  CHECK(refused_at("a = \"no end\nö = 1") == std::pair{2ul, 1ul});
  CHECK(refused_at(R"(a = """x"""ö)") == std::pair{1ul, 12ul});
  // quotes within a word are letters of it
  CHECK(refused_at("a = 100'''x\nö = '''") == std::pair{2ul, 1ul});
  CHECK(refused_at("a = 100\"ö\"") == std::pair{1ul, 9ul});
  CHECK(refused_at("a = 1.'ö'") == std::pair{1ul, 8ul});
  CHECK(refused_at("a = 1{{'ö'") == std::pair{1ul, 9ul});
  CHECK(refused_at("a = 1=['ö'") == std::pair{1ul, 9ul});
  CHECK(refused_at("a = [1 # '\n,'ö'] # ö\nb.'ä' = { c = 1,'ö' = 2 }") == nowhere);
  CHECK(refused_at("a = [{ b = 1.'ö' }]") == std::pair{1ul, 15ul});
}

TEST_CASE("a text beyond the limits is one error and no table") {
  Diagnostics diagnostics;
  CHECK(!toml_reader::parse("[" + parts(400'000) + "]", "x.toml", diagnostics));
  REQUIRE(diagnostics.errors().size() == 1);
  CHECK(diagnostics.errors()[0].message.text().find("more than 64 parts") != std::string::npos);
}

TEST_CASE("a string that goes on behind a backslash goes on with any letter") {
  Diagnostics diagnostics;
  const auto table =
      toml_reader::parse("a = \"\"\"x \\\n   ä\\\nﺿ\\\n  y\"\"\"", "x.toml", diagnostics);
  CHECK_FALSE(diagnostics.failed());
  REQUIRE(table);
  CHECK(table->at("a").value<std::string>() == "x äﺿy");
}
