// Shapes of paths and distances to criteria, where the answer is known.
#include "patterns/curve.h"

#include <cmath>
#include <vector>

#include "catch.h"
#include "patterns/pattern.h"

using namespace rathaus::patterns;

namespace {

std::vector<double> bass(double p, double q, double ceiling, int quarters) {
  std::vector<double> path;
  for (int t = 1; t <= quarters; ++t) {
    const double decay = std::exp(-(p + q) * t);
    path.push_back(ceiling * (1.0 - decay) / (1.0 + q / p * decay));
  }
  return path;
}

}  // namespace

TEST_CASE("a Bass curve fits itself, whatever its pace and ceiling; a zigzag does not") {
  for (const double p : {0.0005, 0.01, 0.05})
    for (const double q : {0.02, 0.1, 0.6})
      for (const double ceiling : {0.1, 1.0}) {
        INFO("p " << p << " q " << q << " m " << ceiling);
        CHECK(bass_fit(bass(p, q, ceiling, 80)) > 0.99999);
      }
  std::vector<double> zigzag(80);
  for (std::size_t t = 0; t < zigzag.size(); ++t) zigzag[t] = t / 10 % 2 == 0 ? 0.2 : 0.8;
  CHECK(bass_fit(zigzag) < 0.5);
  CHECK(std::isnan(bass_fit(std::vector<double>(80, 0.3))));
}

TEST_CASE("one inflection: one peak of the yearly gains, within the path") {
  CHECK(single_inflection(bass(0.005, 0.15, 1.0, 80)) == 1.0);
  CHECK(single_inflection(bass(0.05, 0.0001, 1.0, 80)) == 0.0);  // gains only fall
  CHECK(single_inflection(bass(0.0005, 0.05, 1.0, 40)) == 0.0);  // gains still rise
  std::vector<double> two = bass(0.01, 0.4, 1.0, 40), second = bass(0.01, 0.4, 1.0, 40);
  for (const double x : second) two.push_back(1.0 + x);
  CHECK(single_inflection(two) < 0.8);
  CHECK(std::isnan(single_inflection(std::vector<double>{0.0, 1.0, 2.0})));
}

TEST_CASE("when a path reaches a level, and when it has risen half-way") {
  const std::vector<double> path{2.0, 2.5, 3.0, 6.0, 4.0};
  CHECK(first_at(path, 2.6) == std::size_t{2});
  CHECK_FALSE(first_at(path, 7.0));
  CHECK(rise_at(path, 0.5) == std::size_t{2});
  CHECK_FALSE(rise_at(std::vector<double>{3.0, 4.0, 3.0}, 0.5));
}

TEST_CASE("a distance is at most 1 exactly where the pattern is met") {
  const Criterion between{.low = 0.03, .high = 0.15, .target = 0.08};
  CHECK(between.distance(0.08) == 0.0);
  CHECK(between.distance(0.03) == Approx(1.0));
  CHECK(between.distance(0.15) == Approx(1.0));
  CHECK(between.distance(0.115) == Approx(0.5));
  CHECK(between.distance(0.22) == Approx(2.0));
  const Criterion middle{.low = 0.0, .high = 1.0, .target = {}};
  CHECK(middle.distance(0.5) == 0.0);
  const Criterion above{.low = 5.0, .high = INFINITY, .target = {}, .scale = 5.0};
  CHECK(above.distance(5.0) == 0.0);
  CHECK(above.distance(INFINITY) == 0.0);
  CHECK(above.distance(4.999) > 1.0);
  CHECK(above.distance(0.0) == Approx(2.0));
  const Criterion below{.low = -INFINITY, .high = 1.0, .target = {}};
  CHECK(below.distance(0.2) == 0.0);
  CHECK(below.distance(1.5) == Approx(1.5));
  for (const Criterion& c : {between, middle, above, below}) CHECK(std::isinf(c.distance(NAN)));
}
