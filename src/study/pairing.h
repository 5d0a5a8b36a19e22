// What a programme changed: every unit of a run beside the same unit of the baseline under the same
// chance events. Definitions: docs/metrics.md; strata follow the effects that German evaluation
// guides name (Mitnahme, Vorzieh, Übertragung).
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "model/simulate.h"

namespace rathaus::study {

/// Exclusive and exhaustive. Funded: got any grant or stock payment by the horizon. Adopted: runs a
/// service at the horizon; scale is the number of its services.
enum class Stratum : std::uint8_t {
  // funded
  induced,      //!< adopted, but not in the baseline
  windfall,     //!< adopted in both, since the same quarter and at the same scale
  accelerated,  //!< adopted in both, earlier than in the baseline
  delayed,      //!< adopted in both, later
  enlarged,     //!< adopted in both, since the same quarter, at a larger scale
  reduced,      //!< adopted in both, since the same quarter, at a smaller scale
  displaced,    //!< adopted in the baseline only
  failed,       //!< adopted in neither
  // not funded
  spillover,           //!< adopted, but not in the baseline
  earlier,             //!< adopted in both, earlier
  later,               //!< adopted in both, later
  displaced_unfunded,  //!< adopted in the baseline only
  unchanged,           //!< nothing of the above
};
inline constexpr std::array<const char*, 13> stratum_names{
    "induced", "windfall",  "accelerated", "delayed", "enlarged",           "reduced",  "displaced",
    "failed",  "spillover", "earlier",     "later",   "displaced_unfunded", "unchanged"};

/// How long after the first payment evaluations ask whether it would have happened anyway
/// [quarter]: "at the same time or within two or three years" (docs/metrics.md).
inline constexpr std::uint32_t judged_after = 12;

/// One run against its baseline. Classes: size classes, then fiscal classes, each complete.
struct Pairing {
  std::vector<std::int32_t> count;         //!< [horizon][stratum][model::reach_classes] units
  std::vector<model::Cents> amount;        //!< the same shape: support that these units got
  std::vector<std::int32_t> by_programme;  //!< [horizon][programme][stratum] units that it paid

  // per horizon, in unit-quarters up to it
  std::vector<std::int64_t> funded_quarters;           //!< adopted since the first payment
  std::vector<std::int64_t> funded_quarters_baseline;  //!< the same units and quarters, baseline
  std::vector<std::int64_t> accelerated_quarters;      //!< by which accelerated units are earlier
  // of units first paid `judged_after` quarters or more before the horizon: with a service so long
  // after that payment, and of these those with one in the baseline then, too
  std::vector<std::int64_t> adopted_after_payment, adopted_after_payment_baseline;
  std::vector<std::int64_t> quarters_gained;  //!< adopted here, not in the baseline
  std::vector<std::int64_t> quarters_lost;    //!< adopted in the baseline, not here
  std::vector<double> concentration_index;  //!< of support per head over fiscal strength, −1 … 1,
                                            //!< below 0: the weak get more; NaN without support
};

/// Both runs are of the same units, quarters and run key.
Pairing pair_with_baseline(const model::World& world, const model::Outcome& run,
                           const model::Outcome& baseline);

}  // namespace rathaus::study
