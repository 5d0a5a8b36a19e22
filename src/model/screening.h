// Most launches are clear without an exact logarithm: whether a unit launches a pilot is a
// comparison of its draw with λ Λ(U), and few draws come near it. Those of a whole batch are
// weighed side by side in single precision, with logarithms of a stated error; what these leave
// open is decided by the exact functions, so that no result depends on them [ODD 7.15].
#pragma once

#include "model/batch.h"

namespace rathaus::model {

/// Benefits per inhabitant below it are left to the exact rule, whose ratio of benefit to cost may
/// then be no normal number [EUR/year].
inline constexpr double least_screened_benefit = 1e-270;

/// The launches of one batch under the logit rule, for whatever share of the cost an open programme
/// may pay.
class Screening {
 public:
  /// What all launches of a unit have in common.
  struct Outlook {
    PerLane<float> own_part;  //!< 1 − s·α_P with the largest share s of any open programme
    PerLane<float> log_inhabitants;  //!< ln N
    PerLane<float> scale;            //!< ψ
    PerLane<float> data;             //!< D
    PerLane<float> disposition;      //!< u0 + β_T(T−½) + ι
    PerLane<float> compliance_left;  //!< (1−CERT)/k_g, share of the cost of compliance
    PerLane<float> risk_left;        //!< 1 − CERT
    PerLane<float> doubt_left;       //!< 1 − EVID
  };

  /// Lanes of which it is certain, and what is known of U.
  struct Verdict {
    Lanes declined = 0;
    Lanes wanted = 0;    //!< told only where no programme is open
    float error = 0.0f;  //!< |estimate of U − U| ≤ error·(1 + |estimate|) of these
  };

  explicit Screening(const Batch& batch);

  /// Weighs the launches of one use case with a benefit, where draws are below λ; of others the
  /// verdict means nothing. `peers` are estimates of S; `utility` will be those of U.
  Verdict operator()(std::uint32_t use_case, const random::Row& draw, const PerLane<float>& peers,
                     PerLane<float>& utility) const;

 private:
  const Batch& batch_;
  Outlook outlook_;
};

}  // namespace rathaus::model
