// What an experiment asks of its population: the table [population] of an experiment file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "population/recipe.h"

namespace rathaus::population {

struct Request {
  std::string file;       //!< population file; empty: synthetic
  std::string adjacency;  //!< pairs of municipality ids that touch; empty: none
  UnitKind unit = UnitKind::administration;
  std::optional<std::int64_t> units;  //!< synthetic only; missing: as many as the recipe has
  // Selection: a unit is kept if it meets every condition that is set.
  std::vector<std::string> select_land;
  std::vector<std::string> select_region;
  std::optional<std::int64_t> population_at_least;  //!< [inhabitant]
  std::optional<std::int64_t> population_below;     //!< [inhabitant]
};

}  // namespace rathaus::population
