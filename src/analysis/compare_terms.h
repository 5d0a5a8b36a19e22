// What sections of the decision table are made of: an indicator, its sum so far, its change, a
// ratio.
#pragma once

#include <limits>
#include <string>

#include "analysis/comparison.h"
#include "analysis/metric.h"

namespace rathaus::analysis {

inline constexpr double million = 1e6;

inline double ratio(double numerator, double denominator) {
  return denominator == 0.0 ? std::numeric_limits<double>::quiet_NaN() : numerator / denominator;
}

/// The level of an indicator at the end of a quarter, or its sum up to then.
inline Collector::OfRun level(Collector& c, const std::string& name, double per = 1.0) {
  const Table3& table = c.data.table(name);
  return [&table, per](std::size_t run, std::size_t q) { return table.total(run, q) / per; };
}
inline Collector::OfRun upto(Collector& c, const std::string& name, double per = 1.0) {
  const Table3& table = c.data.table(name);
  return [&table, per](std::size_t run, std::size_t q) { return table.upto(run, q) / per; };
}

/// What changed against the run that gains are over.
inline Collector::OfRun change(Collector& c, Collector::OfRun value) {
  return [&c, value](std::size_t run, std::size_t q) {
    return value(run, q) - value(c.partner_of(run), q);
  };
}

/// A ratio by its name.
inline Collector::OfRun named(Collector& c, const std::string& name, double factor = 1.0) {
  return [metric = Metric(c.data, name), factor](std::size_t run, std::size_t q) {
    return factor * metric(run, q);
  };
}

}  // namespace rathaus::analysis
