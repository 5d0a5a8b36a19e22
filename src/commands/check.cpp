#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "commands/advice.h"
#include "commands/check_json.h"
#include "commands/command.h"
#include "commands/commands.h"
#include "commands/forecast.h"
#include "commands/load.h"
#include "commands/output.h"
#include "commands/table.h"
#include "files/output.h"
#include "run/pilot.h"
#include "run/threads.h"

namespace rathaus::commands {
namespace {

struct CheckCommand {
  std::filesystem::path experiment;
  std::filesystem::path design;  //!< where the points are written to; empty: nowhere
  std::uint32_t pilot = 0;       //!< replicates to compute first; 0: none
  std::uint32_t shards = 0;      //!< parts that the study is to be cut into; 0: is not
  bool fingerprint = false;      //!< print nothing but the fingerprint of the study
  std::string format = "text";   //!< text or json
  bool force = false;
  std::vector<std::string> sets;
};

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

/// "500 vectors", or those of each theory.
std::string vectors_text(const study::Study& study) {
  std::vector<std::string> texts;
  for (std::size_t e = 0; e < study.ensembles.size(); ++e)
    texts.push_back(
        fmt::format("{} vectors{}", study.ensembles[e].vectors(),
                    study.ensembles.size() > 1 ? " of " + study.alternatives[e].name : ""));
  return fmt::format("{}{}", texts.size() > 1 ? "each of " : "", fmt::join(texts, ", "));
}

/// Where what is not known comes from.
std::string doubt_text(const study::Study& study) {
  switch (study.doubt) {
    case study::Doubt::none:
      return "none: one vector, chance alone";
    case study::Doubt::own:
      return "the experiment's own";
    case study::Doubt::not_shipped:
      return "none: one vector, chance alone (the model ships no ensemble for this decision rule)";
    case study::Doubt::shipped:
      return fmt::format("shipped with the model: {} points of {}{}, {} replicate{} each",
                         study.design.points, vectors_text(study),
                         study.uncertain.size() > study::joint_numbers(study)
                             ? fmt::format(" and the ranges of {} numbers of programmes",
                                           study.uncertain.size() - study::joint_numbers(study))
                             : "",
                         study.replicates, study.replicates == 1 ? "" : "s");
  }
  return "";
}

/// What the spread by chance of a few replicates says about the planned ones.
void tell_pilot(const study::Study& study, const run::Pilot& pilot) {
  fmt::print("pilot       {} replicates at the first point under the first theory, {:.2f} s each\n",
             pilot.replicates, pilot.seconds_per_case);
  Table table;
  const bool paired = study.scenarios.size() > 1;
  table.head = {"scenario",
                "indicator at the end",
                paired ? "gain" : "level",
                "deviation",
                fmt::format("told from zero by {} {} (how sure)", run::runs_averaged(study),
                            study.doubt == study::Doubt::shipped ? "runs" : "replicates"),
                "a pair is worth"};
  table.right = {false, false, true, true, true, true};
  for (const run::PilotGain& gain : pilot.gains)
    table.rows.push_back(
        {gain.scenario, gain.indicator,
         fmt::format("{} ± {}", rounded(gain.mean, 2), rounded(gain.half_width_pilot, 2)),
         rounded(gain.deviation, 2),
         fmt::format("beyond ± {} ({} to {})", rounded(gain.half_width, 2),
                     rounded(gain.half_width_low, 2), rounded(gain.half_width_high, 2)),
         std::isfinite(gain.worth) ? fmt::format("{} runs", rounded(gain.worth, 2)) : "-"});
  fmt::print("\n{}\n", table.text());
  fmt::print(
      "± and brackets are 95 % intervals from these {} replicates alone; the brackets hold where "
      "{} "
      "are\nnormally distributed. Rare large ones that the pilot did not meet widen them.\n\n",
      pilot.replicates, paired ? "gains" : "levels");
}

double runs_of(const study::Study& study) {
  return static_cast<double>(study.scenarios.size() * (study.output.fixed_demand ? 2 : 1)) *
         static_cast<double>(study::case_count(study));
}

/// Parts that are not worth a task of a cluster, whose start alone takes seconds.
void tell_shards(const Loaded& loaded, std::uint32_t shards) {
  constexpr double worth_a_task = 60.0;  // [s]
  const auto cases = study::case_count(loaded.study);
  if (shards > cases)
    fmt::print(stderr,
               "warning: {} shards are more than there are cases ({}) some have nothing to do\n",
               shards, cases);
  const double seconds = seconds_per_run(loaded) * runs_of(loaded.study);
  if (seconds / shards < worth_a_task)
    fmt::print(stderr,
               "warning: {} shards take about {} each (the start of a task may take longer) {}\n",
               shards, time_text(seconds / shards),
               seconds < 2.0 * worth_a_task
                   ? "run the study without a cluster"
                   : fmt::format("use {} at most", std::floor(seconds / worth_a_task)));
}

/// The points as CSV: what a list design reads, and SALib, EMA Workbench or R.
void write_design(const CheckCommand& command, const study::Study& study) {
  if (study.uncertain.empty())
    throw InputError("--design has nothing to write (the experiment has no [uncertain])");
  const bool by_theory = study.design.blocks > 1;
  std::string text = by_theory ? "theory,point" : "point";
  for (const study::Uncertain& number : study.uncertain) text += "," + number.path;
  for (std::size_t block = 0; block < study.design.blocks; ++block)
    for (std::uint32_t point = 0; point < study.design.points; ++point) {
      text += by_theory ? fmt::format("\n{},{}", study.alternatives[block].name, point)
                        : fmt::format("\n{}", point);
      for (const double value : study::values_at(study, block, point))
        text += std::isnan(value) ? "," : fmt::format(",{}", value);
    }
  files::write_whole(command.design, command.force,
                     [&](std::ostream& file) { file << text << "\n"; });
  fmt::print("design      {} points{} written to {}\n", study.design.points,
             by_theory ? fmt::format(" under each of {} theories", study.design.blocks) : "",
             command.design.string());
}

int check(const CheckCommand& command) {
  check_output(command.design, command.force);
  const Loaded loaded = load(command.experiment, command.sets);
  keep_apart({command.design}, loaded.study.inputs);
  const study::Study& study = loaded.study;
  if (command.fingerprint) {
    fmt::print("{}\n", fingerprint_of(loaded));
    if (command.shards > 0) tell_shards(loaded, command.shards);
    return done;
  }
  const auto units = static_cast<double>(loaded.population.municipalities.size());
  const std::size_t scenarios = study.scenarios.size();
  const std::size_t kinds = study.output.fixed_demand ? 2 : 1;
  const std::size_t theories = study.alternatives.size();
  const double runs = runs_of(study);
  const double cell_steps =
      units * static_cast<double>(study.rules.use_cases.size()) * simulated_quarters(study) * runs;
  const auto cores = static_cast<double>(run::threads_for(0));
  std::optional<run::Pilot> pilot;
  if (command.pilot > 0)
    pilot = run::run_pilot(study, loaded.population.municipalities, command.pilot);
  const double computing =
      pilot ? pilot->seconds_per_case * static_cast<double>(study::case_count(study))
            : seconds_per_run(loaded) * runs;
  const double seconds = computing / cores + seconds_once + seconds_beside_run * runs;
  const double bytes = bytes_of_file(loaded, runs);
  if (command.format == "json") {
    fmt::print("{}\n", check_json(loaded, {runs, cell_steps, seconds, bytes}));
    return done;
  }
  fmt::print("{} is valid\n", command.experiment.string());
  fmt::print("title       {}\n", study.title);
  fmt::print("model       {}, {} use cases, {} vendor slots\n", study.model,
             study.rules.use_cases.size(), study.rules.vendors.size());
  fmt::print("population  {} units, {} regions\n", loaded.population.municipalities.size(),
             loaded.population.municipalities.region_names.size());
  fmt::print("time        {} quarters from {}{}\n", study.quarters, study.start.text(),
             study.rules.spin_up == 0
                 ? ""
                 : fmt::format(", after {} quarters of spin-up from {}", study.rules.spin_up,
                               study::first_simulated(study).text()));
  fmt::print("runs        {}{:.0f} ({} scenario{}{}{}{} x {} replicates)\n",
             study.until ? "at most " : "", runs, scenarios, scenarios == 1 ? "" : "s",
             kinds == 2 ? " x 2 with their fixed-demand twins" : "",
             theories > 1 ? fmt::format(" x {} theories", theories) : "",
             study.uncertain.empty() ? "" : fmt::format(" x {} points", study.design.points),
             study.replicates);
  if (!study.uncertain.empty())
    fmt::print("design      {}{} over {} uncertain numbers\n",
               study::design_method_names[static_cast<std::size_t>(study.design.method)],
               study.design.saltelli > 0
                   ? fmt::format(", a Saltelli sample of base {},", study.design.saltelli)
               : study.design.shared ? " with shared chance"
                                     : "",
               study.uncertain.size());
  fmt::print("doubt       {}\n", doubt_text(study));
  fmt::print("work        {:.3g} cell-steps, about {} on {:.0f} cores\n", cell_steps,
             time_text(seconds), cores);
  fmt::print("size        about {}\n", size_text(bytes));
  for (const std::string& line : support_lines(loaded)) fmt::print("support     {}\n", line);
  for (const std::string& note : study.notes) fmt::print("note        {}\n", note);
  if (command.shards > 0) tell_shards(loaded, command.shards);
  if (pilot) tell_pilot(study, *pilot);
  std::vector<std::string> odd = advice(loaded);
  if (pilot)
    for (std::string& line : advice(*pilot)) odd.push_back(std::move(line));
  for (const std::string& line : odd) fmt::print("odd         {}\n", line);
  if (!command.design.empty()) write_design(command, study);
  return done;
}

}  // namespace

Command check_command() {
  return command<CheckCommand>(
      "check", "is it valid, how many runs, how long, how large", &check, [](auto& asked) {
        return std::vector<Option>{
            option("experiment", asked.experiment, "experiment file", "EXPERIMENT.toml").required(),
            option("--design", asked.design, "write the points of the design", "FILE.csv"),
            option("--pilot", asked.pilot,
                   "compute so many replicates at one point: how long, and how small a gain shows",
                   "N")
                .within(2, 1000),
            option("--shards", asked.shards, "warn if so many parts are too many", "N")
                .within(1, 10'000'000),
            flag("--fingerprint", asked.fingerprint,
                 "only the fingerprint of the study: of all that decides its numbers"),
            option("--format", asked.format, "text or json", "FORMAT")
                .one_of({"text", "json"})
                .not_beside({"--design", "--pilot", "--shards", "--fingerprint"}),
            flag("--force", asked.force, "overwrite an existing file"),
            sets(asked.sets)};
      });
}

}  // namespace rathaus::commands
