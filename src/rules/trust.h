// Incidents and trust [ODD 7.12].
#pragma once

#include <algorithm>

namespace rathaus::rules {

/// [eq. 16] what one running service adds to the hazard of an incident: π_I r (1 − cert)(1 − CERT);
/// `uncertified` is π_I r (1 − cert)
inline double incident_hazard(double uncertified, double risk_left) {
  return uncertified * risk_left;
}

inline double trust_after_incident(double trust, double loss) {
  return std::max(0.0, trust - loss);
}

/// [eq. 17] T ← clip(T + r_T (T₀ + g_T A₃/U + TRUST + drift − T); 0, 1)
inline double trust_after_return(double trust, double rate, double start, double gained,
                                 double gain, double drift) {
  const double set_point = start + gained + gain + drift;
  return std::clamp(trust + rate * (set_point - trust), 0.0, 1.0);
}

/// g_T A₃/U
inline double trust_gained(double gain, double running, double use_cases) {
  return gain * running / use_cases;
}

}  // namespace rathaus::rules
