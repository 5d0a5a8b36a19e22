#include "run/replay.h"

#include <fmt/format.h>

#include "diagnostics/diagnostics.h"
#include "hdf5/handle.h"
#include "model/peer_field.h"
#include "model/turn.h"
#include "study/case.h"

namespace rathaus::run {
namespace {

std::uint32_t index_at(const hdf5::Group& root, const char* column, std::uint32_t run,
                       std::size_t length) {
  return static_cast<std::uint32_t>(
      root.variable(column).along({"run"}).read_places(length, run, 1).front());
}

/// Records what one unit has, and what it sees of its peers, after every quarter.
class UnitRecorder {
 public:
  UnitRecorder(const model::World& world, std::uint32_t unit, Replay& replay)
      : world_(world), unit_(unit), replay_(replay) {}

  void operator()(const model::State& state) {
    replay_.means.push_back({static_cast<double>(state.reserve[unit_]) / 100.0, state.staff[unit_],
                             state.data[unit_], state.trust[unit_], state.running[unit_],
                             state.member[unit_] != 0, state.strategy[unit_] != 0});
    std::vector<double>& peers = replay_.peers.emplace_back();
    std::vector<std::uint8_t>& stage = replay_.stage.emplace_back();
    for (std::uint32_t u = 0; u < world_.use_cases; ++u) {
      peers.push_back(model::peer_share(world_, state, u, unit_));
      stage.push_back(state.stage[state.cell(u, unit_)]);
    }
  }

 private:
  const model::World& world_;
  std::uint32_t unit_;
  Replay& replay_;
};

void require_same(const hdf5::Group& root, std::uint32_t run, const model::Outcome& outcome) {
  const hdf5::Variable services = root.variable("services");
  if (services.along({"run"}, true).read<std::int32_t>(run, 1) == outcome.services) return;
  throw files::FileError(fmt::format(
      "run {} cannot be replayed (the services of the replay differ from those of the file) use "
      "the version of Rathaus that wrote it, on the same kind of machine: {}",
      run, root.text_attribute("creator")));
}

}  // namespace

RunIndex run_at(const hdf5::Group& root, const study::Study& study, std::uint32_t run) {
  const std::size_t runs = root.variable("run").rows();
  if (run >= runs)
    throw InputError(
        fmt::format("--run {} is not in the file (its runs are 0 to {})", run, runs - 1));
  return {index_at(root, "run_scenario", run, study.scenarios.size()),
          {index_at(root, "run_alternative", run, study.alternatives.size()),
           index_at(root, "run_point", run, study.design.points),
           index_at(root, "run_replicate", run, study::case_count(study))},
          index_at(root, "run_fixed_demand", run, 2) != 0};
}

Replay replay(const hdf5::Group& root, const study::Study& study,
              const model::Municipalities& municipalities, std::uint32_t run, std::uint32_t unit) {
  Replay result;
  result.run = run_at(root, study, run);
  const model::World world(
      municipalities,
      study::rules_of(study, result.run.id, result.run.scenario, result.run.fixed_demand),
      study.quarters, study.output.groups);
  model::Journal journal{unit, {}};
  const model::Outcome outcome = model::simulate(world, study::key_of(study, result.run.id),
                                                 UnitRecorder(world, unit, result), &journal);
  require_same(root, run, outcome);
  result.fiscal = world.fiscal[unit];
  result.fiscal_class = static_cast<model::FiscalClass>(world.fiscal_class[unit]);
  result.events = std::move(journal.events);
  return result;
}

}  // namespace rathaus::run
