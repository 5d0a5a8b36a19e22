// Worlds of the benchmarks: synthetic Germany by administration, at several sizes, made once each.
#pragma once

#include <map>
#include <memory>

#include "model/germany.h"

namespace rathaus::bench {

inline constexpr int administrations = 5039;  //!< of Germany, 2021

/// The default model with that many units over twenty years.
inline const test::Germany& germany(int units) {
  static std::map<int, std::unique_ptr<test::Germany>> made;
  auto& world = made[units];
  if (!world) world = std::make_unique<test::Germany>(units);
  return *world;
}

inline double cell_steps(const model::World& world) {
  return static_cast<double>(world.units) * world.use_cases * world.quarters;
}

}  // namespace rathaus::bench
