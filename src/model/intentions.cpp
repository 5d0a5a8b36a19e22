// K2h: what a unit sets out to do with the money and staff it has, and what it asks programmes for:
// finish before it starts [ODD 7.15, 7.23]. Nothing moves here but stranded pilots; K3, K4 and K5
// decide and book.
#include <array>
#include <span>

#include "model/agenda.h"
#include "model/attempt.h"
#include "model/decision.h"
#include "model/running_projects.h"

namespace rathaus::model {
namespace {

/// Without default values, so that an array of them costs nothing until it is filled.
struct Candidate {
  std::uint32_t use_case;
  Offer offer;
  Wish wish;
  double rank;
};

/// Puts a candidate into its place among `count` others, best first; ties in the order in which
/// they come.
void insert(const Candidate& candidate, std::size_t& count,
            std::array<Candidate, max_use_cases>& ranked) {
  std::size_t place = count++;
  for (; place > 0 && ranked[place - 1].rank < candidate.rank; --place)
    ranked[place] = ranked[place - 1];
  ranked[place] = candidate;
}

/// The wanted pilots, best first; ties in the order of the table.
std::span<const Candidate> wanted_pilots(const Turn& turn, const Agenda& agenda, std::uint32_t lane,
                                         random::DrawRows& luck,
                                         std::array<Candidate, max_use_cases>& ranked) {
  const bool plans = turn.state.strategy[turn.unit] != 0;
  std::size_t count = 0;
  for_each(agenda.pilots[lane], [&](std::uint32_t u) {
    const Offer offer = best_offer(turn, u, Port::grant_pilot);
    const bool as_found = offer.share == agenda.grant_share[u][lane];
    const bool kept = (agenda.kept[lane] & only(u)) != 0;
    const Wish wish = as_found ? agenda.wish(lane, u)
                      : kept   ? kept_wish(turn, u, offer.share)
                             : wants_pilot(turn, u, random::to_uniform(luck(u)[lane]), offer.share);
    if (wish.weighed)
      turn.state.note(turn.unit, {.kind = EventKind::weighed,
                                  .use_case = static_cast<std::uint8_t>(u),
                                  .value = wish.value,
                                  .wanted = wish.supported});
    if (!wish.supported) return;
    insert({u, offer, wish, plans ? turn.world.sustainability[u] : wish.value}, count, ranked);
  });
  return {ranked.data(), count};
}

/// What a pilot with a vendor needs beside money: the same with each, but for a common solution.
/// Who has a strategy plans the operation before the pilot [ODD 7.23].
Need pilot_need(const Turn& turn, std::uint32_t use_case, std::uint8_t vendor) {
  const rules::Steps steps = steps_of(turn);
  const double threshold = turn.world.rules.use_cases[use_case].data_threshold;
  const double effort = project_effort(turn, use_case, vendor);
  const rules::Requirement asks = steps.pilot(threshold, effort, 0.0);
  Need need{asks.data, asks.staff, 0};
  if (turn.state.strategy[turn.unit]) {
    need.data = threshold - turn.coefficients().strategy_data_slack;
    need.staff_at_hand = steps.rest() * effort;
  }
  return need;
}

Cents pilot_cost(const Turn& turn, std::uint32_t use_case, std::uint8_t vendor) {
  return cents(steps_of(turn).pilot(0.0, 0.0, project_cost(turn, use_case, vendor)).money);
}

/// Who offers the use case to the unit's group, if that is open enough; else who is chosen.
std::uint8_t vendor_of(const Turn& turn, const Candidate& wanted, double open_min = 0.0) {
  const std::uint8_t common = offering_vendor(turn, wanted.use_case);
  if (common != no_common && turn.world.vendor[common].openness >= open_min) return common;
  const double draw = turn.draws(random::Process::vendor_choice)(wanted.use_case);
  return choose_vendor(turn, wanted.use_case, draw, open_min);
}

/// Files an application for a pilot; true if that settles the matter, for good or ill.
bool apply_for_pilot(Turn& turn, const Candidate& wanted, Means& left) {
  const auto u = static_cast<std::uint8_t>(wanted.use_case);
  const Programme& programme = turn.world.rules.programmes[wanted.offer.programme];
  const std::uint8_t vendor = vendor_of(turn, wanted, programme.open_min);
  if (vendor == no_vendor) return false;
  const Attempt attempt{Step::pilot, u};
  Need alone = pilot_need(turn, u, vendor);
  alone.money = pilot_cost(turn, u, vendor);
  if (!is_enough(turn, wanted.offer, alone.money)) return false;
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
  const Supply& supply = turn.state.market.of[attempt.use_case];
  if (supply.vendors == 0 || turn.state.is_noted(turn.unit)) return false;
  need.money = pilot_cost(turn, attempt.use_case, supply.cheapest);
  if (fits(turn, need, left)) return false;
  if (left.money >= need.money && left.money < pilot_cost(turn, attempt.use_case, supply.dearest))
    return false;
  count_blocked(turn, attempt, need, left);
  return true;
}

/// Starts a pilot with own means, unless a call is worth waiting for.
void launch_alone(Turn& turn, const Candidate& wanted, Means& left) {
  const auto u = static_cast<std::uint8_t>(wanted.use_case);
  const Attempt attempt{Step::pilot, u};
  const std::uint8_t common = offering_vendor(turn, u);
  Need need = pilot_need(turn, u, common);
  if (common == no_common && blocked_anyway(turn, attempt, need, left)) return;
  const std::uint8_t vendor = vendor_of(turn, wanted);
  if (vendor == no_vendor) {
    turn.count_blocked(Step::pilot, Constraint::vendor_capacity, 1);
    return;
  }
  need.money = pilot_cost(turn, u, vendor);
  if (!fits(turn, need, left)) return count_blocked(turn, attempt, need, left);
  if (waits_for_call(turn, u, need.money)) return;
  claim(need.staff, need.money, left);
  turn.report.orders.push_back({turn.unit, u, vendor, need.money});
}

/// New pilots, as far as the means reach.
void launch(Turn& turn, std::span<const Candidate> pilots, Means& left) {
  for (const Candidate& wanted : pilots) {
    if (wanted.offer && apply_for_pilot(turn, wanted, left)) continue;
    if (wanted.wish.own) launch_alone(turn, wanted, left);
  }
}

/// What one unit does about its agenda with the staff that is free.
void set_out(Turn& turn, const Agenda& agenda, std::uint32_t lane, random::DrawRows& luck,
             double free_staff) {
  const State& state = turn.state;
  const UseCaseSet ready = agenda.ready[lane], due = agenda.roll_out[lane];
  const UseCaseSet asking = agenda.asking[lane];
  const bool goes_on = (ready | due | asking) != 0;
  std::array<Candidate, max_use_cases> ranked;
  const auto weigh_pilots = [&] { return wanted_pilots(turn, agenda, lane, luck, ranked); };
  std::span<const Candidate> wanted;
  if (!goes_on && (wanted = weigh_pilots()).empty()) return;

  Means left{state.data[turn.unit], free_staff, state.reserve[turn.unit]};
  const std::size_t first_order = turn.report.orders.size();
  const std::size_t first_transition = turn.report.transitions.size();
  if (goes_on) {
    finish_pilots(turn, ready, left);
    roll_out(turn, due, left);
    ask_for_pilots(turn, asking, left);
    wanted = weigh_pilots();  // an offer may have gone to a running project
  }
  launch(turn, wanted, left);
  if (state.funding.open != 0) set_award_keys(turn, first_order, first_transition, left.staff);
}

RATHAUS_LANES void find_free_staff(const Batch& batch, PerLane<double>& free_staff) {
  PerLane<double> tied;
  tied_staff(batch, tied);
  const double* const staff = &batch.state.staff[batch.first];
  for (std::uint32_t l = 0; l < batch_units; ++l) free_staff[l] = staff[l] - tied[l];
}

}  // namespace

void form_intentions(Batch& batch) {
  random::DrawRows luck = batch.draws(random::Process::launch);
  Agenda agenda = make_agenda(batch, luck);
  if (agenda.busy() == 0) return;
  PerLane<double> free_staff;
  find_free_staff(batch, free_staff);
  let_wait(batch, free_staff, agenda);
  for_each_lane(agenda.busy(), [&](std::uint32_t l) {
    Turn turn = batch.turn(l);
    set_out(turn, agenda, l, luck, free_staff[l]);
  });
}

}  // namespace rathaus::model
