// Tables of text: for people (aligned), for spreadsheets (CSV) and for documents (Markdown).
#pragma once

#include <string>
#include <vector>

namespace rathaus::commands {

enum class TableFormat { table, csv, markdown };

struct Table {
  std::vector<std::string> head;
  std::vector<std::vector<std::string>> rows;
  std::vector<bool> right;  //!< per column: align to the right; shorter than head: left

  std::string text(TableFormat format = TableFormat::table) const;
};

}  // namespace rathaus::commands
