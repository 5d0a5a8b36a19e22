// Which municipalities touch each other, from a file of pairs.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "diagnostics/diagnostics.h"
#include "population/geography.h"

namespace rathaus::population {

/// Unit (index) that decides for a municipality (id); `not_selected` if it takes no part.
using UnitOfMunicipality = std::unordered_map<std::string, std::uint32_t>;
inline constexpr std::uint32_t not_selected = UINT32_MAX;

/// Reads pairs of municipality ids from the first two columns of a CSV file with a header; further
/// columns are ignored, a pair counts both ways. Pairs inside one unit or with a municipality that
/// takes no part say nothing about units and are left out; an unknown id is an error.
Contacts read_adjacency(const std::string& path, const UnitOfMunicipality& unit_of,
                        Diagnostics& diagnostics);

}  // namespace rathaus::population
