// [doubt]: what a study does not know that says nothing of it. A model that ships an ensemble for
// the decision rule of the experiment lends it: points of the ensemble, with the effects and prices
// of the catalogue's programmes over their ranges.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "config/ensemble.h"
#include "config/sections.h"
#include "files/sha256.h"
#include "files/texts.h"
#include "model/structure.h"

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
  bool effects = true;
  bool worlds = false;  //!< a synthetic world of its own for each point
};

/// ensemble.csv belongs to the first word of decision_rule, ensemble_<rule>.csv to another.
std::string ensemble_name(const model::Structure& structure) {
  const auto rule = std::ranges::find(model::switches(), "decision_rule", &model::Switch::name);
  const std::size_t word = rule->get(structure);
  return word == 0 ? "ensemble.csv" : fmt::format("ensemble_{}.csv", rule->words[word]);
}

/// The catalogue's numbers that the experiment leaves as they are and no scenario changes. The rate
/// of a grant is a choice of who designs it, and nothing that is unknown.
void add_effects(const UncertainNumbers& numbers, Draft& draft) {
  for (const study::Evidence& gain : draft.study.gains) {
    const Known* known = numbers.find("programme." + gain.name);
    if (known == nullptr || !(gain.low < gain.high) || known->number.standard != gain.value)
      continue;
    const Address& address = known->number.address;
    const auto port = static_cast<model::Port>(address.field);
    if (address.kind == Address::Kind::port &&
        (port == model::Port::grant_pilot || port == model::Port::grant_scale))
      continue;
    if (!changing_scenario(known->number, draft).empty() || is_by_class(known->number, draft))
      continue;
    study::Uncertain number = known->number;
    number.distribution.by = {std::max(known->low, number.distribution.lowest),
                              std::min(known->high, number.distribution.highest), 0.0};
    draft.study.uncertain.push_back(std::move(number));
  }
}

/// Numbers of the ensemble that the experiment sets itself: a vector is drawn whole, or not at all.
std::vector<std::string> set_by_experiment(const Draft& draft) {
  std::vector<std::string> names;
  for (const study::Uncertain& number : draft.study.uncertain)
    for (const auto* all : {&draft.study.parameters, &draft.study.coefficients})
      for (const study::Evidence& evidence : *all)
        if ((evidence.name == number.path || "coefficients." + evidence.name == number.path) &&
            evidence.value != evidence.standard)
          names.push_back(number.path);
  return names;
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

void lend(toml_reader::Table& root, const std::string& file, const Request& request, Draft& draft) {
  study::Study& study = draft.study;
  const UncertainNumbers numbers(draft);
  if (!load_ensemble(*root.find("model"), file, file, files::sha256_of_file(file), numbers, draft,
                     root.diagnostics()))
    return;
  if (const std::vector<std::string> own = set_by_experiment(draft); !own.empty()) {
    study.doubt = Doubt::none;
    study.ensemble.reset();
    study.uncertain.clear();
    study.notes.push_back(fmt::format(
        "doubt: none, since the experiment sets {} itself (the ensemble is drawn by whole "
        "vectors); the numbers show chance alone",
        fmt::join(own, ", ")));
    return;
  }
  if (request.effects) add_effects(numbers, draft);
  if (request.worlds) {
    study.population.redraw = population::Redraw::point;
    check_redraw(*root.find("doubt")->table()->find("worlds"), draft);
  }
  study.doubt = Doubt::shipped;
  study.design.method = study::DesignMethod::keyed_hypercube;
  study.design.size = request.points;
  study.replicates = study.at_least = request.replicates;
  study.until.reset();
  study::draw(study.design, study.uncertain, study.seed, &*study.ensemble);
  check_panel(root, draft);
  check_replicates(root, study);
  study.notes.push_back(fmt::format(
      "doubt: {} points of {}{}, {} replicate{} each{}; doubt = \"none\" gives the study at the "
      "defaults",
      request.points, files::last_name(file),
      study.uncertain.size() > study.ensemble->numbers
          ? fmt::format(" and of {} numbers of programmes over their ranges",
                        study.uncertain.size() - study.ensemble->numbers)
          : "",
      request.replicates, request.replicates == 1 ? "" : "s",
      root.find("replicates") ? ", [replicates] is not used" : ""));
}

}  // namespace

void read_doubt(toml_reader::Table& root, Draft& draft) {
  const auto value = root.find("doubt");
  Request request;
  bool none = false, shipped = false;
  if (value && value->is_table()) {
    std::optional<toml_reader::Table> table = value->table();
    table->read("points", request.points, toml_reader::integer_within(2, most_points));
    table->read("replicates", request.replicates, toml_reader::integer_within(1, most_replicates));
    // called, not named: clang 16 for WebAssembly would take the address of another signature
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
  for (const char* table : own_tables) {
    if (!root.find(table)) continue;
    // a resolved experiment holds what its model lent, and says so
    draft.study.doubt = shipped ? Doubt::shipped : Doubt::own;
    if (value && value->is_table())
      value->error(
          fmt::format("stands beside [{}] (a study has one doubt: its own, or the shipped "
                      "one) drop one of them",
                      table));
    return;
  }
  draft.study.doubt = Doubt::none;
  if (none || root.diagnostics().failed()) return;
  const std::string file =
      files::join(draft.study.model_folder, ensemble_name(draft.study.rules.structure));
  if (draft.study.model_folder.empty() || files::kind_of(file) != files::Kind::file) {
    draft.study.doubt = Doubt::not_shipped;
    if (value)
      value->error(
          fmt::format("has nothing to draw from (the model ships no {}) write doubt = "
                      "\"none\", or declare [uncertain] and [design]",
                      files::last_name(file)));
    return;
  }
  lend(root, file, request, draft);
}

}  // namespace rathaus::config
