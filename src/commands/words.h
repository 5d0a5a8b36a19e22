// The words that a decider reads, in both languages: the list of the report,
// python/rathaus/report/words.toml, which is part of the program.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "diagnostics/diagnostics.h"

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
  /// What the program says elsewhere in English alone (notes, advice, findings), in the language:
  /// by the list [said], whose forms have their English where it is written. What fits into a field
  /// and is a form itself is said, too; what has no form stays as it is.
  std::string said(const std::string& english) const;
  /// The same part by part.
  Message said(const Message& english) const;
  /// A name where it is one, else what is said.
  std::string called(const std::string& english) const {
    const std::string told = name(english);
    return told == english ? said(english) : told;
  }
  /// Digits with the mark of the language.
  std::string digits(std::string written) const;
  /// "2nd", "2."
  std::string place(std::size_t n) const;
  /// "end of 2030", "Ende 2030", "Ende 2030-Q2".
  std::string end_of(const std::string& quarter_label) const;

 private:
  /// "{1} rows read from {2}": what stands around its fields, which are in this order.
  struct Form {
    std::vector<std::string> around;
    std::string german;
    std::size_t letters = 0;  //!< of `around`; the form with most of them fits best
  };

  const std::string& text(const std::string& key) const;
  std::string filled(const Form& form, const std::vector<std::string>& fields) const;

  std::string language_;
  std::unordered_map<std::string, std::string> texts_, names_, numbers_;
  std::vector<Form> forms_;
};

/// Findings are told in this language from now on: "en" or "de".
void tell_in(const std::string& language);

}  // namespace rathaus::commands
