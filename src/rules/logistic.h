// Λ(x) = 1/(1 + e^−x), the chance of a yes whose log odds are x [ODD 7].
#pragma once

#include "lanes/elementary.h"

namespace rathaus::rules {

inline double logistic(double x) {
  return 1.0 / (1.0 + elementary::exp(-x));
}

}  // namespace rathaus::rules
