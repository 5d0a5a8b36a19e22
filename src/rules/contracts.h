// Renewal: new customers pay list prices, old ones a mark-up that grows with lock-in, and leaving
// costs the more the longer one has stayed (Farrell and Klemperer 2007) [ODD 7.17].
#pragma once

#include "lanes/elementary.h"
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

  /// One side of eq. 36.
  struct Side {
    double price;        //!< P_v (1 + μλ) of the present vendor, P_w of the other
    double scale = 1.0;  //!< of ψ, what a common solution leaves of it
  };

  /// [eq. 36] Λ(β_p x_sw − β_i), x_sw = ln(A o cov P_v(1 + μλ)/(A o cov P_w + k_λ λ)): C⁰ψ cancels,
  /// but for what a common solution takes off one side. Who pays nothing stays for sure, x_sw = −∞,
  /// and who would pay nothing goes.
  double chance(const Side& present, const Side& other, double coverage, double lock_in) const {
    const double running = horizon_years * run_cost_share * coverage;
    const double ratio = running * present.price * present.scale /
                         ((running * other.price + switch_share * lock_in) * other.scale);
    const double gain = beta_price > 0.0 ? beta_price * elementary::log(ratio) : 0.0;
    return logistic(gain - beta_incumbent);
  }
};

/// What to change to: −β_p ln P + β_o o
inline double attraction(double beta_price, double log_price, double beta_open, double openness) {
  return -beta_price * log_price + beta_open * openness;
}
/// The same of a common solution, with P for what it leaves of the price.
inline double attraction_of_offer(double beta_price, double price, double scale, double beta_open,
                                  double openness) {
  const double log_price = beta_price > 0.0 ? elementary::log(price * scale) : 0.0;
  return attraction(beta_price, log_price, beta_open, openness);
}

/// m ← m (1 − λ/2): what was learnt about the old system is partly lost
inline double maturity_after_switch(double maturity, double lock_in) {
  return maturity * (1.0 - lock_in / 2.0);
}

}  // namespace rathaus::rules
