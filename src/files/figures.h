// Figures in the cells of tables that people and spreadsheets write.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace rathaus::files {

/// The whole cell as a finite number with a decimal point; else why it is none, to go behind the
/// cell in a message: "has a decimal comma (…) write 1.5".
std::variant<double, std::string> figure_of(std::string_view cell);

/// What is written with a dot before its last three digits, such as "100.000", and may be meant as
/// thousands.
bool looks_like_thousands(std::string_view cell);

/// Some figures of a column that are about a thousand times the others, as where separators of
/// thousands were taken for decimal points: indices of one of the small and one of the large ones.
struct Thousandfold {
  std::size_t small, large, how_many_small;
};
std::optional<Thousandfold> thousandfold(std::span<const double> figures);

/// "3 of 9 values are about a thousandth of the others, such as 100 beside 200000 (…) …"
std::string text_of(const Thousandfold& found, std::span<const double> figures);

}  // namespace rathaus::files
