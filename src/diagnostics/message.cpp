// The one place that takes a message apart.
#include <fmt/format.h>

#include "diagnostics/diagnostics.h"

namespace rathaus {
namespace {

bool is_blank_or_bracket(char c) {
  return c == ' ' || c == '(' || c == '[' || c == '{' || c == '=' || c == ',';
}
bool is_of_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// The end of what is quoted from `begin` on, one beyond its last quote; `begin` itself if no quote
/// opens there, as in "the model's". What users wrote stands in quotes and may hold brackets.
std::size_t behind_quote(std::string_view text, std::size_t begin) {
  const char quote = text[begin];
  if (quote != '\'' && quote != '"') return begin;
  if (begin > 0 && !is_blank_or_bracket(text[begin - 1])) return begin;
  for (std::size_t end = begin + 1; end < text.size(); ++end) {
    if (quote == '"' && text[end] == '\\') {
      ++end;
      continue;
    }
    const bool last = end + 1 == text.size() || !is_of_word(text[end + 1]);
    if (text[end] == quote && last) return end + 1;
  }
  return begin;
}

/// The bracket that closes the one at `open`; npos if none does.
std::size_t closing(std::string_view text, std::size_t open) {
  std::size_t depth = 0;
  for (std::size_t at = open; at < text.size(); ++at) {
    if (const std::size_t behind = behind_quote(text, at); behind > at) {
      at = behind - 1;
      continue;
    }
    if (text[at] == '(') ++depth;
    if (text[at] == ')' && --depth == 0) return at;
  }
  return std::string_view::npos;
}

}  // namespace

/// The reason is what stands in the first brackets that follow a blank, close, and end the text or
/// are followed by a blank; no brackets, no reason. Brackets in quotes do not count.
Message::Message(std::string_view text) : problem(text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (const std::size_t behind = behind_quote(text, at); behind > at) {
      at = behind - 1;
      continue;
    }
    if (text[at] != '(' || at == 0 || text[at - 1] != ' ') continue;
    const std::size_t end = closing(text, at);
    if (end == std::string_view::npos) return;
    if (end + 1 < text.size() && text[end + 1] != ' ') continue;
    problem = text.substr(0, at - 1);
    reason = text.substr(at + 1, end - at - 1);
    if (end + 2 < text.size()) suggestion = text.substr(end + 2);
    return;
  }
}

std::string Message::text() const {
  if (reason.empty())
    return suggestion.empty() ? problem : fmt::format("{} ({})", problem, suggestion);
  return fmt::format("{} ({}){}{}", problem, reason, suggestion.empty() ? "" : " ", suggestion);
}

Message Message::about(std::string_view name) const {
  Message named = *this;
  named.problem = fmt::format("{} {}", name, problem);
  return named;
}

Message operator+(Message message, const Suggestion& suggestion) {
  if (message.suggestion.empty())
    message.suggestion = suggestion.text;
  else if (!suggestion.text.empty())
    message.suggestion += fmt::format(" ({})", suggestion.text);
  return message;
}

}  // namespace rathaus
