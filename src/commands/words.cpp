#include "commands/words.h"

#include <algorithm>
#include <stdexcept>

#include "analysis/quarters.h"
#include "toml_reader/toml.h"

namespace rathaus::commands {

/// The file as bytes (src/commands/CMakeLists.txt).
extern const unsigned char word_list[];
extern const unsigned long word_list_size;

namespace {

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

std::string Words::digits(std::string written) const {
  if (german()) std::ranges::replace(written, '.', ',');
  return written;
}

std::string Words::end_of(const std::string& quarter_label) const {
  std::string end = analysis::end_of(quarter_label);
  return german() ? "Ende " + end.substr(end.rfind(' ') + 1) : end;
}

}  // namespace rathaus::commands
