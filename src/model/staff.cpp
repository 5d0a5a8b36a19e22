// K2b: qualified staff: hired, lost, tied, qualified by doing [ODD 7.10].

#include "model/batch.h"

namespace rathaus::model {

RATHAUS_LANES void tied_staff(const Batch& batch, PerLane<double>& tied) {
  // Σ_pilot pilot_share·E + Σ_running maint_share·E [eq. 12], E = E⁰ ψ κ [eq. 4]
  const Parameters& p = batch.parameters();
  const double pilot_share = p.pilot_share, maint_share = p.maint_share;
  const double gap_cost = p.data_gap_cost;
  const double* const scale = &batch.state.scale[batch.first];
  const double* const data = &batch.state.data[batch.first];
  tied.fill(0.0);
  for (std::uint32_t u = 0; u < batch.world.use_cases; ++u) {
    if (from_stage(batch, u, pilot) == 0) continue;
    const Stage* const stage = &batch.state.stage[batch.row(u)];
    const double effort_alone = batch.world.rules.use_cases[u].effort_fte;
    const double threshold = batch.world.rules.use_cases[u].data_threshold;
#pragma omp simd
    for (std::uint32_t l = 0; l < batch_units; ++l) {
      const double share = stage[l] >= operation ? maint_share
                           : stage[l] == pilot   ? pilot_share
                                                 : 0.0;
      const double gap = threshold - data[l];
      const double adaptation = 1.0 + gap_cost * (gap > 0.0 ? gap : 0.0);  // κ [eq. 2]
      tied[l] += share * (effort_alone * scale[l] * adaptation);
    }
  }
}

RATHAUS_LANES void update_staff(Batch& batch) {
  const Parameters& p = batch.parameters();
  tied_staff(batch, batch.tied);
  const double post_share = p.post_share, relief = p.relief_to_posts, hire = p.hire_rate;
  const double turnover = p.turnover_rate, learning = p.learning_by_doing;
  const double* const total = &batch.world.staff_total[batch.first];
  double* const staff = &batch.state.staff[batch.first];
  PerLane<std::int64_t> planned;
#pragma omp simd
  for (std::uint32_t l = 0; l < batch_units; ++l) {
    // H* = post_share·L + relief_to_posts·Freed [eq. 11]
    const double posts = post_share * total[l] + relief * batch.freed[l];
    // H ← H + hire·(H* − H)₊ − turn·H + lbd·tied + STAFF·h·L [eq. 13]
    const double vacant = posts - staff[l];
    const double next = staff[l] + hire * (vacant > 0.0 ? vacant : 0.0) - turnover * staff[l] +
                        learning * batch.tied[l] + batch.support.staff[l] * post_share * total[l];
    staff[l] = next > 0.0 ? next : 0.0;
    planned[l] = fixed_point(posts);
  }
  add_up(batch.shares(), {{Indicator::staff_posts, planned}}, batch.report.totals);
}

}  // namespace rathaus::model
