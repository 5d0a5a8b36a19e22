// The words that a decider reads, in both languages: the list of the report,
// python/rathaus/report/words.toml, which is part of the program.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <unordered_map>

namespace rathaus::commands {

class Words {
 public:
  /// `language`: "en" or "de".
  explicit Words(const std::string& language = "en");

  const std::string& language() const { return language_; }
  bool german() const { return language_ == "de"; }

  /// A text of the list, its fields filled in: say("c_better", fmt::arg("name", name)).
  template <class... Fields>
  std::string operator()(const std::string& key, const Fields&... fields) const {
    return fmt::vformat(text(key), fmt::make_format_args(fields...));
  }
  /// A name of the program in the language. English keeps the names that other programs look for,
  /// and so does what has no other name.
  std::string name(const std::string& word) const;
  /// A number that is not known, or one of a programme.
  std::string number(const std::string& path) const;
  /// Digits with the mark of the language.
  std::string digits(std::string written) const;
  /// "end of 2030", "Ende 2030", "Ende 2030-Q2".
  std::string end_of(const std::string& quarter_label) const;

 private:
  const std::string& text(const std::string& key) const;

  std::string language_;
  std::unordered_map<std::string, std::string> texts_, names_, numbers_;
};

}  // namespace rathaus::commands
