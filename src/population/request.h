// What an experiment asks of its population: the table [population] of an experiment file.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "population/recipe.h"

namespace rathaus::population {

/// When a synthetic world is drawn anew: its sizes, fiscal strength and network are unknown, too.
enum class Redraw : std::uint8_t {
  never,      //!< one world for all runs
  point,      //!< one for each point of the design
  replicate,  //!< one for each replicate at each point
};
inline constexpr std::array<std::string_view, 3> redraw_names{"never", "point", "replicate"};

struct Request {
  std::string file;       //!< population file; empty: synthetic
  std::string adjacency;  //!< pairs of municipality ids that touch; empty: none
  UnitKind unit = UnitKind::administration;
  std::optional<std::int64_t> units;  //!< synthetic only; missing: as many as the recipe has
  Redraw redraw = Redraw::never;      //!< synthetic only
  std::optional<Providers> providers;  //!< synthetic only; missing: as the recipe has it
  // Selection: a unit is kept if it meets every condition that is set.
  std::vector<std::string> select_land;
  std::vector<std::string> select_region;
  std::optional<std::int64_t> population_at_least;  //!< [inhabitant]
  std::optional<std::int64_t> population_below;     //!< [inhabitant]
};

}  // namespace rathaus::population
