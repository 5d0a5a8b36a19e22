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
  double half_width_pilot{};   //!< of the mean over them [95 %]
  double half_width{};         //!< t_{0.975,R−1}·S/√R for the R planned replicates
  double half_width_low{}, half_width_high{};  //!< its 95 % interval, by χ² of S²
  double worth{};  //!< independent runs that one pair replaces; NaN without a baseline
};

/// What the pilot's replicates say of a target.
struct PilotTarget {
  std::string text;  //!< "adopters of <5k at least 0.5 by 2035-Q4"
  std::string baseline;
  double lowest{}, highest{};     //!< of the baseline, over the replicates
  std::size_t met_by_baseline{};  //!< in so many replicates
  std::size_t met_by_any{};       //!< runs of all scenarios that meet it
};

/// What the pilot's replicates make of a programme, over the whole run: means over the replicates.
struct PilotSupport {
  std::string scenario;
  const model::Programme* programme = nullptr;  //!< of the study
  double applied{}, awarded{};                  //!< distinct units
  double offered{}, granted{};                  //!< [EUR]
  double grant{};                               //!< of one award [EUR]; NaN where none was made
  double effort{};  //!< working time of one application, at full cost [EUR]
};

struct Pilot {
  std::uint32_t replicates = 0;
  double seconds_per_case = 0.0;  //!< on one thread, beside the others
  std::vector<PilotGain> gains;
  std::vector<PilotTarget> targets;
  std::vector<PilotSupport> support;  //!< each programme of each scenario
};

/// The runs that the mean of a gain is taken over: the replicates; of the shipped doubt, whose
/// points have their own chance, those of all points.
std::uint32_t runs_averaged(const study::Study& study);

/// Computes the first replicates (at least 2) at the first point under the first theory. Nothing is
/// kept: a later run computes the same cases with the same draws.
Pilot run_pilot(const study::Study& study, const model::Municipalities& municipalities,
                std::uint32_t replicates);

}  // namespace rathaus::run
