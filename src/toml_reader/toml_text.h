// Values as TOML text, in one form only, so that the same content is always the same bytes.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace rathaus::toml_reader {

/// A basic string in quotes, control characters escaped.
std::string string_text(std::string_view text);

/// A key: bare if it can be, else quoted.
std::string key_text(std::string_view key);

/// The shortest decimal number that reads back as the same bits. Needs a finite value.
std::string number_text(double value);

std::string list_text(std::span<const double> values);
std::string list_text(std::span<const std::string> values);

/// The rest of a line behind a value: control characters become blanks.
std::string comment_text(std::string_view text);

}  // namespace rathaus::toml_reader
