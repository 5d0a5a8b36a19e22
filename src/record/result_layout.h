// Names, dimensions and units of the result file, as documented in docs/file_format.md; everything
// that does not grow with the runs.
#pragma once

#include <vector>

#include "hdf5/group.h"
#include "model/state.h"
#include "record/build_info.h"
#include "study/study.h"

namespace rathaus::record {

/// The variables that grow by one row per run.
struct Columns {
  std::vector<hdf5::Variable> run_index;        //!< run, run_scenario, run_alternative, …
  std::vector<hdf5::Variable> by_class;         //!< [grouping][indicator]
  std::vector<hdf5::Variable> blocked;          //!< [grouping]
  std::vector<hdf5::Variable> by_quarter;       //!< services, contracts_renewed, …
  std::vector<hdf5::Variable> first_operation;  //!< none or one
  std::vector<hdf5::Variable> panel;            //!< none, or panel_run and its variables
};

Columns define_layout(hdf5::Group root, const study::Study& study, const model::World& world,
                      const BuildInfo& build);

}  // namespace rathaus::record
