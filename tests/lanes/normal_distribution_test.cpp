// The normal distribution and its inverse against MPFR.
#include "lanes/normal_distribution.h"

#include <mpfr.h>

#include <algorithm>
#include <cmath>

#include "catch.h"

namespace {

using namespace rathaus;

/// A number of 200 bits, and Φ of it.
class Exact {
 public:
  Exact() { mpfr_init2(value_, 200); }
  explicit Exact(double x) : Exact() { mpfr_set_d(value_, x, MPFR_RNDN); }
  Exact(const Exact&) = delete;
  Exact& operator=(const Exact&) = delete;
  ~Exact() { mpfr_clear(value_); }
  mpfr_ptr get() { return value_; }
  double rounded() const { return mpfr_get_d(value_, MPFR_RNDN); }

 private:
  mpfr_t value_;
};

double exact_erfc(double x) {
  Exact y(x);
  mpfr_erfc(y.get(), y.get(), MPFR_RNDN);
  return y.rounded();
}

/// Φ(x) − p, exactly but for the last rounding.
double excess(double x, double p) {
  Exact y(x), root(0.5);
  mpfr_sqrt(root.get(), root.get(), MPFR_RNDN);
  mpfr_mul(y.get(), y.get(), root.get(), MPFR_RNDN);
  mpfr_neg(y.get(), y.get(), MPFR_RNDN);
  mpfr_erfc(y.get(), y.get(), MPFR_RNDN);
  mpfr_div_ui(y.get(), y.get(), 2, MPFR_RNDN);
  mpfr_sub_d(y.get(), y.get(), p, MPFR_RNDN);
  return y.rounded();
}

}  // namespace

TEST_CASE("the complement of the error function errs by less than it says") {
  double worst = 0.0;
  for (int i = -60'000; i <= 258'000; i += RATHAUS_ONE_ARGUMENT_OF) {
    const double x = i * 1e-4 + 1e-9, exact = exact_erfc(x);
    const double ulp = std::nextafter(exact, 3.0) - exact;
    worst = std::max(worst, std::abs(elementary::erfc(x) - exact) / ulp);
  }
  CAPTURE(worst);
  CHECK(worst < 6.0);
  CHECK(elementary::erfc(0.0) == 1.0);
  CHECK(elementary::erfc(30.0) == 0.0);
  CHECK(elementary::erfc(-30.0) == 2.0);
  CHECK(elementary::erfc(elementary::infinity) == 0.0);
  CHECK(elementary::erfc(-elementary::infinity) == 2.0);
  CHECK(std::isnan(elementary::erfc(elementary::nan)));
}

TEST_CASE("quantiles of the normal distribution are those that it has") {
  double worst = 0.0;
  const auto compare = [&](double p) {
    const double z = elementary::normal_quantile(p);
    const double density = std::exp(-0.5 * z * z) / std::sqrt(2.0 * 3.14159265358979);
    worst = std::max(worst, std::abs(excess(z, p)) / density / std::max(std::abs(z), 1e-3));
  };
  for (int i = 1; i < 20'000; i += RATHAUS_ONE_ARGUMENT_OF) compare(i / 20'000.0);
  for (int i = 20; i < 1000; ++i) compare(std::ldexp(1.3, -i));
  for (int i = 20; i < 50; ++i) compare(1.0 - std::ldexp(1.3, -i));
  CAPTURE(worst);
  CHECK(worst < 2e-15);
  CHECK(elementary::normal_quantile(0.5) == 0.0);
  CHECK(elementary::normal_quantile(0.25) == -elementary::normal_quantile(0.75));
  CHECK(elementary::normal_quantile(0.0) == -elementary::infinity);
  CHECK(elementary::normal_quantile(1.0) == elementary::infinity);
  CHECK(std::isnan(elementary::normal_quantile(1.5)));
}
