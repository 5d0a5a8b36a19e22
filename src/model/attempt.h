// What a step of one project needs, what the unit has left for it, and what is claimed or refused
// [ODD 7.15]. Shared by running projects and new pilots.
#pragma once

#include "model/applications.h"

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

/// All conditions hold [eqs. 30, 31, 32].
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

/// The need of an attempt with a grant: less money, and staff to file the application [eq. 66].
Need with_grant(const Turn& turn, const Offer& offer, const Need& alone, Cents grant);

/// Asks a programme for part of the cost, if the unit can carry the rest: the claims hold whether
/// it is awarded or not. `own` says whether the unit wants to go on without it.
bool apply(Turn& turn, const Attempt& attempt, const Offer& offer, const Need& alone, bool own,
           double score, Means& left, Application& application);

/// C = C⁰ ψ κ P_v [EUR, eq. 3]
inline double project_cost(const Turn& turn, std::uint32_t use_case, std::uint8_t vendor) {
  return turn.world.rules.use_cases[use_case].cost_eur * turn.state.scale[turn.unit] *
         turn.world.adaptation(use_case, turn.state.data[turn.unit]) *
         turn.state.vendors[vendor].price;
}

}  // namespace rathaus::model
