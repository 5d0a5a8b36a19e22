#include <fmt/format.h>

#include <map>

#include "commands/command.h"
#include "commands/commands.h"
#include "commands/interrupt.h"
#include "commands/load.h"
#include "commands/patterns_text.h"
#include "commands/places.h"
#include "config/patterns_file.h"
#include "hdf5/file.h"
#include "model_folder/model_folder.h"
#include "toml_reader/toml_text.h"

namespace rathaus::commands {
namespace {

struct PatternsCommand {
  std::string source;              //!< experiment or result file, or folder or name of a model
  std::filesystem::path patterns;  //!< empty: those of the model
  std::string format = "table";    //!< table, csv or json
  std::vector<std::string> sets;
  std::uint32_t replicates = 0;  //!< 0: as many as the patterns or the experiment ask for
  int threads = 0;
};

namespace fs = std::filesystem;
using patterns::Pattern;

config::PatternsFile patterns_of(const PatternsCommand& command, const fs::path& model_folder) {
  const fs::path path =
      command.patterns.empty() ? model_folder / config::patterns_file_name : command.patterns;
  if (command.patterns.empty() && model_folder.empty())
    throw InputError(
        "the model has no folder to look for patterns in (it stands in the experiment) name them "
        "with --patterns");
  Diagnostics diagnostics;
  config::PatternsFile file = config::read_patterns(path, diagnostics);
  diagnostics.throw_if_failed();
  return file;
}

fs::path model_folder(const std::string& path_or_name) {
  Diagnostics diagnostics;
  const auto folder = model_folder::find_model(path_or_name, "", model_places(), {}, diagnostics);
  diagnostics.throw_if_failed();
  return *folder;
}

std::vector<JudgedPattern> judged(const std::vector<Pattern>& patterns,
                                  const patterns::Bench& bench) {
  std::vector<JudgedPattern> all;
  for (std::size_t p = 0; p < patterns.size(); ++p)
    all.push_back({patterns[p], patterns::judge(patterns[p], p, bench)});
  return all;
}

std::vector<JudgedPattern> simulated(const Loaded& loaded, const std::vector<Pattern>& patterns,
                                     const PatternsCommand& command,
                                     const InterruptGuard& interrupt) {
  if (loaded.study.doubt == study::Doubt::shipped)
    throw InputError(
        "the experiment has the doubt that its model ships (patterns are judged at one point under "
        "one theory) write doubt = \"none\", or run it and judge its result");
  if (loaded.study.alternatives.size() * loaded.study.design.points > 1)
    throw InputError(
        "the experiment has a design or rival theories (patterns are judged at one point under one "
        "theory) drop [design] and [alternatives], or run it and judge its result");
  return judged(patterns, patterns::simulate_bench(loaded.study, loaded.population.municipalities,
                                                   patterns, command.threads, interrupt.flag()));
}

/// The patterns of a model: on the model as it is, and each on the experiment that it names.
std::vector<JudgedPattern> of_model(const PatternsCommand& command,
                                    const InterruptGuard& interrupt) {
  const fs::path folder = model_folder(command.source);
  const config::PatternsFile file = patterns_of(command, folder);
  std::map<fs::path, std::vector<Pattern>> by_experiment;
  for (const Pattern& pattern : file.patterns) by_experiment[pattern.experiment].push_back(pattern);
  const auto replicates =
      command.replicates > 0 ? std::int64_t{command.replicates} : file.replicates;
  std::vector<std::string> sets = command.sets;
  sets.push_back(fmt::format("replicates.at_least={}", replicates));
  std::map<std::string, JudgedPattern> found;
  for (const auto& [path, patterns] : by_experiment) {
    if (interrupt.flag()->load()) break;
    const std::string text = fmt::format(
        "title = \"Patterns\"\nmodel = {}\ndoubt = \"none\"\n[output]\ngroups = [\"land\", "
        "\"fiscal_class\"]\n",
        toml_reader::string_text(fs::absolute(folder).string()));
    const Loaded loaded =
        path.empty() ? load_text(text, "the study of the patterns", sets) : load(path, sets);
    for (JudgedPattern& one : simulated(loaded, patterns, command, interrupt))
      found.emplace(one.pattern.id, std::move(one));
  }
  std::vector<JudgedPattern> all;
  for (const Pattern& pattern : file.patterns)
    if (const auto one = found.find(pattern.id); one != found.end())
      all.push_back(std::move(one->second));
  return all;
}

std::vector<JudgedPattern> of_experiment(const PatternsCommand& command,
                                         const InterruptGuard& interrupt) {
  std::vector<std::string> sets = command.sets;
  if (command.replicates > 0)
    sets.push_back(fmt::format("replicates.at_least={}", command.replicates));
  const Loaded loaded = load(command.source, sets);
  return simulated(loaded, patterns_of(command, loaded.study.model_folder).patterns, command,
                   interrupt);
}

std::vector<JudgedPattern> of_result(const PatternsCommand& command) {
  if (!command.sets.empty() || command.replicates > 0)
    throw InputError("--set and --replicates cannot change a result (its runs are done)");
  const hdf5::File file = open_result(command.source);
  const hdf5::Group root = file.root();
  const fs::path folder = command.patterns.empty() && root.has_attribute("model")
                              ? model_folder(root.text_attribute("model"))
                              : fs::path();
  const std::vector<Pattern> patterns = patterns_of(command, folder).patterns;
  return judged(patterns, patterns::read_bench(root, patterns));
}

int patterns(const PatternsCommand& command) {
  require_file_if_named(command.source);
  const InterruptGuard interrupt;
  const std::vector<JudgedPattern> all = is_hdf5(command.source) ? of_result(command)
                                         : fs::is_regular_file(command.source)
                                             ? of_experiment(command, interrupt)
                                             : of_model(command, interrupt);
  if (interrupt.flag()->load()) return interrupted;
  if (command.format == "csv")
    fmt::print("{}", patterns_csv(all));
  else if (command.format == "json")
    fmt::print("{}", patterns_json(all));
  else
    fmt::print("{}", patterns_table(all));
  return done;
}

}  // namespace

Command patterns_command() {
  return command<PatternsCommand>(
      "patterns", "does the model reproduce what is known about the world?", &patterns,
      [](auto& asked) {
        return std::vector<Option>{
            option("source", asked.source,
                   "name or folder of a model, or an experiment, to simulate; or a result to read",
                   "MODEL|EXPERIMENT.toml|FILE.h5")
                .required(),
            option("--patterns", asked.patterns, "the patterns (default: those of the model)",
                   "PATTERNS.toml"),
            option("--replicates", asked.replicates, "how many runs of each study", "N")
                .within(2, 100'000),
            option("--threads", asked.threads,
                   "threads (default: as many as processors are allowed)", "N")
                .within(1, 1024),
            option("--format", asked.format, "table, csv or json", "FORMAT")
                .one_of({"table", "csv", "json"}),
            sets(asked.sets)};
      });
}

}  // namespace rathaus::commands
