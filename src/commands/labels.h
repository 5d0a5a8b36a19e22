// What tables call scenarios and programmes: the labels of the experiment, else their names.
#pragma once

#include <string>
#include <unordered_map>

namespace rathaus::commands {

class Labels {
 public:
  Labels() = default;
  /// `resolved`: the experiment as the result holds it, in /provenance. `language`: "en" or "de".
  Labels(const std::string& resolved, const std::string& language);

  const std::string& scenario(const std::string& name) const { return of(scenarios_, name); }
  const std::string& programme(const std::string& name) const { return of(programmes_, name); }

 private:
  using Known = std::unordered_map<std::string, std::string>;
  static const std::string& of(const Known& known, const std::string& name) {
    const auto found = known.find(name);
    return found == known.end() ? name : found->second;
  }

  Known scenarios_, programmes_;
};

}  // namespace rathaus::commands
