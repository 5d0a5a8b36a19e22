#include "toml_reader/toml_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace rathaus::toml_reader {
namespace {

bool is_control(char c) {
  const auto code = static_cast<unsigned char>(c);
  return code < 0x20 || code == 0x7f;
}

bool is_bare(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

template <class Value, class Text>
std::string list_of(std::span<const Value> values, Text text) {
  std::string list = "[";
  for (const Value& value : values) {
    if (list.size() > 1) list += ", ";
    list += text(value);
  }
  return list + ']';
}

}  // namespace

std::string string_text(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      result += {'\\', c};
    else if (c == '\n')
      result += "\\n";
    else if (c == '\t')
      result += "\\t";
    else if (is_control(c))
      result += fmt::format("\\u{:04X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    else
      result += c;
  }
  return result + '"';
}

std::string key_text(std::string_view key) {
  const bool bare = !key.empty() && std::ranges::all_of(key, is_bare);
  return bare ? std::string(key) : string_text(key);
}

std::string number_text(double value) {
  // "-0" would be read as a whole number, which has no sign at zero.
  std::string text = fmt::format("{}", value);
  return text == "-0" ? "-0.0" : text;
}

std::string list_text(std::span<const double> values) {
  return list_of(values, number_text);
}

std::string list_text(std::span<const std::string> values) {
  return list_of(values, [](const std::string& text) { return string_text(text); });
}

std::string comment_text(std::string_view text) {
  std::string line(text);
  std::ranges::replace_if(line, is_control, ' ');
  return line;
}

}  // namespace rathaus::toml_reader
