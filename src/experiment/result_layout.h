// Names, dimensions and units of the result file, as documented in docs/file_format.md; everything
// that does not grow with the runs.
#pragma once

#include <vector>

#include "experiment/build_info.h"
#include "experiment/study.h"
#include "model/state.h"
#include "results/group.h"

namespace rathaus::experiment {

/// The variables that grow by one row per run.
struct Columns {
  std::vector<results::Variable> run_index;        //!< run, run_scenario, run_alternative, …
  std::vector<results::Variable> by_class;         //!< [grouping][indicator]
  std::vector<results::Variable> blocked;          //!< [grouping]
  std::vector<results::Variable> by_quarter;       //!< services, contracts_renewed, …
  std::vector<results::Variable> first_operation;  //!< none or one
  std::vector<results::Variable> panel;            //!< none, or panel_run and its variables
};

Columns define_layout(results::Group root, const Study& study, const model::World& world,
                      const BuildInfo& build);

}  // namespace rathaus::experiment
