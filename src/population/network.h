// Who looks at whom: neighbours on the ground and larger places of about one's own kind.
#pragma once

#include <optional>

#include "model/municipalities.h"
#include "population/geography.h"
#include "random/draw.h"

namespace rathaus::population {

/// The network of a population [ODD section 7.22]: for every unit up to four geographic neighbours
/// (those that touch it, if contacts are given; else the nearest, if all units have coordinates;
/// else members of its region), then up to four upward peers, drawn by the key of the world
/// [ODD eq. 52].
model::Network build_network(const model::Municipalities& municipalities, const random::Key& world,
                             std::optional<Contacts> contacts);

}  // namespace rathaus::population
