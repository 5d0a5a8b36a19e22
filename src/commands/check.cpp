#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <limits>
#include <optional>

#include "commands/commands.h"
#include "commands/load.h"
#include "commands/output.h"
#include "commands/table.h"
#include "experiment/pilot.h"
#include "experiment/support_tables.h"
#include "experiment/threads.h"
#include "model/funding.h"
#include "model/indicators.h"

namespace rathaus::commands {
namespace {

/// Seconds that a chain of `steps` multiplications and additions takes here: the measure of
/// docs/performance.md for how fast a machine is.
double calibration(int steps) {
  double best = std::numeric_limits<double>::infinity();
  for (int again = 0; again < 5; ++again) {
    const auto begin = std::chrono::steady_clock::now();
    volatile std::uint64_t x = 1;
    std::uint64_t y = x;
    for (int i = 0; i < steps; ++i) y = y * 6364136223846793005u + 1442695040888963407u;
    x = y;
    best = std::min(
        best, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  return best;
}

/// Reading, making the population, opening and closing the file; and what a run costs beside its
/// simulation, in seconds.
constexpr double seconds_once = 0.8, seconds_beside_run = 0.002;

/// Of one run on one core: a unit's quarter costs 75 calibration steps and 37 more for each use
/// case (docs/performance.md).
double seconds_per_run(const Loaded& loaded) {
  constexpr int steps = 100'000;
  const double per_unit = 75.0 + 37.0 * static_cast<double>(loaded.study.rules.use_cases.size());
  return calibration(steps) / steps * per_unit * loaded.study.quarters *
         static_cast<double>(loaded.population.municipalities.size());
}

/// Bytes of one run before compression.
double bytes_per_run(const Loaded& loaded) {
  const experiment::Study& study = loaded.study;
  const auto units = static_cast<double>(loaded.population.municipalities.size());
  double classes = 4.0;
  for (const std::string& group : study.output.groups)
    classes += group == "land"
                   ? static_cast<double>(loaded.population.municipalities.land_names.size())
                   : 3.0;
  const double per_quarter = classes * (model::indicator_count * 7.0 + model::blocked_count * 4.0) +
                             static_cast<double>(study.rules.use_cases.size()) * 5.0 * 4.0 +
                             static_cast<double>(study.rules.vendors.size()) * 8.0 + 52.0 +
                             static_cast<double>(experiment::programme_names(study).size()) *
                                 (model::reach_names.size() * model::reach_classes * 4.0 + 32.0);
  return per_quarter * study.quarters + (study.output.first_operation ? units * 2.0 : 0.0);
}

/// Bytes of the panels of one scenario, point and theory, before compression.
double bytes_of_panels(const Loaded& loaded) {
  const experiment::Study& study = loaded.study;
  if (!study.output.panel) return 0.0;
  const double per_unit = 11.0 * static_cast<double>(study.rules.use_cases.size()) + 32.0;
  return static_cast<double>(study.output.panel->replicates.size()) *
         (study.quarters / study.output.panel->every) * per_unit *
         static_cast<double>(loaded.population.municipalities.size());
}

/// Bytes of the file. Compression leaves some 40 % of the runs and a third of the summary; names,
/// units and provenance come on top (measured on the experiments that ship with Rathaus).
double bytes_of_file(const Loaded& loaded, double runs) {
  const experiment::Study& study = loaded.study;
  const auto scenarios = static_cast<double>(study.scenarios.size());
  const auto theories = static_cast<double>(study.alternatives.size());
  const double summary = scenarios * theories * (scenarios > 1.0 ? 2.0 : 1.0) *
                         model::indicator_count * 4.0 * study.quarters * 7.0 * 8.0;
  const double panels = bytes_of_panels(loaded) * scenarios * theories * study.design.points;
  return 0.42 * (bytes_per_run(loaded) * runs + panels) + 0.33 * summary + 0.6e6 +
         250.0 * static_cast<double>(loaded.population.municipalities.size());
}

std::string size_text(double bytes) {
  if (bytes >= 1e9) return fmt::format("{:.1f} GB", bytes / 1e9);
  if (bytes >= 1e6) return fmt::format("{:.0f} MB", bytes / 1e6);
  return fmt::format("{:.0f} kB", bytes / 1e3);
}

std::string time_text(double seconds) {
  if (seconds >= 7200.0) return fmt::format("{:.1f} h", seconds / 3600.0);
  if (seconds >= 120.0) return fmt::format("{:.0f} min", seconds / 60.0);
  return fmt::format("{:.0f} s", std::max(1.0, seconds));
}

/// What the spread by chance of a few replicates says about the planned ones.
void tell_pilot(const experiment::Study& study, const experiment::Pilot& pilot) {
  fmt::print("pilot       {} replicates at the first point under the first theory, {:.2f} s each\n",
             pilot.replicates, pilot.seconds_per_case);
  Table table;
  const bool paired = study.scenarios.size() > 1;
  table.head = {"scenario",
                "indicator at the end",
                paired ? "gain" : "level",
                "deviation",
                fmt::format("told from zero by {} replicates [95 %]", study.replicates),
                "a pair is worth"};
  table.right = {false, false, true, true, true, true};
  for (const experiment::PilotGain& gain : pilot.gains)
    table.rows.push_back(
        {gain.scenario, gain.indicator, fmt::format("{:+.1f}", gain.mean),
         fmt::format("{:.1f}", gain.deviation), fmt::format("beyond ± {:.3g}", gain.half_width),
         std::isfinite(gain.worth) ? fmt::format("{:.1f} runs", gain.worth) : "-"});
  fmt::print("\n{}\n", table.text());
}

/// The points as CSV: what a list design reads, and SALib, EMA Workbench or R.
void write_design(const CheckCommand& command, const experiment::Study& study) {
  if (study.uncertain.empty())
    throw InputError("--design has nothing to write (the experiment has no [uncertain])");
  std::string text = "point";
  for (const experiment::Uncertain& number : study.uncertain) text += "," + number.path;
  const std::size_t k = study.uncertain.size();
  for (std::size_t i = 0; i < study.design.value.size(); ++i)
    text += i % k == 0 ? fmt::format("\n{},{}", i / k, study.design.value[i])
                       : fmt::format(",{}", study.design.value[i]);
  write_whole(command.design, [&](std::ostream& file) { file << text << "\n"; });
  fmt::print("design      {} points written to {}\n", study.design.points, command.design.string());
}

}  // namespace

int check(const CheckCommand& command) {
  check_output(command.design, command.force);
  const Loaded loaded = load(command.experiment, command.sets);
  keep_apart({command.design}, loaded.study.inputs);
  const experiment::Study& study = loaded.study;
  const auto units = static_cast<double>(loaded.population.municipalities.size());
  const std::size_t scenarios = study.scenarios.size();
  const std::size_t kinds = study.output.fixed_demand ? 2 : 1;
  const std::size_t theories = study.alternatives.size();
  const double runs =
      static_cast<double>(scenarios * kinds) * static_cast<double>(experiment::case_count(study));
  const double cell_steps =
      units * static_cast<double>(study.rules.use_cases.size()) * study.quarters * runs;
  const auto cores = static_cast<double>(experiment::threads_for(0));
  fmt::print("{} is valid\n", command.experiment.string());
  fmt::print("title       {}\n", study.title);
  fmt::print("model       {}, {} use cases, {} vendor slots\n", study.model,
             study.rules.use_cases.size(), study.rules.vendors.size());
  fmt::print("population  {} units, {} regions\n", loaded.population.municipalities.size(),
             loaded.population.municipalities.region_names.size());
  fmt::print("time        {} quarters from {}\n", study.quarters, study.start.text());
  fmt::print("runs        {}{:.0f} ({} scenario{}{}{}{} x {} replicates)\n",
             study.until ? "at most " : "", runs, scenarios, scenarios == 1 ? "" : "s",
             kinds == 2 ? " x 2 with their fixed-demand twins" : "",
             theories > 1 ? fmt::format(" x {} theories", theories) : "",
             study.uncertain.empty() ? "" : fmt::format(" x {} points", study.design.points),
             study.replicates);
  if (!study.uncertain.empty())
    fmt::print("design      {} over {} uncertain numbers\n",
               experiment::design_method_names[static_cast<std::size_t>(study.design.method)],
               study.uncertain.size());
  std::optional<experiment::Pilot> pilot;
  if (command.pilot > 0)
    pilot = experiment::run_pilot(study, loaded.population.municipalities, command.pilot);
  const double seconds =
      pilot ? pilot->seconds_per_case * static_cast<double>(experiment::case_count(study))
            : seconds_per_run(loaded) * runs;
  fmt::print("work        {:.3g} cell-steps, about {} on {:.0f} cores\n", cell_steps,
             time_text(seconds / cores + seconds_once + seconds_beside_run * runs), cores);
  fmt::print("size        about {}\n", size_text(bytes_of_file(loaded, runs)));
  for (const std::string& note : loaded.population.notes) fmt::print("note        {}\n", note);
  if (pilot) tell_pilot(study, *pilot);
  if (!command.design.empty()) write_design(command, study);
  return done;
}

}  // namespace rathaus::commands
