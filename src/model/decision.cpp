// Whether a unit wants a pilot: rival rules, one row each [ODD 7.15].
#include "model/decision.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "model/peer_field.h"

namespace rathaus::model {
namespace {

rules::Prospect prospect(const Turn& turn, std::uint32_t use_case, double share) {
  const State& state = turn.state;
  const double benefit = turn.world.inhabitants[turn.unit] * turn.world.benefit[use_case] *
                         turn.parameters().horizon_years;
  const Terms terms = cost_terms(turn, use_case, offering_vendor(turn, use_case));
  const double project = turn.world.rules.use_cases[use_case].cost_eur * terms.scale *
                         state.market.of[use_case].mean_price;
  return {benefit,
          project,
          std::max(turn.world.adaptation(use_case, state.data[turn.unit]),
                   terms.least > 0.0 ? rules::least_adaptation(terms.least, project) : 0.0),
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

/// x(s)
double log_value(const Turn& turn, std::uint32_t use_case, double share) {
  return launch_rule(turn.parameters()).value(prospect(turn, use_case, share));
}

/// U(s)
double utility(const Turn& turn, std::uint32_t use_case, double share) {
  return launch_rule(turn.parameters())
      .utility(log_value(turn, use_case, share), motives(turn, use_case));
}

Wish weigh(const Turn& turn, std::uint32_t use_case, double draw, double share) {
  const rules::Launch rule = launch_rule(turn.parameters());
  const double with_grant = utility(turn, use_case, share);
  const bool supported = draw < rule.chance(with_grant);
  const bool own = share == 0.0 ? supported : draw < rule.chance(utility(turn, use_case, 0.0));
  return {own, own || supported, with_grant, true};
}

Wish unweighed(bool wants) {
  return {wants, wants, 0.0, false};
}

/// S ≥ τ; where everybody sees everybody, counts are compared.
Wish reaches_threshold(const Turn& turn, std::uint32_t use_case, double, double) {
  const double threshold =
      rules::adoption_threshold(turn.world.threshold_mean, turn.state.innovativeness[turn.unit]);
  if (turn.structure().peer_set == PeerSet::global)
    return unweighed(static_cast<std::int64_t>(turn.state.all_running[use_case]) >=
                     std::llround(threshold * turn.world.units));
  return unweighed(peer_share(turn.world, turn.state, use_case, turn.unit) >= threshold);
}

Wish imitates(const Turn& turn, std::uint32_t use_case, double draw, double) {
  const Parameters& p = turn.parameters();
  return unweighed(
      draw < rules::imitation_chance(p.aware_p, p.aware_q,
                                     peer_share(turn.world, turn.state, use_case, turn.unit)));
}

/// Whether the benefit over the planning horizon pays the cost.
Wish pays_back(const Turn& turn, std::uint32_t use_case, double, double share) {
  const double alone = log_value(turn, use_case, 0.0);
  const double with_grant = share == 0.0 ? alone : log_value(turn, use_case, share);
  return {alone >= 0.0, alone >= 0.0 || with_grant >= 0.0, with_grant, true};
}

using enum DecisionRule;
constexpr std::array rule_list{
    DecisionRuleInfo{logit, "logit", false, utility, weigh},
    DecisionRuleInfo{threshold, "threshold", false, nullptr, reaches_threshold},
    DecisionRuleInfo{bass, "bass", true, nullptr, imitates},
    DecisionRuleInfo{payback, "payback", false, log_value, pays_back},
};
static_assert(is_in_order(rule_list));

}  // namespace

std::span<const DecisionRuleInfo> decision_rules() {
  return rule_list;
}

Wish kept_wish(const Turn& turn, std::uint32_t use_case, double share) {
  const DecisionRuleInfo& by = info_of(turn.structure().decision_rule);
  if (by.value == nullptr) return unweighed(true);
  return {true, true, by.value(turn, use_case, share), true};
}

double expected_net_benefit(const Turn& turn, std::uint32_t use_case) {
  const rules::Prospect it = prospect(turn, use_case, 0.0);
  return rules::yearly_net_benefit(turn.world.inhabitants[turn.unit] * turn.world.benefit[use_case],
                                   it.run_cost_share, it.project, it.compliance);
}

Wish wants_pilot(const Turn& turn, std::uint32_t use_case, double draw, double share) {
  const DecisionRuleInfo& by = info_of(turn.structure().decision_rule);
  if (by.value != nullptr && turn.world.benefit[use_case] <= 0.0) return {};
  return by.wish(turn, use_case, draw, share);
}

}  // namespace rathaus::model
