// Scale law and cooperation: benefit grows with inhabitants, effort with a smaller power of them;
// members of a pool pay their share of one project at pooled size [ODD 7.7].
#include <algorithm>

#include "model/batch.h"
#include "model/quarter.h"
#include "rules/data.h"
#include "rules/scale.h"

namespace rathaus::model {
namespace {

/// What a pool asks of one inhabitant's share.
void update_pools(const World& world, State& state) {
  for (std::uint32_t r = 0; r < world.regions; ++r) {
    if (!state.pool_changed[r]) continue;
    const double inhabitants = static_cast<double>(state.pool_inhabitants[r]);
    for (std::size_t law = 0; law < world.laws.size(); ++law)
      state.pool_scale[law * world.regions + r] =
          world.laws[law].alone(inhabitants / world.rules.coefficients.reference_population);
    state.pool_overhead[r] = world.laws.front().coordination(state.pool_members[r]);
  }
}

double project_scale(const World& world, const State& state, std::size_t law, std::uint32_t unit) {
  const double alone = world.scale_alone[law * world.units + unit];
  if (!state.member[unit]) return alone;
  const std::uint32_t r = world.municipalities.region[unit];
  const rules::Pool pool{state.pool_scale[law * world.regions + r],
                         static_cast<double>(state.pool_inhabitants[r]), state.pool_overhead[r]};
  return rules::project_scale(alone, pool, world.inhabitants[unit]);
}

RATHAUS_LANES Lanes ready_to_join(const Batch& batch, const random::Row& draw) {
  const double alone = batch.parameters().coop_join;
  const std::uint8_t* const member = &batch.state.member[batch.first];
  return lanes_where([&](std::uint32_t l) {
    const double hazard = rules::joining_hazard(alone, batch.support[Port::coop][l]);
    return member[l] == 0 && random::to_uniform(draw[l]) < hazard;
  });
}

}  // namespace

void update_scale(const World& world, State& state) {
  const Series& series = world.rules.series;
  const bool money_changed =
      state.quarter == 0 || series.macro_factor[state.quarter - 1] != state.macro_factor;
  update_pools(world, state);
  const auto update = [&](std::uint32_t i) {
    state.scale[i] = project_scale(world, state, 0, i);
    for (std::size_t law = 1; law < world.laws.size(); ++law)
      state.other_scales[law - 1][i] = project_scale(world, state, law, i);
    state.data_investment[i] =
        rules::data_investment(world.data_margin[i] * state.macro_factor,
                               world.rules.parameters.data_unit_cost_eur, state.scale[i]);
  };
  if (money_changed)
    for (std::uint32_t i = 0; i < world.units; ++i) update(i);
  for (std::uint32_t r = 0; r < world.regions && !money_changed; ++r) {
    if (!state.pool_changed[r]) continue;
    for (std::uint32_t e = world.region_first[r]; e < world.region_first[r + 1]; ++e)
      if (const std::uint32_t i = world.region_unit[e]; state.member[i]) update(i);
  }
  std::ranges::fill(state.pool_changed, std::uint8_t{0});
}

void join_cooperation(Batch& batch) {
  // whoever joins counts from the next quarter on, for good
  for_each_lane(batch.present & ready_to_join(batch, batch.events(1)), [&](std::uint32_t l) {
    batch.report.joiners.push_back(batch.first + l);
    batch.state.note(batch.first + l, {.kind = EventKind::joined});
  });
}

void adopt_strategy(Batch& batch) {
  // a hazard of STRATEGY; it holds from the next quarter on, for good [ODD 7.23]
  if (batch.world.rules.programmes.empty()) return;
  const random::Row& draw = batch.events(2);
  for_each_lane(batch.present, [&](std::uint32_t l) {
    const std::uint32_t unit = batch.first + l;
    if (batch.state.strategy[unit] != 0 ||
        random::to_uniform(draw[l]) >= batch.support[Port::strategy][l])
      return;
    batch.report.planners.push_back(unit);
    batch.state.note(unit, {.kind = EventKind::planned});
  });
}

void admit_joiners(const World& world, State& state) {
  for (const std::uint32_t unit : state.report.joiners) {
    const std::uint32_t r = world.municipalities.region[unit];
    state.member[unit] = 1;
    state.pool_inhabitants[r] += world.municipalities.population[unit];
    ++state.pool_members[r];
    state.largest_pool = std::max(state.largest_pool, state.pool_members[r]);
    state.pool_changed[r] = 1;
  }
  for (const std::uint32_t unit : state.report.planners) state.strategy[unit] = 1;
}

}  // namespace rathaus::model
