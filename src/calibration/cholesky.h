// L with L Lᵀ = A, for a symmetric positive A of k rows of which the lower triangle is given.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace rathaus::calibration {

/// The lower triangle of L, in the place of A. Sums run from the first to the last: the same bits
/// for any width of vectors.
inline std::vector<double> cholesky(std::vector<double> a, std::size_t k) {
  for (std::size_t i = 0; i < k; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      double rest = a[i * k + j];
      for (std::size_t c = 0; c < j; ++c) rest -= a[i * k + c] * a[j * k + c];
      a[i * k + j] = i == j ? std::sqrt(std::max(rest, 1e-12)) : rest / a[j * k + j];
    }
  return a;
}

/// Solves L y = x in place.
inline void solve_lower(const std::vector<double>& l, std::vector<double>& x) {
  const std::size_t k = x.size();
  for (std::size_t i = 0; i < k; ++i) {
    for (std::size_t j = 0; j < i; ++j) x[i] -= l[i * k + j] * x[j];
    x[i] /= l[i * k + i];
  }
}

/// Solves Lᵀ y = x in place.
inline void solve_upper(const std::vector<double>& l, std::vector<double>& x) {
  const std::size_t k = x.size();
  for (std::size_t i = k; i-- > 0;) {
    x[i] /= l[i * k + i];
    for (std::size_t j = 0; j < i; ++j) x[j] -= l[i * k + j] * x[i];
  }
}

}  // namespace rathaus::calibration
