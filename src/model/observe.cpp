// K7: what the quarter leaves behind, as integer sums over classes of units [ODD 7.18].
#include <algorithm>

#include "model/batch.h"
#include "model/concentration.h"
#include "model/parallel.h"
#include "model/quarter.h"
#include "rules/effects.h"

namespace rathaus::model {
namespace {

/// Running services of sixty-four units, from `first` on; who runs one that is no turnkey product
/// is an adopter. Returns who was none in the quarter before and is one now, or the other way
/// round.
RATHAUS_LANES Lanes count_services(const World& world, State& state, std::uint32_t first,
                                   Totals& totals) {
  PerLane<std::uint8_t> count{}, bought{};
  PerLane<std::int32_t> locked{};
  PerLane<std::int64_t> lock_in, services, adopter, any, inhabitants;
  for (std::uint32_t u = 0; u < world.use_cases; ++u) {
    const Stage* const stage = &state.stage[state.cell(u, first)];
    const float* const lock = &state.lock_in[state.cell(u, first)];
    PerLane<std::uint8_t>& counted = (world.turnkey & only(u)) != 0 ? bought : count;
#pragma omp simd
    for (std::uint32_t l = 0; l < batch_units; ++l) {
      counted[l] = static_cast<std::uint8_t>(counted[l] + (stage[l] >= operation));
      locked[l] += fixed_share(lock[l]);  // 0 where nothing runs
    }
  }
  std::uint8_t* const running = &state.running[first];
  const Lanes adopters = lanes_where([&](std::uint32_t l) { return count[l] != 0; });
  std::int16_t* const since = &state.first_operation[first];
  const auto quarter = static_cast<std::int16_t>(std::max(0, state.result_quarter()));
#pragma omp simd
  for (std::uint32_t l = 0; l < batch_units; ++l) {
    running[l] = count[l];
    const bool begins = (since[l] < 0) & (count[l] != 0);
    since[l] = begins ? quarter : since[l];
    lock_in[l] = locked[l];
    services[l] = count[l] + bought[l];
    adopter[l] = count[l] != 0;
    any[l] = services[l] != 0;
    inhabitants[l] = adopter[l] * static_cast<std::int64_t>(world.inhabitants[first + l]);
  }
  add_up(world.shares(first / batch_units),
         {{Indicator::services_running, services},
          {Indicator::adopters, adopter},
          {Indicator::adopters_any, any},
          {Indicator::adopter_inhabitants, inhabitants},
          {Indicator::lock_in, lock_in}},
         totals);
  return adopters ^ state.adopters[first / batch_units];
}

/// Footprint, net saving and emissions of the quarter, in whole numbers.
RATHAUS_LANES void balance_energy(const World& world, const State& state, std::uint32_t first,
                                  Totals& totals) {
  const double development = world.rules.coefficients.development_energy;
  const double intensity = state.grid_intensity;
  const Cents* const own = &state.ledger.own_spending[first];
  const Cents* const grants = &state.ledger.grants[first];
  const double* const running = &state.footprint_running[first];
  const std::int64_t* const saved = &state.energy_saved[first];
  const std::int64_t* const heat = &state.heat_saved[first];
  const double heat_intensity = world.rules.coefficients.heat_intensity;
  PerLane<std::int64_t> footprint, net, emissions, own_spending, grants_received;
#pragma omp simd
  for (std::uint32_t l = 0; l < batch_units; ++l) {
    const double spending = static_cast<double>(own[l] + grants[l]) / 100.0;
    footprint[l] = nearest(1000.0 * rules::footprint(running[l], development, spending));
    net[l] = saved[l] - footprint[l];
    emissions[l] = nearest(rules::emissions(
        static_cast<double>(net[l]), static_cast<double>(heat[l]), intensity, heat_intensity));
    own_spending[l] = own[l];
    grants_received[l] = grants[l];
  }
  add_up(world.shares(first / batch_units),
         {{Indicator::energy_footprint, footprint},
          {Indicator::energy_net, net},
          {Indicator::emissions_net, emissions},
          {Indicator::own_spending, own_spending},
          {Indicator::grants_received, grants_received}},
         totals);
}

RATHAUS_LANES void sum_stocks(const World& world, const State& state, std::uint32_t first,
                              Totals& totals) {
  PerLane<std::int64_t> reserve, staff, data, trust;
#pragma omp simd
  for (std::uint32_t l = 0; l < batch_units; ++l) {
    reserve[l] = state.reserve[first + l];
    staff[l] = fixed_point(state.staff[first + l]);
    data[l] = fixed_share(state.data[first + l]);
    trust[l] = fixed_share(state.trust[first + l]);
  }
  add_up(world.shares(first / batch_units),
         {{Indicator::reserve, reserve},
          {Indicator::staff, staff},
          {Indicator::data_readiness, data},
          {Indicator::trust, trust}},
         totals);
}

/// Units that were ever short of each constraint, whatever the step: those of before and the new.
void add_short(State& state, Totals& totals) {
  for (std::size_t j = 0; j < totals.joint.size(); ++j) {
    ShortUnits &all = state.short_so_far[j], &now = totals.joint[j].ever_short;
    for (std::size_t c = 0; c < all.size(); ++c) now[c] = all[c] += now[c];
  }
}

/// What the groups of sixty-four units offer them, and what runs of it.
void count_offers(const World& world, const State& state, std::uint32_t first, Totals& totals) {
  PerLane<std::int64_t> units{}, cells{}, services{};
  for_each_lane(world.present(first / batch_units), [&](std::uint32_t l) {
    for_each(state.on_offer, [&](std::uint32_t u) {
      const std::uint8_t vendor = offering_vendor(world, state, u, first + l);
      if (vendor == no_common) return;
      const std::size_t cell = state.cell(u, first + l);
      ++cells[l];
      services[l] += state.stage[cell] >= operation && state.vendor[cell] == vendor;
    });
    units[l] = cells[l] != 0;
  });
  add_up(world.shares(first / batch_units),
         {{Indicator::units_offered, units},
          {Indicator::cells_offered, cells},
          {Indicator::services_common, services}},
         totals);
}

constexpr std::int32_t lasting_quarters = 20;

/// How far a programme has come with one unit up to this quarter [ODD 7.23].
void count_reach(const World& world, State& state, std::size_t k, std::uint32_t unit,
                 Totals& totals) {
  std::uint8_t& reach = state.funding.reach[k][unit];
  const std::int32_t first = state.funding.first_award[k][unit];
  const std::int32_t t = state.result_quarter();
  if (first >= 0 && state.running[unit] > 0) {
    reach |= reach_in_operation;
    if (t == first + lasting_quarters) reach |= reach_lasting;
  }
  if (reach == 0) return;
  const StageSets& cells = state.funnel[unit];
  const bool heard = (world.admitted[k] & (cells.in[aware] | cells.started())) != 0;
  const std::array<bool, reach_names.size()> counted{
      (reach & reach_eligible) != 0,    (reach & reach_eligible) != 0 && heard,
      (reach & reach_applied) != 0,     (reach & reach_awarded) != 0,
      (reach & reach_awarded_own) != 0, (reach & reach_rejected) != 0,
      (reach & reach_waited) != 0,      (reach & reach_in_operation) != 0,
      (reach & reach_lasting) != 0};
  const std::size_t size = world.class_of(ClassKind::size, unit);
  const std::size_t fiscal = size_class_names.size() + world.class_of(ClassKind::fiscal, unit);
  for (std::size_t c = 0; c < counted.size(); ++c) {
    std::int32_t* counts = &totals.reach[(k * reach_names.size() + c) * reach_classes];
    counts[size] += counted[c];
    counts[fiscal] += counted[c];
  }
}

}  // namespace

void observe(const World& world, State& state) {
  for_chunks(world.units, [&](std::uint32_t chunk, std::uint32_t first, std::uint32_t last) {
    Report& report = state.chunk[chunk];
    Totals& totals = report.totals;
    totals.reset(world);
    report.turned.clear();
    for (std::uint32_t batch = first; batch < last; batch += batch_units) {
      for_each_lane(count_services(world, state, batch, totals),
                    [&](std::uint32_t l) { report.turned.push_back(batch + l); });
      balance_energy(world, state, batch, totals);
      sum_stocks(world, state, batch, totals);
      if (state.on_offer != 0) count_offers(world, state, batch, totals);
    }
    for (std::size_t k = 0; k < world.rules.programmes.size(); ++k)
      for (std::uint32_t i = first; i < last; ++i) count_reach(world, state, k, i, totals);
  });
  Totals& totals = state.report.totals;
  for (const Report& chunk : state.chunk) {
    totals += chunk.totals;
    for (const std::uint32_t unit : chunk.turned) toggle_adopter(world, state, unit);
  }
  add_short(state, totals);
  totals.group(world);
  for (std::size_t i = 0; i < state.services.size(); ++i)
    state.services[i] += static_cast<std::uint32_t>(state.report.moved[i]);
  totals.services = state.services;
}

}  // namespace rathaus::model
