#include "commands/forecast.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>

#include "model/funding.h"
#include "model/indicators.h"
#include "record/support_tables.h"

namespace rathaus::commands {
namespace {

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

/// Bytes of one run before compression.
double bytes_per_run(const Loaded& loaded) {
  const study::Study& study = loaded.study;
  const auto units = static_cast<double>(loaded.population.municipalities.size());
  double classes = 4.0;
  for (const std::string& group : study.output.groups)
    classes += group == "land"
                   ? static_cast<double>(loaded.population.municipalities.land_names.size())
                   : 3.0;
  const double per_quarter = classes * (model::indicator_count * 7.0 + model::blocked_count * 4.0) +
                             static_cast<double>(study.rules.use_cases.size()) * 5.0 * 4.0 +
                             static_cast<double>(study.rules.vendors.size()) * 8.0 + 52.0 +
                             static_cast<double>(record::programme_names(study).size()) *
                                 (model::reach_names.size() * model::reach_classes * 4.0 + 32.0);
  return per_quarter * study.quarters + (study.output.first_operation ? units * 2.0 : 0.0);
}

/// Bytes of the panels of one scenario, point and theory, before compression.
double bytes_of_panels(const Loaded& loaded) {
  const study::Study& study = loaded.study;
  if (!study.output.panel) return 0.0;
  const double per_unit = 11.0 * static_cast<double>(study.rules.use_cases.size()) + 32.0;
  return static_cast<double>(study.output.panel->replicates.size()) *
         (study.quarters / study.output.panel->every) * per_unit *
         static_cast<double>(loaded.population.municipalities.size());
}

}  // namespace

double seconds_per_run(const Loaded& loaded) {
  constexpr int steps = 100'000;
  const double per_unit = 25.0 + 13.0 * static_cast<double>(loaded.study.rules.use_cases.size());
  return seconds_of_loop(steps) / steps * per_unit * loaded.study.quarters *
         static_cast<double>(loaded.population.municipalities.size());
}

double bytes_of_file(const Loaded& loaded, double runs) {
  const study::Study& study = loaded.study;
  const auto scenarios = static_cast<double>(study.scenarios.size());
  const auto theories = static_cast<double>(study.alternatives.size());
  const double summary = scenarios * theories * (scenarios > 1.0 ? 2.0 : 1.0) *
                         model::indicator_count * 4.0 * study.quarters * 7.0 * 8.0;
  const double panels = bytes_of_panels(loaded) * scenarios * theories * study.design.points;
  return 0.42 * (bytes_per_run(loaded) * runs + panels) + 0.33 * summary + 0.6e6 +
         250.0 * static_cast<double>(loaded.population.municipalities.size());
}

}  // namespace rathaus::commands
