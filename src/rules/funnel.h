// Cells along the funnel: maturity, lock-in, discontinuation, success of a pilot [ODD 7.14].
#pragma once

#include "rules/logistic.h"

namespace rathaus::rules {

/// [eq. 19] m ← m + r_m (1 − m)
inline double riper(double maturity, double rate) {
  return maturity + rate * (1.0 - maturity);
}

/// [eq. 20] λ ← λ + r_λ (1 − o_v)(1 − λ)(1 − PORTABILITY); `gain` is r_λ (1 − o_v)
inline double tighter(double lock_in, double gain, double lock_in_left) {
  return lock_in + gain * (1.0 - lock_in) * lock_in_left;
}

struct Discontinuation {
  double rate;      //!< δ
  double debt;      //!< x_M, 1 where money is not tested
  double overload;  //!< x_H, 1 where staff is not tested
  double distrust;  //!< a_T

  /// [eq. 21] δ · (x_M if M < 0) · (x_H if H < tied) · (1 + a_T (T₀ − T)₊)
  double hazard(bool in_debt, bool overloaded, double start_trust, double trust) const {
    const double lost = start_trust - trust;
    return rate * (in_debt ? debt : 1.0) * (overloaded ? overload : 1.0) *
           (1.0 + distrust * (lost > 0.0 ? lost : 0.0));
  }
};

struct PilotSuccess {
  double log_odds;       //!< ln(π_S/(1 − π_S)), at reference fit and with enough data
  double beta_fit;       //!< β_f
  double fit_reference;  //!< F₀
  double gap_cost;       //!< a_D

  /// [eq. 22] Λ(ln(π_S/(1 − π_S)) + β_f (F_v(N) − F₀) − a_D (θ − D)₊)
  double chance(double fit, double threshold, double data) const {
    const double gap = threshold - data;
    return logistic(log_odds + beta_fit * (fit - fit_reference) -
                    gap_cost * (gap > 0.0 ? gap : 0.0));
  }
};

}  // namespace rathaus::rules
