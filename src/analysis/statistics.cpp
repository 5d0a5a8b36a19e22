#include "analysis/statistics.h"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

namespace rathaus::analysis {
namespace {

/// Linear between order statistics (Hyndman and Fan 1996, type 7).
double quantile_of_sorted(const std::vector<double>& sorted, double p) {
  const double place = p * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  if (place == static_cast<double>(below) || sorted[above] == sorted[below]) return sorted[below];
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

std::vector<double> sorted_of(std::span<const double> values) {
  std::vector<double> sorted;
  std::ranges::copy_if(values, std::back_inserter(sorted), [](double x) { return !std::isnan(x); });
  std::ranges::sort(sorted);
  return sorted;
}

/// Quantile of Student's t. Remembered: a summary asks for the same few a million times, and each
/// costs microseconds.
double t_quantile(double degrees, double p) {
  thread_local std::map<std::pair<double, double>, double> known;
  const auto [entry, is_new] = known.try_emplace({degrees, p}, 0.0);
  if (is_new) entry->second = boost::math::quantile(boost::math::students_t(degrees), p);
  return entry->second;
}

double mean_of(std::span<const double> values) {
  double sum = 0.0;
  for (const double x : values) sum += x;
  return sum / static_cast<double>(values.size());
}

/// Σ (a − mean a)(b − mean b) / (R − 1)
double covariance(std::span<const double> a, std::span<const double> b) {
  const double mean_a = mean_of(a), mean_b = mean_of(b);
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - mean_a) * (b[i] - mean_b);
  return sum / (static_cast<double>(a.size()) - 1.0);
}

}  // namespace

double half_width(std::span<const double> values, double confidence) {
  const Summary s = summarise(values);
  return half_width(std::sqrt(s.variance), s.count, confidence);
}

double half_width(double deviation, std::size_t count, double confidence) {
  if (count < 2) return std::numeric_limits<double>::quiet_NaN();
  const auto n = static_cast<double>(count);
  return t_quantile(n - 1.0, 0.5 * (1.0 + confidence)) * deviation / std::sqrt(n);
}

double quantile(std::span<const double> values, double p) {
  const std::vector<double> sorted = sorted_of(values);
  return sorted.empty() ? std::numeric_limits<double>::quiet_NaN() : quantile_of_sorted(sorted, p);
}

Ratio ratio_of_means(std::span<const double> numerator, std::span<const double> denominator) {
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  Ratio ratio{missing, missing, missing, false};
  if (numerator.empty()) return ratio;
  const double x = mean_of(denominator), y = mean_of(numerator);
  if (x == 0.0) return ratio;
  ratio.value = y / x;
  const auto count = static_cast<double>(numerator.size());
  if (count < 2.0) return ratio;
  const double t = t_quantile(count - 1.0, 0.975);
  const double xx = t * t * covariance(denominator, denominator) / count;
  const double xy = t * t * covariance(numerator, denominator) / count;
  const double yy = t * t * covariance(numerator, numerator) / count;
  ratio.finite = x * x > xx;
  if (!ratio.finite) return ratio;
  // roots of (x² − xx) r² − 2 (xy₀ − xy) r + (y² − yy) = 0 with xy₀ = x·y
  const double middle = x * y - xy;
  const double root = std::sqrt(std::max(0.0, middle * middle - (x * x - xx) * (y * y - yy)));
  ratio.low = (middle - root) / (x * x - xx);
  ratio.high = (middle + root) / (x * x - xx);
  return ratio;
}

RatioBand band_of_ratios(std::span<const double> numerator, std::span<const double> denominator) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  RatioBand band{0.0, 0.0, 0};
  std::vector<double> ratios;
  for (std::size_t i = 0; i < numerator.size(); ++i) {
    if (std::isnan(numerator[i]) || std::isnan(denominator[i])) continue;
    const bool there = denominator[i] > 0.0;
    if (!there) ++band.without;
    ratios.push_back(there ? numerator[i] / denominator[i] : infinity);
  }
  band.p05 = quantile(ratios, 0.05);
  band.p95 = quantile(ratios, 0.95);
  return band;
}

Bounds deviation_bounds(double deviation, std::size_t count, double confidence) {
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  if (count < 2) return {missing, missing};
  const double degrees = static_cast<double>(count) - 1.0;
  const boost::math::chi_squared squares(degrees);
  const auto bound = [&](double p) {
    return deviation * std::sqrt(degrees / boost::math::quantile(squares, p));
  };
  return {bound(0.5 * (1.0 + confidence)), bound(0.5 * (1.0 - confidence))};
}

PairingWorth pairing_worth(std::span<const double> level, std::span<const double> baseline) {
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  PairingWorth worth{missing, missing};
  if (level.size() < 2) return worth;
  const double a = covariance(level, level), b = covariance(baseline, baseline);
  const double ab = covariance(level, baseline);
  if (a > 0.0 && b > 0.0) worth.correlation = ab / std::sqrt(a * b);
  if (const double difference = a + b - 2.0 * ab; difference > 0.0)
    worth.worth = (a + b) / difference;
  return worth;
}

Summary summarise(std::span<const double> values) {
  const std::vector<double> sorted = sorted_of(values);
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  Summary summary{missing, missing, missing, missing, missing, missing, sorted.size()};
  if (sorted.empty()) return summary;
  const auto count = static_cast<double>(sorted.size());
  double sum = 0.0;
  for (const double x : sorted) sum += x;
  summary.mean = sum / count;
  summary.p05 = quantile_of_sorted(sorted, 0.05);
  summary.p50 = quantile_of_sorted(sorted, 0.50);
  summary.p95 = quantile_of_sorted(sorted, 0.95);
  if (sorted.size() < 2) return summary;
  double squares = 0.0;
  for (const double x : sorted) squares += (x - summary.mean) * (x - summary.mean);
  summary.variance = squares / (count - 1.0);
  summary.half_width_95 = t_quantile(count - 1.0, 0.975) * std::sqrt(summary.variance / count);
  return summary;
}

}  // namespace rathaus::analysis
