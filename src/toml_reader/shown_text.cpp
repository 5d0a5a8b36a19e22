#include "toml_reader/shown_text.h"

#include <fmt/format.h>
#include <utf8.h>

#include <cstdint>

namespace rathaus::toml_reader {
namespace {

bool is_shown(char32_t c, Lines lines) {
  if (c == U'\t' || c == U'\n' || c == U'\r') return lines == Lines::several;
  return c >= 0x20 && !(c >= 0x7f && c < 0xa0) && c != 0x2028 && c != 0x2029 && c != 0xfffe &&
         c != 0xffff;
}

}  // namespace

bool is_shown(const Value& value, std::string_view text, Lines lines) {
  for (const char* at = text.data(); at < text.data() + text.size();) {
    const char32_t c = utf8::unchecked::next(at);
    if (is_shown(c, lines)) continue;
    value.error(
        fmt::format("holds the character U+{:04X} (no table, page or file of results can show "
                    "it) remove it",
                    static_cast<std::uint32_t>(c)));
    return false;
  }
  return true;
}

}  // namespace rathaus::toml_reader
