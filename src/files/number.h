// A decimal number in a text.
#pragma once

#include <optional>
#include <string_view>

namespace rathaus::files {

/// The whole text as a finite number with a decimal point: digits, "-", an exponent; neither "+" in
/// front nor blanks, hexadecimals, "inf" or "nan".
std::optional<double> number_of(std::string_view text);

}  // namespace rathaus::files
