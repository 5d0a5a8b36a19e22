#include "calibration/calibrate.h"

#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <new>

#include "commands/build_info.h"
#include "commands/command.h"
#include "commands/commands.h"
#include "commands/interrupt.h"
#include "commands/load.h"
#include "commands/output.h"
#include "commands/progress_line.h"
#include "commands/say.h"
#include "commands/table.h"
#include "files/file_error.h"
#include "files/output.h"
#include "files/sha256.h"
#include "hdf5/file.h"

namespace rathaus::commands {
namespace {

struct CalibrateCommand {
  std::filesystem::path calibration;
  std::filesystem::path output;
  std::filesystem::path csv;  //!< accepted vectors as a CSV, too; empty: none
  std::vector<std::string> sets;
  int threads = 0;  //!< 0: one per core
  bool force = false;
  bool resume = false;
  bool quiet = false;
};

using calibration::CalibrateReport;
using calibration::Population;

/// On standard error: every finished generation, and the way to it.
class CalibrationProgress {
 public:
  CalibrationProgress(bool quiet, std::size_t wanted)
      : quiet_(quiet), wanted_(wanted), line_(quiet) {}

  void operator()(const Population& p, bool finished) {
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin_;
    if (!finished)
      return line_.tell(elapsed, fmt::format("generation {}: {} of {} accepted after {} proposals",
                                             p.generation, p.particles(), wanted_, p.proposals));
    line_.finish();
    if (quiet_) return;
    say_line("generation {}: tolerance {:.4g}, {} of {} accepted ({:.2g} %), worth {:.0f}",
             p.generation, p.tolerance, p.particles(), p.proposals, 100.0 * p.acceptance(),
             p.effective_size());
  }
  void finish() { line_.finish(); }

 private:
  bool quiet_;
  std::size_t wanted_;
  ProgressLine line_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

/// What was written, by the names of docs/calibration.md.
void print_posterior(const std::filesystem::path& path) {
  const hdf5::File file = hdf5::File::open(path);
  const hdf5::Group root = file.root();
  const auto names = root.variable("parameter").read<std::string>();
  const auto column = [&](const char* name, const std::vector<std::string>& dimensions) {
    return root.variable(name).along(dimensions).read<double>();
  };
  const auto prior = column("prior_quantiles", {"parameter", "quantile"});
  const auto after = column("posterior_quantiles", {"parameter", "quantile"});
  const auto contraction = column("contraction", {"parameter"});
  Table table{{"number", "prior 5 - 50 - 95 %", "posterior 5 - 50 - 95 %", "contraction"},
              {},
              {false, true, true, true}};
  if (root.variable("quantile").rows() != 3) throw root.damaged("it has not three quantiles");
  const auto three = [](const std::vector<double>& values, std::size_t k) {
    return fmt::format("{:.3g}  {:.3g}  {:.3g}", values[3 * k], values[3 * k + 1],
                       values[3 * k + 2]);
  };
  for (std::size_t k = 0; k < names.size(); ++k)
    table.rows.push_back(
        {names[k], three(prior, k), three(after, k), fmt::format("{:.2f}", contraction[k])});
  fmt::print("{}", table.text());
  fmt::print("contraction: 0 the patterns tell nothing of it, 1 they pin it down\n");
}

/// A posterior that is there already is what a repeated --resume is about.
bool is_done(const CalibrateCommand& command, const study::Study& study,
             const calibration::Request& request) {
  if (!command.resume || !std::filesystem::is_regular_file(command.output)) return false;
  const hdf5::File file = hdf5::File::open(command.output);
  const hdf5::Group root = file.root();
  return root.has_attribute("kind") && root.text_attribute("kind") == "posterior" &&
         root.text_attribute("experiment_sha256") == files::sha256_of(study.resolved_text) &&
         root.group("provenance").text("patterns") == request.patterns_text;
}

/// Accepted vectors of the last generation, as `[uncertain] ensemble` reads them.
std::string csv_text(const std::filesystem::path& posterior) {
  const hdf5::File file = hdf5::File::open(posterior);
  const hdf5::Group root = file.root();
  const std::size_t last = root.last_place("generation");
  const auto names = root.variable("parameter").read<std::string>();
  const auto patterns = root.variable("pattern").read<std::string>();
  const auto read = [&](const char* name, std::vector<std::string> dimensions) {
    dimensions.insert(dimensions.begin(), {"generation", "particle"});
    return root.variable(name).along(dimensions).read<double>(last, 1);
  };
  const auto value = read("value", {"parameter"}), weight = read("weight", {}),
             distance = read("distance", {}), statistic = read("statistic", {"pattern"});
  std::string text = "particle,weight,distance";
  for (const std::string& name : names) text += "," + name;
  for (const std::string& pattern : patterns) text += ",statistic." + pattern;
  for (std::size_t i = 0; i < weight.size(); ++i) {
    text += fmt::format("\n{},{},{}", i, weight[i], distance[i]);
    for (std::size_t k = 0; k < names.size(); ++k)
      text += fmt::format(",{}", value[i * names.size() + k]);
    for (std::size_t p = 0; p < patterns.size(); ++p)
      text += fmt::format(",{}", statistic[i * patterns.size() + p]);
  }
  return text + "\n";
}

void write_csv(const CalibrateCommand& command) {
  const std::string text = csv_text(command.output);
  files::write_whole(command.csv, command.force, [&](std::ostream& out) { out << text; });
}

/// Whether a repeated --resume finds the CSV as it would write it.
bool is_written(const CalibrateCommand& command) {
  std::ifstream file(command.csv, std::ios::binary);
  return file && std::string(std::istreambuf_iterator<char>(file), {}) == csv_text(command.output);
}

int tell_complete(const CalibrateCommand& command) {
  calibration::remove_leftovers(command.output);
  if (!command.csv.empty() && !is_written(command)) write_csv(command);
  if (!command.quiet) say_line("{} is complete already", command.output.string());
  return done;
}

CalibrateReport compute(const Loaded& loaded, const calibration::Request& request,
                        const calibration::CalibrateOptions& options) {
  try {
    return calibration::calibrate(loaded.study, request, loaded.population.municipalities, options);
  } catch (const std::bad_alloc&) {
    throw files::FileError(
        fmt::format("out of memory (what is done is kept in {}) go on with --resume, with fewer "
                    "--threads or more memory",
                    calibration::log_path(options.target).string()));
  }
}

int calibrate(const CalibrateCommand& command) {
  check_output(command.output, command.force || command.resume);
  if (!command.resume) check_output(command.csv, command.force);
  const auto [loaded, request] = load_calibration(command.calibration, command.sets, command.quiet);
  keep_apart({command.output, command.csv}, loaded.study.inputs);
  if (is_done(command, loaded.study, request)) return tell_complete(command);
  check_output(command.csv, command.force);
  const InterruptGuard interrupt;
  calibration::CalibrateOptions options;
  options.target = command.output;
  options.overwrite = command.force;
  options.resume = command.resume;
  options.threads = command.threads;
  options.build = build_info();
  options.stop = interrupt.flag();
  CalibrationProgress progress(command.quiet, request.particles);
  options.progress = [&](const Population& p, bool finished) { progress(p, finished); };
  const CalibrateReport report = compute(loaded, request, options);
  progress.finish();
  if (report.ending == calibration::Ending::interrupted) {
    say_line(
        "interrupted: {} generations and what is done of the next are kept in {}; go on with "
        "--resume",
        report.populations.size(), calibration::log_path(command.output).string());
    return interrupted;
  }
  if (!command.csv.empty()) write_csv(command);
  if (!command.quiet) {
    say_line("{}: {}", command.output.string(), report.stopped);
    print_posterior(command.output);
  }
  return done;
}

}  // namespace

Command calibrate_command() {
  return command<CalibrateCommand>(
      "calibrate", "which numbers reproduce the patterns: ABC-SMC", &calibrate, [](auto& asked) {
        return std::vector<Option>{
            option("calibration", asked.calibration, "experiment with a table [calibration]",
                   "CALIBRATION.toml")
                .required(),
            option("-o,--output", asked.output, "posterior", "FILE.h5").required(),
            option("--csv", asked.csv, "write the accepted vectors, for [uncertain] ensemble",
                   "FILE.csv"),
            option("--threads", asked.threads,
                   "threads (default: as many as processors are allowed)", "N")
                .within(1, 1024),
            flag("--force", asked.force, "overwrite what exists, start an unfinished one anew"),
            flag("--resume", asked.resume, "go on where an earlier process stopped"),
            flag("--quiet", asked.quiet, "no progress, no warnings, no table"),
            sets(asked.sets)};
      });
}

}  // namespace rathaus::commands
