// Whether a unit wants a pilot: four rival rules [ODD 7.15].
#include "model/decision.h"

#include <algorithm>
#include <cmath>

namespace rathaus::model {
namespace {

double logistic(double x) {
  return 1.0 / (1.0 + std::exp(-x));
}

/// x = ln[ G·A / ( C⁰ψP̄·(κ + A·o) + A·comp ) ]; needs G > 0 [eqs. 25, 26]
double value(const Turn& turn, std::uint32_t use_case) {
  const Parameters& p = turn.parameters();
  const State& state = turn.state;
  const double benefit =
      turn.world.inhabitants[turn.unit] * turn.world.benefit[use_case] * p.horizon_years;
  const double project =
      turn.world.rules.use_cases[use_case].cost_eur * state.scale[turn.unit] * state.mean_price;
  const double adaptation = turn.world.adaptation(use_case, state.data[turn.unit]);
  return std::log(benefit / (project * (adaptation + p.horizon_years * p.run_cost_share) +
                             p.horizon_years * compliance_cost(turn, use_case)));
}

/// U = u0 + β_v x + β_s S − β_r[(1−e) + r(1−cert)] + β_T(T−½) + ι,  e = S/(S+s_½) [eqs. 27, 28]
double utility(const Turn& turn, std::uint32_t use_case) {
  const Parameters& p = turn.parameters();
  const State& state = turn.state;
  const double peers = peer_share(turn.world, state, use_case, turn.unit);
  const double doubt = 1.0 - peers / (peers + p.evidence_half);
  const double risk = turn.world.rules.use_cases[use_case].risk * (1.0 - state.certification);
  return p.u0 + p.beta_value * value(turn, use_case) + p.beta_peer * peers -
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

Wish wants_pilot(const Turn& turn, std::uint32_t use_case, double draw) {
  const Parameters& p = turn.parameters();
  if (turn.structure().decision_rule == DecisionRule::bass) {
    const double peers = peer_share(turn.world, turn.state, use_case, turn.unit);
    return {draw < p.aware_p + p.aware_q * peers, 0.0};
  }
  if (draw >= p.decision_rate) return {false, 0.0};  // not on the agenda: nothing to compute
  if (turn.structure().decision_rule == DecisionRule::threshold)
    return {reaches_threshold(turn, use_case), 0.0};
  if (turn.world.benefit[use_case] <= 0.0) return {false, 0.0};
  if (turn.structure().decision_rule == DecisionRule::payback) {
    const double x = value(turn, use_case);
    return {x >= 0.0, x};
  }
  const double u = utility(turn, use_case);
  return {draw < p.decision_rate * logistic(u), u};
}

}  // namespace rathaus::model
