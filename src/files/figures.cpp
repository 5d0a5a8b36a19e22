#include "files/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "files/number.h"

namespace rathaus::files {
namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string without(std::string_view text, std::string_view characters) {
  std::string kept;
  for (const char c : text)
    if (characters.find(c) == std::string_view::npos) kept += c;
  return kept;
}

}  // namespace

std::variant<double, std::string> figure_of(std::string_view cell) {
  const std::string_view plain = cell.starts_with('+') ? cell.substr(1) : cell;
  if (const std::optional<double> value = number_of(plain)) return *value;
  if (cell.empty()) return "is empty (every row has a value) fill it";
  const std::string_view body = plain.starts_with('-') ? plain.substr(1) : plain;
  if (const std::size_t comma = body.find(','); comma != std::string_view::npos &&
                                                all_digits(body.substr(0, comma)) &&
                                                all_digits(body.substr(comma + 1))) {
    std::string point(cell);
    std::ranges::replace(point, ',', '.');
    return fmt::format("has a decimal comma (decimals are behind a point) write {}", point);
  }
  if (const std::string digits = without(body, "., '_"); all_digits(digits))
    return fmt::format("has separators (figures have none for thousands) write {}", digits);
  return "is no number (a finite one is wanted, with a decimal point) correct it";
}

bool looks_like_thousands(std::string_view cell) {
  const std::size_t dot = cell.find('.');
  return dot != std::string_view::npos && dot >= 1 && dot <= 3 && all_digits(cell.substr(0, dot)) &&
         cell.size() == dot + 4 && all_digits(cell.substr(dot + 1));
}

std::optional<Thousandfold> thousandfold(std::span<const double> figures) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < figures.size(); ++i)
    if (figures[i] != 0.0 && std::isfinite(figures[i])) order.push_back(i);
  const auto size = [&](std::size_t n) { return std::abs(figures[order[n]]); };
  std::ranges::sort(order, {}, [&](std::size_t i) { return std::abs(figures[i]); });
  std::size_t split = 0;
  double widest = 100.0;  // no gap between neighbours as wide: one spread of figures
  for (std::size_t n = 1; n < order.size(); ++n)
    if (size(n) / size(n - 1) > widest) {
      widest = size(n) / size(n - 1);
      split = n;
    }
  if (split == 0) return std::nullopt;
  const std::size_t small = split / 2, large = split + (order.size() - split) / 2;
  const double ratio = size(large) / size(small);  // of the medians
  const double near = std::sqrt(10.0);             // in the ratio of a thousand, up and down
  if (ratio < 1000.0 / near || ratio > 1000.0 * near) return std::nullopt;
  return Thousandfold{order[small], order[large], split};
}

std::string text_of(const Thousandfold& found, std::span<const double> figures) {
  return fmt::format(
      "{} of {} values are about a thousandth of the others, such as {} beside {} (was a separator "
      "of thousands taken for a decimal point, or are units mixed?) correct them if so",
      found.how_many_small, figures.size(), figures[found.small], figures[found.large]);
}

}  // namespace rathaus::files
