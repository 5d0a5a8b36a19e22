#include "model/peer_shares.h"

namespace rathaus::model {
namespace {

/// S = ½·c/d + ½·g/|grp|; without neighbours g/|grp| [eq. 23]
RATHAUS_LANES void weigh_peers(const World& world, std::uint32_t first,
                               PerLane<float>& by_neighbour, PerLane<float>& by_group) {
  const std::uint8_t* const neighbours = &world.neighbours[first];
  const float* const group_size = &world.group_size[first];
#pragma omp simd
  for (std::uint32_t l = 0; l < batch_units; ++l) {
    const float near = neighbours[l];
    by_neighbour[l] = near > 0.0f ? 0.5f / near : 0.0f;
    by_group[l] = (near > 0.0f ? 0.5f : 1.0f) / group_size[l];
  }
}

RATHAUS_LANES void estimate(const PerLane<float>& by_neighbour, const PerLane<float>& by_group,
                            const std::uint8_t* nearby, const std::uint32_t* provider,
                            const std::uint32_t* running, PerLane<float>& share) {
#pragma omp simd
  for (std::uint32_t l = 0; l < batch_units; ++l) {
    const auto in_group = static_cast<float>(static_cast<std::int32_t>(running[provider[l]]));
    share[l] = by_neighbour[l] * static_cast<float>(nearby[l]) + by_group[l] * in_group;
  }
}

}  // namespace

void PeerShares::compute(std::uint32_t use_case) {
  if (world_.rules.structure.peer_set == PeerSet::global) {
    share_[use_case].fill(
        static_cast<float>(static_cast<double>(state_.all_running[use_case]) / world_.units));
  } else {
    if (known_ == 0) weigh_peers(world_, first_, by_neighbour_, by_group_);
    estimate(by_neighbour_, by_group_, &state_.peers_running[state_.cell(use_case, first_)],
             &world_.provider[first_],
             &state_.provider_running[std::size_t{use_case} * world_.providers], share_[use_case]);
  }
  known_ = static_cast<UseCaseSet>(known_ | only(use_case));
}

}  // namespace rathaus::model
