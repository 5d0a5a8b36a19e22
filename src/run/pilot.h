// A few cases before a long study: how long one takes, and how small a gain the planned replicates
// can tell from zero.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/municipalities.h"
#include "study/study.h"

namespace rathaus::run {

/// Spread by chance of one indicator at the end of the run, summed over units: of the gain on the
/// baseline under shared chance events, or of the level where there is one scenario.
struct PilotGain {
  std::string scenario, indicator;
  double mean{}, deviation{};  //!< over the pilot's replicates
  double half_width{};         //!< t_{0.975,R−1}·S/√R for the R planned replicates
  double worth{};              //!< independent runs that one pair replaces; NaN without a baseline
};

struct Pilot {
  std::uint32_t replicates = 0;
  double seconds_per_case = 0.0;  //!< on one thread, beside the others
  std::vector<PilotGain> gains;
};

/// Computes the first replicates (at least 2) at the first point under the first theory. Nothing is
/// kept: a later run computes the same cases with the same draws.
Pilot run_pilot(const study::Study& study, const model::Municipalities& municipalities,
                std::uint32_t replicates);

}  // namespace rathaus::run
