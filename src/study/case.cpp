#include "study/case.h"

#include <algorithm>
#include <chrono>

#include "diagnostics/diagnostics.h"
#include "parallel/parallel.h"
#include "population/build.h"

namespace rathaus::study {
namespace {

using Clock = std::chrono::steady_clock;

bool in_panel(const Study& study, std::uint32_t replicate) {
  if (!study.output.panel) return false;
  const std::vector<std::uint32_t>& wanted = study.output.panel->replicates;
  return std::ranges::find(wanted, replicate) != wanted.end();
}

/// What only pairing needs is not kept until the run is written.
void forget_units(model::Outcome& outcome) {
  outcome.adopters = {};
  outcome.snapshots = {};
}

}  // namespace

std::shared_ptr<const model::Municipalities> municipalities_of(const Study& study,
                                                               const model::Municipalities& first,
                                                               const CaseId& id) {
  if (world_of(study, id) == 0) return {std::shared_ptr<void>(), &first};  // held by the caller
  Diagnostics diagnostics;
  population::Population drawn =
      population::build(study.population, study.recipe, world_key_of(study, id), diagnostics);
  diagnostics.throw_if_failed();
  return std::make_shared<const model::Municipalities>(std::move(drawn.municipalities));
}

Worlds::Worlds(const Study& study, const model::Municipalities& first, const CaseId& id)
    : Worlds(study, municipalities_of(study, first, id), id) {}

Worlds::Worlds(const Study& study, std::shared_ptr<const model::Municipalities> municipalities,
               const CaseId& id)
    : study_(study),
      kinds_(study.output.fixed_demand ? 2 : 1),
      municipalities_(std::move(municipalities)) {
  for (std::size_t scenario = 0; scenario < study.scenarios.size(); ++scenario)
    for (std::size_t kind = 0; kind < kinds_; ++kind)
      worlds_.emplace_back(*municipalities_, rules_of(study, id, scenario, kind == 1),
                           study.quarters, study.output.groups);
}

const Worlds& worlds_of(const Study& study, const Worlds& first,
                        const model::Municipalities& municipalities, const CaseId& id,
                        std::optional<Worlds>& own) {
  if (id.alternative == 0 && id.point == 0 && world_of(study, id) == 0) return first;
  return own.emplace(study, municipalities, id);
}

std::uint32_t Worlds::scenario(std::size_t run_of_case) const {
  return static_cast<std::uint32_t>(run_of_case / kinds_);
}

bool Worlds::fixed_demand(std::size_t run_of_case) const {
  return run_of_case % kinds_ == 1;
}

std::size_t Worlds::baseline_of(std::size_t run_of_case) const {
  return study_.baseline * kinds_ + run_of_case % kinds_;
}

double total_of(const model::Outcome& outcome, std::uint32_t quarters, std::uint32_t quarter,
                model::Indicator indicator) {
  const auto i = static_cast<std::size_t>(indicator);
  const std::size_t rows = outcome.rows.size() / quarters;  // those of size_class come first
  std::int64_t sum = 0;
  for (std::size_t c = 0; c < model::size_class_names.size(); ++c)
    sum += outcome.rows[quarter * rows + c].value[i];
  return static_cast<double>(sum) / (1.0 / model::indicator_infos()[i].one);
}

void compute_run(const Study& study, const model::World& world, RunRecord& record) {
  const auto begin = Clock::now();
  model::Watcher watcher;
  if (in_panel(study, record.id.replicate) && !record.fixed_demand) {
    record.panel.emplace();
    watcher = [&](const model::State& state) {
      if (state.result_quarter() % static_cast<std::int32_t>(study.output.panel->every) == 0)
        record.panel->record(world, state);
    };
  }
  record.outcome = model::simulate(world, key_of(study, record.id), watcher);
  record.wall_time = std::chrono::duration<float>(Clock::now() - begin).count();
}

std::vector<RunRecord> compute_case(const Study& study, const Worlds& worlds, const CaseId& id) {
  std::vector<RunRecord> runs(worlds.runs_per_case());
  const auto compute = [&](std::size_t r) {
    runs[r].scenario = worlds.scenario(r);
    runs[r].id = id;
    runs[r].fixed_demand = worlds.fixed_demand(r);
    compute_run(study, worlds.world(r), runs[r]);
  };
  parallel::for_each(runs.size(), compute);
  for (std::size_t r = 0; r < runs.size(); ++r)
    runs[r].pairing =
        pair_with_baseline(worlds.world(r), runs[r].outcome, runs[worlds.baseline_of(r)].outcome);
  for (RunRecord& run : runs) forget_units(run.outcome);
  return runs;
}

}  // namespace rathaus::study
