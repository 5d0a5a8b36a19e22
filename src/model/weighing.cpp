#include "model/weighing.h"

#include <algorithm>

namespace rathaus::model {
namespace {

/// As wants_pilot says; what lies beyond the last launch means nothing.
RATHAUS_LANES void weigh_launches(const rules::Launch rule, double gap_cost,
                                  Weighing::Launches& all) {
#pragma omp simd
  for (std::uint32_t k = 0; k < Weighing::capacity; ++k) {
    const rules::Prospect prospect{
        all.benefit[k],
        all.cost[k] * all.scale[k] * all.mean_price[k],
        std::max(rules::adaptation(gap_cost, all.threshold[k], all.data[k]),
                 all.least_adaptation[k]),
        rules::compliance(all.duties[k], all.risk_left[k], all.sharers[k]),
        all.grant_share[k],
        all.run_cost_share[k]};
    const rules::Motives motives{
        rules::peer_share(all.peers_running[k], all.neighbours[k], all.share_of_group[k]),
        all.doubt_left[k], all.risk[k] * all.risk_left[k], all.trust[k], all.innovativeness[k]};
    all.utility[k] = rule.utility(rule.value(prospect), motives);
    all.chance[k] = rule.chance(all.utility[k]);
  }
}

}  // namespace

void Weighing::weigh() {
  weigh_launches(launch_rule(batch_.parameters()), batch_.parameters().data_gap_cost, launches_);
}

}  // namespace rathaus::model
