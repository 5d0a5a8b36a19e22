// K7: what the quarter leaves behind, as integer sums over classes of units [ODD 7.18].
#include "model/parallel.h"
#include "model/quarter.h"

namespace rathaus::model {
namespace {

/// Running services of one unit; from the first on it is an adopter.
void count_services(const World& world, State& state, std::uint32_t unit, Row& row) {
  const UseCaseSet running = state.funnel[unit].running();
  state.running[unit] = static_cast<std::uint8_t>(size(running));
  if (running == 0) return;
  for_each(running, [&](std::uint32_t u) {
    row[Indicator::lock_in] += fixed_point(state.lock_in[state.cell(u, unit)]);
  });
  row[Indicator::services_running] += state.running[unit];
  ++row[Indicator::adopters];
  row[Indicator::adopter_inhabitants] += world.municipalities.population[unit];
  if (state.first_operation[unit] < 0)
    state.first_operation[unit] = static_cast<std::int16_t>(state.quarter);
}

/// Foot = operation·(1 + emb) + k_dev·spending; Net = gross − Dir − Ind − Foot [eqs. 41, 42]
void balance_energy(const World& world, const State& state, std::uint32_t unit, Row& row) {
  const Ledger& ledger = state.ledger[unit];
  const double spending = static_cast<double>(ledger.own_spending + ledger.grants) / 100.0;
  const std::int64_t footprint =
      nearest(1000.0 * (state.footprint_running[unit] +
                        world.rules.coefficients.development_energy * spending));
  const std::int64_t net = state.energy_saved[unit] - footprint;
  row[Indicator::energy_footprint] += footprint;
  row[Indicator::energy_net] += net;
  row[Indicator::emissions_net] +=
      nearest(static_cast<double>(net) / 1000.0 * state.grid_intensity);
}

constexpr std::int32_t lasting_quarters = 20;

/// How far a programme has come with one unit up to this quarter [ODD 7.23].
void count_reach(const World& world, State& state, std::size_t k, std::uint32_t unit,
                 Totals& totals) {
  std::uint8_t& reach = state.funding.reach[k][unit];
  const std::int32_t first = state.funding.first_award[k][unit];
  const auto t = static_cast<std::int32_t>(state.quarter);
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
    Totals& totals = state.chunk[chunk].totals;
    totals.reset(world);
    for (std::uint32_t i = first; i < last; ++i) {
      Row& row = totals.of(world, i);
      count_services(world, state, i, row);
      balance_energy(world, state, i, row);
      row[Indicator::own_spending] += state.ledger[i].own_spending;
      row[Indicator::grants_received] += state.ledger[i].grants;
      row[Indicator::reserve] += state.reserve[i];
      row[Indicator::staff] += fixed_point(state.staff[i]);
      row[Indicator::data_readiness] += fixed_point(state.data[i]);
      row[Indicator::trust] += fixed_point(state.trust[i]);
    }
    for (std::size_t k = 0; k < world.rules.programmes.size(); ++k)
      for (std::uint32_t i = first; i < last; ++i) count_reach(world, state, k, i, totals);
  });
  Totals& totals = state.report.totals;
  for (const Report& chunk : state.chunk) totals += chunk.totals;
  totals.group(world);
  for (std::size_t i = 0; i < state.services.size(); ++i)
    state.services[i] += static_cast<std::uint32_t>(state.report.moved[i]);
  totals.services = state.services;
}

}  // namespace rathaus::model
