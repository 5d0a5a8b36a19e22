// Which units of a population take part in a study.
#pragma once

#include <vector>

#include "diagnostics/diagnostics.h"
#include "population/request.h"
#include "population/unit.h"

namespace rathaus::population {

/// Drops the units that the request does not select. A Land or region that does not exist, or a
/// selection without any unit, is an error.
void select(std::vector<Unit>& units, const Request& request, Diagnostics& diagnostics);

}  // namespace rathaus::population
