#include "run/pilot.h"

#include <tbb/parallel_for.h>

#include <chrono>
#include <cmath>
#include <limits>

#include "analysis/statistics.h"
#include "study/case.h"

namespace rathaus::run {
namespace {

using Clock = std::chrono::steady_clock;

/// The indicator of each run, by scenario; twins are left out.
std::vector<std::vector<double>> levels_of(const study::Study& study,
                                           const std::vector<std::vector<study::RunRecord>>& cases,
                                           model::Indicator indicator) {
  std::vector<std::vector<double>> levels(study.scenarios.size());
  for (const std::vector<study::RunRecord>& runs : cases)
    for (const study::RunRecord& run : runs)
      if (!run.fixed_demand)
        levels[run.scenario].push_back(
            study::total_of(run.outcome, study.quarters, study.quarters - 1, indicator));
  return levels;
}

PilotGain gain_of(const study::Study& study, std::size_t scenario, model::Indicator indicator,
                  const std::vector<std::vector<double>>& levels) {
  std::vector<double> gain = levels[scenario];
  double worth = std::numeric_limits<double>::quiet_NaN();
  if (scenario != study.baseline) {
    const std::vector<double>& baseline = levels[study.baseline];
    for (std::size_t r = 0; r < gain.size(); ++r) gain[r] -= baseline[r];
    worth = analysis::pairing_worth(levels[scenario], baseline).worth;
  }
  const analysis::Summary summary = analysis::summarise(gain);
  const double deviation = std::sqrt(summary.variance);
  return {study.scenarios[scenario].name,
          std::string(model::indicator_infos()[static_cast<std::size_t>(indicator)].name),
          summary.mean,
          deviation,
          analysis::half_width(deviation, study.replicates, 0.95),
          worth};
}

}  // namespace

Pilot run_pilot(const study::Study& study, const model::Municipalities& municipalities,
                std::uint32_t replicates) {
  const study::Worlds worlds(study, municipalities, {0, 0, 0});
  std::vector<std::vector<study::RunRecord>> cases(replicates);
  std::vector<double> seconds(replicates);
  tbb::parallel_for(std::uint32_t{0}, replicates, [&](std::uint32_t replicate) {
    const auto begin = Clock::now();
    cases[replicate] = study::compute_case(study, worlds, {0, 0, replicate});
    seconds[replicate] = std::chrono::duration<double>(Clock::now() - begin).count();
  });
  Pilot pilot;
  pilot.replicates = replicates;
  pilot.seconds_per_case = analysis::summarise(seconds).p50;
  for (const model::Indicator indicator :
       {model::Indicator::adopters, model::Indicator::services_running}) {
    const std::vector<std::vector<double>> levels = levels_of(study, cases, indicator);
    for (std::size_t scenario = 0; scenario < levels.size(); ++scenario)
      if (scenario != study.baseline || levels.size() == 1)
        pilot.gains.push_back(gain_of(study, scenario, indicator, levels));
  }
  return pilot;
}

}  // namespace rathaus::run
