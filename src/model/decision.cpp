// Whether a unit wants a pilot: four rival rules [ODD 7.15].
#include "model/decision.h"

#include <algorithm>
#include <cmath>

#include "model/logistic.h"

namespace rathaus::model {
namespace {

/// x(s) = ln[ G·A / ( C⁰ψP̄·((1 − s·α_P)·κ + A·o) + A·comp ) ]; needs G > 0 [eqs. 25, 26]
double value(const Turn& turn, std::uint32_t use_case, double share) {
  const Parameters& p = turn.parameters();
  const State& state = turn.state;
  const double benefit =
      turn.world.inhabitants[turn.unit] * turn.world.benefit[use_case] * p.horizon_years;
  const double project = turn.world.rules.use_cases[use_case].cost_eur * state.scale[turn.unit] *
                         state.market.mean_price;
  const double adaptation =
      (1.0 - share * p.pilot_share) * turn.world.adaptation(use_case, state.data[turn.unit]);
  return std::log(benefit / (project * (adaptation + p.horizon_years * p.run_cost_share) +
                             p.horizon_years * compliance_cost(turn, use_case)));
}

/// U(s) = u0 + β_v x(s) + β_s S − β_r[doubt + r(1−cert)(1−CERT)] + β_T(T−½) + ι,
/// doubt = (1 − S/(S+s_½))(1−EVID) [eqs. 27, 28]
double utility(const Turn& turn, std::uint32_t use_case, double share) {
  const Parameters& p = turn.parameters();
  const State& state = turn.state;
  const double peers = peer_share(turn.world, state, use_case, turn.unit);
  const double doubt = (1.0 - peers / (peers + p.evidence_half)) * turn.support.doubt_left;
  const double risk = turn.world.rules.use_cases[use_case].risk * (1.0 - state.certification) *
                      turn.support.risk_left;
  return p.u0 + p.beta_value * value(turn, use_case, share) + p.beta_peer * peers -
         p.beta_risk * (doubt + risk) + p.beta_trust * (state.trust[turn.unit] - 0.5) +
         state.innovativeness[turn.unit];
}

/// S ≥ τ, τ = u0 + ι; where everybody sees everybody, counts are compared [eq. 29]
bool reaches_threshold(const Turn& turn, std::uint32_t use_case) {
  const double threshold = turn.parameters().u0 + turn.state.innovativeness[turn.unit];
  if (turn.structure().peer_set == PeerSet::global)
    return static_cast<std::int64_t>(turn.state.all_running[use_case]) >=
           std::llround(threshold * turn.world.units);
  return peer_share(turn.world, turn.state, use_case, turn.unit) >= threshold;
}

}  // namespace

Wish wants_pilot(const Turn& turn, std::uint32_t use_case, double draw, double share) {
  const Parameters& p = turn.parameters();
  if (turn.structure().decision_rule == DecisionRule::bass) {
    const double peers = peer_share(turn.world, turn.state, use_case, turn.unit);
    const bool wants = draw < p.aware_p + p.aware_q * peers;
    return {wants, wants, 0.0};
  }
  if (turn.structure().decision_rule == DecisionRule::threshold) {
    const bool wants = reaches_threshold(turn, use_case);
    return {wants, wants, 0.0};
  }
  if (turn.world.benefit[use_case] <= 0.0) return {};
  const bool logit = turn.structure().decision_rule == DecisionRule::logit;
  const auto worth = [&](double s) {
    return logit ? utility(turn, use_case, s) : value(turn, use_case, s);
  };
  const auto wants = [&](double worth_it) {
    return logit ? draw < p.decision_rate * logistic(worth_it) : worth_it >= 0.0;
  };
  const double alone = worth(0.0);
  const bool own = wants(alone);
  if (share == 0.0) return {own, own, alone, true};
  const double with_grant = worth(share);
  return {own, own || wants(with_grant), with_grant, true};
}

}  // namespace rathaus::model
