#include "model/applications.h"

#include <algorithm>

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

}  // namespace

Offer best_open_offer(const Turn& turn, std::uint32_t use_case, Port port) {
  const Funding& funding = turn.state.funding;
  Offer best = no_offer;
  for_each(funding.eligible[turn.unit] & funding.open, [&](std::uint32_t k) {
    const double share = turn.world.by_class(row(turn, k)[port], turn.unit);
    if (share <= best.share || !admits(turn, k, use_case)) return;
    if (!funding.entitlement[k].empty() && funding.entitlement[k][turn.unit] == 0) return;
    best = {static_cast<std::uint8_t>(k), share};
  });
  return best;
}

Cents grant_of(const Turn& turn, const Offer& offer, Cents cost) {
  const Funding& funding = turn.state.funding;
  Cents grant = nearest(offer.share * static_cast<double>(cost));
  grant = std::min(grant, row(turn, offer.programme).cap_per_award.value_or(grant));
  if (const auto& entitlement = funding.entitlement[offer.programme]; !entitlement.empty())
    grant = std::min(grant, entitlement[turn.unit]);
  return grant;
}

double filing_effort(const Turn& turn, const Offer& offer) {
  const Programme& programme = row(turn, offer.programme);
  if (programme.award == AwardRule::formula) return 0.0;
  const double filers = programme.joint && turn.state.member[turn.unit]
                            ? turn.state.pool_members[turn.world.municipalities.region[turn.unit]]
                            : 1.0;
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

bool waits_for_call(Turn& turn, std::uint32_t use_case) {
  Funding& funding = turn.state.funding;
  double longest = 0.0;
  std::uint8_t awaited = no_programme;
  for_each(funding.eligible[turn.unit] & funding.announced, [&](std::uint32_t k) {
    const Programme& programme = row(turn, k);
    if (programme.wait <= longest || !admits(turn, k, use_case)) return;
    if (turn.world.by_class(programme[Port::grant_pilot], turn.unit) <= 0.0) return;
    longest = programme.wait;
    awaited = static_cast<std::uint8_t>(k);
  });
  if (awaited == no_programme || turn.draws(random::Process::waiting)(use_case) >= longest)
    return false;
  funding.reach[awaited][turn.unit] |= reach_waited;
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
