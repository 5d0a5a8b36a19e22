// [programme] and [scenario]: rows of support, and the policies that run them. A scenario's row is
// the programme's own table laid over its catalogue row, with the scenario's changes on top.
#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "config/programme_stages.h"
#include "config/sections.h"
#include "model_folder/programme_row.h"
#include "toml_reader/shown_text.h"
#include "toml_reader/source.h"
#include "toml_reader/toml_text.h"

namespace rathaus::config {
namespace {

using Entries = std::vector<std::pair<std::string, toml_reader::Value>>;

std::vector<std::string_view> names_of(const Entries& entries) {
  std::vector<std::string_view> names;
  for (const auto& [name, value] : entries) names.push_back(name);
  return names;
}

/// Pages and tables call the scenario or programme by it, so that no two may have the same.
void add_label(const toml_reader::Value& value, const std::string& name,
               std::map<std::string, Label>& labels) {
  Label label = read_label(value);
  if (label.en.empty()) return;
  if (!toml_reader::is_shown(value, label.en, toml_reader::Lines::one) ||
      !toml_reader::is_shown(value, label.de, toml_reader::Lines::one))
    return;
  for (const auto& [other, known] : labels)
    if (known.en == label.en || known.de == label.de)
      value.error(fmt::format("is that of {}, too (pages could not tell them apart)", other));
  labels.emplace(name, std::move(label));
}

/// One [programme.…] of the file over its row of the catalogue.
struct Row {
  std::string name;
  toml_reader::Value value;
  toml_reader::Layers layers;
  const model_folder::CatalogueRow* kind = nullptr;
  bool lacks_kind = false;  //!< `from` names a row that is not there
  bool used = false;
};

struct ScenarioTable {
  std::string name;
  toml_reader::Value value;
  bool baseline = false;
  std::optional<toml_reader::Value> says_baseline, like, programmes, change;
};

class Scenarios {
 public:
  Scenarios(Draft& draft, Diagnostics& diagnostics) : draft_(draft), diagnostics_(diagnostics) {}

  void read_rows(const Entries& entries);
  void read_tables(const Entries& entries);
  void resolve();

 private:
  const ScenarioTable* find(const toml_reader::Value& like) const;
  std::vector<const ScenarioTable*> chain(const ScenarioTable& scenario) const;
  void resolve_one(const ScenarioTable& scenario);
  toml_reader::Layers changes_of(const std::vector<const ScenarioTable*>& chain, Row& row);
  void check_change(const toml_reader::Value& change, const Row& row);
  void check_targets_of_change(const toml_reader::Value& change,
                               const std::vector<std::string>& runs);
  void choose_baseline();
  model::Programme read_programme(toml_reader::Layers layers, const Row& row);
  model_folder::ProgrammeContext context() {
    return {draft_.model, draft_.study.start, draft_.study.quarters, draft_.study.mentions};
  }

  Draft& draft_;
  Diagnostics& diagnostics_;
  std::deque<toml::table> defaults_;  //!< of catalogue rows; layers point into it
  std::vector<Row> rows_;
  std::vector<ScenarioTable> tables_;
};

void Scenarios::read_rows(const Entries& entries) {
  std::vector<std::string_view> kinds;
  for (const model_folder::CatalogueRow& kind : draft_.model.programmes) kinds.push_back(kind.name);
  for (const auto& [name, value] : entries) {
    std::optional<toml_reader::Table> table = value.table();
    if (!table) continue;
    if (name.empty()) value.error("has no name (scenarios call the programme by it)");
    toml_reader::is_shown(value, name, toml_reader::Lines::one);
    if (const auto label = table->find("label")) add_label(*label, name, draft_.programme_labels);
    Row row{name, value, table->layers(), nullptr, false, false};
    if (const auto from = table->find("from")) {
      const auto kind = draft_.has_model ? from->word(kinds) : std::nullopt;
      row.lacks_kind = !kind;
      if (kind) {
        row.kind = &draft_.model.programmes[*kind];
        defaults_.push_back(model_folder::programme_defaults(*row.kind));
        row.layers.push_back(&defaults_.back());
      }
    }
    rows_.push_back(std::move(row));
  }
}

void Scenarios::read_tables(const Entries& entries) {
  for (const auto& [name, value] : entries) {
    std::optional<toml_reader::Table> table = value.table();
    if (!table) continue;
    if (name.empty()) value.error("has no name (results call the scenario by it)");
    toml_reader::is_shown(value, name, toml_reader::Lines::one);
    ScenarioTable scenario{name, value, false, {}, {}, {}, {}};
    if (const auto label = table->find("label")) add_label(*label, name, draft_.scenario_labels);
    scenario.says_baseline = table->find("baseline");
    table->read("baseline", scenario.baseline, &toml_reader::Value::truth);
    scenario.like = table->find("like");
    scenario.programmes = table->find("programmes");
    scenario.change = table->find("change");
    table->finish();
    tables_.push_back(std::move(scenario));
  }
}

const ScenarioTable* Scenarios::find(const toml_reader::Value& like) const {
  std::vector<std::string_view> names;
  for (const ScenarioTable& table : tables_) names.push_back(table.name);
  const auto index = like.word(names);
  return index ? &tables_[*index] : nullptr;
}

/// The scenario itself, then the one it is like, and so on.
std::vector<const ScenarioTable*> Scenarios::chain(const ScenarioTable& scenario) const {
  std::vector<const ScenarioTable*> chain{&scenario};
  while (chain.back()->like) {
    const ScenarioTable* next = find(*chain.back()->like);
    if (next == nullptr) break;
    if (std::ranges::find(chain, next) != chain.end()) {
      chain.back()->like->error(
          fmt::format("leads back to {} (a scenario cannot be like itself)", next->name));
      break;
    }
    chain.push_back(next);
  }
  return chain;
}

/// A change alters what the programme says; it adds no new key and no new port.
void Scenarios::check_change(const toml_reader::Value& change, const Row& row) {
  std::optional<toml_reader::Table> table = change.table();
  if (!table) return;
  const auto check = [&](const Entries& changed, Entries known) {
    const std::vector<std::string_view> names = names_of(known);
    for (const auto& [key, value] : changed)
      if (std::ranges::find(names, key) == names.end())
        value.error(fmt::format("changes what the programme does not say (only what is there can "
                                "be changed) put it into [programme.{}]",
                                row.name) +
                    suggestion(key, names));
  };
  toml_reader::Table base(row.layers, "", diagnostics_);
  check(table->entries(), base.entries());
  const auto ports = table->find("ports"), base_ports = base.find("ports");
  if (ports && base_ports && ports->is_table() && base_ports->is_table())
    check(ports->table()->entries(), base_ports->table()->entries());
}

toml_reader::Layers Scenarios::changes_of(const std::vector<const ScenarioTable*>& chain,
                                          Row& row) {
  toml_reader::Layers layers;
  for (const ScenarioTable* scenario : chain) {
    std::optional<toml_reader::Table> changes =
        scenario->change ? scenario->change->table() : std::nullopt;
    const auto change = changes ? changes->find(row.name) : std::nullopt;
    if (!change) continue;
    if (!row.lacks_kind) check_change(*change, row);
    if (std::optional<toml_reader::Table> table = change->table())
      for (const toml::table* layer : table->layers()) layers.push_back(layer);
  }
  layers.insert(layers.end(), row.layers.begin(), row.layers.end());
  return layers;
}

/// Every change is to a programme that the scenario runs.
void Scenarios::check_targets_of_change(const toml_reader::Value& change,
                                        const std::vector<std::string>& runs) {
  std::optional<toml_reader::Table> table = change.table();
  if (!table) return;
  const std::vector<std::string_view> known(runs.begin(), runs.end());
  for (const auto& [name, value] : table->entries())
    if (std::ranges::find(runs, name) == runs.end())
      value.error(Message("changes a programme that the scenario does not run") +
                  suggestion(name, known));
}

/// What is missing from a programme whose row is not there would stand in the row: no further
/// error.
model::Programme Scenarios::read_programme(toml_reader::Layers layers, const Row& row) {
  Diagnostics own;
  const toml_reader::Table table(std::move(layers), row.value.name(), own);
  const Place whole = table.place();
  model::Programme programme = model_folder::read_programme(table, row.name, context(), row.kind);
  for (const Diagnostic& error : own.errors())
    if (!row.lacks_kind || error.place != whole) diagnostics_.error(error.place, error.message);
  for (const Diagnostic& warning : own.warnings())
    diagnostics_.warning(warning.place, warning.message);
  return programme;
}

void Scenarios::resolve_one(const ScenarioTable& scenario) {
  const std::vector<const ScenarioTable*> likes = chain(scenario);
  study::Scenario& resolved = draft_.study.scenarios.emplace_back();
  resolved.name = scenario.name;
  std::optional<toml_reader::Value> programmes;
  for (const ScenarioTable* like : likes)
    if (!programmes) programmes = like->programmes;
  std::vector<std::string_view> known;
  for (const Row& row : rows_) known.push_back(row.name);
  std::vector<std::string> names;
  std::vector<StagedProgramme> runs;
  const auto listed = programmes ? programmes->list() : std::nullopt;
  for (const toml_reader::Value& element : listed.value_or(std::vector<toml_reader::Value>{})) {
    const auto index = element.word(known);
    if (!index) continue;
    Row& row = rows_[*index];
    row.used = true;
    if (std::ranges::find(names, row.name) != names.end()) {
      element.error("is there already (a scenario runs a programme once)");
      continue;
    }
    names.push_back(row.name);
    runs.push_back({row.name, row.value.name(), changes_of(likes, row)});
    resolved.programmes.push_back(read_programme(runs.back().layers, row));
  }
  if (names.size() > model::max_programmes)
    programmes->error(fmt::format("names {} programmes (a scenario has room for {})", names.size(),
                                  model::max_programmes));
  check_stages(scenario.name, runs, known, diagnostics_);
  if (scenario.change) check_targets_of_change(*scenario.change, names);
}

void Scenarios::choose_baseline() {
  std::size_t chosen = tables_.size();
  for (std::size_t s = 0; s < tables_.size(); ++s) {
    if (!tables_[s].baseline) continue;
    if (chosen < tables_.size())
      tables_[s].value.error(
          fmt::format("is a second baseline beside {} (gains are against one) choose one",
                      tables_[chosen].name));
    else
      chosen = s;
  }
  if (tables_.size() == 1 && tables_.front().says_baseline && chosen == 1)
    tables_.front().says_baseline->error(
        "= false is impossible (a single scenario is its own baseline)");
  if (chosen == tables_.size() && tables_.size() > 1)
    tables_.front().value.error(
        "and no other scenario is the baseline (gains need something to compare with) write "
        "baseline = true in one of them");
  draft_.study.baseline = static_cast<std::uint32_t>(chosen < tables_.size() ? chosen : 0);
}

void Scenarios::resolve() {
  if (!tables_.empty()) draft_.study.scenarios.clear();
  for (const ScenarioTable& table : tables_) resolve_one(table);
  if (!tables_.empty()) choose_baseline();
  for (const Row& row : rows_) {
    if (!row.used) {
      row.value.error(
          "is used by no scenario (it would change nothing) name it in one, or "
          "delete it");
      continue;
    }
    draft_.programmes.push_back(read_programme(row.layers, row));
    if (draft_.programmes.back().wait &&
        draft_.study.rules.structure.waiting != model::Waiting::share)
      draft_.study.notes.push_back(fmt::format(
          "programme.{}.wait holds under structure.waiting = \"share\" alone", row.name));
    draft_.programme_from.push_back(row.kind == nullptr ? "" : row.kind->name);
    if (row.kind == nullptr) continue;
    for (study::Evidence number : row.kind->numbers) {
      number.name = row.name + '.' + number.name;
      draft_.study.gains.push_back(std::move(number));
    }
  }
}

}  // namespace

void read_scenarios(toml_reader::Table& root, Draft& draft) {
  Scenarios scenarios(draft, root.diagnostics());
  const auto section = [&](std::string_view key) -> std::optional<toml_reader::Table> {
    const auto value = root.find(key);
    return value ? value->table() : std::nullopt;
  };
  if (std::optional<toml_reader::Table> table = section("programme"))
    scenarios.read_rows(table->entries());
  if (std::optional<toml_reader::Table> table = section("scenario"))
    scenarios.read_tables(table->entries());
  scenarios.resolve();
}

}  // namespace rathaus::config
