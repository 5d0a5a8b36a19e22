// Whether a unit wants a pilot: four rival rules [ODD 7.15].
#include "model/decision.h"

#include <algorithm>
#include <cmath>

#include "model/peer_field.h"

namespace rathaus::model {
namespace {

rules::Prospect prospect(const Turn& turn, std::uint32_t use_case, double share) {
  const State& state = turn.state;
  const double benefit = turn.world.inhabitants[turn.unit] * turn.world.benefit[use_case] *
                         turn.parameters().horizon_years;
  const double project = turn.world.rules.use_cases[use_case].cost_eur *
                         state.scale_by(turn.world.cost_law[use_case])[turn.unit] *
                         state.market.of[use_case].mean_price;
  const double least = rules::least_of_project(turn.world.rules.use_cases[use_case].least_cost_eur,
                                               sharers_of(turn));
  return {benefit,
          project,
          std::max(turn.world.adaptation(use_case, state.data[turn.unit]),
                   rules::least_adaptation(least, project)),
          compliance_cost(turn, use_case),
          share,
          turn.world.run_cost_share[use_case]};
}

rules::Motives motives(const Turn& turn, std::uint32_t use_case) {
  const State& state = turn.state;
  return {peer_share(turn.world, state, use_case, turn.unit), turn.support[Port::evid],
          state.uncertified_risk[use_case] * turn.support[Port::cert], state.trust[turn.unit],
          state.innovativeness[turn.unit]};
}

Wish weigh(const Turn& turn, std::uint32_t use_case, double draw, double share) {
  const rules::Launch rule = launch_rule(turn.parameters());
  const rules::Motives why = motives(turn, use_case);
  const auto utility = [&](double s) {
    return rule.utility(rule.value(prospect(turn, use_case, s)), why);
  };
  const double with_grant = utility(share);
  const bool supported = draw < rule.chance(with_grant);
  const bool own = share == 0.0 ? supported : draw < rule.chance(utility(0.0));
  return {own, own || supported, with_grant, true};
}

/// S ≥ τ; where everybody sees everybody, counts are compared.
bool reaches_threshold(const Turn& turn, std::uint32_t use_case) {
  const double threshold =
      rules::adoption_threshold(turn.world.threshold_mean, turn.state.innovativeness[turn.unit]);
  if (turn.structure().peer_set == PeerSet::global)
    return static_cast<std::int64_t>(turn.state.all_running[use_case]) >=
           std::llround(threshold * turn.world.units);
  return peer_share(turn.world, turn.state, use_case, turn.unit) >= threshold;
}

bool imitates(const Turn& turn, std::uint32_t use_case, double draw) {
  const Parameters& p = turn.parameters();
  return draw < rules::imitation_chance(p.aware_p, p.aware_q,
                                        peer_share(turn.world, turn.state, use_case, turn.unit));
}

/// Whether the benefit over the planning horizon pays the cost.
Wish pays_back(const Turn& turn, std::uint32_t use_case, double share) {
  const rules::Launch rule = launch_rule(turn.parameters());
  const double alone = rule.value(prospect(turn, use_case, 0.0));
  const double with_grant = share == 0.0 ? alone : rule.value(prospect(turn, use_case, share));
  return {alone >= 0.0, alone >= 0.0 || with_grant >= 0.0, with_grant, true};
}

}  // namespace

Wish kept_wish(const Turn& turn, std::uint32_t use_case, double share) {
  const DecisionRule by = turn.structure().decision_rule;
  if (by == DecisionRule::bass || by == DecisionRule::threshold) return {true, true, 0.0, false};
  const rules::Launch rule = launch_rule(turn.parameters());
  const double value = rule.value(prospect(turn, use_case, share));
  return {true, true,
          by == DecisionRule::logit ? rule.utility(value, motives(turn, use_case)) : value, true};
}

double expected_net_benefit(const Turn& turn, std::uint32_t use_case) {
  const rules::Prospect it = prospect(turn, use_case, 0.0);
  return rules::yearly_net_benefit(turn.world.inhabitants[turn.unit] * turn.world.benefit[use_case],
                                   it.run_cost_share, it.project, it.compliance);
}

Wish wants_pilot(const Turn& turn, std::uint32_t use_case, double draw, double share) {
  const auto unweighed = [](bool wants) { return Wish{wants, wants, 0.0, false}; };
  const DecisionRule rule = turn.structure().decision_rule;
  if (rule == DecisionRule::bass) return unweighed(imitates(turn, use_case, draw));
  if (rule == DecisionRule::threshold) return unweighed(reaches_threshold(turn, use_case));
  if (turn.world.benefit[use_case] <= 0.0) return {};
  if (rule == DecisionRule::logit) return weigh(turn, use_case, draw, share);
  return pays_back(turn, use_case, share);
}

}  // namespace rathaus::model
