// The end of a contract: stay, change the vendor, or be left by it [ODD 7.17].
#include "rules/contracts.h"

#include "model/turn.h"
#include "rules/effects.h"

namespace rathaus::model {
namespace {

/// How attractive a vendor is that delivers a common solution to the unit.
double attraction_of_offer(const Turn& turn, std::uint32_t use_case, std::uint8_t vendor) {
  const Parameters& p = turn.parameters();
  const double scale = turn.state.scale_by(turn.world.cost_law[use_case])[turn.unit];
  return rules::attraction_of_offer(p.beta_price, turn.state.vendors[vendor].price,
                                    cost_terms(turn, use_case, vendor).scale / scale, p.beta_open,
                                    turn.world.vendor[vendor].openness);
}

/// Whom to change to; no_vendor if there is nobody. A common solution may be the better for its
/// relief; ties go to the lowest slot.
std::uint8_t best_alternative(const Turn& turn, std::uint32_t use_case, std::uint8_t current) {
  const Supply& supply = turn.state.market.of[use_case];
  const std::uint8_t best = supply.best == current ? supply.second_best : supply.best;
  const std::uint8_t common = offering_vendor(turn, use_case);
  if (common == no_common || common == current || common == best) return best;
  const Parameters& p = turn.parameters();
  const double of_best = rules::attraction(p.beta_price, turn.state.vendors[best].log_price,
                                           p.beta_open, turn.world.vendor[best].openness);
  const double of_common = attraction_of_offer(turn, use_case, common);
  return of_common > of_best || (of_common == of_best && common < best) ? common : best;
}

}  // namespace

bool renew_contract(Turn& turn, std::uint32_t use_case, double draw) {
  const World& world = turn.world;
  const Parameters& p = turn.parameters();
  State& state = turn.state;
  const std::size_t cell = turn.cell(use_case);
  const std::uint8_t current = state.vendor[cell];
  const bool vendor_gone = !state.vendors[current].active;
  const std::uint8_t other = best_alternative(turn, use_case, current);
  if (other == no_vendor) return !vendor_gone;

  const rules::Switching rule{p.horizon_years, world.run_cost_share[use_case], p.switch_share,
                              p.beta_price, p.beta_incumbent};
  const double lock_in = state.lock_in[cell];
  const double scale = state.scale_by(world.cost_law[use_case])[turn.unit];
  const auto scale_with = [&](std::uint8_t vendor) {
    return cost_terms(turn, use_case, vendor).scale;
  };
  const auto is_worth_it = [&] {
    const double price =
        rules::contract_price(state.vendors[current].price, p.lock_markup, lock_in);
    const double coverage = state.stage[cell] == scaled ? 1.0 : p.op_coverage;
    return draw < rule.chance({price, scale_with(current) / scale},
                              {state.vendors[other].price, scale_with(other) / scale}, coverage,
                              lock_in);
  };
  const auto cost_of_switching = [&] {
    return cents(rule.cost(lock_in, world.rules.use_cases[use_case].cost_eur, scale_with(other)));
  };
  const auto is_affordable = [&] {
    return !turn.structure().feasibility || state.reserve[turn.unit] >= cost_of_switching();
  };
  const auto looks_around = [&] {
    return p.renew_unasked == 0.0 || turn.draws(random::Process::renewal)(use_case) <
                                         rules::market_chance(p.renew_unasked, lock_in);
  };
  const std::size_t tenure = tenure_of(state.age[cell]);
  const bool tendered = vendor_gone || looks_around();
  turn.report.totals.contracts_tendered[tenure] += tendered;
  const bool switches = tendered && is_affordable() && (vendor_gone || is_worth_it());
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
  state.maturity[cell] =
      static_cast<float>(rules::maturity_after_switch(state.maturity[cell], lock_in));
  state.lock_in[cell] = 0.0f;
  return true;
}

}  // namespace rathaus::model
