#include "patterns/recording.h"

#include <algorithm>

#include "record/axes.h"

namespace rathaus::patterns {

const Recorded* Recording::find(const std::string& scenario, const std::string& variable) {
  const std::string& name = scenario.empty() ? baseline_ : scenario;
  const auto [entry, is_new] = held_.try_emplace({name, variable});
  if (is_new) entry->second = load(name, variable);
  return entry->second.axes.empty() ? nullptr : &entry->second;
}

CaseRecording::CaseRecording(const study::Study& study, const study::Worlds& worlds,
                             const std::vector<study::RunRecord>& runs)
    : Recording(study.start, study.quarters, study.scenarios[study.baseline].name),
      study_(study),
      worlds_(worlds),
      runs_(runs),
      variables_(record::variables_of(study)) {}

Recorded CaseRecording::load(const std::string& scenario, const std::string& variable) {
  const auto found = std::ranges::find(variables_, variable, &record::Variable::path);
  if (found == variables_.end()) return {};
  for (std::size_t r = 0; r < runs_.size(); ++r) {
    const study::RunRecord& run = runs_[r];
    if (run.fixed_demand || study_.scenarios[run.scenario].name != scenario) continue;
    const model::World& world = worlds_.world(r);
    const record::AxisSource source{study_, world.municipalities};
    Recorded recorded{{}, record::as_doubles(record::value_of(*found, {study_, world, run}))};
    for (const std::string& name : found->axes) {
      const record::Axis& axis = record::axis(name);
      recorded.axes.push_back({name, record::labels_of(axis, source), length_of(axis, source)});
    }
    return recorded;
  }
  return {};
}

}  // namespace rathaus::patterns
