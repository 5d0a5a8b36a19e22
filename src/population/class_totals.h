// Inhabitants of a size class of a synthetic population, so that they add up to the register's.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "population/recipe.h"

namespace rathaus::population {

/// Scales `sizes` by one factor, keeps each within [lowest, highest] and rounds by largest
/// remainder (ties: the earlier), so that they sum to `total` [ODD eq. 68]. Throws std::invalid_argument if
/// `total` does not lie within count * lowest and count * highest.
void fit_to_total(std::span<std::int32_t> sizes, std::int64_t total, std::int64_t lowest,
                  std::int64_t highest);

/// The named units of a class, the largest first.
std::vector<const City*> cities_of_class(const RecipeLand& land, std::int64_t lowest,
                                         std::int64_t next);

/// The rank, from 0, that the i-th of `count` units takes among `named` cities: every city once if
/// there are as many, else every n-th, beginning in the middle of the first n [ODD 7.20].
constexpr std::size_t rank_of(std::size_t i, std::size_t count, std::size_t named) {
  return (2 * i + 1) * named / (2 * count);
}

}  // namespace rathaus::population
