// Whether a unit wants a pilot, and how much.
#pragma once

#include <span>
#include <string_view>

#include "model/turn.h"
#include "rules/decision.h"

namespace rathaus::model {

struct Wish {
  bool own;        //!< wants to start with its own money
  bool supported;  //!< wants to start with the grant; own implies it
  double value;    //!< U under logit, x under payback, else 0: larger is taken first
  bool weighed;    //!< `value` was computed
};

/// One way to decide on a pilot [eq. 29].
struct DecisionRuleInfo {
  DecisionRule rule;
  std::string_view name;
  /// Everybody considers every use case in every quarter, heard of or not; else who has heard does,
  /// at the rate π₀.
  bool considers_all;
  /// By which wishes are ranked; a rule that has it never launches without a benefit. Null: wishes
  /// come in the order of the table, and a grant changes none.
  double (*value)(const Turn& turn, std::uint32_t use_case, double share);
  Wish (*wish)(const Turn& turn, std::uint32_t use_case, double draw, double share);
};

/// Every rule, in the order of the enumerators. A new one is a row and its enumerator.
std::span<const DecisionRuleInfo> decision_rules();
inline const DecisionRuleInfo& info_of(DecisionRule rule) {
  return decision_rules()[static_cast<std::size_t>(rule)];
}

inline rules::Launch launch_rule(const Parameters& p) {
  return {p.pilot_share, p.horizon_years, p.u0,           p.beta_value, p.beta_peer, p.beta_risk,
          p.beta_trust,  p.evidence_half, p.decision_rate};
}

/// The launch decision for one aware, cooled-down cell on the agenda. `draw` is its launch draw,
/// `share` the share of a pilot's cost that a programme would pay, 0 without one.
Wish wants_pilot(const Turn& turn, std::uint32_t use_case, double draw, double share);

/// A wish that stood when it was put off, and stands without a new draw.
Wish kept_wish(const Turn& turn, std::uint32_t use_case, double share);

/// What a running service would bring in a year, by list prices of today [EUR/year].
double expected_net_benefit(const Turn& turn, std::uint32_t use_case);

}  // namespace rathaus::model
