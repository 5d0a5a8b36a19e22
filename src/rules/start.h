// The state before the first quarter [ODD 5].
#pragma once

#include <algorithm>
#include <cmath>

#include "lanes/elementary.h"

namespace rathaus::rules {

/// [eq. 43] f = exp(σ_f z_f − σ_f²/2), of mean 1
inline double fiscal_strength(double log_sd, double normal) {
  return elementary::exp(log_sd * normal - log_sd * log_sd / 2.0);
}

/// z_f = (ln f + σ_f²/2)/σ_f, the normal number that would have drawn a given f
inline double fiscal_normal(double log_sd, double fiscal) {
  return log_sd == 0.0 ? 0.0 : (elementary::log(fiscal) + log_sd * log_sd / 2.0) / log_sd;
}

struct Bounds {
  double lowest, highest;
};

struct StartData {
  double mean, slope, sd;       //!< D_m, D_s, σ_D
  double correlation;           //!< r_D, with fiscal strength
  double reference_population;  //!< N_D
  Bounds bounds;

  /// [eq. 44] D = clip(D_m + D_s log₁₀(N/N_D) + σ_D (√(1 − r_D²) z_D + r_D z_f); D_lo, D_hi)
  double of(double inhabitants, double normal, double fiscal_normal) const {
    const double spread =
        std::sqrt(1.0 - correlation * correlation) * normal + correlation * fiscal_normal;
    return std::clamp(
        mean + slope * elementary::log10(inhabitants / reference_population) + sd * spread,
        bounds.lowest, bounds.highest);
  }
};

/// [eq. 45] T₀ = clip(T_m + σ_T z_T; T_lo, T_hi)
inline double start_trust(double mean, double sd, double normal, Bounds bounds) {
  return std::clamp(mean + sd * normal, bounds.lowest, bounds.highest);
}

/// The other half of eq. 45: ι = σ_ι z_ι
inline double innovativeness(double sd, double normal) {
  return sd * normal;
}

/// [eq. 46] H = h₊/(h₊ + h₋) h L, the steady state without AI; the reserve is B₀ B b N f
inline double start_staff(double hire_rate, double turnover_rate, double post_share,
                          double all_staff) {
  const double flow = hire_rate + turnover_rate;
  const double filled = flow > 0.0 ? hire_rate / flow : 1.0;
  return filled * post_share * all_staff;
}

/// [eq. 72] the chance that a cell runs before the first quarter: p⁰ ln N / ln N_ref, at most 1; a
/// reference population of one inhabitant has no logarithm to compare with, and it is p⁰
inline double start_chance(double share, double inhabitants, double reference_population) {
  if (reference_population <= 1.0) return share;
  return std::min(1.0,
                  share * elementary::log(inhabitants) / elementary::log(reference_population));
}

}  // namespace rathaus::rules
