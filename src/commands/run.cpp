#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <new>
#include <sstream>

#include "commands/build_info.h"
#include "commands/command.h"
#include "commands/commands.h"
#include "commands/interrupt.h"
#include "commands/load.h"
#include "commands/output.h"
#include "commands/overview_text.h"
#include "commands/progress_line.h"
#include "commands/report.h"
#include "commands/say.h"
#include "commands/words.h"
#include "diagnostics/telling.h"
#include "files/file_error.h"
#include "files/sha256.h"
#include "hdf5/file.h"
#include "run/runner.h"

namespace rathaus::commands {
namespace {

struct RunCommand {
  std::filesystem::path experiment;
  std::filesystem::path output;  //!< empty: the experiment's name with .h5 in the current folder
  std::filesystem::path report;  //!< HTML page or PDF of the result; empty: none
  std::string language = "en";   //!< of what is told, and of the report
  std::vector<std::string> sets;
  int threads = 0;  //!< 0: one per core
  bool force = false;
  bool resume = false;
  std::string shard;  //!< "K/N"; empty: all of it
  bool quiet = false;
};

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

/// Cases that failed by themselves, as a result that is there tells them.
std::vector<record::Failure> failures_in(const hdf5::Group& root) {
  std::vector<record::Failure> failures;
  if (std::ranges::count(root.groups(), "failures") == 0) return failures;
  const hdf5::Group group = root.group("failures");
  const auto number = group.variable("failed_case").read<std::int64_t>();
  const auto message = group.variable("failed_message").read<std::string>();
  for (std::size_t i = 0; i < number.size() && i < message.size(); ++i)
    failures.push_back({static_cast<std::uint64_t>(number[i]), message[i]});
  return failures;
}

/// A result that is there already is what a repeated --resume is about.
bool is_done(const RunCommand& command, const std::filesystem::path& target, const Loaded& loaded) {
  if (!command.resume || !std::filesystem::is_regular_file(target)) return false;
  const hdf5::File file = hdf5::File::open(target);
  const hdf5::Group root = file.root();
  const bool same_experiment =
      root.text_attribute("experiment_sha256") == files::sha256_of(loaded.study.resolved_text);
  if (!same_experiment || !root.has_attribute("fingerprint")) return same_experiment;
  const bool same = root.text_attribute("fingerprint") == fingerprint_of(loaded);
  if (!same && !command.force)
    throw InputError(target,
                     "is a result of this experiment by another build of Rathaus (its numbers may "
                     "be others) keep it and choose another name, or compute it anew with --force");
  return same;
}

void tell_speed(const Loaded& loaded, const RunReport& report) {
  const double cell_steps = static_cast<double>(report.runs_done) *
                            static_cast<double>(loaded.population.municipalities.size()) *
                            static_cast<double>(loaded.study.rules.use_cases.size()) *
                            simulated_quarters(loaded.study);
  say_line("{} of {} runs in {:.1f} s on {} threads ({:.0f} ns per cell-step){}", report.runs_done,
           report.runs_planned, report.elapsed.count(), report.workers,
           report.elapsed.count() * 1e9 / std::max(cell_steps, 1.0),
           report.runs_kept == 0 ? "" : fmt::format(" {} were kept from before", report.runs_kept));
}

void tell_failures(const std::vector<record::Failure>& failures) {
  for (const record::Failure& failure : failures)
    tell("failed", fmt::format("case {}: {}", failure.number, failure.message));
  if (!failures.empty())
    tell("failed", fmt::format("{} cases failed by themselves (they would again, and --resume "
                               "leaves them) change the experiment, or start anew with --force",
                               failures.size()));
}

/// What a repeated --resume says.
int tell_complete(const std::filesystem::path& target, bool quiet) {
  run::remove_leftovers(target);
  const std::vector<record::Failure> failures = failures_in(hdf5::File::open(target).root());
  if (!quiet) say_line("{} is complete already", target.string());
  tell_failures(failures);
  return failures.empty() ? done : failed;
}

RunReport compute(const Loaded& loaded, const run::RunOptions& options) {
  try {
    return run::run_study(loaded.study, loaded.population.municipalities, options);
  } catch (const std::bad_alloc&) {
    throw files::FileError(
        fmt::format("out of memory (finished cases are kept in {}) go on with --resume, with fewer "
                    "--threads or "
                    "more memory",
                    run::shard_folder(options.target).string()));
  }
}

int run(const RunCommand& command) {
  tell_in(command.language);
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
  if (shard.n == 1 && is_done(command, target, loaded)) {
    const int status = tell_complete(target, command.quiet);
    if (!command.report.empty())
      write_report(target, command.report, command.language, command.force, command.quiet);
    return status;
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
  const RunReport report = compute(loaded, options);
  progress.finish();

  if (!command.quiet) tell_speed(loaded, report);
  if (!command.quiet && !report.stopped.empty()) say_line("{}", report.stopped);
  tell_failures(report.failures);
  const std::string folder = run::shard_folder(target).string();
  if (report.interrupted) {
    say_line("interrupted: {} of {} runs are kept in {}; go on with --resume",
             report.runs_done + report.runs_kept, report.runs_planned, folder);
    return interrupted;
  }
  if (shard.n > 1) {
    if (!command.quiet)
      say_line("shard {}/{} is complete; when all are: rathaus merge {}/*.cases -o {}", shard.k,
               shard.n, folder, target.string());
  } else if (!command.quiet) {
    say("{}\n", target.string());
    fmt::print("{}", overview_text(hdf5::File::open(target).root(), command.language));
  }
  if (!command.report.empty()) {
    std::fflush(stdout);
    write_report(target, command.report, command.language, command.force, command.quiet);
  }
  return report.failures.empty() ? done : failed;
}

}  // namespace

Command run_command() {
  return command<RunCommand>(
      "run", "simulate an experiment and write its result", &run, [](auto& asked) {
        return std::vector<Option>{
            option("experiment", asked.experiment, "experiment file", "EXPERIMENT.toml").required(),
            option("-o,--output", asked.output,
                   "result file (default: the experiment's name with .h5, here)", "FILE.h5"),
            option("--threads", asked.threads,
                   "threads (default: as many as processors are allowed)", "N")
                .within(1, 1024),
            flag("--force", asked.force,
                 "overwrite an existing result, start an unfinished one anew"),
            flag("--resume", asked.resume, "go on where an earlier process stopped"),
            option("--shard", asked.shard, "only the K-th of N parts, for merge", "K/N"),
            option("--report", asked.report, "write the result's report as well, as HTML or PDF",
                   "FILE"),
            option("--lang", asked.language,
                   "language of what is told, and of the report: en or de (default: en)", "LANG")
                .one_of({"en", "de"}),
            flag("--quiet", asked.quiet, "no progress, no warnings, no table"),
            sets(asked.sets)};
      });
}

}  // namespace rathaus::commands
