// K2b: qualified staff of sixty-four units [ODD 7.10].
#include "rules/staff.h"

#include "model/batch.h"
#include "rules/scale.h"

namespace rathaus::model {

RATHAUS_LANES void tied_staff(const Batch& batch, PerLane<double>& tied) {
  const Parameters& p = batch.parameters();
  const double pilot_share = p.pilot_share, maint_share = p.maint_share;
  const double gap_cost = p.data_gap_cost;
  const double* const data = &batch.state.data[batch.first];
  tied.fill(0.0);
  for (std::uint32_t u = 0; u < batch.world.use_cases; ++u) {
    if (from_stage(batch, u, pilot) == 0) continue;
    const Stage* const stage = &batch.state.stage[batch.row(u)];
    const std::uint8_t law = batch.world.effort_law[u];
    const double effort_alone = batch.world.rules.use_cases[u].effort_fte;
    const double threshold = batch.world.rules.use_cases[u].data_threshold;
    const double least_alone = batch.world.rules.use_cases[u].least_effort_fte;
    const auto tie = [&](std::uint32_t l, double scale, double least)
        __attribute__((always_inline)) {
      const double effort = rules::project_effort(
          effort_alone, scale, rules::adaptation(gap_cost, threshold, data[l]), least);
      tied[l] += rules::tied_staff(stage[l] == pilot, stage[l] >= operation, pilot_share,
                                   maint_share, effort);
    };
    const double* const scale = &batch.state.scale_by(law)[batch.first];
    if (is_on_offer(batch.state, u)) {
      CommonTerms terms;
      find_terms(batch, law, u, least_alone, terms);
#pragma omp simd
      for (std::uint32_t l = 0; l < batch_units; ++l) tie(l, terms.scale[l], terms.least[l]);
    } else if (least_alone > 0.0) {
#pragma omp simd
      for (std::uint32_t l = 0; l < batch_units; ++l)
        tie(l, scale[l], rules::least_of_project(least_alone, batch.sharers[l]));
    } else {
#pragma omp simd
      for (std::uint32_t l = 0; l < batch_units; ++l) tie(l, scale[l], 0.0);
    }
  }
}

RATHAUS_LANES void update_staff(Batch& batch) {
  const Parameters& p = batch.parameters();
  tied_staff(batch, batch.tied);
  const rules::Staff rule{p.post_share, p.relief_to_posts, p.hire_rate, p.turnover_rate,
                          p.learning_by_doing};
  const double* const total = &batch.world.staff_total[batch.first];
  double* const staff = &batch.state.staff[batch.first];
  PerLane<std::int64_t> planned;
#pragma omp simd
  for (std::uint32_t l = 0; l < batch_units; ++l) {
    const double posts = rule.posts(total[l], batch.freed[l]);
    staff[l] = rule.next(staff[l], posts, batch.tied[l], batch.support[Port::staff][l], total[l]);
    planned[l] = fixed_point(posts);
  }
  add_up(batch.shares(), {{Indicator::staff_posts, planned}}, batch.report.totals);
}

}  // namespace rathaus::model
