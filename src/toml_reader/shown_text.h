// Texts that tables, pages and files of results can show.
#pragma once

#include <string_view>

#include "toml_reader/reader.h"

namespace rathaus::toml_reader {

/// Names have one line; texts of several may hold tabs and ends of lines.
enum class Lines { one, several };

/// Whether the text of a value, or the key that it stands under, can be shown. An error of the
/// value if it holds a control character, or what Unicode never assigns.
bool is_shown(const Value& value, std::string_view text, Lines lines);

}  // namespace rathaus::toml_reader
