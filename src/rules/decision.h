// Whether a unit wants a pilot, and what a step of a project needs [ODD 7.15].
#pragma once

#include "rules/logistic.h"

namespace rathaus::rules {

/// [eq. 25] gross benefit a year of one inhabitant at full coverage, no rebound foreseen:
/// χ w l η^L/1000 + p_E e η^E + y [EUR/inhabitant/year]; `cashable` is χ w
inline double benefit_per_inhabitant(double cashable, double staff, double staff_saving,
                                     double energy_price, double energy, double energy_saving,
                                     double other_benefit) {
  return cashable * staff * staff_saving / 1000.0 + energy_price * energy * energy_saving +
         other_benefit;
}

/// One launch that is weighed.
struct Prospect {
  double benefit;         //!< G·A, over the planning horizon [EUR]
  double project;         //!< C⁰ ψ P̄ [EUR]
  double adaptation;      //!< κ
  double compliance;      //!< comp [EUR/year]
  double grant_share;     //!< s, 0 without a grant
  double run_cost_share;  //!< o
};

/// What speaks for it beside its value.
struct Motives {
  double peers;           //!< S
  double doubt_left;      //!< 1 − EVID
  double risk;            //!< r (1 − cert)(1 − CERT)
  double trust;           //!< T, after step (d)
  double innovativeness;  //!< ι
};

struct Launch {
  double pilot_share;    //!< α_P
  double horizon_years;  //!< A
  double u0, beta_value, beta_peer, beta_risk, beta_trust;
  double evidence_half;  //!< s_½
  double decision_rate;  //!< π₀

  /// G A / (C⁰ψP̄ ((1 − s α_P) κ + A o) + A comp)
  double benefit_over_cost(const Prospect& it) const {
    const double adaptation = (1.0 - it.grant_share * pilot_share) * it.adaptation;
    return it.benefit / (it.project * (adaptation + horizon_years * it.run_cost_share) +
                         horizon_years * it.compliance);
  }

  /// [eq. 26] x(s): a unit compares orders of magnitude over its planning horizon; needs G > 0.
  /// What costs nothing is worth +∞.
  double value(const Prospect& it) const { return elementary::log(benefit_over_cost(it)); }

  /// [eq. 27] doubt = (1 − S/(S + s_½))(1 − EVID): half of it is gone at S = s_½
  double doubt(double peers, double doubt_left) const {
    return (1.0 - peers / (peers + evidence_half)) * doubt_left;
  }

  /// [eq. 28] U(s) = u₀ + β_v x(s) + β_s S − β_r [doubt + r(1 − cert)(1 − CERT)] + β_T (T − ½) + ι
  double utility(double value, const Motives& of) const {
    const double risk = doubt(of.peers, of.doubt_left) + of.risk;
    const double worth = beta_value > 0.0 ? beta_value * value : 0.0;  // value may be +∞
    return u0 + worth + beta_peer * of.peers - beta_risk * risk + beta_trust * (of.trust - 0.5) +
           of.innovativeness;
  }

  /// [eq. 29] the logit rule: the chance of a yes, π₀ Λ(U)
  double chance(double utility) const { return decision_rate * logistic(utility); }
};

/// The threshold rule of eq. 29: S ≥ τ, τ = τ_m + ι; a model without τ_m takes u₀ for it
inline double adoption_threshold(double mean, double innovativeness) {
  return mean + innovativeness;
}

/// The rule of Bass of eq. 29: p + q S
inline double imitation_chance(double spontaneous, double through_peers, double peers) {
  return spontaneous + through_peers * peers;
}

/// G − o C⁰ψP̄ − comp: what a running service brings in a year [EUR/year]
inline double yearly_net_benefit(double benefit, double run_cost_share, double project,
                                 double compliance) {
  return benefit - run_cost_share * project - compliance;
}

/// What a step of a project needs at least, and what it costs.
struct Requirement {
  double data;   //!< least D
  double staff;  //!< [FTE]
  double money;  //!< [EUR], rounded to cents where it is compared and booked
};

struct Steps {
  double pilot_share;      //!< α_P
  double pilot_data_frac;  //!< θ_P
  double op_coverage;      //!< c₃

  double rest() const { return 1.0 - pilot_share; }

  /// [eq. 30] a pilot needs D ≥ θ_P θ, free ≥ α_P E and μ ≥ α_P C
  Requirement pilot(double threshold, double effort, double cost) const {
    return {pilot_data_frac * threshold, pilot_share * effort, pilot_share * cost};
  }
  /// [eq. 31] operation needs D ≥ θ, free ≥ (1 − α_P) E and μ ≥ (1 − α_P) c₃ C
  Requirement operation(double threshold, double effort, double cost) const {
    return {threshold, rest() * effort, rest() * op_coverage * cost};
  }
  /// [eq. 32] roll-out needs free ≥ ½ (1 − α_P) E and μ ≥ (1 − α_P)(1 − c₃) C
  Requirement roll_out(double effort, double cost) const {
    return {0.0, 0.5 * rest() * effort, rest() * (1.0 - op_coverage) * cost};
  }
};

}  // namespace rathaus::rules
