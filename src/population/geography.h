// Where units lie and which of them are neighbours on the ground.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "model/municipalities.h"

namespace rathaus::population {

inline constexpr std::size_t geographic_neighbours = 4;

/// At most four units, nearest first.
struct Neighbours {
  std::array<std::uint32_t, geographic_neighbours> unit{};
  std::uint8_t count = 0;

  void add(std::uint32_t neighbour) { unit[count++] = neighbour; }
  bool full() const { return count == geographic_neighbours; }
};

/// Pairs of units that touch, each pair once or twice, in any order.
using Contacts = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

/// The four nearest units by great-circle distance in whole millimetres (ties: lower id).
/// Needs coordinates of all units.
std::vector<Neighbours> nearest_units(const model::Municipalities& municipalities);

/// The next four members of the own region in cyclic order of ids.
std::vector<Neighbours> region_units(const model::Municipalities& municipalities);

/// Units that touch; of more than four the four nearest (ties, or no coordinates: lower id).
std::vector<Neighbours> touching_units(const model::Municipalities& municipalities,
                                       Contacts contacts);

}  // namespace rathaus::population
