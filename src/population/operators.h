// Who runs the IT of synthetic units: they themselves, or an operator of their Land.
#pragma once

#include <cstdint>
#include <span>

#include "population/recipe.h"
#include "population/unit.h"
#include "random/draw.h"

namespace rathaus::population {

/// Gives every unit its IT provider [ODD 7.20]: with the chance of its size class it is one of its
/// own, else an operator of its Land, by what these serve; `total` is the number of units that the
/// recipe has, for which it counts operators. The recipe must have operators.
void draw_operators(std::span<Unit> units, const Recipe& recipe, std::int64_t total,
                    const random::Key& world);

}  // namespace rathaus::population
