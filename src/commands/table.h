// Tables of text: for people (aligned), for spreadsheets (CSV) and for documents (Markdown).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rathaus::commands {

/// Width on a terminal: code points, good enough for the scripts we print.
std::size_t width(std::string_view text);

/// Rounded to significant digits, never in scientific notation; "-" for what is not there.
std::string rounded(double x, int significant = 3);

/// "12,345": a whole number with its thousands apart.
std::string grouped(double x);

/// "2nd", "47th".
std::string ordinal(std::size_t n);

enum class TableFormat { table, csv, markdown };
/// Of "csv", "markdown" or any other word.
TableFormat table_format(std::string_view word);

struct Table {
  std::vector<std::string> head;
  std::vector<std::vector<std::string>> rows;  //!< one cell alone may be wider than its column
  std::vector<bool> right;  //!< per column: align to the right; shorter than head: left

  std::string text(TableFormat format = TableFormat::table) const;
};

}  // namespace rathaus::commands
