// [alternatives]: rival theories, crossed. Each is the experiment read once more with some choices
// replaced, so that all is checked that is checked for the experiment itself.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "config/overrides.h"
#include "config/sections.h"
#include "toml_reader/toml_text.h"

namespace rathaus::config {
namespace {

/// One value of one key, with what has to go along with it.
struct Choice {
  std::string label;              //!< "decision_rule=threshold"
  std::vector<std::string> sets;  //!< KEY=VALUE
  std::string text;               //!< as TOML
};

constexpr std::size_t most_alternatives = 1000;

std::string last_word(const std::string& path) {
  return path.substr(path.rfind('.') + 1);
}

/// A scalar as TOML, and as a word for a label.
std::optional<std::pair<std::string, std::string>> scalar(const toml_reader::Value& value) {
  if (value.is_text()) {
    const auto text = value.filled_text();
    return text ? std::optional(std::pair(toml_reader::string_text(*text), *text)) : std::nullopt;
  }
  if (value.is_number()) {
    const auto number = value.number();
    return number ? std::optional(std::pair(toml_reader::number_text(*number),
                                            toml_reader::number_text(*number)))
                  : std::nullopt;
  }
  const auto truth = value.truth();
  if (!truth) return std::nullopt;
  const std::string word = *truth ? "true" : "false";
  return std::pair(word, word);
}

bool is_theory(const toml_reader::Value& value, const std::string& path) {
  if (path.starts_with("structure.") || path.starts_with("parameters.") ||
      path.starts_with("coefficients."))
    return true;
  value.error(
      "is no choice among theories (structure.…, parameters.… or coefficients.… are) what "
      "a policy does belongs to [scenario]");
  return false;
}

/// "threshold", or { value = "threshold", with = { "parameters.u0" = 0.2 } }.
std::optional<Choice> read_choice(const toml_reader::Value& element, const std::string& path) {
  std::optional<toml_reader::Table> table = element.is_table() ? element.table() : std::nullopt;
  const auto value = table ? table->require("value", "what the key is set to") : element;
  const auto given = value ? scalar(*value) : std::nullopt;
  if (!given) return std::nullopt;
  Choice choice{last_word(path) + "=" + given->second, {path + "=" + given->first}, given->first};
  if (!table) return choice;
  std::vector<std::string> along;
  if (const auto with = table->find("with"))
    if (std::optional<toml_reader::Table> others = with->table()) {
      for (const auto& [written, other] : others->entries()) {
        const std::string key = full_key(written);
        const auto also = scalar(other);
        if (!also || !is_theory(other, key)) continue;
        choice.label += " " + last_word(key) + "=" + also->second;
        choice.sets.push_back(key + "=" + also->first);
        along.push_back(toml_reader::key_text(key) + " = " + also->first);
      }
      others->finish();
    }
  table->finish();
  choice.text =
      fmt::format("{{ value = {}, with = {{ {} }} }}", choice.text, fmt::join(along, ", "));
  return choice;
}

std::vector<Choice> crossed(const std::vector<Choice>& with, const std::vector<Choice>& choices) {
  std::vector<Choice> all;
  for (const Choice& left : with)
    for (const Choice& right : choices) {
      Choice both = left;
      both.label += (both.label.empty() ? "" : " ") + right.label;
      both.sets.insert(both.sets.end(), right.sets.begin(), right.sets.end());
      all.push_back(std::move(both));
    }
  return all;
}

/// A list of ensembles has one for each theory.
void check_ensembles(toml_reader::Table& root, std::size_t theories, const study::Study& study) {
  if (study.ensembles.size() < 2 || study.ensembles.size() == theories) return;
  root.find("uncertain")
      ->table()
      ->find("ensemble")
      ->error(fmt::format("names {} files for {} theor{} (one for all, or one for each in the "
                          "order of [alternatives])",
                          study.ensembles.size(), theories, theories == 1 ? "y" : "ies"));
}

}  // namespace

void read_alternatives(toml_reader::Table& root, Draft& draft) {
  const auto section = root.find("alternatives");
  if (!section) check_ensembles(root, 1, draft.study);
  std::optional<toml_reader::Table> table = section ? section->table() : std::nullopt;
  if (!table) return;
  std::vector<Choice> all{{"", {}, ""}};
  for (const auto& [given, value] : table->entries()) {
    const std::string path = full_key(given);
    if (!is_theory(value, path)) continue;
    const auto listed = value.list();
    if (listed && listed->size() < 2)
      value.error("holds fewer than two choices (rivals are at least two)");
    std::vector<Choice> choices;
    for (const toml_reader::Value& element : listed.value_or(std::vector<toml_reader::Value>{}))
      if (auto choice = read_choice(element, path)) choices.push_back(*std::move(choice));
    if (choices.empty()) continue;
    if (all.size() * choices.size() > most_alternatives)
      return section->error(
          fmt::format("crosses to more than {} theories name fewer", most_alternatives));
    all = crossed(all, choices);
    std::vector<std::string> texts;
    for (const Choice& choice : choices) texts.push_back(choice.text);
    draft.alternatives_text +=
        fmt::format("{} = [{}]\n", toml_reader::key_text(path), fmt::join(texts, ", "));
  }
  table->finish();
  if (table->entries().empty()) section->error("is empty (a theory is a choice among rules)");
  check_ensembles(root, all.size(), draft.study);
  if (all.size() == 1) return;
  for (const study::Uncertain& number : draft.study.uncertain)
    for (const Choice& choice : all)
      for (const std::string& set : choice.sets)
        if (set.starts_with("parameters." + number.path + "=") ||
            set.starts_with(number.path + "="))
          return section->error(
              fmt::format("sets {}, which is uncertain (theories and lack of "
                          "knowledge do not mix) name it once",
                          number.path));
  for (Choice& choice : all)
    draft.study.alternatives.push_back({std::move(choice.label), std::move(choice.sets), {}});
}

}  // namespace rathaus::config
