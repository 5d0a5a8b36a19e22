#include "toml_reader/number_notation.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace rathaus::toml_reader {
namespace {

constexpr std::string_view digits = "0123456789";

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of(digits) == std::string_view::npos;
}

std::vector<std::string_view> parts_of(std::string_view text, char mark) {
  std::vector<std::string_view> parts;
  for (std::size_t end = 0; end != std::string_view::npos; text.remove_prefix(end + 1)) {
    end = text.find(mark);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
  }
  return parts;
}

/// "6.000.000" with the mark '.': one to three digits, then groups of three.
bool is_grouped(std::string_view text, char mark) {
  const std::vector<std::string_view> groups = parts_of(text, mark);
  return groups.size() > 1 && groups.front().size() <= 3 &&
         std::ranges::all_of(groups, all_digits) &&
         std::all_of(groups.begin() + 1, groups.end(), [](auto g) { return g.size() == 3; });
}

std::string with_marks(std::string_view text, char mark, std::string_view instead) {
  std::string out;
  for (const char c : text)
    if (c == mark)
      out += instead;
    else
      out += c;
  return out;
}

}  // namespace

std::string number_of_toml(std::string_view text) {
  const bool sign = text.starts_with('-') || text.starts_with('+');
  const std::string before(text.substr(0, sign ? 1 : 0));
  text.remove_prefix(before.size());
  for (const auto& [thousands, decimals] : {std::pair{'.', ','}, std::pair{',', '.'}}) {
    const std::vector<std::string_view> parts = parts_of(text, decimals);
    const bool one = parts.size() == 2 && all_digits(parts[1]);
    if (one && is_grouped(parts[0], thousands))
      return before + with_marks(parts[0], thousands, "") + "." + std::string(parts[1]);
    // one group of three behind a point is TOML's own: 6.000 is six
    if (is_grouped(text, thousands) && std::ranges::count(text, thousands) > 1)
      return before + with_marks(text, thousands, "_");
    if (!one || decimals != ',' || !all_digits(parts[0])) continue;
    const std::string decimal = before + std::string(parts[0]) + "." + std::string(parts[1]);
    if (!is_grouped(text, ',')) return decimal;
    return decimal + " or " + before +
           with_marks(text, ',', "_");  // 1,000: which of them is meant?
  }
  return "";
}

std::string number_hint(std::string_view line) {
  constexpr std::string_view blanks = " \t", written = "0123456789.,+-";
  for (std::size_t at = line.find('='); at != std::string_view::npos; at = line.find('=', at + 1)) {
    const std::size_t first = line.find_first_not_of(blanks, at + 1);
    if (first == std::string_view::npos) return "";
    std::string_view number = line.substr(first);
    number = number.substr(0, number.find_first_not_of(written));
    while (number.ends_with(',') || number.ends_with('.')) number.remove_suffix(1);
    if (const std::string toml = number_of_toml(number); !toml.empty())
      return fmt::format(
          "{} is no number (TOML has a point before decimals, and nothing or _ between thousands) "
          "write {}",
          number, toml);
  }
  return "";
}

}  // namespace rathaus::toml_reader
