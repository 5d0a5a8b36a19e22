// Designs: where their points lie, and what a point sets.
#include "study/design.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "catch.h"
#include "study/study.h"

using namespace rathaus;
using namespace rathaus::study;

namespace {

Uncertain number(Shape shape, std::array<double, 3> by, double lowest = -1e9,
                 double highest = 1e9) {
  return {.path = "x",
          .unit = "1",
          .meaning = "",
          .address = {},
          .distribution = {.shape = shape, .by = by, .lowest = lowest, .highest = highest}};
}

const std::vector<Uncertain> three(3, number(Shape::uniform, {2.0, 6.0, 0.0}));

Design drawn(DesignMethod method, std::uint32_t size, const std::vector<Uncertain>& numbers,
             std::uint64_t seed = 1, std::uint32_t levels = 4) {
  Design design{.method = method, .size = size, .levels = levels, .unit_cube = {}, .value = {}};
  draw(design, numbers, seed);
  REQUIRE(design.value.size() == design.points * numbers.size());
  REQUIRE(design.unit_cube.size() == design.value.size());
  return design;
}

}  // namespace

TEST_CASE("latin hypercube: one point in every slice of every number, a function of the seed") {
  const std::uint32_t n = 37;
  const Design design = drawn(DesignMethod::latin_hypercube, n, three);
  CHECK(design.points == n);
  CHECK_FALSE(design.shares_chance());
  for (std::size_t k = 0; k < 3; ++k) {
    std::set<int> slices;
    for (std::size_t p = 0; p < n; ++p) {
      const double u = design.unit_cube[p * 3 + k];
      slices.insert(static_cast<int>(u * n));
      CHECK(design.value[p * 3 + k] == Approx(2.0 + 4.0 * u));
    }
    CHECK(slices.size() == n);
  }
  CHECK(drawn(DesignMethod::latin_hypercube, n, three).value == design.value);
  CHECK(drawn(DesignMethod::latin_hypercube, n, three, 2).value != design.value);
}

TEST_CASE("sobol: A, B, and A with one column of B each") {
  const std::uint32_t n = 16;
  const Design design = drawn(DesignMethod::sobol, n, three);
  CHECK(design.points == n * 5);
  CHECK(design.shares_chance());
  const auto at = [&](std::size_t block, std::size_t row, std::size_t k) {
    return design.value[(block * n + row) * 3 + k];
  };
  for (std::size_t row = 0; row < n; ++row)
    for (std::size_t block = 0; block < 3; ++block)
      for (std::size_t k = 0; k < 3; ++k) {
        CHECK(at(block + 2, row, k) == at(block == k ? 1 : 0, row, k));
        CHECK(at(0, row, k) != at(1, row, k));
      }
  // a shifted Sobol sequence of 2^m points still has one point in every slice
  for (std::size_t k = 0; k < 3; ++k) {
    std::set<int> slices;
    for (std::size_t row = 0; row < n; ++row)
      slices.insert(static_cast<int>(design.unit_cube[row * 3 + k] * n));
    CHECK(slices.size() >= n - 1);  // the shift may split one slice
  }
}

TEST_CASE("morris: every trajectory moves every number once, by the same step, on the grid") {
  const std::uint32_t trajectories = 25, levels = 6;
  const Design design = drawn(DesignMethod::morris, trajectories, three, 9, levels);
  CHECK(design.points == trajectories * 4);
  for (std::size_t t = 0; t < trajectories; ++t) {
    std::set<std::size_t> moved;
    for (std::size_t step = 1; step < 4; ++step)
      for (std::size_t k = 0; k < 3; ++k) {
        const double here = design.unit_cube[(t * 4 + step) * 3 + k];
        const double change = here - design.unit_cube[(t * 4 + step - 1) * 3 + k];
        const double place = here * (levels - 1);
        CHECK(place == Approx(std::round(place)).margin(1e-7));
        if (change == 0.0) continue;
        CHECK(std::abs(change) == Approx(levels / (2.0 * (levels - 1))));
        CHECK(moved.insert(k).second);
      }
    CHECK(moved.size() == 3);
  }
}

TEST_CASE("full factorial: all combinations; too many are refused") {
  const Design design = drawn(DesignMethod::full_factorial, 1, three, 1, 3);
  CHECK(design.points == 27);
  std::set<std::array<double, 3>> rows;
  for (std::size_t p = 0; p < 27; ++p)
    rows.insert({design.value[p * 3], design.value[p * 3 + 1], design.value[p * 3 + 2]});
  CHECK(rows.size() == 27);
  CHECK(points_of(
            {.method = DesignMethod::full_factorial, .levels = 10, .unit_cube = {}, .value = {}},
            12) == 0);
}

TEST_CASE("values have their distribution, within the hard bounds") {
  struct Known {
    Uncertain number;
    double (*cdf)(double);
  };
  const auto phi = [](double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); };
  const std::vector<Known> known{
      {number(Shape::uniform, {2.0, 6.0, 0.0}), [](double x) { return (x - 2.0) / 4.0; }},
      {number(Shape::log_uniform, {0.1, 10.0, 0.0}),
       [](double x) { return std::log(x / 0.1) / std::log(100.0); }},
      {number(Shape::triangular, {0.0, 1.0, 4.0}),
       [](double x) { return x < 1.0 ? x * x / 4.0 : 1.0 - (4.0 - x) * (4.0 - x) / 12.0; }},
      {number(Shape::normal, {1.0, 2.0, 0.0}),
       [](double x) { return 0.5 * std::erfc(-(x - 1.0) / 2.0 / std::sqrt(2.0)); }},
      {number(Shape::lognormal, {150.0, 400.0, 0.0}),
       [](double x) {
         const double sigma = std::log(400.0 / 150.0) / 1.6448536269514722;
         return 0.5 * std::erfc(-std::log(x / 150.0) / sigma / std::sqrt(2.0));
       }},
  };
  for (const Known& k : known) {
    const Design design = drawn(DesignMethod::latin_hypercube, 50, {k.number});
    for (std::size_t p = 0; p < 50; ++p)
      CHECK(k.cdf(design.value[p]) == Approx(design.unit_cube[p]).margin(1e-6));
  }
  // cut at 0 and 2: what is left is scaled
  const Design cut =
      drawn(DesignMethod::latin_hypercube, 50, {number(Shape::normal, {1.0, 2.0, 0.0}, 0.0, 2.0)});
  const double below = phi(-0.5), above = phi(0.5);
  for (std::size_t p = 0; p < 50; ++p)
    CHECK((phi((cut.value[p] - 1.0) / 2.0) - below) / (above - below) ==
          Approx(cut.unit_cube[p]).margin(1e-6));
}

TEST_CASE("a list keeps its values and finds its place in the unit cube") {
  Design design{.method = DesignMethod::list, .size = 2, .unit_cube = {}, .value = {3.0, 5.5}};
  draw(design, std::vector{number(Shape::uniform, {2.0, 6.0, 0.0})}, 1);
  CHECK(design.points == 2);
  CHECK(design.value == std::vector{3.0, 5.5});
  CHECK(design.unit_cube[0] == Approx(0.25));
  CHECK(design.unit_cube[1] == Approx(0.875));
}

TEST_CASE("cases: replicates outermost, numbers and back") {
  Study study;
  study.replicates = 3;
  study.alternatives.resize(2);
  study.design.points = 5;
  CHECK(case_count(study) == 30);
  for (std::uint64_t n = 0; n < 30; ++n) {
    const CaseId id = case_at(study, n);
    CHECK(case_number(study, id) == n);
    CHECK(id.replicate == n / 10);
  }
  CHECK(key_of(study, {0, 3, 1}) == random::run_key(0, 3, 1));
  CHECK(key_of(study, {1, 3, 1}) == random::run_key(0, 3, 1));  // theories share chance
  study.design.method = DesignMethod::morris;
  CHECK(key_of(study, {0, 3, 1}) == random::run_key(0, 0, 1));
}
