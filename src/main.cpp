// The command line: one subcommand each, nothing else.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <new>
#include <span>
#include <sstream>
#include <string_view>
#include <system_error>

#include "commands/commands.h"
#include "commands/python.h"
#include "commands/streams.h"
#include "diagnostics/diagnostics.h"
#include "diagnostics/telling.h"
#include "files/file_error.h"

namespace {

using namespace rathaus::commands;

/// A repeatable --set KEY=VALUE.
void add_sets(CLI::App* command, std::vector<std::string>& sets) {
  command->add_option("--set", sets, "change one value, such as parameters.lock_rate=0.04")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
}

/// Commands of the Python package, which read their own options.
const std::map<std::string, const char*> in_python{
    {"report", "a page of a result for those who decide"},
    {"story", "what happened to a municipality, year by year, side by side over the scenarios"},
    {"verify", "the limiting cases of the model, whose answers are known"},
    {"export", "a result as tidy tables in CSV"},
    {"import-register", "a population file from an official list of municipalities"},
    {"survives", "which scenario beats another at how many points, for the same money"}};

/// The words of the command line. A file whose name begins with '-' is no option: a path that
/// begins with "./" says so to whoever reads it.
std::vector<std::string> words_of(int argc, char** argv) {
  constexpr std::array files{".toml", ".h5", ".csv", ".cases", ".html", ".pdf", ".xlsx"};
  std::vector<std::string> words(argv + 1, argv + argc);
  for (std::string& word : words)
    if (word.starts_with('-') && word.find('=') == std::string::npos &&
        std::ranges::any_of(files, [&](const char* end) { return word.ends_with(end); }))
      word = "./" + word;
  return words;
}

/// Options that CLI11 fills, one struct per subcommand, and what to call with them.
class CommandLine {
 public:
  CommandLine() {
    app_.set_version_flag("--version", version_text());
    app_.require_subcommand(1);
    add_diagnostics(app_);
    add_run();
    add_merge();
    add_check();
    add_explain();
    add_parameters();
    add_metrics();
    add_keys();
    add_population();
    add_info();
    add_compare();
    add_sensitivity();
    add_trace();
    add_patterns();
    add_calibrate();
    add_workbench();
    for (const auto& [name, description] : in_python) app_.add_subcommand(name, description);
  }

  int run(int argc, char** argv) {
    const std::vector<std::string> words = words_of(argc, argv);
    refuse_unknown_command(words);
    if (!words.empty() && in_python.contains(words.front())) return python(words);
    try {
      std::vector<std::string> last_first(words.rbegin(), words.rend());  // as CLI11 wants them
      app_.parse(last_first);
    } catch (const CLI::ParseError& error) {
      if (error.get_exit_code() == 0) {  // --help, --version
        std::ostringstream told;
        const int status = app_.exit(error, told, told);
        std::fputs(told.str().c_str(), stdout);
        return status;
      }
      const auto chosen = app_.get_subcommands();
      rathaus::Message message;
      message.problem = error.what();
      throw rathaus::InputError(
          message +
          rathaus::Suggestion{"see rathaus " +
                              (chosen.empty() ? "" : chosen.front()->get_name() + " ") + "--help"});
    }
    refuse_extras(*app_.get_subcommands().front());
    return action_();
  }

 private:
  void refuse_unknown_command(const std::vector<std::string>& words) const {
    if (words.empty() || words.front().starts_with('-')) return;
    const std::string_view word = words.front();
    std::vector<std::string> names;
    for (const CLI::App* command : app_.get_subcommands({})) names.push_back(command->get_name());
    if (std::ranges::find(names, word) != names.end()) return;
    const std::vector<std::string_view> known(names.begin(), names.end());
    throw rathaus::InputError("there is no command '" + std::string(word) + "'" +
                              rathaus::suggestion(word, known));
  }

  /// Options that the command does not have, and arguments too many: all of them at once.
  static void refuse_extras(const CLI::App& command) {
    std::vector<std::string> names;
    for (const CLI::Option* option : command.get_options())
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    const std::vector<std::string_view> known(names.begin(), names.end());
    rathaus::Diagnostics diagnostics;
    const bool has_option = std::ranges::any_of(
        command.remaining(), [](const std::string& word) { return word.starts_with('-'); });
    for (const std::string& word : command.remaining()) {
      if (word.starts_with('-'))
        diagnostics.error({}, "rathaus " + command.get_name() + " has no option '" + word + "'" +
                                  rathaus::suggestion(word.substr(0, word.find('=')), known));
      else if (!has_option)  // else it may be the value of that option
        diagnostics.error({},
                          "'" + word + "' is one argument too many" +
                              rathaus::Suggestion{"see rathaus " + command.get_name() + " --help"});
    }
    diagnostics.throw_if_failed();
  }

  /// main has read it already.
  void add_diagnostics(CLI::App& command) {
    command
        .add_option("--diagnostics", diagnostics_, "how errors and progress are told: text or json")
        ->check(CLI::IsMember({"text", "json"}))
        ->type_name("FORMAT");
  }

  template <class Options>
  CLI::App* add(const char* name, const char* description, int (*call)(const Options&),
                const Options& options) {
    CLI::App* command = app_.add_subcommand(name, description)->allow_extras();
    add_diagnostics(*command);
    command->callback(
        [this, call, &options] { action_ = [call, &options] { return call(options); }; });
    return command;
  }

  void add_run() {
    CLI::App* c =
        add("run", "simulate an experiment and write its result", &rathaus::commands::run, run_);
    c->add_option("experiment", run_.experiment, "experiment file")
        ->required()
        ->type_name("EXPERIMENT.toml");
    c->add_option("-o,--output", run_.output,
                  "result file (default: the experiment's name with .h5, here)")
        ->type_name("FILE.h5");
    c->add_option("--threads", run_.threads, "threads (default: as many as processors are allowed)")
        ->check(CLI::Range(1, 1024))
        ->type_name("N");
    c->add_flag("--force", run_.force,
                "overwrite an existing result, start an unfinished one anew");
    c->add_flag("--resume", run_.resume, "go on where an earlier process stopped");
    c->add_option("--shard", run_.shard, "only the K-th of N parts, for merge")->type_name("K/N");
    c->add_option("--report", run_.report, "write the result's report as well, as HTML or PDF")
        ->type_name("FILE");
    c->add_option("--lang", run_.language, "language of the report (default: en)")
        ->check(CLI::IsMember({"en", "de"}))
        ->type_name("LANG");
    c->add_flag("--quiet", run_.quiet, "no progress, no warnings, no table");
    add_sets(c, run_.sets);
  }

  void add_merge() {
    CLI::App* c = add("merge", "join the shards of a study", &rathaus::commands::merge, merge_);
    c->add_option("shards", merge_.shards, "files of cases, from FILE.h5.shards/")
        ->required()
        ->type_name("SHARD.cases");
    c->add_option("-o,--output", merge_.output, "result file")->required()->type_name("FILE.h5");
    c->add_option(
         "--fingerprint", merge_.fingerprint,
         "only shards of the study with this fingerprint, as rathaus check --fingerprint prints it")
        ->type_name("HEX-N");
    c->add_flag("--partial", merge_.partial, "write what is there, and say what is missing");
    c->add_flag("--force", merge_.force, "overwrite an existing result");
    c->add_flag("--quiet", merge_.quiet, "no message when all is well");
  }

  void add_check() {
    CLI::App* c = add("check", "is it valid, how many runs, how long, how large", &check, check_);
    c->add_option("experiment", check_.experiment, "experiment file")
        ->required()
        ->type_name("EXPERIMENT.toml");
    c->add_option("--design", check_.design, "write the points of the design")
        ->type_name("FILE.csv");
    c->add_option("--pilot", check_.pilot,
                  "compute so many replicates at one point: how long, and how small a gain shows")
        ->check(CLI::Range(2, 1000))
        ->type_name("N");
    c->add_option("--shards", check_.shards, "warn if so many parts are too many")
        ->check(CLI::Range(1, 10'000'000))
        ->type_name("N");
    c->add_flag("--fingerprint", check_.fingerprint,
                "only the fingerprint of the study: of all that decides its numbers");
    c->add_flag("--force", check_.force, "overwrite an existing file");
    add_sets(c, check_.sets);
  }

  void add_explain() {
    CLI::App* c =
        add("explain", "the resolved experiment as one file that stands alone", &explain, explain_);
    c->add_option("file", explain_.file, "experiment or result")
        ->required()
        ->type_name("EXPERIMENT.toml|FILE.h5");
    add_sets(c, explain_.sets);
  }

  void add_parameters() {
    CLI::App* c = add("parameters", "every parameter: unit, default, range, evidence, source",
                      &parameters, parameters_);
    c->add_option("model", parameters_.model, "name or folder of a model (default: germany)")
        ->type_name("MODEL");
    c->add_option("--format", parameters_.format, "table, csv or markdown")
        ->check(CLI::IsMember({"table", "csv", "markdown"}))
        ->type_name("FORMAT");
  }

  void add_metrics() {
    CLI::App* c = add("metrics", "every variable and ratio of a run: axes, unit, meaning", &metrics,
                      metrics_);
    c->add_option("--format", metrics_.format, "table, csv or markdown")
        ->check(CLI::IsMember({"table", "csv", "markdown"}))
        ->type_name("FORMAT");
  }

  void add_keys() {
    CLI::App* c =
        add("keys", "every key of the files: type, unit, default, range, meaning", &keys, keys_);
    c->add_option("word", keys_.word, "only keys that hold this word")->type_name("WORD");
    c->add_option("--format", keys_.format, "table, csv, markdown, or json: a schema for editors")
        ->check(CLI::IsMember({"table", "csv", "markdown", "json"}))
        ->type_name("FORMAT");
  }

  void add_population() {
    CLI::App* c =
        add("population", "the population that a run would use", &population, population_);
    c->add_option("source", population_.source, "experiment file, or name or folder of a model")
        ->required()
        ->type_name("EXPERIMENT.toml|MODEL");
    c->add_option("-o,--output", population_.output, "write it as a population file")
        ->type_name("FILE.csv");
    c->add_flag("--force", population_.force, "overwrite an existing file");
    add_sets(c, population_.sets);
  }

  void add_info() {
    CLI::App* c = add("info", "what is in a result file", &info, info_);
    c->add_option("file", info_.file, "result file, or cases of a shard")
        ->required()
        ->type_name("FILE.h5|SHARD.cases");
    c->add_flag("--digest", info_.digest, "only the SHA-256 over every result number");
    c->add_flag("--fingerprint", info_.fingerprint, "only the fingerprint of the study");
  }

  void add_compare() {
    CLI::App* c =
        add("compare", "the answer to the question, or the decision table: scenarios side by side",
            &compare, compare_);
    c->add_option("file", compare_.file, "result file")->required()->type_name("FILE.h5");
    c->add_option("--against", compare_.against,
                  "the scenario that the others are compared with (default: the baseline)")
        ->type_name("NAME");
    CLI::Option* full = c->add_flag("--full", compare_.full, "every table, not the answer alone");
    CLI::Option* section =
        c->add_option(
             "--section", compare_.sections,
             "only tables with this in their title, such as money or anyway; may be repeated")
            ->type_name("NAME")
            ->allow_extra_args(false);
    c->add_option("--quarter", compare_.quarter,
                  "this quarter instead of the question's, or of 5, 10 and 20 years in tables")
        ->type_name("QUARTER");
    c->add_option("--metric", compare_.metric, "ask for this variable, ratio or cost instead")
        ->type_name("NAME")
        ->excludes(full)
        ->excludes(section);
    c->add_option("--group", compare_.group, "ask for this class instead; repeated: crossed")
        ->type_name("GROUP=CLASS")
        ->allow_extra_args(false)
        ->excludes(full)
        ->excludes(section);
    c->add_option("--theory", compare_.theory, "only theories with this in their name")
        ->type_name("NAME");
    c->add_option("--lang", compare_.language, "language of the answer: en or de (default: en)")
        ->check(CLI::IsMember({"en", "de"}))
        ->excludes(full)
        ->excludes(section)
        ->type_name("LANG");
    c->add_option("--format", compare_.format, "table, csv or json")
        ->check(CLI::IsMember({"table", "csv", "json"}))
        ->type_name("FORMAT");
  }

  void add_sensitivity() {
    CLI::App* c = add("sensitivity", "which uncertain numbers matter: Sobol or Morris",
                      &rathaus::commands::sensitivity, sensitivity_);
    c->add_option("file", sensitivity_.file, "result file")->required()->type_name("FILE.h5");
    c->add_option("--indicator", sensitivity_.indicator, "indicator (default: adopters)")
        ->type_name("NAME");
    c->add_option("--quarter", sensitivity_.quarter, "quarter (default: the last)")
        ->type_name("QUARTER");
    c->add_option("--format", sensitivity_.format, "table, csv or json")
        ->check(CLI::IsMember({"table", "csv", "json"}))
        ->type_name("FORMAT");
  }

  void add_trace() {
    CLI::App* c = add("trace", "replay one run and tell the story of one unit", &trace, trace_);
    c->add_option("file", trace_.file, "result file")->required()->type_name("FILE.h5");
    c->add_option("--run", trace_.run, "run of the file (default: 0)")->type_name("N");
    c->add_option("--unit", trace_.unit, "official key or name")->required()->type_name("ID");
    c->add_option("--format", trace_.format, "text or json")
        ->check(CLI::IsMember({"text", "json"}))
        ->type_name("FORMAT");
  }

  void add_patterns() {
    CLI::App* c = add("patterns", "does the model reproduce what is known about the world?",
                      &rathaus::commands::patterns, patterns_);
    c->add_option("source", patterns_.source,
                  "name or folder of a model, or an experiment, to simulate; or a result to read")
        ->required()
        ->type_name("MODEL|EXPERIMENT.toml|FILE.h5");
    c->add_option("--patterns", patterns_.patterns, "the patterns (default: those of the model)")
        ->type_name("PATTERNS.toml");
    c->add_option("--replicates", patterns_.replicates, "how many runs of each study")
        ->check(CLI::Range(2, 100'000))
        ->type_name("N");
    c->add_option("--threads", patterns_.threads,
                  "threads (default: as many as processors are allowed)")
        ->check(CLI::Range(1, 1024))
        ->type_name("N");
    c->add_option("--format", patterns_.format, "table, csv or json")
        ->check(CLI::IsMember({"table", "csv", "json"}))
        ->type_name("FORMAT");
    add_sets(c, patterns_.sets);
  }

  void add_calibrate() {
    CLI::App* c = add("calibrate", "which numbers reproduce the patterns: ABC-SMC",
                      &rathaus::commands::calibrate, calibrate_);
    c->add_option("calibration", calibrate_.calibration, "experiment with a table [calibration]")
        ->required()
        ->type_name("CALIBRATION.toml");
    c->add_option("-o,--output", calibrate_.output, "posterior")->required()->type_name("FILE.h5");
    c->add_option("--csv", calibrate_.csv, "write the accepted vectors, for [uncertain] ensemble")
        ->type_name("FILE.csv");
    c->add_option("--threads", calibrate_.threads,
                  "threads (default: as many as processors are allowed)")
        ->check(CLI::Range(1, 1024))
        ->type_name("N");
    c->add_flag("--force", calibrate_.force, "overwrite what exists, start an unfinished one anew");
    c->add_flag("--resume", calibrate_.resume, "go on where an earlier process stopped");
    c->add_flag("--quiet", calibrate_.quiet, "no progress, no warnings, no table");
    add_sets(c, calibrate_.sets);
  }

  void add_workbench() {
    CLI::App* c = add("workbench", "a page with the simulator and an experiment inside", &workbench,
                      workbench_);
    c->add_option("experiment", workbench_.experiment,
                  "experiment (default: tells where the page is)")
        ->type_name("EXPERIMENT.toml");
    c->add_option("-o,--output", workbench_.output, "page (default: the experiment's name)")
        ->type_name("FILE.html");
    c->add_flag("--force", workbench_.force, "overwrite an existing file");
  }

  CLI::App app_{"Rathaus simulates how municipalities take up artificial intelligence.", "rathaus"};
  std::function<int()> action_;
  std::string diagnostics_;
  RunCommand run_;
  MergeCommand merge_;
  CheckCommand check_;
  ExplainCommand explain_;
  ParametersCommand parameters_;
  MetricsCommand metrics_;
  KeysCommand keys_;
  PopulationCommand population_;
  InfoCommand info_;
  CompareCommand compare_;
  SensitivityCommand sensitivity_;
  TraceCommand trace_;
  PatternsCommand patterns_;
  CalibrateCommand calibrate_;
  WorkbenchCommand workbench_;
};

/// --diagnostics json, wherever it stands, so that mistakes of the command line are told so, too.
rathaus::Telling asked_for(std::span<char*> words) {
  bool named = false;
  for (const std::string_view word : words) {
    if ((named && word == "json") || word == "--diagnostics=json") return rathaus::Telling::json;
    named = word == "--diagnostics";
  }
  return rathaus::Telling::text;
}

}  // namespace

int main(int argc, char** argv) {
  prepare_streams();
  rathaus::tell_as(asked_for({argv, static_cast<std::size_t>(argc)}));
  int status = failed, of_printing = 0;
  try {
    status = CommandLine().run(argc, argv);
  } catch (const rathaus::InputError& error) {
    for (const rathaus::Diagnostic& d : error.errors()) rathaus::tell("error", d);
    status = wrong_input;
  } catch (const rathaus::files::FileError& error) {
    rathaus::tell("failed", error.finding());
  } catch (const std::bad_alloc&) {
    rathaus::tell("failed", {{}, "out of memory"});
  } catch (const std::system_error& error) {
    if (std::ferror(stdout) != 0)
      of_printing = error.code().value();
    else
      rathaus::tell("failed", {{}, error.what()});
  } catch (const std::exception& error) {
    rathaus::tell("failed", {{}, error.what()});
  }
  return checked_output(status, of_printing);
}
