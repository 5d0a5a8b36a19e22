// Simulation-based calibration: the rank of a truth in the posterior of its own data is uniform
// (Cook, Gelman and Rubin 2006; Talts et al. 2018).
//
// With a finite tolerance ABC does not aim at the posterior of the data but at that of data seen
// through the acceptance kernel. Ranks are uniform if the observation went through the kernel, too
// (Wilkinson 2013): observation = simulation + tolerance x uniform(-1, 1), for each pattern.
#pragma once

#include <algorithm>
#include <array>
#include <cstdlib>
#include <numeric>
#include <span>
#include <string>

namespace rathaus::test {

/// Chi-square of ten bins; a right program exceeds `chi_square_limit` once in 1,000 cases.
class Ranks {
 public:
  void add(double rank) {
    ++bins_[std::min<std::size_t>(9, static_cast<std::size_t>(10.0 * rank))];
  }
  std::string text() const {
    std::string all;
    for (const double count : bins_) all += std::to_string(static_cast<int>(count)) + " ";
    return all;
  }
  double chi_square() const {
    const double expected = std::accumulate(bins_.begin(), bins_.end(), 0.0) / 10.0;
    double sum = 0.0;
    for (const double count : bins_) sum += (count - expected) * (count - expected) / expected;
    return sum;
  }

 private:
  std::array<double, 10> bins_{};
};
inline constexpr double chi_square_limit = 27.88;  // 9 degrees of freedom, 0.1 %

/// Weight of the values below the truth, spread over the gap between values that it falls into:
/// among n values of equal weight (below + U) / (n + 1), which is uniform exactly; n is 1 / Σ w²
/// for others.
inline double rank_of(double truth, std::span<const double> values, std::span<const double> weights,
                      double spread) {
  double below = 0.0, all = 0.0, squares = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    all += weights[i];
    squares += weights[i] * weights[i];
    if (values[i] < truth) below += weights[i];
  }
  if (values.empty()) return spread;
  const double n = all * all / squares;
  return (n * below / all + spread) / (n + 1.0);
}

/// A number from the environment: scripts/sbc.sh asks for more truths than a test run.
inline std::uint32_t asked(const char* name, std::uint32_t otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? static_cast<std::uint32_t>(std::stoul(text)) : otherwise;
}

}  // namespace rathaus::test
