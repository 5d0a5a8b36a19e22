#include "files/number.h"

#include <cmath>
#include <cstdlib>
#include <string>

namespace rathaus::files {

// strtod and not std::from_chars, which the C++ library of clang 16 lacks for double. Both round
// correctly, and the program keeps the C locale.
std::optional<double> number_of(std::string_view text) {
  if (text.empty() || text[0] == '+' ||
      text.find_first_not_of("0123456789+-.eE") != std::string_view::npos)
    return std::nullopt;
  const std::string copy(text);
  char* end = nullptr;
  const double value = std::strtod(copy.c_str(), &end);
  return *end == '\0' && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

}  // namespace rathaus::files
