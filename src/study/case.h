// A case: one replicate under every scenario, and under their twins with demand held fixed. It is
// computed as a whole, so that everything that is paired is known where it is computed.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "model/simulate.h"
#include "study/pairing.h"
#include "study/panel.h"
#include "study/study.h"

namespace rathaus::study {

/// One run, ready to be written.
struct RunRecord {
  std::uint32_t scenario = 0;
  CaseId id{};
  bool fixed_demand = false;
  float wall_time = 0.0f;  //!< [s]
  model::Outcome outcome;
  Pairing pairing;  //!< with the baseline run of the same kind
  std::optional<Panel> panel;
};

/// The municipalities of a case: `first`, which must outlive them, or those of another world, drawn
/// anew. The units are the same in all worlds, and so are their ids, names, Länder, regions and
/// size classes; their sizes, fiscal strength and network are not [ODD 7.20].
std::shared_ptr<const model::Municipalities> municipalities_of(const Study& study,
                                                               const model::Municipalities& first,
                                                               const CaseId& id);

/// The worlds of a case: one per scenario, and one per twin. All cases of the same point, theory
/// and drawn municipalities share them.
class Worlds {
 public:
  /// `first`: the municipalities of the study's first world.
  Worlds(const Study& study, const model::Municipalities& first, const CaseId& id);
  Worlds(const Study& study, std::shared_ptr<const model::Municipalities> municipalities,
         const CaseId& id);

  /// In the order in which runs are written: scenario by scenario, twins beside them.
  std::size_t runs_per_case() const { return worlds_.size(); }
  const model::World& world(std::size_t run_of_case) const { return worlds_[run_of_case]; }
  std::uint32_t scenario(std::size_t run_of_case) const;
  bool fixed_demand(std::size_t run_of_case) const;
  /// The run of the case that this one is paired with.
  std::size_t baseline_of(std::size_t run_of_case) const;

 private:
  const Study& study_;
  std::size_t kinds_;  //!< 2 with twins, else 1
  std::shared_ptr<const model::Municipalities> municipalities_;
  std::deque<model::World> worlds_;
};

/// The worlds of a case: `first`, those of case {0, 0, 0}, where they are the same, else what is
/// made and kept in `own`.
const Worlds& worlds_of(const Study& study, const Worlds& first,
                        const model::Municipalities& municipalities, const CaseId& id,
                        std::optional<Worlds>& own);

/// An indicator summed over all units, in its own unit.
double total_of(const model::Outcome& outcome, std::uint32_t quarters, std::uint32_t quarter,
                model::Indicator indicator);

/// Computes the outcome of a record whose scenario, case and kind are set, and its panel if it has
/// one.
void compute_run(const Study& study, const model::World& world, RunRecord& record);

/// Computes all runs of one case; `worlds` are those of its point and theory.
std::vector<RunRecord> compute_case(const Study& study, const Worlds& worlds, const CaseId& id);

}  // namespace rathaus::study
