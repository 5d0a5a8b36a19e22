#include "calibration/calibrate.h"

#include <fmt/format.h>

#include "commands/build_info.h"
#include "commands/commands.h"
#include "commands/interrupt.h"
#include "commands/load.h"
#include "commands/output.h"
#include "commands/table.h"
#include "hdf5/file.h"

namespace rathaus::commands {
namespace {

using calibration::CalibrateReport;
using calibration::Population;

void tell_generation(const Population& p) {
  fmt::print(stderr,
             "generation {}: tolerance {:.4g}, {} of {} accepted ({:.2g} %), worth {:.0f}\n",
             p.generation, p.tolerance, p.particles(), p.proposals, 100.0 * p.acceptance(),
             p.effective_size());
}

/// What was written, by the names of docs/calibration.md.
void print_posterior(const std::filesystem::path& path) {
  const hdf5::File file = hdf5::File::open(path);
  const hdf5::Group root = file.root();
  const auto names = root.variable("parameter").read<std::string>();
  const auto prior = root.variable("prior_quantiles").read<double>();
  const auto after = root.variable("posterior_quantiles").read<double>();
  const auto contraction = root.variable("contraction").read<double>();
  Table table{{"number", "prior 5 - 50 - 95 %", "posterior 5 - 50 - 95 %", "contraction"},
              {},
              {false, true, true, true}};
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

/// Accepted vectors of the last generation, as `[uncertain] ensemble` reads them.
void write_csv(const std::filesystem::path& path, const std::filesystem::path& posterior) {
  const hdf5::File file = hdf5::File::open(posterior);
  const hdf5::Group root = file.root();
  const std::size_t last = root.variable("generation").rows() - 1;
  const auto names = root.variable("parameter").read<std::string>();
  const auto patterns = root.variable("pattern").read<std::string>();
  const auto read = [&](const char* name) { return root.variable(name).read<double>(last, 1); };
  const auto value = read("value"), weight = read("weight"), distance = read("distance"),
             statistic = read("statistic");
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
  write_whole(path, [&](std::ostream& out) { out << text << "\n"; });
}

}  // namespace

int calibrate(const CalibrateCommand& command) {
  check_output(command.output, command.force || command.resume);
  check_output(command.csv, command.force);
  const auto [loaded, request] = load_calibration(command.calibration, command.sets, command.quiet);
  keep_apart({command.output, command.csv}, loaded.study.inputs);
  const InterruptGuard interrupt;
  calibration::CalibrateOptions options;
  options.target = command.output;
  options.overwrite = command.force;
  options.resume = command.resume;
  options.threads = command.threads;
  options.build = build_info();
  options.stop = interrupt.flag();
  if (!command.quiet) options.progress = tell_generation;
  const CalibrateReport report =
      calibration::calibrate(loaded.study, request, loaded.population.municipalities, options);
  if (report.ending == calibration::Ending::interrupted) {
    fmt::print(stderr, "interrupted: {} generations are kept in {}; go on with --resume\n",
               report.populations.size(), calibration::log_path(command.output).string());
    return interrupted;
  }
  if (!command.csv.empty()) write_csv(command.csv, command.output);
  if (!command.quiet) {
    fmt::print(stderr, "{}: {}\n", command.output.string(), report.stopped);
    print_posterior(command.output);
  }
  return done;
}

}  // namespace rathaus::commands
