#include "files/csv.h"

#include <fmt/format.h>
#include <utf8.h>

#include <algorithm>
#include <cassert>
#include <utility>

#include "files/row_errors.h"
#include "files/texts.h"

namespace rathaus::files {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::size_t line_of(std::string_view text, std::size_t offset) {
  return 1 + static_cast<std::size_t>(std::ranges::count(text.substr(0, offset), '\n'));
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(utf8::unchecked::distance(text.begin(), text.end()));
}

/// The bytes of the file, or nothing and one error.
std::optional<std::string> file_bytes(const std::string& path, Diagnostics& diagnostics) {
  const Place file{path};
  switch (kind_of(path)) {
    case Kind::nothing:
      diagnostics.error(file, "no such file (a relative path counts from the file that names it)");
      return std::nullopt;
    case Kind::folder:
      diagnostics.error(file, "this is a directory (a CSV file is expected)");
      return std::nullopt;
    case Kind::unreadable:
      diagnostics.error(file, "the file cannot be opened (is reading permitted?)");
      return std::nullopt;
    case Kind::file:
      break;
  }
  std::optional<std::string> bytes = read(path);
  if (!bytes) diagnostics.error(file, "the file cannot be read to its end");
  return bytes;
}

/// Complains about anything that is not UTF-8 text.
bool is_text(const std::string& raw, const Place& file, Diagnostics& diagnostics) {
  const auto bad = [&](std::size_t offset, const Message& message) {
    diagnostics.error({file.file, line_of(raw, offset), 0}, message);
    return false;
  };
  if (raw.find_first_not_of(" \t\r\n") == std::string::npos) {
    diagnostics.error(file, "the file is empty (a header and at least one row are expected)");
    return false;
  }
  const auto invalid = utf8::find_invalid(raw.begin(), raw.end());
  const std::size_t nul = raw.find('\0');
  if (nul != std::string::npos)
    return bad(nul, "the file has NUL bytes (it is no text, or text in UTF-16) save it as UTF-8");
  if (invalid != raw.end())
    return bad(static_cast<std::size_t>(invalid - raw.begin()),
               fmt::format("byte 0x{:02X} is not UTF-8 (the file may be Latin-1 or Windows-1252) "
                           "convert it: iconv -f WINDOWS-1252 -t UTF-8 old.csv > new.csv",
                           static_cast<unsigned char>(*invalid)));
  return true;
}

char sniffed_delimiter(std::string_view raw) {
  const std::string_view header = raw.substr(0, raw.find_first_of("\r\n"));
  return std::ranges::count(header, ';') > std::ranges::count(header, ',') ? ';' : ',';
}

}  // namespace

std::string_view CsvTable::cell(std::size_t row, std::size_t column) const {
  assert(column < cells(row));
  const std::size_t index = rows_[row].first_cell + column;
  const std::size_t begin = index == 0 ? 0 : cell_end_[index - 1];
  return std::string_view(text_).substr(begin, cell_end_[index] - begin);
}

Place CsvTable::place(std::size_t row, std::size_t column) const {
  std::size_t line = rows_[row].line;
  std::size_t line_begin = rows_[row].offset;
  std::size_t at = line_begin;
  bool quoted = false;
  for (; column > 0 && at < raw_.size(); ++at) {
    if (raw_[at] == '"') quoted = !quoted;
    if (raw_[at] == '\n') {
      ++line;
      line_begin = at + 1;
    }
    if (raw_[at] == delimiter_ && !quoted) --column;
  }
  return {file_, line, 1 + characters(std::string_view(raw_).substr(line_begin, at - line_begin))};
}

/// Takes a file line by line, since a quoted cell may go on in the next one.
class CsvReader {
 public:
  CsvReader(std::string file, std::string raw, Diagnostics& diagnostics) : errors_(diagnostics) {
    table_.file_ = std::move(file);
    table_.raw_ = std::move(raw);
    table_.delimiter_ = sniffed_delimiter(table_.raw_);
  }

  /// Nothing if the header itself is broken.
  std::optional<CsvTable> read() && {
    const std::string& raw = table_.raw_;
    for (std::size_t begin = 0; begin < raw.size(); ++line_) {
      std::size_t end = begin;
      while (end < raw.size() && raw[end] != '\r' && raw[end] != '\n') ++end;
      const std::size_t cells_end = end;
      if (raw.compare(end, 2, "\r\n") == 0) ++end;
      if (end < raw.size()) ++end;
      take(begin, cells_end, end);
      begin = end;
    }
    if (at_ == At::inside_quotes)
      complain({table_.file_, row_.line, 0},
               "a quote that is opened in this row is never closed (everything behind it would be "
               "one cell) write a quote inside quotes twice");
    errors_.finish();
    if (header_broken_) return std::nullopt;
    return std::move(table_);
  }

 private:
  /// Where in its cell a character stands.
  enum class At { before_cell, inside_cell, inside_quotes, behind_quotes };

  void take(std::size_t begin, std::size_t cells_end, std::size_t end) {
    const std::string_view line = std::string_view(table_.raw_).substr(begin, end - begin);
    if (at_ == At::before_cell) {
      row_ = {line_, begin, table_.cell_end_.size()};
      if (line.find_first_not_of(" \t\r\n") == std::string_view::npos) return;
    }
    for (std::size_t c = begin; c < cells_end; ++c) {
      if (take(table_.raw_[c])) continue;
      complain({table_.file_, line_, 1 + characters(line.substr(0, c - begin))},
               "a quote in the middle of a cell (it can neither open nor close it) put the whole "
               "cell in quotes and write the inner quote twice");
      return;
    }
    if (at_ == At::inside_quotes) {
      table_.text_.append(table_.raw_, cells_end, end - cells_end);
      return;
    }
    end_cell();
    table_.rows_.push_back(row_);
  }

  /// One character by RFC 4180, with blanks around cells dropped; false if no quote may stand here.
  bool take(char character) {
    const bool blank = character == ' ' || character == '\t';
    if (character == table_.delimiter_ && at_ != At::inside_quotes) {
      end_cell();
    } else if (at_ == At::inside_quotes) {
      if (character == '"')
        at_ = At::behind_quotes;
      else
        table_.text_ += character;
    } else if (at_ == At::behind_quotes) {
      if (character == '"' && !blank_behind_) {  // twice: the quote itself
        table_.text_ += character;
        at_ = At::inside_quotes;
      } else if (!blank) {
        return false;
      }
      blank_behind_ = blank;
    } else if (character == '"') {
      if (at_ == At::inside_cell) return false;
      at_ = At::inside_quotes;
    } else if (at_ == At::inside_cell || !blank) {
      at_ = At::inside_cell;
      table_.text_ += character;
    }
    return true;
  }

  void end_cell() {
    std::string& text = table_.text_;
    const std::size_t begin = table_.cell_end_.empty() ? 0 : table_.cell_end_.back();
    if (at_ == At::inside_cell)
      while (text.size() > begin && (text.back() == ' ' || text.back() == '\t')) text.pop_back();
    table_.cell_end_.push_back(text.size());
    at_ = At::before_cell;
    blank_behind_ = false;
  }

  /// Forgets the cells of the row in hand.
  void complain(Place place, std::string message) {
    errors_.add(std::move(place), std::move(message));
    header_broken_ = header_broken_ || table_.rows_.empty();
    table_.cell_end_.resize(row_.first_cell);
    table_.text_.resize(table_.cell_end_.empty() ? 0 : table_.cell_end_.back());
    at_ = At::before_cell;
    blank_behind_ = false;
  }

  RowErrors errors_;
  CsvTable table_;
  CsvTable::Row row_{};  // the row in hand
  std::size_t line_ = 1;
  At at_ = At::before_cell;
  bool blank_behind_ = false;  // the closing quote is followed by a blank
  bool header_broken_ = false;
};

std::optional<CsvTable> read_csv(const std::string& path, Diagnostics& diagnostics) {
  std::optional<std::string> raw = file_bytes(path, diagnostics);
  if (!raw) return std::nullopt;
  if (raw->starts_with(byte_order_mark)) raw->erase(0, byte_order_mark.size());
  if (!is_text(*raw, {path}, diagnostics)) return std::nullopt;
  return CsvReader(path, std::move(*raw), diagnostics).read();
}

}  // namespace rathaus::files
