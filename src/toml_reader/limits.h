// What would harm the parser of TOML, found before it sees the text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "diagnostics/diagnostics.h"

namespace rathaus::toml_reader {

/// Far beyond what any file of ours needs.
inline constexpr int deepest_nesting = 64;  ///< brackets within brackets, and parts of a dotted key

/// The first place in valid UTF-8 where a key has too many parts or brackets lie too deep: toml++
/// makes a table of each part, and walks and frees them by recursion, which 400,000 end. Or where a
/// letter beyond ASCII stands outside of quotes and comments, which it reads beyond its buffer to
/// describe.
std::optional<Diagnostic> beyond_limits(std::string_view text, const std::string& name);

}  // namespace rathaus::toml_reader
