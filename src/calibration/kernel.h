// Where the next generation is looked for.
//
// Proposals come from a smoothed copy of the last generation, and one in ten from the prior:
//   q(z) = δ φ(z) + (1 − δ) Σ_j w_j N(z; z̄ + a (z_j − z̄), h² Σ),   a = √(1 − h²),  δ = 0.1
// with the weighted mean z̄ and covariance Σ of the last generation and Silverman's bandwidth
// h = (4 / (n (k + 2)))^{1/(k+4)} for n effective vectors of k numbers. Drawing the centres towards
// the mean keeps the copy as wide as the generation itself (West 1993; Liu and West 2001): the
// usual kernel of twice the covariance (Beaumont et al. 2009) is three times as wide, which in many
// dimensions leaves few effective vectors. The part of the prior bounds the weights φ(z)/q(z) by
// 1/δ (Hesterberg 1995).
#pragma once

#include <span>
#include <vector>

#include "calibration/population.h"
#include "random/draw.h"

namespace rathaus::calibration {

class Kernel {
 public:
  /// Of the first generation: the prior.
  explicit Kernel(std::size_t parameters) : parameters_(parameters) {}
  /// Of the one that follows `last`.
  Kernel(const Population& last, std::size_t parameters);

  /// The proposal of a number: a pure function of key, generation and number.
  std::vector<double> propose(const random::Key& key, std::uint32_t generation,
                              std::uint64_t number) const;
  /// φ(z) / q(z): prior over proposal density.
  double weight(std::span<const double> score) const;

 private:
  /// Solves L y = x for the Cholesky factor L of h² Σ.
  std::vector<double> whitened(std::span<const double> x) const;

  std::size_t parameters_;
  std::vector<double> cumulative_;  //!< [particle] sums of weights; empty: the prior
  std::vector<double> weights_;     //!< [particle]
  std::vector<double> centre_;      //!< [particle][parameter]
  std::vector<double> white_;       //!< the same, whitened
  std::vector<double> factor_;      //!< [parameter][parameter] lower triangle of L
  double log_determinant_ = 0.0;    //!< of L
};

}  // namespace rathaus::calibration
