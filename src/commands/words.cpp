#include "commands/words.h"

#include <algorithm>
#include <stdexcept>

#include "analysis/quarters.h"
#include "commands/table.h"
#include "diagnostics/telling.h"
#include "toml_reader/toml.h"

namespace rathaus::commands {

/// The file as bytes (src/commands/CMakeLists.txt).
extern const unsigned char word_list[];
extern const unsigned long word_list_size;

namespace {

/// Where the next field begins, {1} or {#1}; what else stands in such brackets is text.
std::size_t next_field(std::string_view text) {
  for (std::size_t open = 0; (open = text.find('{', open)) != std::string_view::npos; ++open) {
    const std::size_t digit = text.substr(open).starts_with("{#") ? open + 2 : open + 1;
    if (digit + 1 < text.size() && text[digit] >= '1' && text[digit] <= '9' &&
        text[digit + 1] == '}')
      return open;
  }
  return std::string_view::npos;
}

toml::table list() {
  return toml::parse(std::string_view(reinterpret_cast<const char*>(word_list), word_list_size));
}

}  // namespace

Words::Words(const std::string& language) : language_(language) {
  const toml::table all = list();
  const auto read = [&](const char* table, auto& into) {
    for (const auto& [key, value] : *all[table].as_table())
      if (const auto* both = value.as_table())
        into.emplace(std::string(key.str()), (*both)[language_].value_or(std::string()));
      else
        into.emplace(std::string(key.str()), value.value_or(std::string()));
  };
  read("text", texts_);
  if (!german()) return;
  read("name", names_);
  read("number", numbers_);
  for (const auto& [english, german] : *all["said"].as_table()) {
    Form form{{}, german.value_or(std::string()), 0};
    std::string_view rest = english.str();
    for (std::size_t open = 0; (open = next_field(rest)) != std::string_view::npos;) {
      form.around.emplace_back(rest.substr(0, open));
      rest.remove_prefix(rest.find('}', open) + 1);
    }
    form.around.emplace_back(rest);
    for (const std::string& part : form.around) form.letters += part.size();
    forms_.push_back(std::move(form));
  }
}

const std::string& Words::text(const std::string& key) const {
  const auto found = texts_.find(key);
  if (found == texts_.end()) throw std::logic_error("there is no text '" + key + "'");
  return found->second;
}

std::string Words::name(const std::string& word) const {
  const auto found = names_.find(word);
  return found == names_.end() ? word : found->second;
}

std::string Words::number(const std::string& path) const {
  if (const auto found = numbers_.find(path); found != numbers_.end()) return found->second;
  constexpr std::string_view programme = "programme.";
  if (!path.starts_with(programme)) return path;
  const std::size_t end = path.find('.', programme.size());
  if (end == std::string::npos) return path;
  const auto found = numbers_.find(path.substr(end + 1));
  return found == numbers_.end()
             ? path
             : path.substr(programme.size(), end - programme.size()) + ": " + found->second;
}

namespace {

/// What stands in the fields of a form; false if the text is not of that form.
bool fits(std::string_view text, const std::vector<std::string>& around,
          std::vector<std::string>& fields) {
  fields.clear();
  if (around.size() == 1) return text == around.front();
  const std::string &first = around.front(), &last = around.back();
  if (text.size() < first.size() + last.size() || !text.starts_with(first) || !text.ends_with(last))
    return false;
  text.remove_prefix(first.size());
  text.remove_suffix(last.size());
  for (std::size_t part = 1; part + 1 < around.size(); ++part) {
    const std::size_t at = text.find(around[part]);
    if (at == std::string_view::npos) return false;
    fields.emplace_back(text.substr(0, at));
    text.remove_prefix(at + around[part].size());
  }
  fields.emplace_back(text);
  return true;
}

}  // namespace

std::string Words::filled(const Form& form, const std::vector<std::string>& fields) const {
  std::string text;
  std::string_view rest = form.german;
  for (std::size_t open = 0; (open = next_field(rest)) != std::string_view::npos;) {
    text += rest.substr(0, open);
    const bool number = rest[open + 1] == '#';  // {#1}: a number, with the mark of the language
    const auto field = static_cast<std::size_t>(rest[open + (number ? 2 : 1)] - '1');
    std::string value = field < fields.size() ? fields[field] : "";
    if (number)
      for (char& c : value) c = c == '.' ? ',' : c == ',' ? '.' : c;
    text += number ? value : said(value);
    rest.remove_prefix(rest.find('}', open) + 1);
  }
  return text.append(rest);
}

std::string Words::said(const std::string& english) const {
  const Form* best = nullptr;
  std::vector<std::string> fields, of_best;
  for (const Form& form : forms_) {
    if (best != nullptr && form.letters <= best->letters) continue;
    if (!fits(english, form.around, fields)) continue;
    best = &form;
    of_best = fields;
  }
  return best == nullptr ? english : filled(*best, of_best);
}

Message Words::said(const Message& english) const {
  Message message;
  message.problem = said(english.problem);
  message.reason = said(english.reason);
  message.suggestion = said(english.suggestion);
  return message;
}

void tell_in(const std::string& language) {
  if (language != "de") return tell_through({});
  tell_through([say = Words(language)](const Message& message) { return say.said(message); });
}

std::string Words::digits(std::string written) const {
  if (german()) std::ranges::replace(written, '.', ',');
  return written;
}

std::string Words::place(std::size_t n) const {
  return german() ? std::to_string(n) + "." : ordinal(n);
}

std::string Words::end_of(const std::string& quarter_label) const {
  std::string end = analysis::end_of(quarter_label);
  return german() ? "Ende " + end.substr(end.rfind(' ') + 1) : end;
}

}  // namespace rathaus::commands
