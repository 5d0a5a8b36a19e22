#include "commands/load.h"

#include <fmt/format.h>

#include "commands/places.h"
#include "config/experiment_file.h"
#include "experiment/mentions.h"

namespace rathaus::commands {
namespace {

void tell(const std::vector<Diagnostic>& warnings, bool quiet) {
  if (quiet) return;
  for (const Diagnostic& warning : warnings) fmt::print(stderr, "warning: {}\n", warning.text());
}

}  // namespace

experiment::Study load_study(const std::filesystem::path& experiment,
                             const std::vector<std::string>& sets, bool quiet) {
  Diagnostics diagnostics;
  experiment::Study study =
      config::read_experiment(experiment, sets, config::ModelPlaces{model_places()}, diagnostics);
  tell(diagnostics.warnings(), quiet);
  return study;
}

Loaded load(const std::filesystem::path& experiment, const std::vector<std::string>& sets,
            bool quiet) {
  Loaded loaded{load_study(experiment, sets, quiet), {}};
  Diagnostics diagnostics;
  loaded.population = population::build(loaded.study.population, loaded.study.recipe,
                                        loaded.study.seed, diagnostics);
  if (!diagnostics.failed())
    experiment::check_mentions(loaded.study, loaded.population.municipalities, diagnostics);
  diagnostics.throw_if_failed();
  tell(diagnostics.warnings(), quiet);
  for (const Diagnostic& warning : diagnostics.warnings())
    loaded.study.warnings.push_back(warning.text());
  loaded.study.notes = loaded.population.notes;
  return loaded;
}

}  // namespace rathaus::commands
