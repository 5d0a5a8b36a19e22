// [doubt]: what a study does not know that says nothing of it, or of some numbers alone. A model
// that ships ensembles lends them: the decision rules that they are of are rival theories, each
// with points of its own ensemble, with the effects and prices of the catalogue's programmes over
// their ranges, and the experiment's own numbers beside them.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "config/ensemble.h"
#include "config/sections.h"
#include "config/shipped_ensembles.h"
#include "files/sha256.h"
#include "files/texts.h"
#include "model/structure.h"
#include "toml_reader/toml_text.h"

namespace rathaus::config {
namespace {

using study::Address;
using study::Doubt;

constexpr std::array own_tables{"uncertain", "design", "alternatives"};
constexpr std::uint32_t shipped_points = 48;
constexpr std::int64_t most_points = 100'000, most_replicates = 10'000;

/// What [doubt] asks for.
struct Request {
  std::uint32_t points = shipped_points;
  std::uint32_t replicates = 1;
  bool theories = true;  //!< every decision rule that there is an ensemble for
  bool effects = true;
  bool worlds = false;  //!< a synthetic world of its own for each point
};

constexpr std::string_view rule_key = "structure.decision_rule";

/// Whether the experiment chooses its decision rule itself.
bool says_rule(toml_reader::Table& root) {
  const auto structure = root.find("structure");
  return structure && structure->is_table() &&
         structure->table()->find(decision_rule().name).has_value();
}

bool is_among(const std::vector<study::Uncertain>& numbers, const std::string& path) {
  return std::ranges::find(numbers, path, &study::Uncertain::path) != numbers.end();
}

/// The catalogue's numbers that the experiment leaves as they are and no scenario changes. The rate
/// of a grant is a choice of who designs it, and nothing that is unknown. What the experiment lets
/// vary itself is not drawn twice.
void add_effects(const UncertainNumbers& numbers, const std::vector<study::Uncertain>& own,
                 Draft& draft) {
  for (const study::Evidence& gain : draft.study.gains) {
    const Known* known = numbers.find("programme." + gain.name);
    if (known == nullptr || !(gain.low < gain.high) || known->number.standard != gain.value)
      continue;
    const Address& address = known->number.address;
    const auto port = static_cast<model::Port>(address.field);
    if (address.kind == Address::Kind::port &&
        (port == model::Port::grant_pilot || port == model::Port::grant_scale))
      continue;
    if (!changing_scenario(known->number, draft).empty() || is_by_class(known->number, draft) ||
        is_among(own, known->number.path))
      continue;
    study::Uncertain number = known->number;
    number.distribution.by = {std::max(known->low, number.distribution.lowest),
                              std::min(known->high, number.distribution.highest), 0.0};
    draft.study.uncertain.push_back(std::move(number));
  }
}

/// Numbers of an ensemble that the experiment sets itself: a vector is drawn whole, or not at all.
std::vector<std::string> set_by_experiment(const EnsembleFile& ensemble,
                                           const study::Study& study) {
  std::vector<std::string> names;
  for (const study::Uncertain& number : ensemble.numbers)
    for (const auto* all : {&study.parameters, &study.coefficients})
      for (const study::Evidence& evidence : *all)
        if ((evidence.name == number.path || "coefficients." + evidence.name == number.path) &&
            evidence.value != evidence.standard &&
            !(std::isnan(evidence.value) && std::isnan(evidence.standard)))
          names.push_back(number.path);
  return names;
}

/// The rules become rival theories.
void add_theories(const std::vector<Shipped>& rules, Draft& draft) {
  std::vector<std::string> words;
  for (const Shipped& rule : rules) {
    words.push_back(toml_reader::string_text(std::string(rule.name())));
    draft.study.alternatives.push_back({fmt::format("{}={}", decision_rule().name, rule.name()),
                                        {fmt::format("{}={}", rule_key, words.back())},
                                        {}});
  }
  draft.alternatives_text = fmt::format("{} = [{}]\n", toml_reader::key_text(std::string(rule_key)),
                                        fmt::join(words, ", "));
}

/// Takes the ensembles into the study; leaves out, and tells, what the experiment's own numbers
/// would break. The first is that of its own rule. False if nothing is left, or if a file is wrong.
bool take_ensembles(toml_reader::Table& root, std::vector<Shipped>& rules, Draft& draft) {
  study::Study& study = draft.study;
  const UncertainNumbers numbers(draft);
  const std::size_t told = root.diagnostics().errors().size();
  std::vector<Shipped> taken;
  for (Shipped& rule : rules) {
    auto read = read_ensemble_file(*root.find("model"), rule.file, rule.file,
                                   files::sha256_of_file(rule.file), numbers, root.diagnostics());
    if (!read) continue;
    if (const std::vector<std::string> own = set_by_experiment(*read, study); !own.empty()) {
      if (taken.empty()) {
        study.doubt = Doubt::none;
        study.notes.push_back(fmt::format(
            "doubt: none, since the experiment sets {} itself (the ensemble is drawn by whole "
            "vectors); the numbers show chance alone",
            fmt::join(own, ", ")));
        return false;
      }
      study.notes.push_back(fmt::format(
          "doubt: without the rule {}, since the experiment sets {} itself (its ensemble is drawn "
          "by whole vectors)",
          rule.name(), fmt::join(own, ", ")));
      continue;
    }
    add_ensemble(*std::move(read), study);
    taken.push_back(std::move(rule));
  }
  rules = std::move(taken);
  return root.diagnostics().errors().size() == told;
}

void check_panel(toml_reader::Table& root, const Draft& draft) {
  const auto& panel = draft.study.output.panel;
  if (!panel || std::ranges::max(panel->replicates) < draft.study.replicates) return;
  if (const auto output = root.find("output"); output && output->is_table())
    if (const auto value = output->table()->find("panel"))
      value->error(
          fmt::format("records replicates that are not run (the shipped doubt runs {} at each of "
                      "its {} points) "
                      "write doubt = \"none\", or ask for more in [doubt]",
                      draft.study.replicates, draft.study.design.points));
}

/// A file's [replicates] is for doubt = "none"; who asks for replicates by --set wants them now.
void check_replicates(toml_reader::Table& root, const study::Study& study) {
  const auto replicates = root.find("replicates");
  if (!replicates || !replicates->is_table()) return;
  std::optional<toml_reader::Table> table = replicates->table();
  for (const auto& [key, value] : table->entries())
    if (value.is_from_command_line())
      value.warning(
          fmt::format("has no effect (the shipped doubt runs {} at each of its {} points) set "
                      "doubt.replicates, "
                      "or doubt=none",
                      study.replicates, study.design.points));
}

/// "48 points of ensemble.csv", or of each of several files.
std::string points_text(const Request& request, const std::vector<Shipped>& rules) {
  std::vector<std::string> names;
  for (const Shipped& rule : rules) names.push_back(files::last_name(rule.file));
  return fmt::format("{} points of {}{}", request.points, rules.size() > 1 ? "each of " : "",
                     fmt::join(names, " and "));
}

void lend(toml_reader::Table& root, std::vector<Shipped> rules, const Request& request,
          Draft& draft) {
  study::Study& study = draft.study;
  const auto uncertain = root.find("uncertain");
  const std::vector<study::Uncertain> own = std::exchange(study.uncertain, {});
  if (!take_ensembles(root, rules, draft)) {
    if (uncertain && !root.diagnostics().failed()) ask_for_design(*uncertain);
    return;
  }
  for (const study::Uncertain& number : own)
    if (is_among(study.uncertain, number.path))
      uncertain->error(fmt::format(
          "lets {} vary, which the shipped ensemble holds (a number has one origin) drop it, or "
          "add a [design]",
          number.path));
  if (root.diagnostics().failed()) return;
  if (rules.size() > 1) add_theories(rules, draft);
  if (request.effects) add_effects(UncertainNumbers(draft), own, draft);
  const std::size_t effects = study.uncertain.size() - study::joint_numbers(study);
  study.uncertain.insert(study.uncertain.end(), own.begin(), own.end());
  if (request.worlds) {
    study.population.redraw = population::Redraw::point;
    check_redraw(*root.find("doubt")->table()->find("worlds"), draft);
  }
  study.doubt = Doubt::shipped;
  study.design.method = study::DesignMethod::keyed_hypercube;
  study.design.size = request.points;
  study.replicates = study.at_least = request.replicates;
  study.until.reset();
  study::draw(study.design, study.uncertain, study.seed, study.ensembles);
  check_panel(root, draft);
  check_replicates(root, study);
  study.notes.push_back(fmt::format(
      "doubt: {}{}{}, {} replicate{} each{}{}; doubt = \"none\" gives the study at the "
      "defaults",
      points_text(request, rules),
      effects > 0 ? fmt::format(" and of {} numbers of programmes over their ranges", effects) : "",
      own.empty() ? "" : fmt::format(" and of {} numbers of the experiment's own", own.size()),
      request.replicates, request.replicates == 1 ? "" : "s",
      root.find("replicates") ? ", [replicates] is not used" : "",
      rules.size() > 1 ? "; its decision rules are rival theories and never averaged" : ""));
}

/// Leaves the experiment's own rule, where no others are wanted, and says why.
void choose_rules(toml_reader::Table& root, const Request& request, std::vector<Shipped>& rules,
                  study::Study& study) {
  const auto doubt = root.find("doubt");
  const auto asked = doubt && doubt->is_table() ? doubt->table()->find("theories") : std::nullopt;
  const bool chosen = says_rule(root);
  if (rules.size() == 1) {
    if (asked && request.theories)
      asked->warning(
          fmt::format("has no effect (the model ships one ensemble, that of the decision "
                      "rule {}) drop it",
                      rules.front().name()));
    return;
  }
  if (request.theories && !chosen) return;
  std::vector<std::string_view> others;
  for (std::size_t i = 1; i < rules.size(); ++i) others.push_back(rules[i].name());
  rules.resize(1);
  if (chosen && asked && request.theories)
    asked->warning(
        fmt::format("has no effect (the experiment sets {} itself) drop one of them", rule_key));
  if (chosen)
    study.notes.push_back(fmt::format(
        "doubt: the rule {} alone, since the experiment sets {} itself; the model ships ensembles "
        "of {} as well",
        rules.front().name(), rule_key, fmt::join(others, " and ")));
}

}  // namespace

bool adds_to_shipped_doubt(toml_reader::Table& root, const Draft& draft) {
  const auto uncertain = root.find("uncertain"), doubt = root.find("doubt");
  if (!uncertain || !uncertain->is_table() || uncertain->table()->find("ensemble")) return false;
  for (const char* table : {"design", "alternatives", "calibration"})
    if (root.find(table)) return false;
  if (doubt && doubt->is_text() && doubt->text() == "none") return false;
  const std::vector<Shipped> rules = shipped_by(draft.study);
  return !rules.empty() && rules.front().word == decision_rule().get(draft.study.rules.structure);
}

void read_doubt(toml_reader::Table& root, Draft& draft) {
  const auto value = root.find("doubt");
  Request request;
  bool none = false, shipped = false;
  if (value && value->is_table()) {
    std::optional<toml_reader::Table> table = value->table();
    table->read("points", request.points, toml_reader::integer_within(2, most_points));
    table->read("replicates", request.replicates, toml_reader::integer_within(1, most_replicates));
    // called, not named: clang 16 for WebAssembly would take the address of another signature
    table->read("theories", request.theories,
                [](const toml_reader::Value& theories) { return theories.truth(); });
    table->read("effects", request.effects,
                [](const toml_reader::Value& effects) { return effects.truth(); });
    table->read("worlds", request.worlds,
                [](const toml_reader::Value& worlds) { return worlds.truth(); });
    table->finish();
  } else if (value) {
    static constexpr std::array<std::string_view, 2> words{"none", "shipped"};
    const auto word = value->word(words);
    none = word == std::size_t{0};
    shipped = word == std::size_t{1};
  }
  const bool adds = adds_to_shipped_doubt(root, draft);
  for (const char* table : own_tables) {
    if (adds || !root.find(table)) continue;
    // a resolved experiment, which holds its model, holds what that lent, too, and says so
    draft.study.doubt = shipped ? Doubt::shipped : Doubt::own;
    const auto model = root.find("model");
    if (value && (value->is_table() ||
                  (shipped && model && !model->is_table() && !model->is_from_command_line())))
      value->error(
          fmt::format("stands beside [{}] (a study has one doubt: its own, or the shipped "
                      "one) drop one of them",
                      table));
    return;
  }
  draft.study.doubt = Doubt::none;
  if (none || root.diagnostics().failed()) return;
  if (!draft.study.model_folder.empty()) tell_strange(root, draft.study.model_folder);
  std::vector<Shipped> rules = shipped_by(draft.study);
  const std::size_t own = decision_rule().get(draft.study.rules.structure);
  if (rules.empty() || rules.front().word != own) {
    draft.study.doubt = Doubt::not_shipped;
    if (value)
      value->error(
          fmt::format("has nothing to draw from (the model ships no {}) write doubt = "
                      "\"none\", or declare [uncertain] and [design]",
                      ensemble_name(own)));
    return;
  }
  choose_rules(root, request, rules, draft.study);
  lend(root, std::move(rules), request, draft);
}

}  // namespace rathaus::config
