#include "commands/labels.h"

#include "toml_reader/toml.h"

namespace rathaus::commands {

Labels::Labels(const std::string& resolved, const std::string& language) {
  toml::table experiment;
  try {
    experiment = toml::parse(resolved);
  } catch (const toml::parse_error&) {
    return;  // a damaged experiment costs the labels, never the numbers
  }
  title_ = experiment["title"][language].value_or(std::string());
  const auto read = [&](const char* kind, Known& known) {
    const toml::table* all = experiment[kind].as_table();
    if (all == nullptr) return;
    for (const auto& [name, settings] : *all)
      if (const toml::table* table = settings.as_table())
        if (const auto text = (*table)["label"][language].value<std::string>())
          known.emplace(std::string(name.str()), *text);
  };
  read("scenario", scenarios_);
  read("programme", programmes_);
}

}  // namespace rathaus::commands
