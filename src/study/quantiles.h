// Quantile and distribution functions of uncertain numbers, cut off at their hard bounds.
#pragma once

#include <memory>
#include <span>

#include "study/uncertain.h"

namespace rathaus::study {

/// Of all numbers of a study. To be used from one thread at a time.
class Quantiles {
 public:
  explicit Quantiles(std::span<const Uncertain> numbers);
  Quantiles(Quantiles&&) noexcept;
  ~Quantiles();

  /// Of number k: the value below which it lies with this probability, within its hard bounds.
  double value(std::size_t k, double probability) const;
  /// The probability that number k is at most so large.
  double probability(std::size_t k, double value) const;

 private:
  struct Shapes;
  std::unique_ptr<Shapes> shapes_;
};

}  // namespace rathaus::study
