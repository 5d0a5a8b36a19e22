// Verdicts by fixed rules, their ranges, and which assumptions are told apart from chance.
#include "analysis/verdicts.h"

#include <cmath>
#include <limits>

#include "analysis/assumptions.h"
#include "catch.h"

using namespace rathaus::analysis;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// So many gains of 1, of −1 and of 0.
std::vector<double> gains(std::size_t up, std::size_t down, std::size_t none) {
  std::vector<double> all(up, 1.0);
  all.insert(all.end(), down, -1.0);
  all.insert(all.end(), none, 0.0);
  return all;
}

Verdict verdict(std::size_t up, std::size_t down, std::size_t none, bool more = true) {
  return judge(gains(up, down, none), more, 0.5).verdict;
}

}  // namespace

TEST_CASE("of 48 points 46 hold or harm, 36 lean, and 46 without a difference are none") {
  CHECK(verdict(46, 2, 0) == Verdict::holds);
  CHECK(verdict(45, 3, 0) == Verdict::leans);
  CHECK(verdict(36, 12, 0) == Verdict::leans);
  CHECK(verdict(35, 0, 13) == Verdict::open);
  CHECK(verdict(2, 46, 0) == Verdict::harms);
  CHECK(verdict(3, 45, 0) == Verdict::open);
  CHECK(verdict(1, 1, 46) == Verdict::no_difference);
  CHECK(verdict(2, 1, 45) == Verdict::open);
  CHECK(verdict(46, 2, 0, false) == Verdict::harms);
  CHECK(verdict(2, 46, 0, false) == Verdict::holds);
  const Judged judged = judge(gains(40, 3, 5), true, 0.5);
  CHECK(judged.wanted == 40);
  CHECK(judged.unwanted == 3);
  CHECK(judged.points == 48);
}

TEST_CASE(
    "a gain of just the smallest relevant one is none, and a missing one is not counted as none") {
  CHECK(judge(std::vector<double>(48, 0.5), true, 0.5).verdict == Verdict::no_difference);
  CHECK(judge(std::vector<double>(48, std::nextafter(0.5, 1.0)), true, 0.5).verdict ==
        Verdict::holds);
  const Judged missing = judge(std::vector<double>(48, std::nan("")), true, 0.5);
  CHECK(missing.verdict == Verdict::open);
  CHECK(missing.missing == 48);
  CHECK(judge(std::vector<double>{}, true, 0.5).verdict == Verdict::open);
}

TEST_CASE("the rules hold in proportion for other numbers of points, rounded up") {
  CHECK(almost_all(48) == 46);
  CHECK(almost_all(96) == 92);
  CHECK(almost_all(40) == 39);
  CHECK(almost_all(10) == 10);
  CHECK(most(48) == 36);
  CHECK(most(10) == 8);
}

TEST_CASE("a range is the 2nd to the 47th of 48 values, infinite ones in their place") {
  std::vector<double> values;
  for (int i = 48; i >= 1; --i) values.push_back(i);
  Range range = range_of(values);
  CHECK(range.low == 2.0);
  CHECK(range.high == 47.0);
  CHECK(range.middle == 24.5);
  CHECK(range_holds(48) == Approx(45.0 / 49.0));
  values[0] = values[1] = infinity;  // instead of 48 and 47
  CHECK(range_of(values).high == infinity);
  range = range_of(std::vector{3.0, std::nan(""), 1.0});
  CHECK(range.low == 1.0);
  CHECK(range.high == 3.0);
  CHECK(std::isnan(range_of(std::vector<double>{}).low));
}

TEST_CASE("without points the interval of the mean judges, and one run judges nothing") {
  const auto by_chance = [](std::vector<double> values) {
    return judge_by_chance(values, true, 0.5).verdict;
  };
  CHECK(by_chance({2.0, 2.1, 1.9, 2.0}) == Verdict::holds);
  CHECK(by_chance({-2.0, -2.1, -1.9, -2.0}) == Verdict::harms);
  CHECK(by_chance({0.0, 0.1, -0.1, 0.0}) == Verdict::no_difference);
  CHECK(by_chance({0.0, 4.0, -1.0, 2.0}) == Verdict::open);
  CHECK(by_chance({9.0}) == Verdict::unknown);
}

TEST_CASE("rank correlation sees order alone, and ties share their rank") {
  const std::vector<double> x{1, 2, 3, 4}, up{1, 10, 100, infinity};
  CHECK(rank_correlation(x, up) == Approx(1.0));
  CHECK(rank_correlation(x, std::vector<double>{4, 3, 2, 1}) == Approx(-1.0));
  // ranks 1.5 1.5 3 4 against 1 2 3 4, by hand: 4.5 / √(5 · 4.5)
  CHECK(rank_correlation(x, std::vector<double>{5, 5, 6, 7}) == Approx(4.5 / std::sqrt(22.5)));
  CHECK(std::isnan(rank_correlation(x, std::vector<double>{1, 1, 1, 1})));
}

TEST_CASE("the bound is what one of so many unrelated numbers passes with a chance of 5 %") {
  CHECK(bonferroni_bound(48, 40) == Approx(0.452).margin(0.002));
  CHECK(bonferroni_bound(48, 1) == Approx(0.2845).margin(0.001));  // tables of ρ at 46 degrees
  CHECK(bonferroni_bound(3, 5) == infinity);
  std::vector<double> gain, first, second;
  for (int i = 0; i < 48; ++i) {
    gain.push_back(i);
    first.push_back(i % 2);
    second.push_back(i * i);
  }
  const std::vector<AssumptionEffect> effects = effects_on(gain, {"a", "b"}, {first, second});
  REQUIRE(effects.size() == 2);
  CHECK(effects[0].number == "b");
  CHECK(effects[0].told_apart);
  CHECK_FALSE(effects[1].told_apart);
}

TEST_CASE("over several theories stands what all of them say") {
  using enum Verdict;
  const auto over = [](std::vector<Verdict> verdicts) { return verdict_of_all(verdicts); };
  for (const Verdict v : {holds, leans, open, no_difference, harms, unknown})
    CHECK(over({v, v, v}) == v);
  CHECK(over({holds, leans, holds}) == leans);
  for (const Verdict v : {open, no_difference, harms}) CHECK(over({holds, holds, v}) == mixed);
  CHECK(over({open, no_difference}) == mixed);
}
