// From a file on disk to a TOML table whose values know their places.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "diagnostics/diagnostics.h"
#include "toml_reader/toml.h"

namespace rathaus::toml_reader {

/// The bytes of a text file. Nothing, and an error, if it is missing, a folder, unreadable or far
/// larger than any experiment.
std::optional<std::string> read_file(const std::string& path, Diagnostics& diagnostics);

/// Parses UTF-8 text, with or without byte order mark; `name` stands for the file in messages.
/// Nothing, and one error, if the text is not TOML: a parser cannot go on after a syntax error.
std::optional<toml::table> parse(std::string_view text, const std::string& name,
                                 Diagnostics& diagnostics);

Place place_of(const toml::source_region& source);

/// What takes the place of a file's name for values given by --set.
inline constexpr std::string_view command_line = "--set ";
bool is_from_command_line(const toml::source_region& source);
bool is_from_command_line(const toml::node& node);

}  // namespace rathaus::toml_reader
