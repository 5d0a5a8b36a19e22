// What a step of one project needs, what the unit has left for it, and what is claimed or refused
// [ODD 7.15]. Shared by running projects and new pilots.
#pragma once

#include "model/applications.h"
#include "rules/decision.h"

namespace rathaus::model {

/// What a step needs; `staff_at_hand` must be free but is not claimed.
struct Need {
  double data;   //!< least data readiness
  double staff;  //!< [FTE]
  Cents money;
  double staff_at_hand = 0.0;
};

/// A step that a unit wants to take with one of its cells.
struct Attempt {
  Step step;
  std::uint32_t use_case;
};

inline bool has_staff(const Need& need, const Means& left) {
  return left.staff >= need.staff && left.staff >= need.staff_at_hand;
}

/// All conditions hold.
inline bool fits(const Turn& turn, const Need& need, const Means& left) {
  return !turn.structure().feasibility ||
         (left.data >= need.data && has_staff(need, left) && left.money >= need.money);
}

/// Takes from what the unit has left.
inline void claim(double staff, Cents money, Means& left) {
  left.staff -= staff;
  left.money -= money;
}

/// Counts every condition that is violated.
void count_blocked(Turn& turn, const Attempt& attempt, const Need& need, const Means& left);

/// The need of an attempt with a grant: less money, and staff to file the application.
Need with_grant(const Turn& turn, const Offer& offer, const Need& alone, Cents grant);

/// Asks a programme for part of the cost, if the unit can carry the rest: the claims hold whether
/// it is awarded or not. `own` says whether the unit wants to go on without it.
bool apply(Turn& turn, const Attempt& attempt, const Offer& offer, const Need& alone, bool own,
           double score, Means& left, Application& application);

/// C of one unit, with its data of this moment [EUR].
inline double project_cost(const Turn& turn, std::uint32_t use_case, std::uint8_t vendor) {
  const Terms terms = cost_terms(turn, use_case, vendor);
  return rules::project_cost(turn.world.rules.use_cases[use_case].cost_eur, terms.scale,
                             turn.world.adaptation(use_case, turn.state.data[turn.unit]),
                             turn.state.vendors[vendor].price, terms.least);
}

inline rules::Steps steps_of(const Turn& turn) {
  const Parameters& p = turn.parameters();
  return {p.pilot_share, p.pilot_data_frac, p.op_coverage};
}

}  // namespace rathaus::model
