#include "files/csv.h"

#include "catch.h"
#include "population/helpers.h"

using namespace rathaus;
using namespace rathaus::files;
using namespace rathaus::population;

namespace {

struct Read {
  std::optional<CsvTable> table;
  std::string errors;
};

Read read(const std::string& bytes) {
  const TemporaryFile file(bytes);
  Diagnostics diagnostics;
  Read result;
  result.table = read_csv(file.path(), diagnostics);
  result.errors = listed(diagnostics.errors());
  return result;
}

/// Rows with '|' between cells and '/' behind each row.
std::string flat(const Read& result) {
  REQUIRE(result.table);
  std::string text;
  for (std::size_t row = 0; row < result.table->rows(); ++row) {
    for (std::size_t c = 0; c < result.table->cells(row); ++c)
      text.append(c == 0 ? "" : "|").append(result.table->cell(row, c));
    text += '/';
  }
  return text;
}

}  // namespace

TEST_CASE("the same table in every dress") {
  const std::string expected = "id|name/1|Aue/2|Bad Ems/";
  for (const std::string bytes :
       {"id,name\n1,Aue\n2,Bad Ems\n", "id;name\n1;Aue\n2;Bad Ems\n",
        "id,name\r\n1,Aue\r\n2,Bad Ems\r\n", "id,name\r1,Aue\r2,Bad Ems\r",
        "\xEF\xBB\xBFid,name\n1,Aue\n2,Bad Ems", "\n\nid,name\n\n1,Aue\n  \n2,Bad Ems\n\n",
        "\"id\",\"name\"\n\"1\",\"Aue\"\n\"2\",\"Bad Ems\"\n",
        "id , name\n 1,\tAue \n2, Bad Ems\n"}) {
    const Read result = read(bytes);
    CHECK(result.errors == "");
    CHECK(flat(result) == expected);
  }
}

TEST_CASE("quotes protect separators, quotes, blanks and line ends") {
  const Read result = read("a,b\n\"x, y\",\" z \"\n\"say \"\"hi\"\"\",\"two\nlines\"\n,\"\"\n");
  CHECK(result.errors == "");
  CHECK(flat(result) == "a|b/x, y| z /say \"hi\"|two\nlines/|/");
}

TEST_CASE("rows know their lines and cells their columns") {
  const Read result = read("a;b;c\r\n\r\n\"x;\r\ny\";Köln;3\r\n1;2\r\n");
  const CsvTable& table = *result.table;
  REQUIRE(table.rows() == 3);
  CHECK(table.line(0) == 1);
  CHECK(table.line(1) == 3);
  CHECK(table.line(2) == 5);
  CHECK(table.place(0, 2).column == 5);
  CHECK(table.place(1, 0).line == 3);
  CHECK(table.place(1, 1).line == 4);
  CHECK(table.place(1, 1).column == 4);
  CHECK(table.place(1, 2).column == 9);  // ö counts once
  CHECK(table.cells(2) == 2);
}

TEST_CASE("what is no text is one error with its line") {
  const Read latin = read("id,name\n1,Aue\n2,K\xF6ln\n");
  CHECK_FALSE(latin.table);
  CHECK(contains(latin.errors, "3: byte 0xF6 is not UTF-8"));
  CHECK(contains(latin.errors, "iconv"));
  const Read nul = read(std::string("id,name\n1,A\0e\n", 14));
  CHECK_FALSE(nul.table);
  CHECK(contains(nul.errors, "2: the file has NUL bytes"));
  for (const std::string bytes : {"", "\n\n", "\xEF\xBB\xBF", " \r\n"}) {
    const Read empty = read(bytes);
    CHECK_FALSE(empty.table);
    CHECK(contains(empty.errors, "the file is empty"));
  }
}

TEST_CASE("what is no file is one error") {
  Diagnostics diagnostics;
  CHECK_FALSE(read_csv(std::filesystem::temp_directory_path(), diagnostics));
  CHECK_FALSE(read_csv(std::filesystem::temp_directory_path() / "no such file", diagnostics));
  REQUIRE(diagnostics.errors().size() == 2);
  CHECK(contains(diagnostics.errors()[0].message.text(), "this is a directory"));
  CHECK(contains(diagnostics.errors()[1].message.text(), "no such file"));
}

TEST_CASE("misplaced quotes cost their row and nothing else") {
  const Read inner = read("a,b\n1,x\"y\n2,z\n3,\"p\"q\n4,r\n");
  CHECK(inner.errors.starts_with("2:4: a quote in the middle of a cell"));
  CHECK(contains(inner.errors, "\n4:6: a quote in the middle of a cell"));
  CHECK(flat(inner) == "a|b/2|z/4|r/");
  const Read open = read("a,b\n1,x\n2,\"z\n3,p\n");
  CHECK(contains(open.errors, "3: a quote that is opened in this row is never closed"));
  CHECK(flat(open) == "a|b/1|x/");
  CHECK_FALSE(read("a,\"b\"c\n1,2\n").table);
}

TEST_CASE("a thousand errors are told as a hundred and a number") {
  std::string bytes = "a,b\n";
  for (int i = 0; i < 1000; ++i) bytes += "1,x\"y\n";
  const TemporaryFile file(bytes);
  Diagnostics diagnostics;
  read_csv(file.path(), diagnostics);
  CHECK(diagnostics.errors().size() == 101);
  CHECK(contains(diagnostics.errors().back().message.text(), "and 900 more"));
}
