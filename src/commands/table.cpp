#include "commands/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "lanes/elementary.h"

namespace rathaus::commands {

std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; }));
}

std::string rounded(double x, int significant) {
  if (std::isnan(x)) return "-";
  const double size = std::abs(x);
  const int whole = size > 0.0 ? static_cast<int>(std::floor(elementary::log10(size))) + 1 : 1;
  std::string text = fmt::format("{:.{}f}", x, std::clamp(significant - whole, 0, 4));
  if (text.find_first_not_of("-0.") == std::string::npos) return "0";
  return text;
}

std::string grouped(double euros) {
  const std::string digits = fmt::format("{:.0f}", euros);
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

std::string ordinal(std::size_t n) {
  const bool teen = n % 100 >= 11 && n % 100 <= 13;
  const char* ending = teen          ? "th"
                       : n % 10 == 1 ? "st"
                       : n % 10 == 2 ? "nd"
                       : n % 10 == 3 ? "rd"
                                     : "th";
  return fmt::format("{}{}", n, ending);
}

namespace {

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

std::string markdown_field(std::string text) {
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2)
    text.insert(at, 1, '\\');
  return text;
}

std::string aligned(const Table& table) {
  std::vector<std::size_t> widths;
  for (const std::string& cell : table.head) widths.push_back(width(cell));
  for (const auto& row : table.rows)
    for (std::size_t c = 0; c < row.size() && row.size() > 1; ++c)
      widths[c] = std::max(widths[c], width(row[c]));
  std::string text;
  const auto line = [&](const std::vector<std::string>& cells) {
    std::string out;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const std::size_t own = width(cells[c]);
      const std::string space(own < widths[c] ? widths[c] - own : 0, ' ');
      const bool right = c < table.right.size() && table.right[c];
      out += (c > 0 ? "  " : "") + (right ? space + cells[c] : cells[c] + space);
    }
    text += out.substr(0, out.find_last_not_of(' ') + 1) + "\n";
  };
  line(table.head);
  for (const auto& row : table.rows) line(row);
  return text;
}

}  // namespace

TableFormat table_format(std::string_view word) {
  if (word == "csv") return TableFormat::csv;
  return word == "markdown" ? TableFormat::markdown : TableFormat::table;
}

std::string Table::text(TableFormat format) const {
  if (format == TableFormat::table) return aligned(*this);
  const bool csv = format == TableFormat::csv;
  std::string out;
  const auto line = [&](const std::vector<std::string>& cells) {
    if (!csv) out += "| ";
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (c > 0) out += csv ? "," : " | ";
      out += csv ? csv_field(cells[c]) : markdown_field(cells[c]);
    }
    out += csv ? "\n" : " |\n";
  };
  line(head);
  if (!csv) {
    out += "|";
    for (std::size_t c = 0; c < head.size(); ++c)
      out += c < right.size() && right[c] ? "---:|" : "---|";
    out += "\n";
  }
  for (const auto& row : rows) line(row);
  return out;
}

}  // namespace rathaus::commands
