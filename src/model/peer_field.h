// What a unit sees of its peers: neighbours and the group of its IT provider [ODD 7.13].
#pragma once

#include "model/state.h"

namespace rathaus::model {

/// S, the share of peers who run the use case, 0 … 1 [eq. 23]
inline double peer_share(const World& world, const State& state, std::uint32_t use_case,
                         std::uint32_t unit) {
  if (world.rules.structure.peer_set == PeerSet::global)
    return static_cast<double>(state.all_running[use_case]) / world.units;
  // S = ½·c/d + ½·g/|grp|; without neighbours g/|grp| [eq. 23]
  const double in_group = state.provider_share[std::size_t{use_case} * world.providers +
                                               world.municipalities.provider[unit]];
  if (world.neighbours[unit] == 0) return in_group;
  const double nearby =
      static_cast<double>(state.peers_running[state.cell(use_case, unit)]) / world.neighbours[unit];
  return 0.5 * nearby + 0.5 * in_group;
}

}  // namespace rathaus::model
