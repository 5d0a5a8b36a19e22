#include "commands/load.h"

#include <fmt/format.h>

#include <fstream>

#include "commands/build_info.h"
#include "commands/places.h"
#include "commands/say.h"
#include "config/calibration_file.h"
#include "config/experiment_file.h"
#include "diagnostics/telling.h"
#include "record/result_writer.h"
#include "study/case.h"
#include "study/mentions.h"

namespace rathaus::commands {
namespace {

void tell_warnings(const std::vector<Diagnostic>& warnings, bool quiet) {
  if (quiet) return;
  for (const Diagnostic& warning : warnings) rathaus::tell("warning", warning);
}

Loaded with_population(study::Study study, bool quiet) {
  Loaded loaded{std::move(study), {}};
  Diagnostics diagnostics;
  loaded.population = population::build(loaded.study.population, loaded.study.recipe,
                                        random::world_key(loaded.study.seed), diagnostics);
  if (!diagnostics.failed())
    study::check_mentions(loaded.study, loaded.population.municipalities, diagnostics);
  diagnostics.throw_if_failed();
  tell_warnings(diagnostics.warnings(), quiet);
  for (const Diagnostic& warning : diagnostics.warnings())
    loaded.study.warnings.push_back(warning.text());
  loaded.study.notes.insert(loaded.study.notes.end(), loaded.population.notes.begin(),
                            loaded.population.notes.end());
  return loaded;
}

}  // namespace

study::Study load_study(const std::filesystem::path& experiment,
                        const std::vector<std::string>& sets, bool quiet) {
  Diagnostics diagnostics;
  study::Study study = config::read_experiment(experiment, sets, model_places(), diagnostics);
  tell_warnings(diagnostics.warnings(), quiet);
  return study;
}

Loaded load(const std::filesystem::path& experiment, const std::vector<std::string>& sets,
            bool quiet) {
  return with_population(load_study(experiment, sets, quiet), quiet);
}

std::string fingerprint_of(const Loaded& loaded) {
  const study::Worlds worlds(loaded.study, loaded.population.municipalities,
                             study::case_at(loaded.study, 0));
  return record::header_of(loaded.study, worlds.world(0), build_info(), {}).of_study();
}

Loaded load_text(const std::string& text, const std::string& name,
                 const std::vector<std::string>& sets, bool quiet) {
  Diagnostics diagnostics;
  study::Study study =
      config::read_experiment_text(text, name, "", sets, model_places(), diagnostics);
  tell_warnings(diagnostics.warnings(), quiet);
  return with_population(std::move(study), quiet);
}

LoadedCalibration load_calibration(const std::filesystem::path& path,
                                   const std::vector<std::string>& sets, bool quiet) {
  Diagnostics diagnostics;
  config::Calibration calibration =
      config::read_calibration(path, sets, model_places(), diagnostics);
  tell_warnings(diagnostics.warnings(), quiet);
  return {with_population(std::move(calibration.study), quiet), std::move(calibration.request)};
}

void require_file_if_named(const std::filesystem::path& source) {
  const bool named = source.extension() == ".toml" || source.extension() == ".h5";
  if (named && !std::filesystem::exists(source))
    throw InputError(source,
                     "there is no such file (a model has no extension) check "
                     "the path");
}

bool is_hdf5(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  char begin[8] = {};
  return file.read(begin, 8) &&
         std::string_view(begin, 8) == std::string_view("\x89HDF\r\n\x1a\n", 8);
}

hdf5::File open_result(const std::filesystem::path& path) {
  hdf5::File file = hdf5::File::open(path);
  if (file.root().has_attribute("kind"))
    throw InputError(
        path,
        fmt::format("is a {} (this command reads the result of a study) draw a study from it by "
                    "[uncertain] ensemble",
                    file.root().text_attribute("kind")));
  return file;
}

}  // namespace rathaus::commands
