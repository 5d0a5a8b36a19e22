#include "config/shipped_ensembles.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <span>

#include "files/texts.h"

namespace rathaus::config {

const model::Switch& decision_rule() {
  return *std::ranges::find(model::switches(), "decision_rule", &model::Switch::name);
}

std::string ensemble_name(std::size_t word) {
  return word == 0 ? "ensemble.csv" : fmt::format("ensemble_{}.csv", decision_rule().words[word]);
}

std::vector<Shipped> shipped_by(const study::Study& study) {
  std::vector<Shipped> all;
  if (study.model_folder.empty()) return all;
  const std::size_t own = decision_rule().get(study.rules.structure);
  for (std::size_t word = 0; word < decision_rule().words.size(); ++word)
    if (std::string file = files::join(study.model_folder, ensemble_name(word));
        files::kind_of(file) == files::Kind::file)
      all.insert(word == own ? all.begin() : all.end(), {word, std::move(file)});
  return all;
}

void tell_strange(toml_reader::Table& root, const std::string& folder) {
  const std::span<const std::string_view> words = decision_rule().words;
  std::vector<std::string> expected;
  for (std::size_t word = 0; word < words.size(); ++word) expected.push_back(ensemble_name(word));
  for (const std::string& name : files::files_in(folder))
    if (name.starts_with("ensemble") && name.ends_with(".csv") &&
        std::ranges::find(expected, name) == expected.end())
      root.find("model")->warning(
          Message(fmt::format("ships {}, which is the ensemble of no decision rule and not read "
                              "(there may be {})",
                              name, fmt::join(expected, ", "))) +
          suggestion(name, std::vector<std::string_view>(expected.begin(), expected.end())));
}

}  // namespace rathaus::config
