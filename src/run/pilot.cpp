#include "run/pilot.h"

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

#include "analysis/ratios.h"
#include "analysis/statistics.h"
#include "record/measure.h"
#include "rules/support.h"
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
          analysis::half_width(deviation, runs_averaged(study), 0.95),
          analysis::half_width(bounds.low, runs_averaged(study), 0.95),
          analysis::half_width(bounds.high, runs_averaged(study), 0.95),
          worth};
}

std::vector<record::RunValues> values_of(const study::Study& study,
                                         const std::vector<record::Variable>& variables,
                                         const study::Worlds& worlds,
                                         const std::vector<study::RunRecord>& runs) {
  std::vector<record::RunValues> values;
  for (std::size_t r = 0; r < runs.size(); ++r)
    values.push_back(record::values_of(variables, {study, worlds.world(r), runs[r]}));
  return values;
}

PilotTarget judged(const study::Study& study, const study::Worlds& worlds,
                   const std::vector<std::vector<record::RunValues>>& cases,
                   const study::Target& target) {
  const bool least = target.at_least.has_value();
  const double bound = least ? *target.at_least : *target.at_most;
  PilotTarget judged{
      .text = fmt::format(
          "{}{} {} {} by {}", target.indicator, target.of.is_all() ? "" : " of " + target.of.text(),
          least ? "at least" : "at most", bound,
          model::CalendarQuarter::from_index(study.start.index() + target.by).text()),
      .baseline = study.scenarios[study.baseline].name};
  const record::Measure measure(
      target.share ? std::string(analysis::share_of(target.indicator)) : target.indicator, study,
      worlds.world(0), target.of);
  judged.lowest = std::numeric_limits<double>::infinity();
  judged.highest = -judged.lowest;
  for (const std::vector<record::RunValues>& runs : cases)
    for (const record::RunValues& run : runs) {
      if (run.fixed_demand) continue;
      const double value = measure.of(run, static_cast<std::uint32_t>(target.by));
      const bool met = least ? value >= bound : value <= bound;
      judged.met_by_any += met;
      if (run.scenario != study.baseline) continue;
      judged.met_by_baseline += met;
      judged.lowest = std::min(judged.lowest, value);
      judged.highest = std::max(judged.highest, value);
    }
  return judged;
}

PilotSupport support_of(const study::Study& study,
                        const std::vector<std::vector<study::RunRecord>>& cases,
                        std::uint32_t scenario, std::size_t k) {
  const std::vector<model::Programme>& own = study.scenarios[scenario].programmes;
  PilotSupport support{.scenario = study.scenarios[scenario].name, .programme = &own[k]};
  const auto euros = [](model::Cents cents) { return static_cast<double>(cents) / 100.0; };
  double awards = 0.0, runs = 0.0;
  for (const std::vector<study::RunRecord>& all : cases)
    for (const study::RunRecord& run : all) {
      if (run.scenario != scenario || run.fixed_demand) continue;
      ++runs;
      const std::size_t quarters = run.outcome.pots.size() / own.size();
      for (std::size_t t = 0; t < quarters; ++t) {
        const model::PotRecord& pot = run.outcome.pots[t * own.size() + k];
        support.offered += euros(pot.refilled);
        support.granted += euros(pot.granted);
        awards += pot.awards;
      }
      // distinct units so far, at the end of the run
      const auto reached = [&](std::string_view name) {
        const auto count = static_cast<std::size_t>(std::ranges::find(model::reach_names, name) -
                                                    model::reach_names.begin());
        const auto row =
            run.outcome.reach.begin() +
            static_cast<std::ptrdiff_t>(
                (((quarters - 1) * own.size() + k) * model::reach_names.size() + count) *
                model::reach_classes);
        return std::accumulate(row, row + model::size_class_names.size(), 0.0);
      };
      support.applied += reached("applied");
      support.awarded += reached("awarded");
    }
  support.grant = awards > 0.0 ? support.granted / awards : std::nan("");
  for (double* sum : {&support.applied, &support.awarded, &support.offered, &support.granted})
    *sum /= runs;
  const model::Coefficients& c = study.rules.coefficients;
  support.effort = rules::filing_effort(own[k].application_days, c.working_days_per_quarter, 1.0) *
                   c.wage_eur / 4.0;
  return support;
}

}  // namespace

std::uint32_t runs_averaged(const study::Study& study) {
  return study.replicates * (study.doubt == study::Doubt::shipped ? study.design.points : 1);
}

Pilot run_pilot(const study::Study& study, const model::Municipalities& municipalities,
                std::uint32_t replicates) {
  const study::Worlds first(study, municipalities, {0, 0, 0});
  const std::vector<record::Variable> variables = record::variables_of(study);
  std::vector<std::vector<study::RunRecord>> cases(replicates);
  std::vector<std::vector<record::RunValues>> values(replicates);
  std::vector<double> seconds(replicates);
  tbb::parallel_for(std::uint32_t{0}, replicates, [&](std::uint32_t replicate) {
    const auto begin = Clock::now();
    const study::CaseId id{0, 0, replicate};
    std::optional<study::Worlds> own;
    const study::Worlds& worlds = study::worlds_of(study, first, municipalities, id, own);
    cases[replicate] = study::compute_case(study, worlds, id);
    seconds[replicate] = std::chrono::duration<double>(Clock::now() - begin).count();
    values[replicate] = values_of(study, variables, worlds, cases[replicate]);
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
    pilot.targets.push_back(judged(study, first, values, target));
  for (std::uint32_t scenario = 0; scenario < study.scenarios.size(); ++scenario)
    for (std::size_t k = 0; k < study.scenarios[scenario].programmes.size(); ++k)
      pilot.support.push_back(support_of(study, cases, scenario, k));
  return pilot;
}

}  // namespace rathaus::run
