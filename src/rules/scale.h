// Scale law and cooperation: benefit grows with inhabitants, effort and cost with a smaller power
// of them; members of a pool pay their share of one project at pooled size [ODD 7.7].
#pragma once

#include <algorithm>

#include "lanes/elementary.h"

namespace rathaus::rules {

struct ScaleLaw {
  double exponent;  //!< γ
  double overhead;  //!< ν, per doubling of members

  /// n^γ
  double alone(double relative_size) const { return elementary::pow(relative_size, exponent); }
  /// 1 + ν log₂ k_g
  double coordination(double members) const { return 1.0 + overhead * elementary::log2(members); }
};

/// The members of a region's cooperation.
struct Pool {
  double scale;         //!< n_g^γ
  double inhabitants;   //!< N_g
  double coordination;  //!< 1 + ν log₂ k_g
};

/// [eq. 1] ψ of a member: min(n^γ, (N_g/N_ref)^γ N_i/N_g (1 + ν log₂ k_g)); of others it is n^γ.
/// Nobody pays more in a pool than alone.
inline double project_scale(double alone, const Pool& pool, double inhabitants) {
  return std::min(alone, pool.scale * inhabitants / pool.inhabitants * pool.coordination);
}

/// [eq. 2] κ = 1 + a_D (θ − D)₊: data that is missing has to be made in the project
inline double adaptation(double gap_cost, double threshold, double data) {
  const double gap = threshold - data;
  return 1.0 + gap_cost * (gap > 0.0 ? gap : 0.0);
}

/// [eq. 71] the least that a project costs or takes, however small the unit: the members of a pool
/// share it. The larger of it and eqs. 3 and 4 counts.
inline double least_of_project(double least, double sharers) {
  return least / sharers;
}
/// The same as the κ at which an expected project costs the least, for eq. 26.
inline double least_adaptation(double least, double project) {
  return least / project;
}

/// [eq. 3] C = max(C⁰ ψ κ P_v, least) [EUR]
inline double project_cost(double cost, double scale, double adaptation, double price,
                           double least) {
  return std::max(least, cost * scale * adaptation * price);
}

/// [eq. 4] E = max(E⁰ ψ κ, least) [FTE]
inline double project_effort(double effort, double scale, double adaptation, double least) {
  return std::max(least, effort * scale * adaptation);
}

/// [eq. 18] the hazard of joining: π_C (1 + COOP)
inline double joining_hazard(double rate, double gain) {
  return rate * (1.0 + gain);
}

}  // namespace rathaus::rules
