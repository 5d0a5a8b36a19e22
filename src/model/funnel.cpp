// K2f: pilots and services age, are evaluated, renewed and given up; how cells move along the
// funnel NONE → AWARE → PILOT → OPERATION → SCALED and back [ODD 7.14].
#include "rules/funnel.h"

#include "model/batch.h"
#include "random/draw_queue.h"

namespace rathaus::model {
namespace {

std::uint8_t small(std::uint32_t index) {
  return static_cast<std::uint8_t>(index);
}

/// The hazard of giving up a service.
RATHAUS_LANES void find_stop_hazard(const Batch& batch, PerLane<double>& hazard) {
  const State& state = batch.state;
  const Parameters& p = batch.parameters();
  const Coefficients& c = batch.coefficients();
  const bool feasibility = batch.structure().feasibility;
  const rules::Discontinuation rule{p.discont_rate, feasibility ? c.debt_stop_factor : 1.0,
                                    feasibility ? c.overload_stop_factor : 1.0, p.trust_stop};
  const Cents* const reserve = &state.reserve[batch.first];
  const double* const staff = &state.staff[batch.first];
  const double* const trust = &state.trust[batch.first];
  const double* const trust_start = &state.trust_start[batch.first];
#pragma omp simd
  for (std::uint32_t l = 0; l < batch_units; ++l) {
    hazard[l] = rule.hazard(reserve[l] < 0, staff[l] < batch.tied[l], trust_start[l], trust[l]);
  }
}

/// A running cell that is given up, needs a new contract, or lost its vendor.
void continue_service(Turn& turn, std::uint32_t use_case, bool given_up, double draw) {
  State& state = turn.state;
  if (!given_up)
    given_up = !renew_contract(turn, use_case, draw) && turn.structure().funnel == Funnel::full;
  if (!given_up) return;
  turn.fall_back(use_case);
  ++turn.row[Indicator::services_discontinued];
  state.note(turn.unit, {.kind = EventKind::discontinued, .use_case = small(use_case)});
}

bool pilot_succeeds(const Turn& turn, std::uint32_t use_case, double draw) {
  const Parameters& p = turn.parameters();
  const double fit = turn.world.fit(turn.state.vendor[turn.cell(use_case)], turn.unit);
  const rules::PilotSuccess rule{turn.world.pilot_log_odds, p.beta_fit,
                                 turn.coefficients().fit_reference, p.data_gap_cost};
  return draw < rule.chance(fit, turn.world.rules.use_cases[use_case].data_threshold,
                            turn.state.data[turn.unit]);
}

/// A pilot that loses its vendor or is evaluated at its end.
void continue_pilot(Turn& turn, std::uint32_t use_case, double draw) {
  State& state = turn.state;
  const bool vendor_gone = !state.market.is_active(state.vendor[turn.cell(use_case)]);
  if (!vendor_gone && pilot_succeeds(turn, use_case, draw)) {
    state.ready[turn.unit] |= only(use_case);
    state.note(turn.unit, {.kind = EventKind::pilot_succeeded, .use_case = small(use_case)});
    return;
  }
  turn.fall_back(use_case);
  ++turn.row[Indicator::pilots_failed];
  turn.report.totals.end_pilot(use_case, PilotEnd::failed);
  state.note(turn.unit, {.kind = EventKind::pilot_failed, .use_case = small(use_case)});
}

/// A cell to which something happens.
struct Happening {
  std::uint8_t lane, use_case;
  bool is_pilot, given_up;
};

void settle(const Batch& batch, const Happening& it, double draw) {
  Turn turn = batch.turn(it.lane);
  if (it.is_pilot)
    continue_pilot(turn, it.use_case, draw);
  else
    continue_service(turn, it.use_case, it.given_up, draw);
}

/// The pilots and services of one use case after another quarter.
struct Older {
  Lanes started, running;
  Lanes ends;  //!< of those, whose pilot or contract ends
};

/// Ages the pilots and running services of one use case, and lets cells cool down.
RATHAUS_LANES Older grow_older(Batch& batch, std::uint32_t use_case) {
  const std::size_t row = batch.row(use_case);
  const Stage* const stage = &batch.state.stage[row];
  std::uint8_t* const age = &batch.state.age[row];
  std::uint8_t* const cool = &batch.state.cool[row];
  const std::uint8_t pilot_quarters = batch.world.pilot_quarters[use_case];
  const std::uint16_t contract_quarters = batch.world.contract_quarters;
  // age / contract_quarters = age · shares / 2^16, rounded down
  const std::uint16_t shares = batch.world.contract_shares;
  const bool always = contract_quarters == 1;
  PerLane<std::uint8_t> ends;
#pragma omp simd
  for (std::uint32_t l = 0; l < batch_units; ++l) {
    cool[l] = static_cast<std::uint8_t>(cool[l] - (cool[l] != 0));
    const auto older = static_cast<std::uint8_t>(age[l] + ((stage[l] >= pilot) & (age[l] < 254)));
    age[l] = older;
    const auto contracts = static_cast<std::uint16_t>(std::uint32_t{older} * shares >> 16);
    const auto renewal = static_cast<std::uint8_t>(
        static_cast<std::uint16_t>(contracts * contract_quarters) == older);
    ends[l] = stage[l] == pilot ? older == pilot_quarters : renewal | always;
  }
  const Lanes started = lanes_where([&](std::uint32_t l) { return stage[l] >= pilot; });
  return {started, lanes_where([&](std::uint32_t l) { return stage[l] >= operation; }),
          started & lanes_of(ends)};
}

/// Lets the services of one use case mature: m and λ.
RATHAUS_LANES void mature(Batch& batch, std::uint32_t use_case) {
  const std::size_t row = batch.row(use_case);
  const Stage* const stage = &batch.state.stage[row];
  const std::uint8_t* const vendor = &batch.state.vendor[row];
  float* const maturity = &batch.state.maturity[row];
  float* const lock_in = &batch.state.lock_in[row];
  const double maturity_rate = batch.parameters().maturity_rate;
  const std::array<double, max_vendors>& lock_gain = batch.world.vendor_traits.lock_gain;
  PerLane<double> gain;
  look_up(lock_gain, vendor, gain);
#pragma omp simd
  for (std::uint32_t l = 0; l < batch_units; ++l) {
    const double m = maturity[l], lock = lock_in[l];
    const auto riper = static_cast<float>(rules::riper(m, maturity_rate));
    const auto tighter =
        static_cast<float>(rules::tighter(lock, gain[l], batch.support[Port::portability][l]));
    maturity[l] = stage[l] >= operation ? riper : maturity[l];
    lock_in[l] = stage[l] >= operation ? tighter : lock_in[l];
  }
}

/// Pilots and services whose vendor is gone.
Lanes abandoned(const Batch& batch, std::uint32_t use_case) {
  const std::uint8_t* const vendor = &batch.state.vendor[batch.row(use_case)];
  Lanes lanes = 0;
  for_each(batch.state.market.abandoned, [&](std::uint32_t v) {
    lanes |= lanes_where([&](std::uint32_t l) { return vendor[l] == v; });
  });
  return lanes;
}

}  // namespace

void move_cell(State& state, Report& report, std::uint32_t unit, std::uint32_t use_case, Stage to,
               std::uint8_t to_vendor) {
  const std::size_t cell = state.cell(use_case, unit);
  const Stage from = state.stage[cell];
  if (from >= pilot || to >= pilot)
    report.changes.push_back({unit, small(use_case), from, to, state.vendor[cell], to_vendor});
  --report.moved[use_case * stage_names.size() + from];
  ++report.moved[use_case * stage_names.size() + to];
  state.funnel[unit].move(use_case, from, to);
  state.stage[cell] = to;
  state.vendor[cell] = to_vendor;
}

void Turn::move(std::uint32_t use_case, Stage to, std::uint8_t to_vendor) {
  move_cell(state, report, unit, use_case, to, to_vendor);
}

void fall_back_cell(const World& world, State& state, Report& report, std::uint32_t unit,
                    std::uint32_t use_case) {
  move_cell(state, report, unit, use_case, aware, no_vendor);
  const std::size_t cell = state.cell(use_case, unit);
  state.cool[cell] = static_cast<std::uint8_t>(2 * world.pilot_quarters[use_case]);
  state.ready[unit] = static_cast<UseCaseSet>(state.ready[unit] & ~only(use_case));
  state.lock_in[cell] = 0.0f;
  state.maturity[cell] = 0.0f;
}

void Turn::fall_back(std::uint32_t use_case) {
  fall_back_cell(world, state, report, unit, use_case);
}

void advance_cells(Batch& batch) {
  random::DrawRows draws = batch.draws(random::Process::discontinuation);
  PerLane<double> hazard;
  find_stop_hazard(batch, hazard);
  Chances stop;
  find_chances(hazard, stop);
  random::DrawQueue<Happening> happenings(batch.key, batch.state.quarter);
  const auto settle_one = [&](const Happening& it, double draw) { settle(batch, it, draw); };
  for (std::uint32_t u = 0; u < batch.world.use_cases; ++u) {
    const Older cells = grow_older(batch, u);
    if (cells.started == 0) continue;
    Lanes given_up = 0;
    if (cells.running != 0) {
      mature(batch, u);
      if (batch.structure().funnel == Funnel::full)
        given_up = cells.running & below(draws(u), stop);
    }
    const Stage* const stage = &batch.state.stage[batch.row(u)];
    for_each_lane(
        cells.ends | (cells.started & abandoned(batch, u)) | given_up, [&](std::uint32_t l) {
          const bool is_pilot = stage[l] == pilot;
          happenings.add(is_pilot ? random::Process::pilot_success : random::Process::switching,
                         batch.world.entity[batch.first + l], u,
                         {small(l), small(u), is_pilot, (given_up >> l & 1u) != 0}, settle_one);
        });
  }
  happenings.settle_all(settle_one);
}

}  // namespace rathaus::model
