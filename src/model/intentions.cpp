// K2h: what a unit sets out to do with the money and staff it has, and what it asks programmes for:
// finish before it starts [ODD 7.15, 7.23]. Nothing moves here but stranded pilots; K3, K4 and K5
// decide and book.
#include <array>
#include <span>

#include "model/attempt.h"
#include "model/decision.h"
#include "model/running_projects.h"

namespace rathaus::model {
namespace {

/// Use cases whose pilot is on the agenda in this quarter [eq. 29].
UseCaseSet considered(const Turn& turn) {
  if (turn.structure().arrivals == Arrivals::sequential && turn.unit != turn.state.quarter)
    return 0;
  const bool bass = turn.structure().decision_rule == DecisionRule::bass;
  std::uint32_t set = turn.cells.in[aware] & ~turn.first_heard;
  if (bass) set |= turn.cells.in[none];
  set &= turn.state.available & ~turn.state.cooling[turn.unit];
  if (!bass) set = turn.luck.below(random::Process::launch, turn.parameters().decision_rate, set);
  return static_cast<UseCaseSet>(set);
}

/// Without default values, so that an array of them costs nothing until it is filled.
struct Candidate {
  std::uint32_t use_case;
  Offer offer;
  Wish wish;
  double rank;
};

/// The wanted pilots, best first; ties in the order of the table.
std::span<const Candidate> wanted_pilots(const Turn& turn, UseCaseSet considered,
                                         std::array<Candidate, max_use_cases>& buffer) {
  std::size_t count = 0;
  for_each(considered, [&](std::uint32_t u) {
    const Offer offer = best_offer(turn, u, Port::grant_pilot);
    const Wish wish = wants_pilot(turn, u, turn.luck(random::Process::launch, u), offer.share);
    if (wish.weighed)
      turn.state.note(turn.unit, {.kind = EventKind::weighed,
                                  .use_case = static_cast<std::uint8_t>(u),
                                  .value = wish.value,
                                  .wanted = wish.supported});
    if (!wish.supported) return;
    const double rank = turn.state.strategy[turn.unit] ? turn.world.sustainability[u] : wish.value;
    std::size_t place = count++;
    for (; place > 0 && buffer[place - 1].rank < rank; --place) buffer[place] = buffer[place - 1];
    buffer[place] = {u, offer, wish, rank};
  });
  return {buffer.data(), count};
}

/// What a pilot needs, whoever delivers it; who has a strategy plans the operation before the pilot
/// [eq. 30, ODD 7.23].
Need pilot_need(const Turn& turn, std::uint32_t use_case) {
  const Parameters& p = turn.parameters();
  const double threshold = turn.world.rules.use_cases[use_case].data_threshold;
  const double effort = project_effort(turn, use_case);
  Need need{p.pilot_data_frac * threshold, p.pilot_share * effort, 0};
  if (turn.state.strategy[turn.unit]) {
    need.data = threshold - turn.coefficients().strategy_data_slack;
    need.staff_at_hand = (1.0 - p.pilot_share) * effort;
  }
  return need;
}

Cents pilot_cost(const Turn& turn, std::uint32_t use_case, std::uint8_t vendor) {
  return cents(turn.parameters().pilot_share * project_cost(turn, use_case, vendor));
}

/// Files an application for a pilot; true if that settles the matter, for good or ill.
bool apply_for_pilot(Turn& turn, const Candidate& wanted, Means& left) {
  const auto u = static_cast<std::uint8_t>(wanted.use_case);
  const Programme& programme = turn.world.rules.programmes[wanted.offer.programme];
  const std::uint8_t vendor = choose_vendor(turn, u, programme.open_min);
  if (vendor == no_vendor) return false;
  const Attempt attempt{Step::pilot, u};
  Need alone = pilot_need(turn, u);
  alone.money = pilot_cost(turn, u, vendor);
  Application application;
  if (apply(turn, attempt, wanted.offer, alone, wanted.wish.own, wanted.wish.value, left,
            application)) {
    turn.report.orders.push_back({turn.unit, u, vendor, alone.money, application});
    return true;
  }
  if (!wanted.wish.own)
    count_blocked(turn, attempt,
                  with_grant(turn, wanted.offer, alone, grant_of(turn, wanted.offer, alone.money)),
                  left);
  return false;
}

/// True if the unit lacks something and lacks the same whichever vendor it chose: then the choice
/// is not made. Costs rise with the price, so that the cheapest and the dearest vendor tell.
bool blocked_anyway(Turn& turn, const Attempt& attempt, Need need, const Means& left) {
  const VendorMarket& market = turn.state.market;
  if (market.active == 0 || turn.state.is_noted(turn.unit)) return false;
  need.money = pilot_cost(turn, attempt.use_case, market.cheapest);
  if (fits(turn, need, left)) return false;
  if (left.money >= need.money && left.money < pilot_cost(turn, attempt.use_case, market.dearest))
    return false;
  count_blocked(turn, attempt, need, left);
  return true;
}

/// Starts a pilot with own means, unless a call is worth waiting for.
void launch_alone(Turn& turn, std::uint32_t use_case, Means& left) {
  const auto u = static_cast<std::uint8_t>(use_case);
  const Attempt attempt{Step::pilot, u};
  Need need = pilot_need(turn, u);
  if (blocked_anyway(turn, attempt, need, left)) return;
  const std::uint8_t vendor = choose_vendor(turn, u);
  if (vendor == no_vendor) {
    ++turn.row(Step::pilot, Constraint::vendor_capacity);
    return;
  }
  need.money = pilot_cost(turn, u, vendor);
  if (!fits(turn, need, left)) return count_blocked(turn, attempt, need, left);
  if (waits_for_call(turn, u)) return;
  claim(need.staff, need.money, left);
  turn.report.orders.push_back({turn.unit, u, vendor, need.money});
}

/// New pilots, as far as the means reach [eq. 30].
void launch(Turn& turn, std::span<const Candidate> pilots, Means& left) {
  for (const Candidate& wanted : pilots) {
    if (wanted.offer && apply_for_pilot(turn, wanted, left)) continue;
    if (wanted.wish.own) launch_alone(turn, wanted.use_case, left);
  }
}

}  // namespace

void form_intentions(Turn& turn) {
  const State& state = turn.state;
  const UseCaseSet ready = state.ready[turn.unit];
  const UseCaseSet due = due_roll_outs(turn);
  const UseCaseSet agenda = considered(turn);
  const bool goes_on = (ready | due) != 0;
  if (!goes_on && agenda == 0) return;

  std::array<Candidate, max_use_cases> buffer;
  std::span<const Candidate> wanted;
  if (!goes_on && (wanted = wanted_pilots(turn, agenda, buffer)).empty()) return;

  Means left{state.data[turn.unit], state.staff[turn.unit] - tied_staff(turn),
             state.reserve[turn.unit]};
  const std::size_t first_order = turn.report.orders.size();
  const std::size_t first_transition = turn.report.transitions.size();
  if (goes_on) {
    finish_pilots(turn, ready, left);
    roll_out(turn, due, left);
    wanted = wanted_pilots(turn, agenda, buffer);  // an offer may have gone to a running project
  }
  launch(turn, wanted, left);
  if (state.funding.open != 0) set_award_keys(turn, first_order, first_transition, left.staff);
}

}  // namespace rathaus::model
