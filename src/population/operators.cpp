#include "population/operators.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "random/draw.h"

namespace rathaus::population {
namespace {

/// How many operators a run has beside the largest of a Land: as many fewer as it has units.
std::int64_t smaller_operators(const Operators& of, std::int64_t units, std::int64_t total) {
  const std::int64_t smaller = of.count - static_cast<std::int64_t>(of.largest.size());
  return std::max<std::int64_t>(1, (2 * smaller * units + total) / (2 * total));  // nearest
}

/// The operator that a draw stands for, from 1 on: the largest by their shares, the others alike.
std::int64_t operator_of(double draw, const Operators& of, std::int64_t smaller) {
  double served = 0.0;
  for (std::size_t k = 0; k < of.largest.size(); ++k) {
    served += of.largest[k];
    if (draw < served) return static_cast<std::int64_t>(k) + 1;
  }
  const auto among =
      static_cast<std::int64_t>((draw - served) / (1.0 - served) * static_cast<double>(smaller));
  return static_cast<std::int64_t>(of.largest.size()) + 1 + std::min(among, smaller - 1);
}

}  // namespace

void draw_operators(std::span<Unit> units, const Recipe& recipe, std::int64_t total,
                    const random::Key& world) {
  assert(recipe.own_operation);
  for (std::size_t i = 0; i < units.size(); ++i) {
    Unit& unit = units[i];
    const auto land = std::ranges::find(recipe.lands, unit.land, &RecipeLand::land);
    const double own = recipe.own_operation
                           ->share[static_cast<std::size_t>(model::size_class_of(unit.population))];
    const double draw =
        random::uniform(world, random::Process::world, static_cast<std::uint32_t>(i), 3, 0);
    unit.provider = unit.id;
    if (land == recipe.lands.end() || !land->operators || draw < own) continue;
    const std::int64_t smaller =
        smaller_operators(*land->operators, static_cast<std::int64_t>(units.size()), total);
    unit.provider = fmt::format("{}, operator {}", unit.land,
                                operator_of((draw - own) / (1.0 - own), *land->operators, smaller));
  }
}

}  // namespace rathaus::population
