// Data readiness: bought, learnt, copied from the region, lost [ODD 7.11].
#pragma once

#include <algorithm>

#include "lanes/elementary.h"

namespace rathaus::rules {

/// [eq. 14] inv = 1 − exp(−d b N f φ/(c_D ψ)): cheaper per head where ψ is pooled, with diminishing
/// returns
inline double data_investment(double money, double unit_cost, double scale) {
  return 1.0 - elementary::exp(-money / (unit_cost * scale));
}

struct Data {
  double spillover;  //!< d_R
  double decay;      //!< d₋

  /// [eq. 15] D ← clip(D + (1 − D)(inv + d_A A₂/U + DATA) + d_R (1 + coop)(D̄ − D)₊ − d₋ D; 0, 1)
  double next(double data, double invested, double learnt, double gain, double member,
              double region) const {
    const double closed = (1.0 - data) * (invested + learnt + gain);
    const double behind = region - data;
    const double copied = spillover * (1.0 + member) * (behind > 0.0 ? behind : 0.0);
    return std::clamp(data + closed + copied - decay * data, 0.0, 1.0);
  }
};

/// d_A A₂/U
inline double data_learnt(double rate, double projects, double use_cases) {
  return rate * projects / use_cases;
}

}  // namespace rathaus::rules
