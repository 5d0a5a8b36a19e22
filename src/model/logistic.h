// Λ(x) = 1 / (1 + e^−x): the chance of a yes whose log odds are x.
#pragma once

#include <cmath>

#include "lanes/elementary.h"
#include "model/rough.h"

namespace rathaus::model {

inline double logistic(double x) {
  return 1.0 / (1.0 + elementary::exp(-x));
}

/// Log odds up to which Λ is steep enough for its own rounding never to decide where logarithms of
/// a stated error do.
inline constexpr double steep_log_odds = 15.0;

/// draw < Λ(x), where `about` is known to be within `error` of x, and `exact()` computes x. Most
/// draws are far enough from Λ for rough logarithms to tell.
template <class Exact>
bool is_below_logistic(double draw, double about, double error, Exact exact) {
  const double margin = about - (rough_log(draw) - rough_log(1.0 - draw));
  if (std::abs(margin) > error + 2.0 * rough_log_error && std::abs(about) < steep_log_odds)
    return margin > 0.0;
  return draw < logistic(exact());
}

inline bool is_below_logistic(double draw, double x) {
  return is_below_logistic(draw, x, 0.0, [x] { return x; });
}

}  // namespace rathaus::model
