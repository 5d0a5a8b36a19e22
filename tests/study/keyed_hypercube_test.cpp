// The points of the shipped doubt: stratified, repeatable, and undisturbed by further numbers.
#include "study/keyed_hypercube.h"

#include <set>

#include "catch.h"

using rathaus::study::keyed_hypercube;

TEST_CASE("each dimension has one point in each of the equal parts") {
  constexpr std::size_t points = 48, dimensions = 7;
  const std::vector<double> cube = keyed_hypercube(points, dimensions, 1);
  REQUIRE(cube.size() == points * dimensions);
  for (std::size_t d = 0; d < dimensions; ++d) {
    std::set<std::size_t> parts;
    for (std::size_t p = 0; p < points; ++p) {
      const double x = cube[p * dimensions + d];
      CHECK(x > 0.0);
      CHECK(x < 1.0);
      parts.insert(static_cast<std::size_t>(x * points));
    }
    CHECK(parts.size() == points);
  }
}

TEST_CASE("the same seed gives the same points, another other ones; a further number disturbs none") {
  const std::vector<double> few = keyed_hypercube(48, 3, 5), many = keyed_hypercube(48, 4, 5);
  CHECK(few == keyed_hypercube(48, 3, 5));
  CHECK(few != keyed_hypercube(48, 3, 6));
  for (std::size_t p = 0; p < 48; ++p)
    for (std::size_t d = 0; d < 3; ++d) CHECK(few[p * 3 + d] == many[p * 4 + d]);
}
