// K0 and K1: the money of the programmes, and whom they support in this quarter [ODD 7.23].
#include "model/funding.h"

#include <algorithm>
#include <numeric>

#include "model/batch.h"
#include "model/quarter.h"
#include "random/name_hash.h"
#include "rules/support.h"

namespace rathaus::model {
namespace {

/// True in the first window quarter of a calendar year, or of all.
bool is_refilled(const World& world, const Programme& programme, const Pot& pot, std::int32_t t) {
  if (programme.budget.kind == BudgetKind::unlimited) return false;
  if (!pot.filled_once || programme.budget.kind == BudgetKind::total) return !pot.filled_once;
  const auto in_year = (static_cast<std::int32_t>(world.rules.start_of_year) + t) % 4;
  for (std::int32_t earlier = std::max(0, t - in_year); earlier < t; ++earlier)
    if (programme.window.contains(earlier)) return false;
  return true;
}

void refill(const Budget& budget, Pot& pot) {
  pot.returned = rules::returned(pot.remaining, budget.carry_over);
  pot.refilled = budget.amount;
  pot.remaining += pot.refilled - pot.returned;
  pot.filled_once = true;
}

/// Quarters until a call opens that is announced in quarter t of the results; 0 if none is: nobody
/// hears of a call before they begin.
std::int32_t announced_lead(const Programme& programme, const Pot& pot, std::int32_t t) {
  if (t < 0) return 0;
  if (programme.budget.kind != BudgetKind::unlimited && programme.budget.amount == 0) return 0;
  if (programme.budget.kind == BudgetKind::total && pot.filled_once && pot.remaining == 0) return 0;
  for (std::int32_t lead = 1; lead <= programme.window.announced; ++lead)
    if (programme.window.opens(t + lead)) return lead;
  return 0;
}

double weight_of(const World& world, const State& state, std::size_t k, std::uint32_t unit) {
  return state.funding.eligible[unit] >> k & 1u
             ? rules::entitlement_weight(world.inhabitants[unit], world.fiscal[unit])
             : 0.0;
}

double sum_of_weights(const World& world, const State& state, std::size_t k) {
  double sum = 0.0;
  for (std::uint32_t i = 0; i < world.units; ++i) sum += weight_of(world, state, k, i);
  return sum;
}

/// ⌊pot·w / Σw⌋ cents for eligible units.
void grant_entitlements(const World& world, State& state, std::size_t k) {
  std::vector<Cents>& entitlement = state.funding.entitlement[k];
  entitlement.assign(world.units, 0);
  const double sum = sum_of_weights(world, state, k);
  for (std::uint32_t i = 0; i < world.units && sum > 0.0; ++i)
    entitlement[i] = rules::entitlement(static_cast<double>(state.funding.pot[k].remaining),
                                        weight_of(world, state, k, i), sum);
}

/// Some cell that the programme looks at is AWARE and lacks data.
bool lacks_data(const World& world, const State& state, std::uint32_t unit,
                std::uint32_t admitted) {
  bool lacks = false;
  for_each(static_cast<UseCaseSet>(state.funnel[unit].in[aware] & admitted), [&](std::uint32_t u) {
    lacks |= state.data[unit] < world.rules.use_cases[u].data_threshold;
  });
  return lacks;
}

std::uint32_t eligible_for(const World& world, const State& state, std::uint32_t unit) {
  std::uint32_t eligible = world.admissible[unit] & (state.funding.open | state.funding.announced);
  for_each(eligible, [&](std::uint32_t k) {
    const Eligibility& asks = world.rules.programmes[k].eligible;
    const std::uint8_t first_stage = world.required[k];
    if ((asks.coop_only && !state.member[unit]) ||
        (first_stage != no_programme && state.funding.first_award[first_stage][unit] < 0) ||
        (asks.demand_only && !lacks_data(world, state, unit, world.admitted[k])))
      eligible &= ~(1u << k);
  });
  return eligible;
}

/// The n eligible units with the lowest draw become sites for good; ties: lower unit.
void choose_sites(const World& world, const random::Key& key, State& state, std::size_t k) {
  const Programme& programme = world.rules.programmes[k];
  const std::uint32_t hash = random::name_hash(programme.name);
  std::vector<std::pair<double, std::uint32_t>> drawn;
  for (std::uint32_t i = 0; i < world.units; ++i)
    if (state.funding.eligible[i] >> k & 1u)
      drawn.emplace_back(random::uniform(key, random::Process::sites,
                                         world.municipalities.entity[i], hash, state.quarter),
                         i);
  std::ranges::sort(drawn);
  const std::size_t sites = std::min<std::size_t>(drawn.size(), *programme.sites);
  for (std::size_t s = 0; s < sites; ++s) state.funding.site[drawn[s].second] |= 1u << k;
  state.funding.sited |= 1u << k;
}

/// EVID acts on all units of the regions of the sites, the other ports on eligible sites.
void support_sites(const World& world, State& state, std::size_t k) {
  Funding& funding = state.funding;
  std::vector<std::uint8_t> informed(world.regions, 0);
  for (std::uint32_t i = 0; i < world.units; ++i)
    if (funding.site[i] >> k & 1u) informed[world.municipalities.region[i]] = 1;
  for (std::uint32_t i = 0; i < world.units; ++i) {
    if (funding.site[i] & funding.eligible[i] & 1u << k) funding.acting[i] |= 1u << k;
    if (informed[world.municipalities.region[i]]) funding.informing[i] |= 1u << k;
  }
}

void support_one(State& state, std::uint32_t unit, std::size_t k) {
  state.funding.acting[unit] |= 1u << k;
  state.funding.informing[unit] |= 1u << k;
}

/// Whoever is supported without having to apply.
void mark_recipient(State& state, std::uint32_t unit, std::size_t k) {
  support_one(state, unit, k);
  state.funding.reach[k][unit] |= reach_applied | reach_awarded;
  std::int16_t& first = state.funding.first_award[k][unit];
  if (first < 0) first = static_cast<std::int16_t>(state.result_quarter());
}

/// Recipients of a stock programme, until the first whose cost does not fit.
void choose_recipients(const World& world, const random::Key& key, State& state, std::size_t k) {
  const Programme& programme = world.rules.programmes[k];
  const std::uint32_t hash = random::name_hash(programme.name);
  std::vector<std::pair<double, std::uint32_t>> queue;  // (−key, unit)
  for (std::uint32_t i = 0; i < world.units; ++i) {
    if (!(state.funding.eligible[i] >> k & 1u)) continue;
    const bool by_need = programme.award == AwardRule::need;
    queue.emplace_back(by_need
                           ? world.fiscal[i]
                           : -random::uniform(key, random::Process::stock_recipients,
                                              world.municipalities.entity[i], hash, state.quarter),
                       i);
  }
  std::ranges::sort(queue);
  for (const auto& [order, unit] : queue) {
    const Cents cost = cents(rules::stock_cost(*programme.unit_cost, state.scale[unit]));
    if (cost > state.funding.pot[k].remaining) return;
    state.funding.book(programme.budget.kind, k, unit, cost, state.result_quarter());
    state.funding.pot[k].requested += cost;
    state.funding.pot[k].granted += cost;
    mark_recipient(state, unit, k);
    state.note(
        unit,
        {.kind = EventKind::supported, .programme = static_cast<std::uint8_t>(k), .amount = cost});
  }
}

}  // namespace

Support::Support() {
  for (std::size_t port = 0; port < ports.size(); ++port) {
    const Combination rule = info_of(static_cast<Port>(port)).combination;
    ports[port] = rule == Combination::product ? 1.0 : 0.0;
  }
}

void Support::combine(Port port, double gain) {
  double& so_far = ports[static_cast<std::size_t>(port)];
  const Combination rule = info_of(port).combination;
  if (rule == Combination::sum) so_far += gain;
  if (rule == Combination::product) so_far = rules::left_after(so_far, gain);
}

void Funding::book(BudgetKind kind, std::size_t programme, std::uint32_t unit, Cents amount,
                   std::int32_t quarter) {
  Pot& from = pot[programme];
  from.paid += amount;
  if (kind == BudgetKind::unlimited)
    from.refilled += amount;
  else
    from.remaining -= amount;
  if (amount == 0) return;
  support[unit] += amount;
  supported_by[unit] |= 1u << programme;
  if (first_support[unit] < 0) first_support[unit] = static_cast<std::int16_t>(quarter);
}

void fill_pots(const World& world, State& state) {
  Funding& funding = state.funding;
  const std::int32_t t = state.result_quarter();
  funding.open = funding.announced = 0;
  for (std::size_t k = 0; k < funding.pot.size(); ++k) {
    const Programme& programme = world.rules.programmes[k];
    Pot& pot = funding.pot[k];
    pot.refilled = pot.paid = pot.returned = pot.requested = pot.granted = 0;
    pot.applications = pot.awards = 0;
    const bool in_window = programme.window.contains(t);
    if (in_window && is_refilled(world, programme, pot, t)) refill(programme.budget, pot);
    if (!in_window) funding.entitlement[k].clear();
    pot.open = in_window && (programme.budget.kind == BudgetKind::unlimited || pot.remaining > 0);
    pot.opens_in = in_window ? 0 : announced_lead(programme, pot, t);
    pot.announced = pot.opens_in > 0;
    funding.open |= std::uint32_t{pot.open} << k;
    funding.announced |= std::uint32_t{pot.announced} << k;
  }
}

void choose_supported(const World& world, const random::Key& key, State& state) {
  Funding& funding = state.funding;
  if (funding.pot.empty()) return;
  const std::int32_t t = state.result_quarter();
  for (std::uint32_t i = 0; i < world.units; ++i) {
    funding.eligible[i] = eligible_for(world, state, i);
    funding.acting[i] = funding.informing[i] = 0;
  }
  for (std::size_t k = 0; k < funding.pot.size(); ++k) {
    const Programme& programme = world.rules.programmes[k];
    if (funding.pot[k].announced && programme.award == AwardRule::formula)
      funding.pot[k].weights = sum_of_weights(world, state, k);
    if (!funding.pot[k].open) continue;
    for (std::uint32_t i = 0; i < world.units; ++i)
      if (funding.eligible[i] >> k & 1u) funding.reach[k][i] |= reach_eligible;
    if (programme.award == AwardRule::formula &&
        (funding.pot[k].refilled > 0 || programme.window.opens(t)))
      grant_entitlements(world, state, k);
    if (programme.sites) {
      if (!(funding.sited >> k & 1u)) choose_sites(world, key, state, k);
      support_sites(world, state, k);
    } else if (programme.is_stock()) {
      choose_recipients(world, key, state, k);
    } else {
      for (std::uint32_t i = 0; i < world.units; ++i)
        if (funding.eligible[i] >> k & 1u)
          programme.gives_grants() ? support_one(state, i, k) : mark_recipient(state, i, k);
    }
  }
}

Support support_of(const World& world, const Funding& funding, std::uint32_t unit) {
  Support support;
  const auto combine = [&](Port port, std::uint32_t k) {
    support.combine(port, world.by_class(world.rules.programmes[k][port], unit));
  };
  for_each(funding.acting[unit], [&](std::uint32_t k) {
    for (std::size_t port = 0; port < port_names.size(); ++port)
      if (static_cast<Port>(port) != Port::evid) combine(static_cast<Port>(port), k);
  });
  for_each(funding.informing[unit], [&](std::uint32_t k) { combine(Port::evid, k); });
  return support;
}

}  // namespace rathaus::model
