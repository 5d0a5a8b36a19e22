// What a study will cost, before it is run: seconds and bytes.
#pragma once

#include "commands/load.h"

namespace rathaus::commands {

/// Reading, making the population, opening and closing the file; and what a run costs beside its
/// simulation [s].
inline constexpr double seconds_once = 0.8, seconds_beside_run = 0.002;

/// Of one run on one core: a unit's quarter costs 75 steps of a loop that is timed here, and 37
/// more for each use case (docs/performance.md).
double seconds_per_run(const Loaded& loaded);

/// Bytes of the file: what its variables hold, after compression, and what each of them costs.
double bytes_of_file(const Loaded& loaded, double runs);

}  // namespace rathaus::commands
