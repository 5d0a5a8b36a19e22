#include "model/applications.h"

#include <algorithm>
#include <array>

#include "model/decision.h"
#include "rules/support.h"

namespace rathaus::model {
namespace {

const Programme& row(const Turn& turn, std::size_t programme) {
  return turn.world.rules.programmes[programme];
}

/// Eligible, of an admitted use case, and a site where there are sites.
bool admits(const Turn& turn, std::size_t k, std::uint32_t use_case) {
  const Funding& funding = turn.state.funding;
  const bool is_sited = row(turn, k).sites && funding.sited >> k & 1u;
  return turn.world.admitted[k] >> use_case & 1u &&
         (!is_sited || funding.site[turn.unit] >> k & 1u);
}

/// s: the rate of the programme, and the bonuses that the unit earns on it.
double share_of(const Turn& turn, std::size_t k, Port port) {
  const World& world = turn.world;
  const double bonus = row(turn, k).bonus.of(turn.state.member[turn.unit] != 0,
                                             world.class_of(ClassKind::size, turn.unit),
                                             world.class_of(ClassKind::fiscal, turn.unit));
  return rules::grant_share(world.by_class(row(turn, k)[port], turn.unit), bonus);
}

/// What decides among the applications of a call: larger is served first.
double award_key(const Turn& turn, const Application& application, double luck, double free_staff) {
  const Coefficients& c = turn.coefficients();
  switch (row(turn, application.programme).award.value_or(AwardRule::lottery)) {
    case AwardRule::fcfs:
      return rules::speed_key(luck, c.award_speed_floor, free_staff);
    case AwardRule::merit:
    case AwardRule::quota:
      return rules::merit_key(turn.state.data[turn.unit], c.award_utility_weight, application.key,
                              c.award_luck_weight, luck);
    case AwardRule::need:
      return -turn.world.fiscal[turn.unit];
    case AwardRule::lottery:
    case AwardRule::formula:
      break;
  }
  return luck;
}

/// The largest share among some programmes; ties: the first.
Offer best_among(const Turn& turn, std::uint32_t use_case, Port port, std::uint32_t among) {
  const Funding& funding = turn.state.funding;
  Offer best = no_offer;
  for_each(funding.eligible[turn.unit] & among, [&](std::uint32_t k) {
    const double share = share_of(turn, k, port);
    if (share <= best.share || !admits(turn, k, use_case)) return;
    if (!funding.entitlement[k].empty() && funding.entitlement[k][turn.unit] == 0) return;
    best = {static_cast<std::uint8_t>(k), share};
  });
  return best;
}

/// The grant that a unit may hope for when the call opens.
Cents foreseen_grant(const Turn& turn, const Offer& offer, Cents cost) {
  const Cents grant = grant_of(turn, offer, cost);
  const Programme& programme = row(turn, offer.programme);
  if (programme.award != AwardRule::formula) return grant;
  const double weights = turn.state.funding.pot[offer.programme].weights;
  if (weights <= 0.0) return 0;
  return std::min(grant,
                  rules::entitlement(static_cast<double>(programme.budget.amount),
                                     rules::entitlement_weight(turn.world.inhabitants[turn.unit],
                                                               turn.world.fiscal[turn.unit]),
                                     weights));
}

bool reaches_least(const Programme& programme, Cents grant) {
  return rules::reaches_least_award(grant, programme.least_award.value_or(0));
}

/// Announced calls that would pay a share of a pilot, if it had not begun before they open.
template <class Body>
void for_each_awaitable(const Turn& turn, std::uint32_t use_case, Cents cost, Body body) {
  const Funding& funding = turn.state.funding;
  for_each(funding.eligible[turn.unit] & funding.announced, [&](std::uint32_t k) {
    const Offer offer{static_cast<std::uint8_t>(k), share_of(turn, k, Port::grant_pilot)};
    if (offer.share > 0.0 && !row(turn, k).early_start && admits(turn, k, use_case) &&
        (!row(turn, k).least_award ||
         reaches_least(row(turn, k), foreseen_grant(turn, offer, cost))))
      body(offer);
  });
}

/// A share of all that might wait does.
std::uint8_t awaited_by_share(const Turn& turn, std::uint32_t use_case, Cents cost) {
  double longest = 0.0;
  std::uint8_t awaited = no_programme;
  for_each_awaitable(turn, use_case, cost, [&](const Offer& offer) {
    const double wait = row(turn, offer.programme).wait.value_or(turn.parameters().wait_share);
    if (wait <= longest) return;
    longest = wait;
    awaited = offer.programme;
  });
  const bool waits =
      awaited != no_programme && turn.draws(random::Process::waiting)(use_case) < longest;
  return waits ? awaited : no_programme;
}

/// Who gains more by waiting than by beginning waits for the call that it gains most by.
std::uint8_t awaited_by_reckoning(const Turn& turn, std::uint32_t use_case, Cents cost) {
  double most = 0.0;
  std::uint8_t awaited = no_programme;
  for_each_awaitable(turn, use_case, cost, [&](const Offer& offer) {
    const Pot& pot = turn.state.funding.pot[offer.programme];
    const double gain = rules::gain_of_waiting(
        rules::award_chance(pot.accepted, pot.filed),
        static_cast<double>(foreseen_grant(turn, offer, cost)) / 100.0, filing_effort(turn, offer),
        turn.coefficients().wage_eur, pot.opens_in, expected_net_benefit(turn, use_case));
    if (gain <= most) return;
    most = gain;
    awaited = offer.programme;
  });
  return awaited;
}

constexpr std::array rule_list{
    WaitingInfo{Waiting::reckoned, "reckoned", true, awaited_by_reckoning},
    WaitingInfo{Waiting::share, "share", false, awaited_by_share},
    WaitingInfo{Waiting::none, "none", false, nullptr},
};
static_assert(is_in_order(rule_list));

}  // namespace

std::span<const WaitingInfo> waiting_rules() {
  return rule_list;
}

Offer best_open_offer(const Turn& turn, std::uint32_t use_case, Port port) {
  return best_among(turn, use_case, port, turn.state.funding.open);
}

Offer best_late_offer(const Turn& turn, std::uint32_t use_case, std::uint8_t age) {
  const std::int32_t t = turn.state.result_quarter();
  std::uint32_t among = 0;
  for_each(turn.state.funding.open, [&](std::uint32_t k) {
    const Programme& programme = row(turn, k);
    const Window& window = programme.window;
    // no call is announced before the results begin
    const bool began_since = age <= std::min(t, t - window.opening_of(t) + window.announced);
    among |= std::uint32_t{programme.early_start && began_since} << k;
  });
  return best_among(turn, use_case, Port::grant_pilot, among);
}

Cents grant_of(const Turn& turn, const Offer& offer, Cents cost) {
  const Funding& funding = turn.state.funding;
  Cents grant = nearest(offer.share * static_cast<double>(cost));
  grant = std::min(grant, row(turn, offer.programme).cap_per_award.value_or(grant));
  if (const auto& entitlement = funding.entitlement[offer.programme]; !entitlement.empty())
    grant = std::min(grant, entitlement[turn.unit]);
  return grant;
}

bool is_enough(const Turn& turn, const Offer& offer, Cents cost) {
  const Programme& programme = row(turn, offer.programme);
  return !programme.least_award || reaches_least(programme, grant_of(turn, offer, cost));
}

double filing_effort(const Turn& turn, const Offer& offer) {
  const Programme& programme = row(turn, offer.programme);
  if (programme.award == AwardRule::formula) return 0.0;
  const double filers = programme.joint ? sharers_of(turn) : 1.0;
  return rules::filing_effort(programme.application_days,
                              turn.coefficients().working_days_per_quarter, filers);
}

void file(Turn& turn, std::uint32_t use_case, const Application& application) {
  Funding& funding = turn.state.funding;
  const std::size_t k = application.programme;
  funding.reach[k][turn.unit] |= reach_applied;
  if (!funding.entitlement[k].empty()) funding.entitlement[k][turn.unit] -= application.grant;
  turn.state.note(turn.unit, {.kind = EventKind::applied,
                              .use_case = static_cast<std::uint8_t>(use_case),
                              .programme = application.programme,
                              .amount = application.grant});
}

bool waits_for_call(Turn& turn, std::uint32_t use_case, Cents cost) {
  const WaitingInfo& rule = info_of(turn.structure().waiting);
  if (turn.state.funding.announced == 0 || rule.awaited == nullptr) return false;
  const std::uint8_t awaited = rule.awaited(turn, use_case, cost);
  if (awaited == no_programme) return false;
  if (rule.keeps_wish) turn.state.awaited[turn.cell(use_case)] = awaited;
  turn.state.funding.reach[awaited][turn.unit] |= reach_waited;
  turn.state.note(turn.unit, {.kind = EventKind::postponed,
                              .use_case = static_cast<std::uint8_t>(use_case),
                              .programme = awaited});
  return true;
}

void set_award_keys(Turn& turn, std::size_t first_order, std::size_t first_transition,
                    double free_staff) {
  random::Draws luck = turn.draws(random::Process::award_score);
  const auto set = [&](auto& attempts, std::size_t first) {
    for (std::size_t a = first; a < attempts.size(); ++a)
      if (Application& application = attempts[a].application; application.programme != no_programme)
        application.key = award_key(turn, application, luck(attempts[a].use_case), free_staff);
  };
  set(turn.report.orders, first_order);
  set(turn.report.transitions, first_transition);
}

}  // namespace rathaus::model
