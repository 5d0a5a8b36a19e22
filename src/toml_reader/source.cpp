#include "toml_reader/source.h"

#include <fmt/format.h>
#include <utf8.h>

#include <algorithm>

#include "files/texts.h"
#include "toml_reader/limits.h"
#include "toml_reader/number_notation.h"

namespace rathaus::toml_reader {
namespace {

constexpr std::size_t largest_file = std::size_t{64} << 20;  // [byte]

/// Line and column of a byte, counted in characters as the parser does.
Place place_in(std::string_view text, const char* at, const std::string& name) {
  const std::string_view before = text.substr(0, static_cast<std::size_t>(at - text.data()));
  const std::size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
  const auto line = static_cast<std::size_t>(std::ranges::count(before, '\n')) + 1;
  const auto column =
      static_cast<std::size_t>(utf8::distance(before.begin() + line_begin, before.end())) + 1;
  return {name, line, column};
}

/// A line of a text, which count from 1; empty beyond the last.
std::string_view line_of(std::string_view text, std::size_t number) {
  for (; number > 1 && !text.empty(); --number)
    text.remove_prefix(std::min(text.size(), std::min(text.find('\n'), text.size()) + 1));
  return text.substr(0, text.find('\n'));
}

}  // namespace

std::optional<std::string> read_file(const std::string& path, Diagnostics& diagnostics) {
  const auto fail = [&](std::string message) {
    diagnostics.error({path}, std::move(message));
    return std::nullopt;
  };
  const files::Kind kind = files::kind_of(path);
  if (kind == files::Kind::nothing)
    return fail("there is no such file (or its folder may not be entered) check the path");
  if (kind == files::Kind::folder)
    return fail("this is a folder (a file is wanted) name a file in it");
  std::optional<std::string> text = files::read(path, largest_file);
  if (!text) return fail("the file cannot be read (permission, or the disk) check its rights");
  if (text->size() > largest_file)
    return fail(
        fmt::format("the file has more than {} MiB (no experiment or model is that "
                    "large) check the path",
                    largest_file >> 20));
  return text;
}

std::optional<toml::table> parse(std::string_view text, const std::string& name,
                                 Diagnostics& diagnostics) {
  if (text.starts_with("\x89HDF")) {
    diagnostics.error({name},
                      "this is an HDF5 file (TOML is wanted) the experiment of a result is told by "
                      "rathaus explain");
    return std::nullopt;
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const char* const end = text.data() + text.size();
  if (const char* bad = utf8::find_invalid(text.data(), end); bad != end) {
    diagnostics.error(place_in(text, bad, name),
                      fmt::format("byte 0x{:02X} is not UTF-8 (the file seems to be in another "
                                  "encoding, such as Latin-1) save it as UTF-8",
                                  static_cast<unsigned>(static_cast<unsigned char>(*bad))));
    return std::nullopt;
  }
  if (std::optional<Diagnostic> beyond = beyond_limits(text, name)) {
    diagnostics.error(std::move(beyond->place), std::move(beyond->message));
    return std::nullopt;
  }
  try {
    return toml::parse(text, name);
  } catch (const toml::parse_error& error) {
    const std::string hint = number_hint(line_of(text, error.source().begin.line));
    diagnostics.error(
        place_of(error.source()),
        fmt::format(
            "{} nothing behind it could be read",
            hint.empty() ? fmt::format("this is not TOML ({})", error.description()) : hint + ';'));
    return std::nullopt;
  }
}

Place place_of(const toml::source_region& source) {
  if (!source.path) return {};
  if (source.path->starts_with(command_line)) return {*source.path};
  return {*source.path, source.begin.line, source.begin.column};
}

bool is_from_command_line(const toml::source_region& source) {
  return source.path && source.path->starts_with(command_line);
}

bool is_from_command_line(const toml::node& node) {
  return is_from_command_line(node.source());
}

}  // namespace rathaus::toml_reader
