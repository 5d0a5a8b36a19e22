#include "files/csv.h"

#include <csv.h>
#include <fmt/format.h>
#include <utf8.h>

#include <algorithm>
#include <cassert>
#include <fstream>
#include <new>
#include <sstream>
#include <utility>

#include "files/row_errors.h"

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
std::optional<std::string> file_bytes(const std::filesystem::path& path, Diagnostics& diagnostics) {
  const Place file{path.string()};
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    diagnostics.error(file, "no such file (a relative path counts from the file that names it)");
  } else if (std::filesystem::is_directory(path, ignored)) {
    diagnostics.error(file, "this is a directory (a CSV file is expected)");
  } else if (std::ifstream stream(path, std::ios::binary); !stream) {
    diagnostics.error(file, "the file cannot be opened (is reading permitted?)");
  } else {
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    if (!stream.bad()) return std::move(bytes).str();
    diagnostics.error(file, "the file cannot be read to its end");
  }
  return std::nullopt;
}

/// Complains about anything that is not UTF-8 text.
bool is_text(const std::string& raw, const Place& file, Diagnostics& diagnostics) {
  const auto bad = [&](std::size_t offset, const std::string& message) {
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

/// Feeds a file to libcsv line by line, since libcsv itself does not count lines.
class CsvReader {
 public:
  CsvReader(std::string file, std::string raw, Diagnostics& diagnostics) : errors_(diagnostics) {
    table_.file_ = std::move(file);
    table_.raw_ = std::move(raw);
    table_.delimiter_ = sniffed_delimiter(table_.raw_);
    open();
  }
  CsvReader(const CsvReader&) = delete;
  CsvReader& operator=(const CsvReader&) = delete;
  ~CsvReader() { csv_free(&parser_); }

  /// Nothing if the header itself is broken.
  std::optional<CsvTable> read() && {
    const std::string& raw = table_.raw_;
    for (std::size_t begin = 0; begin < raw.size(); ++line_) {
      std::size_t end = begin;
      while (end < raw.size() && raw[end] != '\r' && raw[end] != '\n') ++end;
      if (raw.compare(end, 2, "\r\n") == 0) ++end;
      if (end < raw.size()) ++end;
      feed(begin, end);
      begin = end;
    }
    if (csv_fini(&parser_, on_cell, on_row, this) != 0) {
      complain({table_.file_, row_.line, 0},
               "a quote that is opened in this row is never closed (everything behind it would be "
               "one cell) write a quote inside quotes twice");
    }
    errors_.finish();
    if (header_broken_) return std::nullopt;
    return std::move(table_);
  }

 private:
  void open() {
    if (csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc();
    csv_set_delim(&parser_, static_cast<unsigned char>(table_.delimiter_));
  }

  void feed(std::size_t begin, std::size_t end) {
    if (!inside_row_) row_ = {line_, begin, table_.cell_end_.size()};
    const std::string_view line = std::string_view(table_.raw_).substr(begin, end - begin);
    row_ended_ = false;
    const std::size_t taken = csv_parse(&parser_, line.data(), line.size(), on_cell, on_row, this);
    if (taken != line.size()) {
      if (csv_error(&parser_) != CSV_EPARSE) throw std::bad_alloc();
      complain({table_.file_, line_, 1 + characters(line.substr(0, taken))},
               "a quote in the middle of a cell (it can neither open nor close it) put the whole "
               "cell in quotes and write the inner quote twice");
      csv_free(&parser_);
      open();
      inside_row_ = false;
    } else if (row_ended_) {
      inside_row_ = false;
    } else if (line.find_first_not_of(" \t\r\n") != std::string_view::npos) {
      inside_row_ = true;  // a quoted cell goes on in the next line
    }
  }

  /// Forgets the cells of the row in hand.
  void complain(Place place, std::string message) {
    errors_.add(std::move(place), std::move(message));
    header_broken_ = header_broken_ || table_.rows_.empty();
    table_.cell_end_.resize(row_.first_cell);
    table_.text_.resize(table_.cell_end_.empty() ? 0 : table_.cell_end_.back());
  }

  static void on_cell(void* text, std::size_t length, void* self) noexcept {
    CsvTable& table = static_cast<CsvReader*>(self)->table_;
    table.text_.append(static_cast<const char*>(text), length);
    table.cell_end_.push_back(table.text_.size());
  }
  static void on_row(int, void* self) noexcept {
    auto& reader = *static_cast<CsvReader*>(self);
    reader.table_.rows_.push_back(reader.row_);
    reader.row_ended_ = true;
  }

  RowErrors errors_;
  CsvTable table_;
  csv_parser parser_{};
  CsvTable::Row row_{};  // the row in hand
  std::size_t line_ = 1;
  bool inside_row_ = false;
  bool row_ended_ = false;
  bool header_broken_ = false;
};

std::optional<CsvTable> read_csv(const std::filesystem::path& path, Diagnostics& diagnostics) {
  std::optional<std::string> raw = file_bytes(path, diagnostics);
  if (!raw) return std::nullopt;
  if (raw->starts_with(byte_order_mark)) raw->erase(0, byte_order_mark.size());
  if (!is_text(*raw, {path.string()}, diagnostics)) return std::nullopt;
  return CsvReader(path.string(), std::move(*raw), diagnostics).read();
}

}  // namespace rathaus::files
