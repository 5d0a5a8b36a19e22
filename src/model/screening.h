// Most launches are clear without an exact logarithm: whether a unit launches a pilot is a
// comparison of its draw with λ Λ(U), and few draws come near it. Launches are collected, and
// weighed side by side with logarithms of a stated error; what these leave open is decided by the
// exact functions, so that no result depends on them [ODD 7.15].
#pragma once

#include <algorithm>

#include "model/batch.h"

namespace rathaus::model {

/// Benefits per inhabitant below it are left to the exact rule: logarithms of tiny numbers are none
/// of the rough ones [EUR/year].
inline constexpr double least_screened_benefit = 1e-300;

/// The launches of one batch under the logit rule, for whatever share of the cost an open programme
/// may pay.
class Screening {
 public:
  static constexpr std::uint32_t capacity = 2 * batch_units;

  /// What all launches of a unit have in common.
  struct Outlook {
    PerLane<double> own_part;     //!< 1 − s·α_P with the largest share s of any open programme
    PerLane<double> disposition;  //!< u0 + β_T(T−½) + ι
    PerLane<double> compliance_left;  //!< (1−CERT)/k_g, share of the cost of compliance
    PerLane<double> nearby_weight;    //!< S = nearby_weight·c + group_weight·g/|grp| [eq. 23]
    PerLane<double> group_weight;
  };

  /// What has been collected, and what was found of it.
  struct Launches {
    std::uint32_t count = 0;
    std::array<std::uint8_t, capacity> lane, use_case;
    alignas(64) std::array<double, capacity> benefit, cost, peers, doubt_left, rest, draw;
    alignas(64) std::array<double, capacity> excess{};  //!< U less the log odds that the draw needs
    std::array<Lanes, capacity / batch_units> declined, wanted;
  };

  explicit Screening(const Batch& batch);

  /// Launches of one use case with a benefit; draws are below λ. `decide` empties what has been
  /// collected.
  void collect(std::uint32_t use_case, Lanes lanes, const random::Row& draw);

  /// Calls body(lane, use_case, is_wanted) for all that were collected but those that are certainly
  /// declined. `is_wanted` is certain; it is told only where no programme is open.
  template <class Body>
  void decide(Body body) {
    weigh();
    for (std::uint32_t first = 0; first < launches_.count; first += batch_units) {
      const std::uint32_t here = std::min(launches_.count - first, batch_units);
      const Lanes all = here == batch_units ? ~Lanes{0} : (Lanes{1} << here) - 1;
      for_each_lane(all & ~launches_.declined[first / batch_units], [&](std::uint32_t k) {
        body(launches_.lane[first + k], launches_.use_case[first + k],
             static_cast<bool>(launches_.wanted[first / batch_units] >> k & 1u));
      });
    }
    launches_.count = 0;
  }

  /// Room for another use case of the whole batch.
  bool has_room() const { return launches_.count + batch_units <= capacity; }

 private:
  void weigh();

  const Batch& batch_;
  Outlook outlook_;
  Launches launches_;
};

}  // namespace rathaus::model
