#include "config/experiment_file.h"

#include <fmt/format.h>

#include "config/assemble.h"
#include "config/label.h"
#include "config/overrides.h"
#include "config/sections.h"
#include "config/study_reader.h"
#include "files/sha256.h"
#include "files/texts.h"
#include "toml_reader/source.h"

namespace rathaus::config {
namespace {

void read_root(toml_reader::Table root, const std::string& folder,
               const model_folder::ModelPlaces& places, const LastTables& last_tables,
               Draft& draft) {
  if (const auto title = root.require("title", "results and tables are headed by it")) {
    Label text = read_label(*title);
    draft.study.title = std::move(text.en);
    draft.study.title_de = std::move(text.de);
  }
  read_model_choice(root, folder, places, draft);
  read_population(root, folder, draft);
  read_time(root, draft);
  read_money(root, draft);
  read_parameters(root, draft);
  read_coefficients(root, draft);
  read_structure(root, draft);
  read_series_choices(root, draft);
  read_replicates(root, draft);
  read_random(root, draft);
  read_output(root, draft);
  read_scenarios(root, draft);
  read_targets(root, draft);
  read_question(root, draft);
  last_tables(root, folder, draft);
  root.finish();
}

/// What a run has where a calibration has its own table.
void design_and_theories(toml_reader::Table& root, const std::string& folder, Draft& draft) {
  if (const auto calibration = root.find("calibration"))
    calibration->error(
        "belongs to `rathaus calibrate` (a run has a [design], a calibration looks for its points) "
        "drop it, or calibrate");
  read_design(root, folder, draft);
  read_alternatives(root, draft);
  read_doubt(root, draft);
}

/// The rules under one theory: the same text, read with some choices replaced.
model::Rules rules_under(const study::Alternative& alternative, const study::Study& study,
                         const std::string& name, const std::string& folder,
                         const model_folder::ModelPlaces& places, Diagnostics& diagnostics) {
  Diagnostics own;
  std::optional<toml::table> root = toml_reader::parse(study.experiment_text, name, own);
  apply_overrides(*root, study.overrides, own);
  apply_overrides(*root, alternative.sets, own);
  for (const char* key : {"alternatives", "uncertain", "design"}) root->erase(key);
  root->insert_or_assign("doubt", "none");
  Draft draft;
  read_root(toml_reader::Table(*root, "", own), folder, places, design_and_theories, draft);
  for (const Diagnostic& error : own.errors())
    diagnostics.error(error.place,
                      error.message.about(fmt::format("under the theory '{}':", alternative.name)));
  return own.failed() ? model::Rules{} : assemble(std::move(draft)).rules;
}

}  // namespace

study::Study read_study(const std::string& text, const std::string& name, const std::string& folder,
                        const std::vector<std::string>& sets,
                        const model_folder::ModelPlaces& places, const LastTables& last_tables,
                        Diagnostics& diagnostics) {
  const std::size_t told = diagnostics.warnings().size();
  Draft draft;
  draft.study.experiment_text = text;
  draft.study.overrides = sets;
  draft.study.inputs.push_back({name, text.size(), files::sha256_of(text), name});

  std::optional<toml::table> root = toml_reader::parse(text, name, diagnostics);
  if (!root) diagnostics.throw_if_failed();
  apply_overrides(*root, sets, diagnostics);
  read_root(toml_reader::Table(*root, "", diagnostics), folder, places, last_tables, draft);
  diagnostics.throw_if_failed();

  for (std::size_t w = told; w < diagnostics.warnings().size(); ++w)
    draft.study.warnings.push_back(diagnostics.warnings()[w].text());
  study::Study study = assemble(std::move(draft));
  if (study.alternatives.empty()) {
    study.alternatives = {{"default", {}, study.rules}};
    return study;
  }
  for (study::Alternative& alternative : study.alternatives) {
    alternative.rules = rules_under(alternative, study, name, folder, places, diagnostics);
    alternative.rules.support_start = study.rules.support_start;
  }
  diagnostics.throw_if_failed();
  return study;
}

study::Study read_experiment_text(const std::string& text, const std::string& name,
                                  const std::string& folder, const std::vector<std::string>& sets,
                                  const model_folder::ModelPlaces& places,
                                  Diagnostics& diagnostics) {
  return read_study(text, name, folder, sets, places, design_and_theories, diagnostics);
}

study::Study read_experiment(const std::string& path, const std::vector<std::string>& sets,
                             const model_folder::ModelPlaces& places, Diagnostics& diagnostics) {
  const std::optional<std::string> text = toml_reader::read_file(path, diagnostics);
  if (!text) diagnostics.throw_if_failed();
  return read_experiment_text(*text, path, files::folder_of(path), sets, places, diagnostics);
}

}  // namespace rathaus::config
