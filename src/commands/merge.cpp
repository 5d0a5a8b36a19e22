#include <fmt/format.h>

#include "analysis/overview.h"
#include "commands/commands.h"
#include "commands/output.h"
#include "commands/overview_text.h"
#include "commands/places.h"
#include "config/experiment_file.h"
#include "experiment/result_writer.h"
#include "population/build.h"
#include "results/file.h"

namespace rathaus::commands {
namespace {

/// The study that the logs are of, as it was resolved when they were begun.
experiment::Study study_of(const experiment::CaseLog& log) {
  Diagnostics diagnostics;
  experiment::Study study = config::read_experiment_text(
      experiment::origin_of(log.header()).resolved_text, log.path().string() + ":resolved", "", {},
      config::ModelPlaces{model_places()}, diagnostics);
  experiment::take_origin(log.header(), study);
  return study;
}

}  // namespace

int merge(const MergeCommand& command) {
  check_output(command.output, command.force);
  std::vector<experiment::Input> inputs;
  for (const std::filesystem::path& path : command.shards)
    inputs.push_back({.path = path.string(), .sha256 = "", .file = path});
  keep_apart({command.output}, inputs);
  std::vector<experiment::CaseLog> logs;
  for (const std::filesystem::path& path : command.shards)
    logs.push_back(experiment::CaseLog::open(path));
  const experiment::Study study = study_of(logs.front());
  Diagnostics diagnostics;
  const population::Population population =
      population::build(study.population, study.recipe, study.seed, diagnostics);
  diagnostics.throw_if_failed();
  const experiment::Written written =
      experiment::write_result(study, population.municipalities, logs,
                               {.target = command.output,
                                .overwrite = command.force,
                                .partial = command.partial,
                                .build = experiment::origin_of(logs.front().header()).build,
                                .environment = fmt::format("merged from {} shards\n", logs.size()),
                                .stopped = ""});
  for (const experiment::Failure& failure : written.failures)
    fmt::print(stderr, "failed: case {}: {}\n", failure.number, failure.message);
  if (written.missing_cases > 0)
    fmt::print(stderr, "partial: {} cases are missing\n", written.missing_cases);
  if (!command.quiet)
    fmt::print(stderr, "{} runs from {} shards: {}\n", written.runs, logs.size(),
               command.output.string());
  return written.failures.empty() ? done : failed;
}

}  // namespace rathaus::commands
