// Services that run before the first quarter [ODD 5].
#include "rules/start.h"

#include "model/quarter.h"
#include "model/turn.h"

namespace rathaus::model {
namespace {

struct Started {
  std::uint32_t unit;
  std::uint8_t use_case, vendor;
};

/// What runs at the start, and whose: vendors are chosen as if nobody had one [eq. 34].
std::vector<Started> draw_started(const World& world, const random::Key& key, State& state,
                                  UseCaseSet drawn) {
  std::vector<Started> started;
  for (std::uint32_t i = 0; i < world.units; ++i) {
    const Turn turn(world, key, state, state.report, i);
    random::Draws draws = turn.draws(random::Process::start);
    for_each(drawn, [&](std::uint32_t u) {
      const double chance =
          rules::start_chance(world.rules.use_cases[u].start_share, world.inhabitants[i],
                              world.rules.coefficients.reference_population);
      if (draws(u) >= chance) return;
      const std::uint8_t vendor = choose_vendor(turn, u, draws(max_use_cases + u));
      if (vendor != no_vendor) started.push_back({i, static_cast<std::uint8_t>(u), vendor});
    });
  }
  return started;
}

}  // namespace

void start_services(const World& world, const random::Key& key, State& state) {
  UseCaseSet drawn = 0;
  for (std::uint32_t u = 0; u < world.use_cases; ++u)
    if (world.rules.use_cases[u].start_share > 0.0) drawn |= only(u);
  if (drawn == 0) return;
  set_clock(world, state);  // who offers what, at which price
  state.report.clear(world);
  for (const Started& s : draw_started(world, key, state, drawn & state.available)) {
    move_cell(state, state.report, s.unit, s.use_case, operation, s.vendor);
    state.maturity[state.cell(s.use_case, s.unit)] = 1.0f;
    if ((world.turnkey & only(s.use_case)) == 0) state.first_operation[s.unit] = 0;
  }
  for (std::size_t i = 0; i < state.services.size(); ++i)
    state.services[i] += static_cast<std::uint32_t>(state.report.moved[i]);
  update_fields(world, state);
  state.report.clear(world);
}

}  // namespace rathaus::model
