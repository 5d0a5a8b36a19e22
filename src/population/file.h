// The population file: one row a municipality, a header, comma or semicolon, UTF-8.
#pragma once

#include <vector>

#include "diagnostics/diagnostics.h"
#include "population/unit.h"

namespace rathaus::population {

/// The rows of a population file, in the order of the file. Columns id, name, land, region and
/// population are required; administration, lon, lat, fiscal, provider, innov and trust may be
/// absent. Every bad row is an error of its own with its line; the rows returned are good, but of
/// no use if there was any error.
std::vector<Unit> read_population_file(const std::string& path, Diagnostics& diagnostics);

}  // namespace rathaus::population
