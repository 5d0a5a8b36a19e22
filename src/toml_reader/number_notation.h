// Numbers as people write them elsewhere: decimal commas, marks between thousands.
#pragma once

#include <string>
#include <string_view>

namespace rathaus::toml_reader {

/// How TOML writes a number that stands in another notation ("0.5" for "0,5", "6_000_000" for
/// "6.000.000", "1234.5" for "1.234,5"); empty if the text is no number, or one of TOML.
std::string number_of_toml(std::string_view text);

/// The first such number behind an '=' of a line, and how TOML writes it: "0,5 is no number (…)
/// write 0.5"; empty if there is none.
std::string number_hint(std::string_view line);

}  // namespace rathaus::toml_reader
