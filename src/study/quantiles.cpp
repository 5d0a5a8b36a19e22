#include "study/quantiles.h"

#include <algorithm>
#include <cmath>

#include "lanes/normal_distribution.h"

namespace rathaus::study {
namespace {

constexpr double normal_p95 = 1.6448536269514722;  // Φ⁻¹(0.95)

/// The mean and spread of a normal number, or of the logarithm of a lognormal one.
struct Bell {
  double mean, spread;
};
Bell bell_of(const Distribution& d) {
  if (d.shape == Shape::normal) return {d.by[0], d.by[1]};
  const double mean = elementary::log(d.by[0]);
  return {mean, (elementary::log(d.by[1]) - mean) / normal_p95};
}

double share_up_to(double least, double most, double x) {
  return std::clamp((x - least) / (most - least), 0.0, 1.0);
}

/// The probability of at most x, before anything is cut off.
double probability_of(const Distribution& d, double x) {
  const auto [a, b, c] = d.by;
  switch (d.shape) {
    case Shape::uniform:
      return share_up_to(a, b, x);
    case Shape::log_uniform:
      return x <= 0.0 ? 0.0
                      : share_up_to(elementary::log(a), elementary::log(b), elementary::log(x));
    case Shape::triangular:  // least, likeliest, most
      if (x <= a) return 0.0;
      if (x >= c) return 1.0;
      return x < b ? (x - a) * (x - a) / ((c - a) * (b - a))
                   : 1.0 - (c - x) * (c - x) / ((c - a) * (c - b));
    case Shape::normal: {
      const Bell bell = bell_of(d);
      return elementary::normal_probability((x - bell.mean) / bell.spread);
    }
    case Shape::lognormal: {
      const Bell bell = bell_of(d);
      return x <= 0.0
                 ? 0.0
                 : elementary::normal_probability((elementary::log(x) - bell.mean) / bell.spread);
    }
  }
  return 0.0;
}

/// Its inverse.
double value_of(const Distribution& d, double probability) {
  const auto [a, b, c] = d.by;
  switch (d.shape) {
    case Shape::uniform:
      return a + probability * (b - a);
    case Shape::log_uniform: {
      const double least = elementary::log(a);
      return elementary::exp(least + probability * (elementary::log(b) - least));
    }
    case Shape::triangular:
      return probability * (c - a) <= b - a
                 ? a + std::sqrt(probability * (c - a) * (b - a))
                 : c - std::sqrt((1.0 - probability) * (c - a) * (c - b));
    case Shape::normal: {
      const Bell bell = bell_of(d);
      return bell.mean + bell.spread * elementary::normal_quantile(probability);
    }
    case Shape::lognormal: {
      const Bell bell = bell_of(d);
      return elementary::exp(bell.mean + bell.spread * elementary::normal_quantile(probability));
    }
  }
  return 0.0;
}

/// What lies within the hard bounds; only the two normal shapes can reach beyond them.
struct Within {
  double below, share;
};
Within within(const Distribution& d) {
  if (d.shape != Shape::normal && d.shape != Shape::lognormal) return {0.0, 1.0};
  const double below = probability_of(d, d.lowest);
  return {below, probability_of(d, d.highest) - below};
}

}  // namespace

Quantiles::Quantiles(std::span<const Uncertain> numbers) {
  for (const Uncertain& number : numbers) all_.push_back(number.distribution);
}

double Quantiles::value(std::size_t k, double probability) const {
  const Distribution& d = all_[k];
  const auto [below, share] = within(d);
  return std::clamp(value_of(d, below + probability * share), d.lowest, d.highest);
}

double Quantiles::probability(std::size_t k, double value) const {
  const Distribution& d = all_[k];
  const auto [below, share] = within(d);
  return std::clamp((probability_of(d, value) - below) / share, 0.0, 1.0);
}

}  // namespace rathaus::study
