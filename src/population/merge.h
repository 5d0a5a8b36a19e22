// From municipalities to the units that decide.
#pragma once

#include <string>
#include <vector>

#include "diagnostics/diagnostics.h"
#include "population/recipe.h"
#include "population/unit.h"

namespace rathaus::population {

/// Id of the unit that decides for a municipality: its administration, if it has one and these
/// decide, else the municipality itself.
const std::string& deciding_unit(const Unit& municipality, UnitKind kind);

/// Rows with the same deciding unit become one: population is the sum, numbers are means weighted
/// by population, texts those of the most populous member (ties: first id). Leaves the units in
/// ascending byte order of their ids, whose rank is their entity id [ODD section 7.21]; the order
/// of the rows changes nothing, not even the last bit of a mean. More inhabitants than an int32
/// holds are an error.
void merge(std::vector<Unit>& rows, UnitKind kind, const std::string& file,
           Diagnostics& diagnostics);

}  // namespace rathaus::population
