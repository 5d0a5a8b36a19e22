#include "commands/forecast.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>

#include "analysis/summary.h"
#include "record/axes.h"
#include "record/variables.h"

namespace rathaus::commands {
namespace {

// What compression leaves, and what is there whatever the length of the runs [byte]. The shares and
// the bytes of a unit were measured on experiments that ship with Rathaus, in format 1.0; those of
// a variable and of the whole are estimates. Files of small worlds, mostly zeros, turn out smaller.
constexpr double kept_of_values = 0.42, kept_of_summary = 0.33;
constexpr double bytes_per_variable = 2000.0, bytes_per_unit = 250.0, bytes_once = 4e5;
/// Of each drawn world: inhabitants, fiscal strength and its class.
constexpr double bytes_per_unit_redrawn = 4.0 + 8.0 + 1.0;

/// Seconds that a chain of `steps` multiplications and additions takes here: the measure of
/// docs/performance.md for how fast a machine is.
double seconds_of_loop(int steps) {
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

double bytes_of(const record::Variable& variable, const record::AxisSource& source) {
  return static_cast<double>(row_size(variable, source) * hdf5::bytes_of(variable->type));
}

}  // namespace

double seconds_per_run(const Loaded& loaded) {
  constexpr int steps = 100'000;
  const double per_unit = 25.0 + 13.0 * static_cast<double>(loaded.study.rules.use_cases.size());
  return seconds_of_loop(steps) / steps * per_unit * simulated_quarters(loaded.study) *
         static_cast<double>(loaded.population.municipalities.size());
}

double bytes_of_file(const Loaded& loaded, double runs) {
  const study::Study& study = loaded.study;
  const record::AxisSource source{study, loaded.population.municipalities};
  const auto groups = static_cast<double>(study.scenarios.size() * study.alternatives.size());
  const double panels = study.output.panel
                            ? static_cast<double>(study.output.panel->replicates.size()) * groups *
                                  study.design.points
                            : 0.0;
  double values = 0.0, summary = 0.0, variables = 0.0;
  for (const record::Variable& variable : record::variables_of(study)) {
    const double bytes = bytes_of(variable, source);
    values += bytes * (variable->held == record::Held::panel ? panels : runs);
    variables += 1.0;
    if (variable.axes != std::vector<std::string>{"quarter", "size_class"}) continue;
    const double kinds = study.scenarios.size() > 1 ? 2.0 : 1.0;  // levels, gains
    summary += kinds * groups * static_cast<double>(row_size(variable, source)) *
               analysis::summary_statistics * sizeof(double);
    variables += kinds;
  }
  const auto worlds = static_cast<double>(study::world_count(study));
  return kept_of_values * values + kept_of_summary * summary + bytes_per_variable * variables +
         (bytes_per_unit + (worlds > 1.0 ? worlds * bytes_per_unit_redrawn : 0.0)) *
             static_cast<double>(loaded.population.municipalities.size()) +
         bytes_once;
}

}  // namespace rathaus::commands
