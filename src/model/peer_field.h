// What a unit sees of its peers: neighbours and the group of its IT provider [ODD 7.13].
#pragma once

#include "model/state.h"
#include "rules/peers.h"

namespace rathaus::model {

/// The peers of a unit who run a use case, as numbers that rules::peer_share takes.
struct Peers {
  double running, neighbours, share_of_group;
};

inline Peers peers_of(const World& world, const State& state, std::uint32_t use_case,
                      std::uint32_t unit) {
  if (world.rules.structure.peer_set == PeerSet::global)  // everybody is of one group
    return {0.0, 0.0, static_cast<double>(state.all_running[use_case]) / world.units};
  const double running = state.peers_running[state.cell(use_case, unit)];
  const double neighbours = world.neighbours[unit];
  const std::uint32_t group = world.provider[unit];
  if (!world.rules.structure.lone_groups && world.provider_size[group] == 1 && neighbours > 0.0)
    return {running, neighbours, running / neighbours};  // S = c/k
  return {running, neighbours,
          state.provider_share[std::size_t{use_case} * world.providers + group]};
}

/// S, the share of peers who run the use case, 0 … 1
inline double peer_share(const World& world, const State& state, std::uint32_t use_case,
                         std::uint32_t unit) {
  const Peers peers = peers_of(world, state, use_case, unit);
  return rules::peer_share(peers.running, peers.neighbours, peers.share_of_group);
}

}  // namespace rathaus::model
