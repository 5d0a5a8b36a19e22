// Elementary functions against MPFR: their stated errors over dense and random arguments, their
// edge cases as the C standard has them, and what neutrality needs exactly.
#include "lanes/elementary.h"

#include <mpfr.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "catch.h"

namespace {

using namespace rathaus;

constexpr double tiny = 0x1p-1074, least_normal = 0x1p-1022;
constexpr double largest = std::numeric_limits<double>::max();

class Exact {
 public:
  explicit Exact(double x = 0.0) {
    mpfr_init2(value_, 200);
    mpfr_set_d(value_, x, MPFR_RNDN);
  }
  Exact(const Exact&) = delete;
  Exact& operator=(const Exact&) = delete;
  ~Exact() { mpfr_clear(value_); }
  mpfr_ptr get() { return value_; }

  /// |found − this| in units in the last place of this, rounded to double.
  double ulps(double found) {
    const double rounded = mpfr_get_d(value_, MPFR_RNDN);
    if (found == rounded) {
      if (!std::isfinite(found)) return 0.0;
    } else if (!std::isfinite(found) || !std::isfinite(rounded)) {
      return elementary::infinity;
    }
    const int exponent = std::max(std::ilogb(rounded == 0.0 ? tiny : rounded), -1022);
    mpfr_t error;
    mpfr_init2(error, 200);
    mpfr_sub_d(error, value_, found, MPFR_RNDN);
    mpfr_mul_2si(error, error, 52 - exponent, MPFR_RNDN);
    const double ulps = std::abs(mpfr_get_d(error, MPFR_RNDN));
    mpfr_clear(error);
    return ulps;
  }

 private:
  mpfr_t value_;
};

/// Arguments: random numbers between two bounds, evenly and by their bits, and such at the bounds.
std::vector<double> arguments(double lowest, double highest, std::size_t count) {
  std::mt19937_64 random(7);
  std::vector<double> all{lowest, highest};
  std::uniform_real_distribution<double> even(lowest, highest);
  for (std::size_t i = 0; i < count; ++i) {
    all.push_back(even(random));
    all.push_back(lowest +
                  (highest - lowest) * static_cast<double>(i) / static_cast<double>(count));
    const double any = std::bit_cast<double>(random());
    if (any >= lowest && any <= highest) all.push_back(any);
  }
  return all;
}

using Judge = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);

double worst(double (*function)(double), Judge judge, const std::vector<double>& of,
             double least_result = 0.0) {
  double worst = 0.0;
  Exact x, y;
  for (const double argument : of) {
    mpfr_set_d(x.get(), argument, MPFR_RNDN);
    judge(y.get(), x.get(), MPFR_RNDN);
    if (std::abs(mpfr_get_d(y.get(), MPFR_RNDN)) < least_result) continue;
    const double found = y.ulps(function(argument));
    worst = std::max(worst, found);
  }
  return worst;
}

std::vector<double> positive_bits(std::size_t count) {
  std::mt19937_64 random(11);
  std::vector<double> all;
  while (all.size() < count)
    if (const double x = std::bit_cast<double>(random() >> 1); std::isfinite(x) && x > 0.0)
      all.push_back(x);
  for (const double x : {tiny, 3 * tiny, least_normal, largest}) all.push_back(x);
  return all;
}

constexpr std::size_t many = 200'000 / RATHAUS_ONE_ARGUMENT_OF;
const std::vector<double> specials{0.0,
                                   -0.0,
                                   1.0,
                                   -1.0,
                                   0.5,
                                   2.0,
                                   3.0,
                                   -3.0,
                                   2.5,
                                   -2.5,
                                   tiny,
                                   -tiny,
                                   least_normal,
                                   largest,
                                   -largest,
                                   elementary::infinity,
                                   -elementary::infinity,
                                   elementary::nan,
                                   0x1p52 + 1.0,
                                   0x1p53,
                                   -0x1p53 - 2.0,
                                   1e300};

bool same(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) ||
         std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

}  // namespace

TEST_CASE("logarithms err by less than they say") {
  const std::vector<double> near_one = arguments(0.5, 2.0, many), wide = positive_bits(many);
  const auto both = {&near_one, &wide};
  for (const std::vector<double>* of : both) {
    const double natural = worst(elementary::log, mpfr_log, *of);
    const double binary = worst(elementary::log2, mpfr_log2, *of);
    const double decimal = worst(elementary::log10, mpfr_log10, *of);
    CAPTURE(natural, binary, decimal);
    CHECK(natural < 1.0);
    CHECK(binary < 0.6);
    CHECK(decimal < 0.6);
  }
}

TEST_CASE("exponentials err by less than they say") {
  const double normal = worst(elementary::exp, mpfr_exp, arguments(-708.0, 709.7, many));
  const double small = worst(elementary::exp, mpfr_exp, arguments(-1.0, 1.0, many));
  const double subnormal = worst(elementary::exp, mpfr_exp, arguments(-746.0, -708.0, many));
  CAPTURE(normal, small, subnormal);
  CHECK(normal < 1.0);
  CHECK(small < 1.0);
  CHECK(subnormal < 1.1);
}

TEST_CASE("sines and cosines err by less than they say") {
  constexpr double resolved = 0x1p-960;  // below it the two parts of a product underflow
  for (const double reach : {2.0, 1000.0, 1e17}) {
    const std::vector<double> of = arguments(-reach, reach, many);
    const double sine = worst(elementary::sinpi, mpfr_sinpi, of, resolved);
    const double small = worst(elementary::sinpi, mpfr_sinpi, of);
    const double cosine = worst(elementary::cospi, mpfr_cospi, of);
    CAPTURE(reach, sine, small, cosine);
    CHECK(sine < 1.5);
    CHECK(small < 5.0);
    CHECK(cosine < 1.5);
  }
}

TEST_CASE("powers err by less than they say") {
  std::mt19937_64 random(5);
  Exact x, y, z;
  double normal = 0.0, subnormal = 0.0;
  const auto compare = [&](double base, double exponent) {
    mpfr_set_d(x.get(), base, MPFR_RNDN);
    mpfr_set_d(y.get(), exponent, MPFR_RNDN);
    mpfr_pow(z.get(), x.get(), y.get(), MPFR_RNDN);
    const double error = z.ulps(elementary::pow(base, exponent));
    double& most = mpfr_get_d(z.get(), MPFR_RNDN) < least_normal ? subnormal : normal;
    most = std::max(most, error);
  };
  std::uniform_real_distribution<double> base(0.0, 3.0), exponent(-4.0, 4.0), extreme(-1075, 1024);
  for (std::size_t i = 0; i < many; ++i) {
    compare(base(random), exponent(random));
    const double any = std::bit_cast<double>(random() >> 1);
    if (!(any > 0.0 && any < elementary::infinity)) continue;
    compare(any, exponent(random) / 4.0);
    if (const double b = elementary::log2(any); b != 0.0) compare(any, extreme(random) / b);
  }
  CAPTURE(normal, subnormal);
  CHECK(normal < 1.0);
  CHECK(subnormal < 1.1);
}

TEST_CASE("edge cases are those of the C standard") {
  for (const double x : specials) {
    CAPTURE(x);
    // MPFR has the edge cases of the standard, signs of zeros included
    const auto by = [&](Judge judge) {
      Exact exact(x);
      judge(exact.get(), exact.get(), MPFR_RNDN);
      return mpfr_get_d(exact.get(), MPFR_RNDN);
    };
    const double logarithm = elementary::log(x), exponential = elementary::exp(x);
    if (!(x > 0.0 && x < elementary::infinity)) {
      CHECK(same(logarithm, by(mpfr_log)));
      CHECK(same(elementary::log2(x), by(mpfr_log2)));
      CHECK(same(elementary::log10(x), by(mpfr_log10)));
    }
    if (!(std::abs(x) < 700.0)) CHECK(same(exponential, by(mpfr_exp)));
    if (!std::isfinite(x) || 2.0 * x == std::floor(2.0 * x)) {
      CHECK(same(elementary::sinpi(x), by(mpfr_sinpi)));
      CHECK(same(elementary::cospi(x), by(mpfr_cospi) + 0.0));  // zero without a sign
    }
  }
}

TEST_CASE("edge cases of powers are those of the C standard") {
  for (const double x : specials)
    for (const double y : specials) {
      CAPTURE(x, y);
      Exact base(x), exponent(y);
      mpfr_pow(base.get(), base.get(), exponent.get(), MPFR_RNDN);
      const double expected = mpfr_get_d(base.get(), MPFR_RNDN);
      const double found = elementary::pow(x, y);
      if (std::isfinite(expected) && expected != 0.0 && std::abs(expected) >= least_normal)
        CHECK(base.ulps(found) < 1.0);
      else
        CHECK(same(found, expected));
    }
}

TEST_CASE("what neutrality needs is exact") {
  CHECK(same(elementary::log(1.0), 0.0));
  CHECK(elementary::exp(0.0) == 1.0);
  for (int k = -1074; k < 1024; ++k) CHECK(elementary::log2(std::ldexp(1.0, k)) == k);
  double ten = 1.0;
  for (int k = 0; k <= 22; ++k, ten *= 10.0) CHECK(elementary::log10(ten) == k);
  for (const double x : positive_bits(10'000)) {
    CHECK(elementary::pow(x, 1.0) == x);
    CHECK(elementary::pow(x, 0.0) == 1.0);
    CHECK(elementary::pow(1.0, x) == 1.0);
  }
  for (int quarter = -8; quarter <= 8; ++quarter) {
    constexpr std::array sine{0.0, 1.0, 0.0, -1.0};
    CHECK(elementary::sinpi(quarter / 2.0) == sine[static_cast<unsigned>(quarter) % 4]);
    CHECK(elementary::cospi(quarter / 2.0) == sine[static_cast<unsigned>(quarter + 1) % 4]);
  }
}

TEST_CASE("a loop over lanes gives what one call gives") {
  constexpr std::size_t lanes = 64;
  alignas(64) std::array<double, lanes> x, of_log, of_exp, of_pow;
  std::mt19937_64 random(3);
  for (int round = 0; round < 1000; ++round) {
    for (double& one : x) one = std::bit_cast<double>(random());
#pragma omp simd
    for (std::size_t l = 0; l < lanes; ++l) {
      of_log[l] = elementary::log(x[l]);
      of_exp[l] = elementary::exp(x[l]);
      of_pow[l] = elementary::pow(x[l], 0.55);
    }
    for (std::size_t l = 0; l < lanes; ++l) {
      volatile double one = x[l];
      CHECK(same(of_log[l], elementary::log(one)));
      CHECK(same(of_exp[l], elementary::exp(one)));
      CHECK(same(of_pow[l], elementary::pow(one, 0.55)));
    }
  }
}
