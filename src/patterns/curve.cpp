#include "patterns/curve.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace rathaus::patterns {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Sum of squared errors of the best ceiling for given p and q: least squares in m.
double squared_error(std::span<const double> path, double p, double q) {
  double fg = 0.0, gg = 0.0, ff = 0.0;
  for (std::size_t t = 0; t < path.size(); ++t) {
    const double decay = std::exp(-(p + q) * static_cast<double>(t + 1));
    const double g = (1.0 - decay) / (1.0 + q / p * decay);
    fg += path[t] * g;
    gg += g * g;
    ff += path[t] * path[t];
  }
  return gg > 0.0 ? ff - fg * fg / gg : ff;
}

}  // namespace

std::optional<std::size_t> first_at(std::span<const double> path, double level) {
  const auto found = std::ranges::find_if(path, [&](double x) { return x >= level; });
  if (found == path.end()) return std::nullopt;
  return static_cast<std::size_t>(found - path.begin());
}

std::optional<std::size_t> rise_at(std::span<const double> path, double level) {
  if (path.empty() || !(path.back() > path.front())) return std::nullopt;
  return first_at(path, path.front() + level * (path.back() - path.front()));
}

double bass_fit(std::span<const double> path) {
  double mean = 0.0, total = 0.0;
  for (const double x : path) mean += x / static_cast<double>(path.size());
  for (const double x : path) total += (x - mean) * (x - mean);
  if (!(total > 0.0)) return missing;
  // the error is smooth in ln p and ln q but may have a flat valley: a grid finds the valley, finer
  // grids around the best point its bottom
  double ln_p = std::log(1e-3), ln_q = std::log(0.05);
  double reach = 4.0, best = std::numeric_limits<double>::infinity();
  for (int zoom = 0; zoom < 12; ++zoom, reach *= 0.4) {
    constexpr int steps = 8;
    const double centre_p = ln_p, centre_q = ln_q;
    for (int a = -steps; a <= steps; ++a)
      for (int b = -steps; b <= steps; ++b) {
        const double try_p = centre_p + reach * a / steps, try_q = centre_q + reach * b / steps;
        const double error = squared_error(path, std::exp(try_p), std::exp(try_q));
        if (error >= best) continue;
        best = error;
        ln_p = try_p;
        ln_q = try_q;
      }
  }
  return 1.0 - best / total;
}

double single_inflection(std::span<const double> path) {
  std::vector<double> increments;
  for (std::size_t t = 4; t < path.size(); t += 4) increments.push_back(path[t] - path[t - 4]);
  if (increments.size() < 3) return missing;
  const auto peak = std::ranges::max_element(increments) - increments.begin();
  if (peak == 0 || peak == std::ssize(increments) - 1) return 0.0;
  double along = 0.0, against = 0.0;
  for (std::ptrdiff_t k = 1; k < std::ssize(increments); ++k) {
    const auto i = static_cast<std::size_t>(k);
    const double move = increments[i] - increments[i - 1];
    ((k <= peak) == (move > 0.0) ? along : against) += std::abs(move);
  }
  return along + against > 0.0 ? along / (along + against) : missing;
}

}  // namespace rathaus::patterns
