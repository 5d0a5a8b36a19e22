// The group /summary: what a reader wants first, beside the runs it was computed from.
#pragma once

#include "results/group.h"

namespace rathaus::analysis {

/// Adds /summary to a result whose runs are complete: for every variable over (run, quarter,
/// size_class) the statistics of ODD section 7.18 over replicates,
/// <name>(scenario, alternative, quarter, size_class, statistic).
void write_summary(results::Group root);

}  // namespace rathaus::analysis
