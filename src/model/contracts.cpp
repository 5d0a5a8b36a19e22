// Renewal: new customers pay list prices, old ones a mark-up that grows with lock-in, and leaving
// costs the more the longer one has stayed (Farrell and Klemperer 2007) [ODD 7.17].

#include "lanes/elementary.h"
#include "model/logistic.h"
#include "model/rough.h"
#include "model/turn.h"

namespace rathaus::model {
namespace {

/// Price of the vendor of a cell relative to the start, with the mark-up of lock-in [eq. 9]
double contract_price(const Turn& turn, std::uint32_t use_case) {
  const std::size_t cell = turn.cell(use_case);
  const double lock_in = turn.state.lock_in[cell];
  return turn.state.vendors[turn.state.vendor[cell]].price *
         (1.0 + turn.parameters().lock_markup * lock_in);
}

}  // namespace

bool renew_contract(Turn& turn, std::uint32_t use_case, double draw) {
  const World& world = turn.world;
  const Parameters& p = turn.parameters();
  State& state = turn.state;
  const std::size_t cell = turn.cell(use_case);
  const std::uint8_t current = state.vendor[cell];
  const bool vendor_gone = !state.vendors[current].active;
  const VendorMarket& market = state.market;
  const std::uint8_t other = market.best == current ? market.second_best : market.best;
  if (other == no_vendor) return !vendor_gone;

  // K_sw = switch_share·λ·C⁰ψ [EUR], and C⁰ψ cancels in the ratio [eq. 36]
  // x_sw = ln[ A·o·cov·P_v(1+μλ) / (A·o·cov·P_w + switch_share·λ) ]
  const double lock_in = state.lock_in[cell];
  const double coverage = state.stage[cell] == scaled ? 1.0 : p.op_coverage;
  const double running = p.horizon_years * p.run_cost_share * coverage;
  const double price_ratio = running * contract_price(turn, use_case) /
                             (running * state.vendors[other].price + p.switch_share * lock_in);
  const auto log_odds = [&](double x) { return p.beta_price * x - p.beta_incumbent; };
  const auto is_worth_it = [&] {
    return is_below_logistic(draw, log_odds(rough_log(price_ratio)), p.beta_price * rough_log_error,
                             [&] { return log_odds(elementary::log(price_ratio)); });
  };
  const auto cost_of_switching = [&] {
    return cents(p.switch_share * lock_in * world.rules.use_cases[use_case].cost_eur *
                 state.scale[turn.unit]);
  };
  const auto is_affordable = [&] {
    return !turn.structure().feasibility || state.reserve[turn.unit] >= cost_of_switching();
  };
  const bool switches = (vendor_gone || is_worth_it()) && is_affordable();

  const std::size_t tenure = tenure_of(state.age[cell]);
  if (!switches) {
    if (!vendor_gone) {
      ++turn.report.totals.contracts_renewed[tenure];
      state.note(turn.unit, {.kind = EventKind::renewed,
                             .use_case = static_cast<std::uint8_t>(use_case),
                             .vendor = current});
    }
    return !vendor_gone;
  }
  const Cents cost = cost_of_switching();
  ++turn.report.totals.contracts_switched[tenure];
  state.reserve[turn.unit] -= cost;
  state.ledger.switching_cost[turn.unit] += cost;
  turn.row[Indicator::switching_cost] += cost;
  state.note(turn.unit, {.kind = EventKind::switched,
                         .use_case = static_cast<std::uint8_t>(use_case),
                         .vendor = other,
                         .amount = cost});
  turn.move(use_case, state.stage[cell], other);
  // what was learnt about the old system is partly lost
  state.maturity[cell] = static_cast<float>(state.maturity[cell] * (1.0 - lock_in / 2.0));
  state.lock_in[cell] = 0.0f;
  return true;
}

}  // namespace rathaus::model
