// K3: each programme decides on its applications, in exact cents [ODD 7.23].
#include <algorithm>
#include <numeric>
#include <span>
#include <tuple>

#include "model/quarter.h"

namespace rathaus::model {
namespace {

/// One application as the programme sees it.
struct Filed {
  Application* application;
  std::uint32_t unit;
  std::uint8_t use_case;
  Stage to;  //!< pilot, operation or scaled
};

/// What is accepted or refused as a whole: one application, or that of a cooperation.
struct Bid {
  double key = 0.0;
  Cents grant = 0;
  std::uint32_t unit = 0;  //!< the lowest
  std::uint8_t use_case = 0;
  bool accepted = false;
  std::vector<Filed> parts{};
};

/// Applications of one programme, in order of unit.
std::vector<Filed> filed_with(State& state, std::size_t programme) {
  std::vector<Filed> filed;
  for (Transition& t : state.report.transitions)
    if (t.application.programme == programme)
      filed.push_back({&t.application, t.unit, t.use_case, t.to});
  for (Order& o : state.report.orders)
    if (o.application.programme == programme)
      filed.push_back({&o.application, o.unit, o.use_case, pilot});
  std::ranges::sort(filed, {}, [](const Filed& f) { return std::tuple(f.unit, f.use_case); });
  return filed;
}

/// Members of a cooperation apply together for the same use case and step; others alone.
std::vector<Bid> make_bids(const World& world, const State& state, std::span<const Filed> filed,
                           bool joint) {
  std::vector<Bid> bids;
  const auto same_project = [&](const Bid& bid, const Filed& f) {
    const Filed& first = bid.parts.front();
    const std::vector<std::uint32_t>& region = world.municipalities.region;
    return state.member[first.unit] && first.use_case == f.use_case && first.to == f.to &&
           region[first.unit] == region[f.unit];
  };
  for (const Filed& f : filed) {
    auto bid = bids.end();
    if (joint && state.member[f.unit])
      bid = std::ranges::find_if(bids, [&](const Bid& b) { return same_project(b, f); });
    if (bid == bids.end())
      bid = bids.insert(bids.end(), Bid{.unit = f.unit, .use_case = f.use_case});
    bid->parts.push_back(f);
    bid->key += f.application->key;
    bid->grant += f.application->grant;
  }
  for (Bid& bid : bids) bid.key /= static_cast<double>(bid.parts.size());
  std::ranges::sort(bids, {}, [](const Bid& b) { return std::tuple(-b.key, b.unit, b.use_case); });
  return bids;
}

/// Accepts in order while the money lasts; the first that does not fit closes the list.
/// Returns what was granted.
template <class Filter>
Cents accept(std::span<Bid> bids, Cents money, Filter considered) {
  Cents granted = 0;
  for (Bid& bid : bids) {
    if (bid.accepted || !considered(bid)) continue;
    if (granted + bid.grant > money) break;
    granted += bid.grant;
    bid.accepted = true;
  }
  return granted;
}

/// Reserved shares first, class by class, then everybody within the rest.
void accept_by_quota(const World& world, const ByClass& reserve, std::span<Bid> bids, Cents pot) {
  Cents rest = pot;
  const std::size_t classes =
      reserve.kind == ClassKind::size ? size_class_names.size() : fiscal_class_names.size();
  for (std::size_t c = 0; c < classes; ++c) {
    const auto reserved = static_cast<Cents>(reserve.value[c] * static_cast<double>(pot));
    rest -= accept(bids, reserved,
                   [&](const Bid& bid) { return world.class_of(reserve.kind, bid.unit) == c; });
  }
  accept(bids, rest, [](const Bid&) { return true; });
}

void tell(State& state, std::size_t k, const Filed& filed, bool accepted) {
  Funding& funding = state.funding;
  Application& application = *filed.application;
  state.note(filed.unit, {.kind = accepted ? EventKind::awarded : EventKind::refused,
                          .use_case = filed.use_case,
                          .programme = static_cast<std::uint8_t>(k),
                          .amount = application.grant});
  if (!accepted) {
    funding.reach[k][filed.unit] |= reach_rejected;
    application.programme = no_programme;
    application.grant = 0;
    return;
  }
  funding.reach[k][filed.unit] |= reach_awarded;
  if (application.own) funding.reach[k][filed.unit] |= reach_awarded_own;
  std::int16_t& first = funding.first_award[k][filed.unit];
  if (first < 0) first = static_cast<std::int16_t>(state.result_quarter());
}

void decide(const World& world, State& state, std::size_t k) {
  const std::vector<Filed> filed = filed_with(state, k);
  if (filed.empty()) return;
  const Programme& programme = world.rules.programmes[k];
  const bool unlimited = programme.budget.kind == BudgetKind::unlimited;
  std::vector<Bid> bids = make_bids(world, state, filed, programme.joint);
  if (unlimited || programme.award == AwardRule::formula) {
    for (Bid& bid : bids) bid.accepted = true;
  } else if (programme.award == AwardRule::quota) {
    accept_by_quota(world, programme.reserve, bids, state.funding.pot[k].remaining);
  } else {
    accept(bids, state.funding.pot[k].remaining, [](const Bid&) { return true; });
  }
  Pot& pot = state.funding.pot[k];
  for (const Bid& bid : bids) {
    pot.requested += bid.grant;
    if (bid.accepted) pot.granted += bid.grant;
  }
  pot.filed = static_cast<std::uint32_t>(filed.size());
  pot.accepted = 0;
  for (const Bid& bid : bids) {
    if (bid.accepted) pot.accepted += static_cast<std::uint32_t>(bid.parts.size());
    for (const Filed& f : bid.parts) tell(state, k, f, bid.accepted);
  }
  pot.applications = pot.filed;
  pot.awards = pot.accepted;
}

/// Refused and not affordable alone: the attempt ends here.
template <class Attempt>
bool vanishes(const Attempt& attempt) {
  return !attempt.application.own && attempt.application.programme == no_programme;
}

}  // namespace

void decide_applications(const World& world, State& state) {
  if (state.funding.open == 0) return;
  for (std::size_t k = 0; k < world.rules.programmes.size(); ++k)
    if (state.funding.open >> k & 1u && world.rules.programmes[k].gives_grants())
      decide(world, state, k);
  std::erase_if(state.report.orders, vanishes<Order>);
  for (const Transition& t : state.report.transitions)
    if (vanishes(t)) state.refused.push_back(t);
  std::erase_if(state.report.transitions, vanishes<Transition>);
}

}  // namespace rathaus::model
