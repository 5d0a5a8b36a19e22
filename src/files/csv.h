// A CSV file in memory, with the place of every cell for messages about it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostics/diagnostics.h"

namespace rathaus::files {

/// The cells of a CSV file without its quotes; row 0 is the header. Rows may differ in length.
class CsvTable {
 public:
  std::size_t rows() const { return rows_.size(); }
  std::size_t cells(std::size_t row) const { return last_cell(row) - rows_[row].first_cell; }
  std::string_view cell(std::size_t row, std::size_t column) const;
  std::size_t line(std::size_t row) const { return rows_[row].line; }

  Place place(std::size_t row) const { return {file_, line(row), 0}; }
  /// Where a cell begins. Walks through its row: for messages only.
  Place place(std::size_t row, std::size_t column) const;

 private:
  friend class CsvReader;
  struct Row {
    std::size_t line;        // where the row begins, from 1
    std::size_t offset;      // of that line in raw_
    std::size_t first_cell;  // index into cell_end_
  };
  std::size_t last_cell(std::size_t row) const {
    return row + 1 < rows_.size() ? rows_[row + 1].first_cell : cell_end_.size();
  }

  std::string file_;
  std::string raw_;  // the file as it is, without byte order mark
  char delimiter_ = ',';
  std::string text_;                   // all cells, one after the other
  std::vector<std::size_t> cell_end_;  // of every cell in text_
  std::vector<Row> rows_;
};

/// Reads a CSV file: UTF-8 with or without byte order mark, comma or semicolon (whichever the
/// header has more of), any line end, quotes by RFC 4180. Blank lines are skipped, and blanks
/// around unquoted cells. Nothing is returned if the file cannot be read as text at all; a row with
/// misplaced quotes is an error and left out of the table.
std::optional<CsvTable> read_csv(const std::string& path, Diagnostics& diagnostics);

}  // namespace rathaus::files
