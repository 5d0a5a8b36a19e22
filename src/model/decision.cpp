// Whether a unit wants a pilot: four rival rules [ODD 7.15].
#include "model/decision.h"

#include <cmath>

#include "lanes/elementary.h"
#include "model/logistic.h"
#include "model/peer_field.h"

namespace rathaus::model {
namespace {

/// G·A / ( C⁰ψP̄·((1 − s·α_P)·κ + A·o) + A·comp ), whose logarithm is x(s); needs G > 0 [eqs. 25,
/// 26]
double benefit_over_cost(const Turn& turn, std::uint32_t use_case, double share) {
  const Parameters& p = turn.parameters();
  const State& state = turn.state;
  const double benefit =
      turn.world.inhabitants[turn.unit] * turn.world.benefit[use_case] * p.horizon_years;
  const double project = turn.world.rules.use_cases[use_case].cost_eur * state.scale[turn.unit] *
                         state.market.mean_price;
  const double adaptation =
      (1.0 - share * p.pilot_share) * turn.world.adaptation(use_case, state.data[turn.unit]);
  return benefit / (project * (adaptation + p.horizon_years * p.run_cost_share) +
                    p.horizon_years * compliance_cost(turn, use_case));
}

/// What speaks for a pilot beside its value.
struct Motives {
  double peers;  //!< S
  double risk;   //!< doubt + r(1−cert)(1−CERT)
  double trust;  //!< T − ½
  double innovativeness;

  /// U = u0 + β_v x + β_s S − β_r[doubt + r(1−cert)(1−CERT)] + β_T(T−½) + ι [eq. 27]
  double utility(const Parameters& p, double value) const {
    return p.u0 + p.beta_value * value + p.beta_peer * peers - p.beta_risk * risk +
           p.beta_trust * trust + innovativeness;
  }
};

/// doubt = (1 − S/(S+s_½))(1−EVID) [eq. 28]
Motives motives(const Turn& turn, std::uint32_t use_case) {
  const State& state = turn.state;
  const double peers = peer_share(turn.world, state, use_case, turn.unit);
  const double doubt =
      (1.0 - peers / (peers + turn.parameters().evidence_half)) * turn.support.doubt_left;
  const double risk = state.uncertified_risk[use_case] * turn.support.risk_left;
  return {peers, doubt + risk, state.trust[turn.unit] - 0.5, state.innovativeness[turn.unit]};
}

/// The logit rule: yes with probability λ Λ(U(s)) [eq. 29].
Wish weigh(const Turn& turn, std::uint32_t use_case, double draw, double share) {
  const Parameters& p = turn.parameters();
  const double ratio = benefit_over_cost(turn, use_case, share);  // a grant never makes it less
  const Motives why = motives(turn, use_case);
  const auto wants = [&](double utility) { return draw < p.decision_rate * logistic(utility); };
  const double utility = why.utility(p, elementary::log(ratio));
  const bool supported = wants(utility);
  if (share == 0.0) return {supported, supported, utility, true};
  const bool own = wants(why.utility(p, elementary::log(benefit_over_cost(turn, use_case, 0.0))));
  return {own, own || supported, utility, true};
}

/// S ≥ τ, τ = u0 + ι; where everybody sees everybody, counts are compared [eq. 29]
bool reaches_threshold(const Turn& turn, std::uint32_t use_case) {
  const double threshold = turn.parameters().u0 + turn.state.innovativeness[turn.unit];
  if (turn.structure().peer_set == PeerSet::global)
    return static_cast<std::int64_t>(turn.state.all_running[use_case]) >=
           std::llround(threshold * turn.world.units);
  return peer_share(turn.world, turn.state, use_case, turn.unit) >= threshold;
}

bool imitates(const Turn& turn, std::uint32_t use_case, double draw) {
  const Parameters& p = turn.parameters();
  const double peers = peer_share(turn.world, turn.state, use_case, turn.unit);
  return draw < p.aware_p + p.aware_q * peers;
}

}  // namespace

Wish wants_pilot(const Turn& turn, std::uint32_t use_case, double draw, double share) {
  const auto unweighed = [](bool wants) { return Wish{wants, wants, 0.0, false}; };
  const DecisionRule rule = turn.structure().decision_rule;
  if (rule == DecisionRule::bass) return unweighed(imitates(turn, use_case, draw));
  if (rule == DecisionRule::threshold) return unweighed(reaches_threshold(turn, use_case));
  if (turn.world.benefit[use_case] <= 0.0) return {};
  if (rule == DecisionRule::logit) return weigh(turn, use_case, draw, share);

  const double alone = elementary::log(benefit_over_cost(turn, use_case, 0.0));
  if (share == 0.0) return {alone >= 0.0, alone >= 0.0, alone, true};
  const double with_grant = elementary::log(benefit_over_cost(turn, use_case, share));
  return {alone >= 0.0, alone >= 0.0 || with_grant >= 0.0, with_grant, true};
}

}  // namespace rathaus::model
