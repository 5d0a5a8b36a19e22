// The normal distribution and its inverse, by elementary functions of our own and therefore the
// same bits everywhere (elementary.h).
#pragma once

#include <array>

#include "lanes/elementary.h"

namespace rathaus::elementary {

/// c₀ + c₁x + c₂x² + …
template <std::size_t n>
double polynomial(const std::array<double, n>& c, double x) {
  double sum = c[n - 1];
  for (std::size_t i = n - 1; i-- > 0;) sum = c[i] + x * sum;
  return sum;
}

/// The complement of the error function, below 6 ulp where it is at least 2^-960.
inline double erfc(double x) {
  // (|x| + 4)·e^(x²)·erfc |x| as a minimax fit in t = (|x| − 4)/(|x| + 4), of our own like those of
  // elementary.h; beyond 28 it is 0
  constexpr std::array fit{
      0x1.18932bf08e154p+0,   -0x1.f3fe31ecb49c0p-1,  0x1.8be202d26c701p-1,   -0x1.14eacb1ad02dfp-1,
      0x1.52cac2371035fp-2,   -0x1.645fd8a4bf451p-3,  0x1.38dbd2c8d77b5p-4,   -0x1.b00c052a9a5e5p-6,
      0x1.908f472b816ddp-8,   -0x1.269b55a8fbe4ap-12, -0x1.dd2847ff42a17p-12, 0x1.72cdcc816c9d0p-13,
      -0x1.e7e42afcd130fp-19, -0x1.3c728784881dep-16, 0x1.3b04def675deap-18,  0x1.7ec4cefa2d3d7p-20,
      -0x1.c610649b46d03p-21, -0x1.4d9829cc99d4fp-24, 0x1.09d36930c35dbp-23,  0x1.3e036cb2c37b3p-29,
      -0x1.08925f29c0ec3p-26, -0x1.23709a57d83c6p-32, 0x1.22f74becc37a1p-30};
  const double size = std::abs(x) < 28.0 ? std::abs(x) : (x == x ? 28.0 : x);
  const Parts square = exact_product(size, size);
  const double right = exp_of(-square.high, -square.low) *
                       polynomial(fit, (size - 4.0) / (size + 4.0)) / (size + 4.0);
  return x < 0.0 ? 2.0 - right : right;
}

/// Φ(x): the probability that a standard normal number is at most x.
inline double normal_probability(double x) {
  constexpr double root_of_half = 0x1.6a09e667f3bcdp-1;
  return 0.5 * erfc(-x * root_of_half);
}

/// Φ⁻¹(p) to about one part in 10^15 [Wichura 1988, algorithm AS 241, PPND16]; −∞ at 0 and ∞ at 1.
inline double normal_quantile(double p) {
  constexpr std::array a{3.3871328727963666080,    1.3314166789178437745e+2,
                         1.9715909503065514427e+3, 1.3731693765509461125e+4,
                         4.5921953931549871457e+4, 6.7265770927008700853e+4,
                         3.3430575583588128105e+4, 2.5090809287301226727e+3};
  constexpr std::array b{1.0,
                         4.2313330701600911252e+1,
                         6.8718700749205790830e+2,
                         5.3941960214247511077e+3,
                         2.1213794301586595867e+4,
                         3.9307895800092710610e+4,
                         2.8729085735721942674e+4,
                         5.2264952788528545610e+3};
  constexpr std::array c{1.42343711074968357734,    4.63033784615654529590,
                         5.76949722146069140550,    3.64784832476320460504,
                         1.27045825245236838258,    2.41780725177450611770e-1,
                         2.27238449892691845833e-2, 7.74545014278341407640e-4};
  constexpr std::array d{1.0,
                         2.05319162663775882187,
                         1.67638483018380384940,
                         6.89767334985100004550e-1,
                         1.48103976427480074590e-1,
                         1.51986665636164571966e-2,
                         5.47593808499534494600e-4,
                         1.05075007164441684324e-9};
  constexpr std::array e{6.65790464350110377720,    5.46378491116411436990,
                         1.78482653991729133580,    2.96560571828504891230e-1,
                         2.65321895265761230930e-2, 1.24266094738807843860e-3,
                         2.71155556874348757815e-5, 2.01033439929228813265e-7};
  constexpr std::array f{1.0,
                         5.99832206555887937690e-1,
                         1.36929880922735805310e-1,
                         1.48753612908506148525e-2,
                         7.86869131145613259100e-4,
                         1.84631831751005468180e-5,
                         1.42151175831644588870e-7,
                         2.04426310338993978564e-15};
  const double q = p - 0.5;
  if (std::abs(q) <= 0.425) {
    const double r = 0.180625 - q * q;
    return q * polynomial(a, r) / polynomial(b, r);
  }
  const double tail = q < 0.0 ? p : 1.0 - p;
  if (!(tail > 0.0)) return tail == 0.0 ? (q < 0.0 ? -infinity : infinity) : nan;
  const double r = std::sqrt(-log(tail));
  const double size = r <= 5.0 ? polynomial(c, r - 1.6) / polynomial(d, r - 1.6)
                               : polynomial(e, r - 5.0) / polynomial(f, r - 5.0);
  return q < 0.0 ? -size : size;
}

}  // namespace rathaus::elementary
