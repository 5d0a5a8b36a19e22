// Common solutions: what an IT-provider group offers to all its members [ODD 7.24].
#pragma once

namespace rathaus::rules {

/// [eq. 73] the hazard that a group offers a use case to its members: π_O g/G + Σ CENTRAL/G, by
/// what it has seen run among them and by who pays for it; `gains` is summed over its G members
inline double offer_hazard(double rate, double share_of_group, double gains, double members) {
  return rate * share_of_group + gains / members;
}

/// [eq. 74] ψ of a member with the group's vendor: min(ψ, (1 − ρ_O) n^γ). Its pool and its group do
/// not add up: it takes the one that leaves less to do.
inline double offered_scale(double alone, double relief) {
  return (1.0 - relief) * alone;
}
/// What the offer leaves of the least that a project costs or takes.
inline double least_under_offer(double least, double relief) {
  return (1.0 - relief) * least;
}

}  // namespace rathaus::rules
