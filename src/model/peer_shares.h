// What the units of a batch see of their peers, estimated for all of them side by side: enough to
// tell what most draws decide.
#pragma once

#include "model/state.h"

namespace rathaus::model {

/// Estimates of S [eq. 23], one row for each use case, computed when first asked for.
class PeerShares {
 public:
  /// |estimate − S| ≤ this · S: that of a few operations in single precision, with room.
  static constexpr float error = 1e-6f;

  PeerShares(const World& world, const State& state, std::uint32_t first)
      : world_(world), state_(state), first_(first) {}

  const PerLane<float>& operator()(std::uint32_t use_case) {
    if (!(known_ >> use_case & 1u)) compute(use_case);
    return share_[use_case];
  }

 private:
  void compute(std::uint32_t use_case);

  const World& world_;
  const State& state_;
  const std::uint32_t first_;
  UseCaseSet known_ = 0;
  PerLane<float> by_neighbour_, by_group_;  // what one peer of either kind adds to S
  std::array<PerLane<float>, max_use_cases> share_;
};

}  // namespace rathaus::model
