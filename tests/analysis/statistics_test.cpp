#include "analysis/statistics.h"

#include <cmath>
#include <limits>

#include "catch.h"

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
