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
#include "commands/pilot_text.h"
#include "commands/table.h"
#include "commands/words.h"
#include "diagnostics/telling.h"
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
  std::string language = "en";   //!< of the text and of what is found
  bool force = false;
  std::vector<std::string> sets;
};

/// Names and what is told of them, line by line, in the language asked for.
class Page {
 public:
  explicit Page(const std::string& language) : say_(language) {}

  void line(const char* name, const std::string& text) const {
    std::string label = say_(std::string("ck_") + name);
    const std::size_t column = say_.german() ? 15 : 12, wide = width(label);
    label.append(column > wide ? column - wide : 1, ' ');
    fmt::print("{}{}\n", label, text);
  }
  void said(const char* name, const std::string& english) const {
    line(name, say_.said(Message(english)).text());
  }
  const Words& say() const { return say_; }

 private:
  Words say_;
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
  return fmt::format("{}{}", texts.size() > 1 ? "each of " : "", fmt::join(texts, " and "));
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
                             ? fmt::format(" and the ranges of {} more numbers",
                                           study.uncertain.size() - study::joint_numbers(study))
                             : "",
                         study.replicates, study.replicates == 1 ? "" : "s");
  }
  return "";
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
    tell("warning",
         fmt::format("{} shards are more than there are cases ({}) some have nothing to do", shards,
                     cases));
  const double seconds = seconds_per_run(loaded) * runs_of(loaded.study);
  if (seconds / shards < worth_a_task)
    tell("warning",
         fmt::format("{} shards take about {} each (the start of a task may take longer) {}",
                     shards, time_text(seconds / shards),
                     seconds < 2.0 * worth_a_task
                         ? "run the study without a cluster"
                         : fmt::format("use {} at most", std::floor(seconds / worth_a_task))));
}

/// The points as CSV: what a list design reads, and SALib, EMA Workbench or R.
void write_design(const Page& page, const CheckCommand& command, const study::Study& study) {
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
  page.said(
      "design",
      fmt::format("{} points{} written to {}", study.design.points,
                  by_theory ? fmt::format(" under each of {} theories", study.design.blocks) : "",
                  command.design.string()));
}

/// "at most 240 (3 scenarios x 2 theories x 40 replicates)", in the language.
std::string runs_text(const Words& say, const study::Study& study, double runs) {
  const std::size_t scenarios = study.scenarios.size(), theories = study.alternatives.size();
  std::string text =
      say(scenarios == 1 ? "ck_one_scenario" : "ck_scenarios", fmt::arg("n", scenarios));
  const auto times = [&](const char* key, std::size_t n) {
    text += " x " + say(key, fmt::arg("n", n));
  };
  if (study.output.fixed_demand) times("ck_twins", 2);
  if (theories > 1) times("ck_theories", theories);
  if (!study.uncertain.empty()) times("ck_points", study.design.points);
  times("ck_replicates", study.replicates);
  return say(study.until ? "ck_runs_at_most" : "ck_runs_are",
             fmt::arg("n", fmt::format("{:.0f}", runs)), fmt::arg("product", text));
}

int check(const CheckCommand& command) {
  tell_in(command.language);
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
  const Page page(command.language);
  const Words& say = page.say();
  fmt::print("{}\n", say("ck_valid", fmt::arg("file", command.experiment.string())));
  page.line("title", say.german() ? study.title_de : study.title);
  page.line("model", say("ck_model_has", fmt::arg("name", study.model),
                         fmt::arg("cases", study.rules.use_cases.size()),
                         fmt::arg("slots", study.rules.vendors.size())));
  page.line("population",
            say("ck_units", fmt::arg("units", loaded.population.municipalities.size()),
                fmt::arg("regions", loaded.population.municipalities.region_names.size())));
  page.line("time", say(study.rules.spin_up == 0 ? "ck_quarters" : "ck_quarters_after",
                        fmt::arg("n", study.quarters), fmt::arg("start", study.start.text()),
                        fmt::arg("spin_up", study.rules.spin_up),
                        fmt::arg("first", study::first_simulated(study).text())));
  page.line("runs", runs_text(say, study, runs));
  if (!study.uncertain.empty())
    page.said("design",
              fmt::format("{}{} over {} uncertain numbers",
                          study::design_method_names[static_cast<std::size_t>(study.design.method)],
                          study.design.saltelli > 0 ? fmt::format(", a Saltelli sample of base {},",
                                                                  study.design.saltelli)
                          : study.design.shared     ? " with shared chance"
                                                    : "",
                          study.uncertain.size()));
  page.said("doubt", doubt_text(study));
  page.line("work",
            say("ck_work_is", fmt::arg("steps", say.digits(fmt::format("{:.3g}", cell_steps))),
                fmt::arg("time", say.digits(time_text(seconds))),
                fmt::arg("cores", fmt::format("{:.0f}", cores))));
  page.line("size", say("ck_about", fmt::arg("size", say.digits(size_text(bytes)))));
  for (const std::string& line : support_lines(loaded)) page.said("support", line);
  for (const std::string& note : study.notes) page.said("note", note);
  if (command.shards > 0) tell_shards(loaded, command.shards);
  if (pilot) {
    page.line("pilot", pilot_line(say, *pilot));
    fmt::print("\n{}", pilot_tables(say, study, *pilot));
  }
  std::vector<std::string> odd = advice(loaded);
  if (pilot)
    for (std::string& line : advice(*pilot)) odd.push_back(std::move(line));
  for (const std::string& line : odd) page.said("odd", line);
  if (!command.design.empty()) write_design(page, command, study);
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
            option("--lang", asked.language, "language of the text: en or de (default: en)", "LANG")
                .one_of({"en", "de"}),
            flag("--force", asked.force, "overwrite an existing file"),
            sets(asked.sets)};
      });
}

}  // namespace rathaus::commands
