#include "patterns/curve.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "lanes/elementary.h"

namespace rathaus::patterns {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// A Bass curve but for its ceiling: pace p + q [1/quarter] and ratio q/p.
struct Shape {
  double pace, ratio;
};

/// Sum of squared errors with the best ceiling, by least squares.
double squared_error(std::span<const double> path, const Shape& shape) {
  double fg = 0.0, gg = 0.0, ff = 0.0;
  for (std::size_t t = 0; t < path.size(); ++t) {
    const double decay = elementary::exp(-shape.pace * static_cast<double>(t + 1));
    const double g = (1.0 - decay) / (1.0 + shape.ratio * decay);
    fg += path[t] * g;
    gg += g * g;
    ff += path[t] * path[t];
  }
  return gg > 0.0 ? ff - fg * fg / gg : ff;
}

/// For a given pace F (1 + ratio e) = m (1 - e), e = exp(-pace t), is linear in m and the ratio: a
/// start that is exact on a path without noise.
Shape start_at(std::span<const double> path, double pace) {
  double aa = 0.0, ab = 0.0, bb = 0.0, af = 0.0, bf = 0.0;
  for (std::size_t t = 0; t < path.size(); ++t) {
    const double e = elementary::exp(-pace * static_cast<double>(t + 1));
    const double a = 1.0 - e, b = -e * path[t];
    aa += a * a, ab += a * b, bb += b * b, af += a * path[t], bf += b * path[t];
  }
  const double determinant = aa * bb - ab * ab;
  const double ratio = determinant > 0.0 ? (aa * bf - ab * af) / determinant : 1.0;
  return {pace, std::max(ratio, 1e-6)};
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
  if (path.empty() || std::ranges::min(path) == std::ranges::max(path)) return missing;
  double mean = 0.0, total = 0.0;
  for (const double x : path) mean += x / static_cast<double>(path.size());
  for (const double x : path) total += (x - mean) * (x - mean);
  Shape shape{};
  double best = std::numeric_limits<double>::infinity();
  const auto consider = [&](const Shape& other) {
    const double error = squared_error(path, other);
    if (error >= best) return;
    best = error;
    shape = other;
  };
  for (double pace = 0.002; pace < 4.0; pace *= 1.04) consider(start_at(path, pace));
  for (double reach = 0.1; reach > 1e-5; reach *= 0.6) {
    const Shape centre = shape;
    for (int a = -2; a <= 2; ++a)
      for (int b = -2; b <= 2; ++b)
        consider({centre.pace * elementary::exp(reach * a),
                  centre.ratio * elementary::exp(4.0 * reach * b)});
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
