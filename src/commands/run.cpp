#include <fmt/format.h>

#include "analysis/overview.h"
#include "commands/build_info.h"
#include "commands/commands.h"
#include "commands/interrupt.h"
#include "commands/load.h"
#include "commands/output.h"
#include "commands/overview_text.h"
#include "commands/progress_line.h"
#include "experiment/runner.h"
#include "results/file.h"

namespace rathaus::commands {

int run(const RunCommand& command) {
  const std::filesystem::path target =
      command.output.empty() ? command.experiment.stem().concat(".h5") : command.output;
  refuse_to_overwrite(target, command.force);
  const Loaded loaded = load(command.experiment, command.sets, command.quiet);
  ProgressLine progress(command.quiet);
  const InterruptGuard interrupt;

  experiment::RunOptions options;
  options.target = target;
  options.overwrite = command.force;
  options.threads = command.threads;
  options.build = build_info();
  options.progress = [&](const experiment::Progress& p) { progress(p); };
  options.stop = interrupt.flag();
  const experiment::RunReport report =
      experiment::run_study(loaded.study, loaded.population.municipalities, options);
  progress.finish();

  if (!command.quiet) {
    const double cell_steps = static_cast<double>(report.runs_done) *
                              static_cast<double>(loaded.population.municipalities.size()) *
                              static_cast<double>(loaded.study.rules.use_cases.size()) *
                              loaded.study.quarters;
    fmt::print(stderr, "{} of {} runs in {:.1f} s on {} threads ({:.0f} ns per cell-step): {}\n",
               report.runs_done, report.runs_planned, report.elapsed.count(), report.workers,
               report.elapsed.count() * 1e9 / std::max(cell_steps, 1.0), target.string());
  }
  if (report.interrupted) {
    fmt::print(stderr,
               "interrupted: {} holds the {} runs that were finished; run again with "
               "--force for all {}\n",
               target.string(), report.runs_done, report.runs_planned);
    return interrupted;
  }
  if (!command.quiet)
    fmt::print("{}", overview_text(analysis::overview(results::File::open(target).root())));
  return done;
}

}  // namespace rathaus::commands
