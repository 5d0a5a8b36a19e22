// Λ(x) = 1 / (1 + e^−x): the chance of a yes whose log odds are x.
#pragma once

#include <cmath>

namespace rathaus::model {

inline double logistic(double x) {
  return 1.0 / (1.0 + std::exp(-x));
}

}  // namespace rathaus::model
