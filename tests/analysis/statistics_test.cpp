#include "analysis/statistics.h"

#include <cmath>
#include <limits>
#include <random>

#include "catch.h"

using rathaus::analysis::pairing_worth;
using rathaus::analysis::PairingWorth;
using rathaus::analysis::Ratio;
using rathaus::analysis::ratio_of_means;
using rathaus::analysis::summarise;
using rathaus::analysis::Summary;

TEST_CASE("the interval of a mean is Student's") {
  // five values, mean 3, s² = 2.5, t_{0.975,4} = 2.776445 (tables)
  const Summary s = summarise(std::vector{5.0, 1.0, 3.0, 2.0, 4.0});
  CHECK(s.mean == 3.0);
  CHECK(s.half_width_95 == Approx(2.776445105 * std::sqrt(2.5 / 5)).epsilon(1e-9));
  CHECK(s.p50 == 3.0);
  CHECK(s.p05 == Approx(1.2));
  CHECK(s.p95 == Approx(4.8));
  CHECK(s.count == 5);
}

TEST_CASE("missing values are left out, not counted as zero") {
  const double missing = std::numeric_limits<double>::quiet_NaN();
  const Summary s = summarise(std::vector{missing, 2.0, 4.0, missing});
  CHECK(s.mean == 3.0);
  CHECK(s.count == 2);
}

TEST_CASE("one value has no interval, no value has no mean") {
  const Summary one = summarise(std::vector{7.0});
  CHECK(one.mean == 7.0);
  CHECK(std::isnan(one.half_width_95));
  const Summary none = summarise({});
  CHECK(std::isnan(none.mean));
  CHECK(none.count == 0);
}

TEST_CASE("Fieller: a worked example, and no interval where the denominator is not clear of zero") {
  // y = 3, 5, 4, 8; x = 1, 2, 2, 3: means 5 and 2, variances 14/3 and 2/3, covariance 5/3, t
  // = 3.182446
  const std::vector<double> y{3, 5, 4, 8}, x{1, 2, 2, 3};
  const Ratio ratio = ratio_of_means(y, x);
  CHECK(ratio.value == 2.5);
  REQUIRE(ratio.finite);
  const double f = 3.182446305284263 * 3.182446305284263 / 4.0;
  const double a = 4.0 - f * 2.0 / 3.0, b = 10.0 - f * 5.0 / 3.0, c = 25.0 - f * 14.0 / 3.0;
  CHECK(ratio.low == Approx((b - std::sqrt(b * b - a * c)) / a));
  CHECK(ratio.high == Approx((b + std::sqrt(b * b - a * c)) / a));
  const std::vector<double> around_zero{-1, 1, 2, -1};
  CHECK_FALSE(ratio_of_means(y, around_zero).finite);
  CHECK(std::isnan(ratio_of_means(y, std::vector<double>{0, 0, 0, 0}).value));
  CHECK_FALSE(ratio_of_means(std::vector<double>{1}, std::vector<double>{2}).finite);
}

TEST_CASE("Fieller's interval covers the true ratio in 95 of 100 studies") {
  // numerator 3 + noise, denominator 2 + correlated noise, 10 pairs; truth 1.5. Over 4,000 studies
  // the share has a standard error of 0.00345 at 0.95: false alarm below 1e-4 at 4 of them.
  std::mt19937_64 generator(7);
  std::normal_distribution<double> normal;
  int covered = 0;
  constexpr int studies = 4000;
  for (int s = 0; s < studies; ++s) {
    std::vector<double> y, x;
    for (int r = 0; r < 10; ++r) {
      const double shared = normal(generator);
      x.push_back(2.0 + 0.5 * shared);
      y.push_back(3.0 + 0.4 * shared + 0.6 * normal(generator));
    }
    const Ratio ratio = ratio_of_means(y, x);
    covered += ratio.finite && ratio.low <= 1.5 && 1.5 <= ratio.high;
  }
  CHECK(std::abs(covered / double{studies} - 0.95) < 4 * 0.00345);
}

TEST_CASE("pairing: correlated runs are worth many independent ones") {
  const std::vector<double> level{11, 12, 14, 19}, baseline{10, 11, 13, 18};
  CHECK(pairing_worth(level, baseline).correlation == Approx(1.0));
  CHECK(std::isnan(pairing_worth(level, baseline).worth));  // the gain does not vary at all
  const std::vector<double> other{10, 12, 13, 17};
  const PairingWorth worth = pairing_worth(level, other);
  // variances 38/3 and 26/3, covariance 31/3 (sums of products 38, 26, 31 over 3)
  CHECK(worth.correlation == Approx(31.0 / std::sqrt(38.0 * 26.0)));
  CHECK(worth.worth == Approx((38.0 + 26.0) / (38.0 + 26.0 - 62.0)));
}

TEST_CASE("the interval of a deviation is that of chi-squared, and few values know little of it") {
  using rathaus::analysis::deviation_bounds;
  // χ²_{0.025} and χ²_{0.975} at 5 degrees of freedom: 0.831212, 12.832502 (tables)
  const auto six = deviation_bounds(2.0, 6, 0.95);
  CHECK(six.low == Approx(2.0 * std::sqrt(5.0 / 12.832502)).epsilon(1e-6));
  CHECK(six.high == Approx(2.0 * std::sqrt(5.0 / 0.831212)).epsilon(1e-6));
  CHECK(deviation_bounds(0.0, 6, 0.95).high == 0.0);
  CHECK(std::isnan(deviation_bounds(2.0, 1, 0.95).low));
}

TEST_CASE("a point that has nothing to divide by stands above all others") {
  using rathaus::analysis::band_of_ratios;
  std::vector<double> cost(21, 10.0), gain;
  for (int k = 0; k < 21; ++k) gain.push_back(1.0 / (k + 1));  // ratios 10, 20, … 210
  CHECK(band_of_ratios(cost, gain).p05 == Approx(20.0));
  CHECK(band_of_ratios(cost, gain).p95 == Approx(200.0));
  CHECK(band_of_ratios(cost, gain).without == 0);
  gain[0] = 0.0;  // one of 21: beyond the 95th percentile
  CHECK(band_of_ratios(cost, gain).p95 == Approx(210.0));
  gain[1] = -1.0;
  const auto two = band_of_ratios(cost, gain);
  CHECK(std::isinf(two.p95));
  CHECK(two.p05 == Approx(40.0));
  CHECK(two.without == 2);
}
