// What tables call a study, its scenarios and programmes: the labels of the experiment, else their
// names.
#pragma once

#include <string>
#include <unordered_map>

namespace rathaus::commands {

class Labels {
 public:
  Labels() = default;
  /// `resolved`: the experiment as the result holds it, in /provenance. `language`: "en" or "de".
  Labels(const std::string& resolved, const std::string& language);

  /// The title in the language; `known` where the experiment has one text for both.
  const std::string& title(const std::string& known) const {
    return title_.empty() ? known : title_;
  }
  const std::string& scenario(const std::string& name) const { return of(scenarios_, name); }
  /// The name of a scenario that is named by its label; else what is given.
  const std::string& scenario_called(const std::string& label) const {
    for (const auto& [name, called] : scenarios_)
      if (called == label) return name;
    return label;
  }
  const std::string& programme(const std::string& name) const { return of(programmes_, name); }

 private:
  using Known = std::unordered_map<std::string, std::string>;
  static const std::string& of(const Known& known, const std::string& name) {
    const auto found = known.find(name);
    return found == known.end() ? name : found->second;
  }

  std::string title_;
  Known scenarios_, programmes_;
};

}  // namespace rathaus::commands
