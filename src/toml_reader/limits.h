// What would harm the parser of TOML, found before it sees the text.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "diagnostics/diagnostics.h"

namespace rathaus::toml_reader {

/// Brackets within brackets, and parts of a dotted key: far beyond what any file of ours needs.
inline constexpr std::size_t deepest_nesting = 64;

/// The first place in valid UTF-8 where a key has too many parts or brackets lie too deep: toml++
/// makes a table of each part, and walks and frees them by recursion, which 400,000 end. Or where a
/// letter beyond ASCII stands outside of quotes and comments, where its tests of letters are
/// undefined.
std::optional<Diagnostic> beyond_limits(std::string_view text, const std::string& name);

}  // namespace rathaus::toml_reader
