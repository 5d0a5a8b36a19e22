// Λ(x) = 1 / (1 + e^−x): the chance of a yes whose log odds are x.
#pragma once

#include <cmath>

#include "model/rough.h"

namespace rathaus::model {

inline double logistic(double x) {
  return 1.0 / (1.0 + std::exp(-x));
}

/// Log odds up to which Λ is steep enough for its own rounding never to decide where logarithms of
/// a stated error do.
inline constexpr double steep_log_odds = 15.0;

/// draw < Λ(x). Most draws are far enough from it for rough logarithms to tell.
inline bool is_below_logistic(double draw, double x) {
  const double margin = x - (rough_log(draw) - rough_log(1.0 - draw));
  if (std::abs(margin) > 2.0 * rough_log_error && std::abs(x) < steep_log_odds) return margin > 0.0;
  return draw < logistic(x);
}

}  // namespace rathaus::model
