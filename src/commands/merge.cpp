#include <fmt/format.h>

#include "analysis/overview.h"
#include "commands/command.h"
#include "commands/commands.h"
#include "commands/output.h"
#include "commands/overview_text.h"
#include "commands/places.h"
#include "commands/say.h"
#include "config/experiment_file.h"
#include "diagnostics/telling.h"
#include "hdf5/file.h"
#include "population/build.h"
#include "record/result_writer.h"

namespace rathaus::commands {
namespace {

struct MergeCommand {
  std::vector<std::filesystem::path> shards;
  std::filesystem::path output;
  std::string fingerprint;  //!< of the study that the shards must be of; empty: any one
  bool partial = false;
  bool force = false;
  bool quiet = false;
};

/// The study that the logs are of, as it was resolved when they were begun.
study::Study study_of(const record::CaseLog& log) {
  Diagnostics diagnostics;
  study::Study study = config::read_experiment_text(record::origin_of(log).resolved_text,
                                                    log.path().string() + ":resolved", "", {},
                                                    model_places(), diagnostics);
  record::take_origin(log, study);
  return study;
}

int merge(const MergeCommand& command) {
  check_output(command.output, command.force);
  std::vector<study::Input> inputs;
  for (const std::filesystem::path& path : command.shards)
    inputs.push_back({.path = path.string(), .sha256 = "", .file = path});
  keep_apart({command.output}, inputs);
  std::vector<record::CaseLog> logs;
  for (const std::filesystem::path& path : command.shards)
    logs.push_back(record::CaseLog::open(path));
  for (const record::CaseLog& log : logs)
    if (!command.fingerprint.empty() && log.header().of_study() != command.fingerprint)
      throw InputError(
          log.path(),
          fmt::format("holds cases of another study than the one asked for (its fingerprint is {}) "
                      "compute the shard with the same experiment and options",
                      log.header().of_study()));
  const study::Study study = study_of(logs.front());
  Diagnostics diagnostics;
  const population::Population population =
      population::build(study.population, study.recipe, random::world_key(study.seed), diagnostics);
  diagnostics.throw_if_failed();
  const record::Written written =
      record::write_result(study, population.municipalities, logs,
                           {.target = command.output,
                            .overwrite = command.force,
                            .partial = command.partial,
                            .build = record::origin_of(logs.front()).build,
                            .environment = fmt::format("merged from {} shards\n", logs.size()),
                            .stopped = ""});
  for (const record::Failure& failure : written.failures)
    tell("failed", fmt::format("case {}: {}", failure.number, failure.message));
  if (written.missing_cases > 0) say_line("partial: {} cases are missing", written.missing_cases);
  if (!command.quiet)
    say_line("{} runs from {} shards: {}", written.runs, logs.size(), command.output.string());
  return written.failures.empty() ? done : failed;
}

}  // namespace

Command merge_command() {
  return command<MergeCommand>("merge", "join the shards of a study", &merge, [](auto& asked) {
    return std::vector<Option>{
        option("shards", asked.shards, "files of cases, from FILE.h5.shards/", "SHARD.cases")
            .required(),
        option("-o,--output", asked.output, "result file", "FILE.h5").required(),
        option("--fingerprint", asked.fingerprint,
               "only shards of the study with this fingerprint, as rathaus check --fingerprint "
               "prints it",
               "HEX-N"),
        flag("--partial", asked.partial, "write what is there, and say what is missing"),
        flag("--force", asked.force, "overwrite an existing result"),
        flag("--quiet", asked.quiet, "no message when all is well")};
  });
}

}  // namespace rathaus::commands
