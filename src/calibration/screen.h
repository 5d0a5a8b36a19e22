// Where vectors are looked for that meet every pattern, when few of the prior do.
//
// From simulated vectors (of the prior, then of a first screen) each pattern gets a logistic
// regression on the numbers, their squares and products: the chance that a vector z meets it. The
// screen is
//   s(z) = max(ε, Π_p P(pattern p is met | z))^½
// and a vector of the prior passes it with that chance, so that proposals have the density
// φ(z) s(z) / E s, and a vector that is accepted weighs 1 / s(z). The weights are exact however
// rough the regressions are: a poor screen costs simulations and nothing else. The root is the
// proposal that gives most effective vectors for a simulation (Filippi et al. 2013, Statistical
// Applications in Genetics and Molecular Biology 12, 87-107; Alsing, Wandelt and Feeney 2018,
// arXiv:1808.06040); the floor bounds the weights (Hesterberg 1995).
#pragma once

#include <span>
#include <vector>

#include "calibration/sampler.h"

namespace rathaus::calibration {

class Screen {
 public:
  /// Of the vectors that `last` saw, at a tolerance.
  Screen(const Population& last, const Problem& problem, double tolerance);

  /// The proposal of a number: a pure function of key, generation and number.
  std::vector<double> propose(const random::Key& key, std::uint32_t generation,
                              std::uint64_t number) const;
  /// 1 / s(z)
  double weight(std::span<const double> score) const;

 private:
  double passing(std::span<const double> score) const;

  std::size_t parameters_;
  std::size_t terms_;
  std::vector<double> coefficient_;  //!< [pattern][term]
};

}  // namespace rathaus::calibration
