// Scale law and cooperation: benefit grows with inhabitants, effort with a smaller power of them;
// members of a pool pay their share of one project at pooled size [ODD 7.7].
#include <algorithm>
#include <cmath>

#include "model/quarter.h"
#include "model/turn.h"

namespace rathaus::model {
namespace {

/// What a pool asks of one inhabitant's share: n_g^γ and 1 + ν log₂ k_g [eq. 1]
void update_pools(const World& world, State& state) {
  const Parameters& p = world.rules.parameters;
  for (std::uint32_t r = 0; r < world.regions; ++r) {
    if (!state.pool_changed[r]) continue;
    const double inhabitants = static_cast<double>(state.pool_inhabitants[r]);
    state.pool_scale[r] =
        std::pow(inhabitants / world.rules.coefficients.reference_population, p.effort_scale_exp);
    state.pool_overhead[r] =
        1.0 + p.coop_overhead * std::log2(static_cast<double>(state.pool_members[r]));
  }
}

/// ψ = min(n^γ, n_g^γ · N/N_g · (1 + ν log₂ k_g)) for members, n^γ for others [eq. 1]
double project_scale(const World& world, const State& state, std::uint32_t unit) {
  if (!state.member[unit]) return world.scale_alone[unit];
  const std::uint32_t r = world.municipalities.region[unit];
  const double pooled = state.pool_scale[r] * world.inhabitants[unit] /
                        static_cast<double>(state.pool_inhabitants[r]) * state.pool_overhead[r];
  return std::min(world.scale_alone[unit], pooled);
}

}  // namespace

void update_scale(const World& world, State& state) {
  const Series& series = world.rules.series;
  const bool money_changed =
      state.quarter == 0 || series.macro_factor[state.quarter - 1] != state.macro_factor;
  update_pools(world, state);
  for (std::uint32_t i = 0; i < world.units; ++i) {
    const bool pool_changed = state.member[i] && state.pool_changed[world.municipalities.region[i]];
    if (!money_changed && !pool_changed) continue;
    state.scale[i] = project_scale(world, state, i);
    // inv = 1 − exp(−d·b·N·f·φ / (c_D ψ)) [eq. 14]
    state.data_investment[i] =
        1.0 - std::exp(-(world.data_margin[i] * state.macro_factor) /
                       (world.rules.parameters.data_unit_cost_eur * state.scale[i]));
  }
  std::ranges::fill(state.pool_changed, std::uint8_t{0});
}

void join_cooperation(Turn& turn) {
  // a hazard of coop_join·(1 + COOP); whoever joins counts from the next quarter on, for good
  // [eq. 18]
  if (turn.state.member[turn.unit]) return;
  if (turn.event(1) < turn.parameters().coop_join * (1.0 + turn.support.coop)) {
    turn.report.joiners.push_back(turn.unit);
    turn.state.note(turn.unit, {.kind = EventKind::joined});
  }
}

void adopt_strategy(Turn& turn) {
  // a hazard of STRATEGY; it holds from the next quarter on, for good [ODD 7.23]
  if (turn.support.strategy == 0.0 || turn.state.strategy[turn.unit]) return;
  if (turn.event(2) < turn.support.strategy) {
    turn.report.planners.push_back(turn.unit);
    turn.state.note(turn.unit, {.kind = EventKind::planned});
  }
}

void admit_joiners(const World& world, State& state) {
  for (const std::uint32_t unit : state.report.joiners) {
    const std::uint32_t r = world.municipalities.region[unit];
    state.member[unit] = 1;
    state.pool_inhabitants[r] += world.municipalities.population[unit];
    ++state.pool_members[r];
    state.pool_changed[r] = 1;
  }
  for (const std::uint32_t unit : state.report.planners) state.strategy[unit] = 1;
}

}  // namespace rathaus::model
