// Synthetic municipalities: a country with the right number of units in every Land and size class.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "population/recipe.h"
#include "population/unit.h"
#include "random/draw.h"

namespace rathaus::population {

/// No run is that large; a slip of the keyboard is.
inline constexpr std::int64_t most_synthetic_units = 10'000'000;

/// `counts` scaled to the sum `total` by largest remainder (ties: earlier row). Needs a positive
/// sum of counts; exact as long as count · total fits into 64 bits.
std::vector<std::int64_t> scaled_counts(std::span<const std::int64_t> counts, std::int64_t total);

/// Inhabitants of a unit in the class [lowest, next), from a uniform draw [ODD eq. 50].
std::int32_t synthetic_size(std::int64_t lowest, std::int64_t next, double uniform);

/// `units` units in the order of their ids: by Land, then by size class, ascending. Sizes are drawn
/// by the key of the world; coordinates, fiscal strength and provider stay unknown.
std::vector<Unit> synthetic_units(const Recipe& recipe, UnitKind kind, std::int64_t units,
                                  const random::Key& world);

}  // namespace rathaus::population
