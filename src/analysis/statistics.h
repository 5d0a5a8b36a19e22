// Means over replicates and how sure they are.
#pragma once

#include <span>
#include <vector>

namespace rathaus::analysis {

/// Statistics of one number over the replicates of a study. NaN values (missing) are left out.
struct Summary {
  double mean{};
  double variance{};           //!< NaN below two values
  double half_width_95{};      //!< t_{0.975,R−1}·S/√R of the mean; NaN below two values
  double p05{}, p50{}, p95{};  //!< quantiles of the values, linear between order statistics
  std::size_t count{};         //!< values that are not missing
};

Summary summarise(std::span<const double> values);

/// t_{(1+confidence)/2, R−1}·S/√R of the mean; NaN below two values.
double half_width(std::span<const double> values, double confidence);

/// The same for `count` values yet to come with that standard deviation; NaN below two.
double half_width(double deviation, std::size_t count, double confidence);

/// Quantile p of the values that are not missing, linear between order statistics; NaN without any.
double quantile(std::span<const double> values, double p);

/// A ratio of two means over paired replicates and its 95 % interval.
struct Ratio {
  double value{};        //!< mean numerator / mean denominator; NaN if there is no denominator
  double low{}, high{};  //!< NaN where the interval is not finite
  bool finite{};         //!< the denominator's mean is clear of zero
};

/// Fieller's interval (Fieller 1954) of E[numerator]/E[denominator] from paired values, with t at
/// R − 1 degrees of freedom. Never a mean of ratios. Where the interval of the denominator holds
/// zero (g = t²·s²/(R·mean²) ≥ 1) there is no finite interval [docs/metrics.md].
Ratio ratio_of_means(std::span<const double> numerator, std::span<const double> denominator);

/// Where 90 % of the ratios of two means lie, over the points of a design.
struct RatioBand {
  double p05{}, p95{};    //!< infinite where the points without a denominator reach that far
  std::size_t without{};  //!< points whose denominator is not above zero
};

/// numerator/denominator point by point. Where the denominator is something wanted and a point has
/// none of it, no price is high enough: that point stands above all others.
RatioBand band_of_ratios(std::span<const double> numerator, std::span<const double> denominator);

struct Bounds {
  double low{}, high{};
};
/// Interval of a standard deviation that `count` normally distributed values showed, by χ² at
/// count − 1 degrees of freedom; NaN below two.
Bounds deviation_bounds(double deviation, std::size_t count, double confidence);

/// How much pairing helped: Var(D) = σ_s² + σ_0² − 2ρσ_sσ_0.
struct PairingWorth {
  double correlation{};  //!< ρ of level and baseline; NaN if one of them does not vary
  double worth{};        //!< (σ_s² + σ_0²)/σ_D²: independent runs that one pair replaces
};
PairingWorth pairing_worth(std::span<const double> level, std::span<const double> baseline);

}  // namespace rathaus::analysis
