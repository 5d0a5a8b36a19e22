// Renewal: new customers pay list prices, old ones a mark-up that grows with lock-in, and leaving
// costs the more the longer one has stayed (Farrell and Klemperer 2007) [ODD 7.17].
#pragma once

#include "rules/logistic.h"

namespace rathaus::rules {

/// [eq. 70] the chance that a contract that ends is put to the market: (1 − r)(1 − λ). Most are
/// prolonged unasked, the more so the deeper the lock-in; at r = 0 every one is put to it.
inline double market_chance(double renew_unasked, double lock_in) {
  return renew_unasked > 0.0 ? (1.0 - renew_unasked) * (1.0 - lock_in) : 1.0;
}

struct Switching {
  double horizon_years;   //!< A
  double run_cost_share;  //!< o
  double switch_share;    //!< k_λ
  double beta_price, beta_incumbent;

  /// K_sw = k_λ λ C⁰ ψ [EUR]
  double cost(double lock_in, double project_cost, double scale) const {
    return switch_share * lock_in * project_cost * scale;
  }

  /// [eq. 36] Λ(β_p x_sw − β_i), x_sw = ln(A o cov P_v(1 + μλ)/(A o cov P_w + k_λ λ)): C⁰ψ cancels
  double chance(double contract_price, double other_price, double coverage, double lock_in) const {
    const double running = horizon_years * run_cost_share * coverage;
    const double ratio =
        running * contract_price / (running * other_price + switch_share * lock_in);
    return logistic(beta_price * elementary::log(ratio) - beta_incumbent);
  }
};

/// What to change to: −β_p ln P + β_o o
inline double attraction(double beta_price, double log_price, double beta_open, double openness) {
  return -beta_price * log_price + beta_open * openness;
}

/// m ← m (1 − λ/2): what was learnt about the old system is partly lost
inline double maturity_after_switch(double maturity, double lock_in) {
  return maturity * (1.0 - lock_in / 2.0);
}

}  // namespace rathaus::rules
