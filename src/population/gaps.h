// What a population does not tell, what takes its place, and what looks odd about the rest.
#pragma once

#include <string>
#include <vector>

#include "diagnostics/diagnostics.h"
#include "population/unit.h"

namespace rathaus::population {

/// Warns of a population file, and notes of any population, which values of the selected units are
/// drawn or replaced. `file` is empty for a synthetic population. Needs at least one unit.
void report_gaps(const std::vector<Unit>& units, const std::string& file, Diagnostics& diagnostics,
                 std::vector<std::string>& notes);

}  // namespace rathaus::population
