#include <fmt/format.h>

#include <cstdio>
#include <sstream>

#include "analysis/overview.h"
#include "commands/build_info.h"
#include "commands/commands.h"
#include "commands/interrupt.h"
#include "commands/load.h"
#include "commands/output.h"
#include "commands/overview_text.h"
#include "commands/progress_line.h"
#include "commands/report.h"
#include "diagnostics/telling.h"
#include "files/sha256.h"
#include "hdf5/file.h"
#include "run/runner.h"

namespace rathaus::commands {

namespace {

using run::RunReport;

/// "2/4"
record::Shard read_shard(const std::string& text) {
  record::Shard shard;
  char slash = 0, rest = 0;
  std::istringstream in(text);
  if (text.empty()) return shard;
  if (!(in >> shard.k >> slash >> shard.n) || slash != '/' || in >> rest || shard.k < 1 ||
      shard.k > shard.n)
    throw InputError(
        fmt::format("--shard '{}' is no shard (K/N with K from 1 to N is wanted) write it "
                    "like 2/4",
                    text));
  return shard;
}

/// A result that is there already is what a repeated --resume is about.
bool is_done(const RunCommand& command, const std::filesystem::path& target,
             const study::Study& study) {
  if (!command.resume || !std::filesystem::is_regular_file(target)) return false;
  const hdf5::File file = hdf5::File::open(target);
  return file.root().text_attribute("experiment_sha256") == files::sha256_of(study.resolved_text);
}

void tell_speed(const Loaded& loaded, const RunReport& report) {
  const double cell_steps = static_cast<double>(report.runs_done) *
                            static_cast<double>(loaded.population.municipalities.size()) *
                            static_cast<double>(loaded.study.rules.use_cases.size()) *
                            loaded.study.quarters;
  fmt::print(stderr, "{} of {} runs in {:.1f} s on {} threads ({:.0f} ns per cell-step)",
             report.runs_done, report.runs_planned, report.elapsed.count(), report.workers,
             report.elapsed.count() * 1e9 / std::max(cell_steps, 1.0));
  if (report.runs_kept > 0) fmt::print(stderr, "; {} were kept from before", report.runs_kept);
  fmt::print(stderr, "\n");
}

void tell_failures(const RunReport& report) {
  for (const record::Failure& failure : report.failures)
    tell("failed", {{}, fmt::format("case {}: {}", failure.number, failure.message)});
}

}  // namespace

int run(const RunCommand& command) {
  const std::filesystem::path target =
      command.output.empty() ? command.experiment.stem().concat(".h5") : command.output;
  const record::Shard shard = read_shard(command.shard);
  if (shard.n == 1) check_output(target, command.force || command.resume);
  if (!command.report.empty()) {
    if (shard.n > 1)
      throw InputError(
          "--report needs the whole study (a shard is a part of it) merge first, then run "
          "rathaus report");
    require_report_possible(command.report, command.force);
  }
  const Loaded loaded = load(command.experiment, command.sets, command.quiet);
  keep_apart({target, command.report}, loaded.study.inputs);
  if (is_done(command, target, loaded.study)) {
    if (!command.quiet) fmt::print(stderr, "{} is complete already\n", target.string());
    if (!command.report.empty()) write_report(target, command.report, command.force, command.quiet);
    return done;
  }
  ProgressLine progress(command.quiet);
  const InterruptGuard interrupt;

  run::RunOptions options;
  options.target = target;
  options.overwrite = command.force;
  options.resume = command.resume;
  options.shard = shard;
  options.threads = command.threads;
  options.build = build_info();
  options.progress = [&](const run::Progress& p) { progress(p); };
  options.stop = interrupt.flag();
  const RunReport report = run::run_study(loaded.study, loaded.population.municipalities, options);
  progress.finish();

  if (!command.quiet) tell_speed(loaded, report);
  if (!command.quiet && !report.stopped.empty()) fmt::print(stderr, "{}\n", report.stopped);
  tell_failures(report);
  const std::string folder = run::shard_folder(target).string();
  if (report.interrupted) {
    fmt::print(stderr, "interrupted: {} of {} runs are kept in {}; go on with --resume\n",
               report.runs_done + report.runs_kept, report.runs_planned, folder);
    return interrupted;
  }
  if (shard.n > 1) {
    if (!command.quiet)
      fmt::print(stderr, "shard {}/{} is complete; when all are: rathaus merge {}/*.cases -o {}\n",
                 shard.k, shard.n, folder, target.string());
  } else if (!command.quiet) {
    fmt::print(stderr, "{}\n", target.string());
    fmt::print("{}", overview_text(analysis::overview(hdf5::File::open(target).root())));
  }
  if (!command.report.empty()) {
    std::fflush(stdout);
    write_report(target, command.report, command.force, command.quiet);
  }
  return report.failures.empty() ? done : failed;
}

}  // namespace rathaus::commands
