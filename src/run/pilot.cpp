#include "run/pilot.h"

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include <algorithm>
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
  const analysis::Bounds bounds = analysis::deviation_bounds(deviation, gain.size(), 0.95);
  return {study.scenarios[scenario].name,
          std::string(model::indicator_infos()[static_cast<std::size_t>(indicator)].name),
          summary.mean,
          deviation,
          summary.half_width_95,
          analysis::half_width(deviation, study.replicates, 0.95),
          analysis::half_width(bounds.low, study.replicates, 0.95),
          analysis::half_width(bounds.high, study.replicates, 0.95),
          worth};
}

/// The rows of a class, or of all units: those of the first grouping sum up to everything.
std::pair<std::size_t, std::size_t> rows_of(const model::World& world,
                                            const study::Target& target) {
  std::size_t first = 0;
  for (const model::Grouping& grouping : world.groupings) {
    if (target.group.empty()) return {0, grouping.labels.size()};
    if (grouping.name == target.group) {
      const auto label = std::ranges::find(grouping.labels, target.label);
      first += static_cast<std::size_t>(label - grouping.labels.begin());
      return {first, first + 1};
    }
    first += grouping.labels.size();
  }
  return {0, 0};
}

/// Units of the class, or their inhabitants: what a share is taken of.
double whole_of(const model::World& world, const study::Target& target) {
  if (!target.share) return 1.0;
  const auto grouping = std::ranges::find(world.groupings, target.group, &model::Grouping::name);
  double whole = 0.0;
  for (std::uint32_t i = 0; i < world.units; ++i)
    if (target.group.empty() || grouping->labels[grouping->class_of[i]] == target.label)
      whole += target.indicator == "adopters" ? 1.0 : world.inhabitants[i];
  return whole;
}

PilotTarget judged(const study::Study& study, const study::Worlds& worlds,
                   const std::vector<std::vector<study::RunRecord>>& cases,
                   const study::Target& target) {
  const bool least = target.at_least.has_value();
  const double bound = least ? *target.at_least : *target.at_most;
  PilotTarget judged{
      .text = fmt::format(
          "{}{} {} {} by {}", target.indicator, target.label.empty() ? "" : " of " + target.label,
          least ? "at least" : "at most", bound,
          model::CalendarQuarter::from_index(study.start.index() + target.by).text()),
      .baseline = study.scenarios[study.baseline].name};
  const auto infos = model::indicator_infos();
  const auto info =
      std::ranges::find(infos, std::string_view(target.indicator), &model::IndicatorInfo::name);
  const auto i = static_cast<std::size_t>(info - infos.begin());
  const auto [first, last] = rows_of(worlds.world(0), target);
  const double whole = whole_of(worlds.world(0), target);
  judged.lowest = std::numeric_limits<double>::infinity();
  judged.highest = -judged.lowest;
  for (const std::vector<study::RunRecord>& runs : cases)
    for (const study::RunRecord& run : runs) {
      if (run.fixed_demand) continue;
      const std::size_t rows = run.outcome.rows.size() / study.quarters;
      std::int64_t sum = 0;
      for (std::size_t row = first; row < last; ++row)
        sum += run.outcome.rows[static_cast<std::size_t>(target.by) * rows + row].value[i];
      const double value = static_cast<double>(sum) * info->one / whole;
      const bool met = least ? value >= bound : value <= bound;
      judged.met_by_any += met;
      if (run.scenario != study.baseline) continue;
      judged.met_by_baseline += met;
      judged.lowest = std::min(judged.lowest, value);
      judged.highest = std::max(judged.highest, value);
    }
  return judged;
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
  for (const study::Target& target : study.targets)
    pilot.targets.push_back(judged(study, worlds, cases, target));
  return pilot;
}

}  // namespace rathaus::run
