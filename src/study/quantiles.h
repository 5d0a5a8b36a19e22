// Quantile and distribution functions of uncertain numbers, cut off at their hard bounds.
#pragma once

#include <span>
#include <vector>

#include "study/uncertain.h"

namespace rathaus::study {

/// Of all numbers of a study.
class Quantiles {
 public:
  explicit Quantiles(std::span<const Uncertain> numbers);

  /// Of number k: the value below which it lies with this probability, within its hard bounds.
  double value(std::size_t k, double probability) const;
  /// The probability that number k is at most so large.
  double probability(std::size_t k, double value) const;

 private:
  std::vector<Distribution> all_;
};

}  // namespace rathaus::study
