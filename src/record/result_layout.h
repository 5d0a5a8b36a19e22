// Names, dimensions and units of the result file, as documented in docs/file_format.md; everything
// that does not grow with the runs.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "hdf5/group.h"
#include "model/world.h"
#include "record/build_info.h"
#include "record/variables.h"
#include "study/study.h"

namespace rathaus::record {

/// A variable of the file that grows by one row for each run.
struct Column {
  std::size_t variable;  //!< which of the study's
  bool panel;            //!< only of runs with a panel
  hdf5::Variable stored;
};

struct Layout {
  hdf5::Variable run;                       //!< the dimension
  std::optional<hdf5::Variable> panel_run;  //!< the dimension of runs with a panel
  std::vector<Column> columns;              //!< which run it is stands in every group with runs
};

Layout define_layout(hdf5::Group root, const study::Study& study, const model::World& world,
                     const BuildInfo& build, std::span<const Variable> variables);

}  // namespace rathaus::record
