// The group /summary: what a reader wants first, beside the runs it was computed from.
#pragma once

#include <cstddef>

#include "hdf5/group.h"

namespace rathaus::analysis {

/// Numbers that /summary holds for each value.
inline constexpr std::size_t summary_statistics = 7;

/// Adds /summary to a result whose runs are complete: for every variable over (run, quarter,
/// size_class) the statistics of its level over replicates,
/// `<name>` (scenario, alternative, quarter, size_class, statistic), and with several scenarios those
/// of the gain over the baseline run by run, `<name>_gain`. Twins with demand held fixed stay out.
void write_summary(hdf5::Group root);

}  // namespace rathaus::analysis
