// K7: what the quarter leaves behind, as integer sums over classes of units [ODD 7.18].
#include <cmath>

#include "model/parallel.h"
#include "model/quarter.h"

namespace rathaus::model {
namespace {

/// Running services of one unit, and the stage of every cell counted.
void count_services(const World& world, const State& state, std::uint32_t unit, Totals& totals,
                    Row& row) {
  for (std::uint32_t u = 0; u < world.use_cases; ++u) {
    const std::size_t cell = state.cell(u, unit);
    ++totals.services[u * std::size_t{5} + state.stage[cell]];
    if (state.stage[cell] < operation) continue;
    ++row[Indicator::services_running];
    row[Indicator::lock_in] += fixed_point(state.lock_in[cell]);
  }
}

/// Foot = operation·(1 + emb) + k_dev·spending; Net = gross − Dir − Ind − Foot [eqs. 41, 42]
void balance_energy(const World& world, const State& state, std::uint32_t unit, Row& row) {
  const double spending = static_cast<double>(state.ledger[unit].own_spending) / 100.0;
  const std::int64_t footprint =
      std::llround(1000.0 * (state.footprint_running[unit] +
                             world.rules.coefficients.development_energy * spending));
  const std::int64_t net = state.energy_saved[unit] - footprint;
  row[Indicator::energy_footprint] = footprint;
  row[Indicator::energy_net] = net;
  row[Indicator::emissions_net] =
      std::llround(static_cast<double>(net) / 1000.0 * state.grid_intensity);
}

}  // namespace

void observe(const World& world, State& state) {
  for_chunks(world.units, [&](std::uint32_t chunk, std::uint32_t first, std::uint32_t last) {
    Totals& totals = state.chunk[chunk].totals;
    totals.reset(world);
    for (std::uint32_t i = first; i < last; ++i) {
      Row row;
      count_services(world, state, i, totals, row);
      balance_energy(world, state, i, row);
      state.running[i] = static_cast<std::uint8_t>(row[Indicator::services_running]);
      if (state.running[i] > 0) {
        row[Indicator::adopters] = 1;
        row[Indicator::adopter_inhabitants] = world.municipalities.population[i];
        if (state.first_operation[i] < 0)
          state.first_operation[i] = static_cast<std::int16_t>(state.quarter);
      }
      row[Indicator::own_spending] = state.ledger[i].own_spending;
      row[Indicator::reserve] = state.reserve[i];
      row[Indicator::staff] = fixed_point(state.staff[i]);
      row[Indicator::data_readiness] = fixed_point(state.data[i]);
      row[Indicator::trust] = fixed_point(state.trust[i]);
      totals.add_closing(world, i, row);
    }
  });
  for (const Report& chunk : state.chunk) state.report.totals += chunk.totals;
}

}  // namespace rathaus::model
