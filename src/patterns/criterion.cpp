#include <fmt/format.h>

#include <cmath>

#include "patterns/pattern.h"

namespace rathaus::patterns {

double Criterion::distance(double value) const {
  if (std::isnan(value)) return std::numeric_limits<double>::infinity();
  const bool above = std::isfinite(low), below = std::isfinite(high);
  if (above && below) {
    const double best = target.value_or(0.5 * (low + high));
    if (value == best) return 0.0;
    return value > best ? (value - best) / (high - best) : (best - value) / (best - low);
  }
  if (above && value < low) return 1.0 + (low - value) / scale;
  if (below && value > high) return 1.0 + (value - high) / scale;
  return 0.0;
}

std::string Criterion::text() const {
  const bool above = std::isfinite(low), below = std::isfinite(high);
  const std::string best = target ? fmt::format("{:g} in ", *target) : "";
  if (above && below) return fmt::format("{}{:g} … {:g}", best, low, high);
  return above ? fmt::format("at least {:g}", low) : fmt::format("at most {:g}", high);
}

}  // namespace rathaus::patterns
