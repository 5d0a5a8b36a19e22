// What each unit of a batch may set out to do in a quarter: running projects that can go on, and
// pilots to be weighed [ODD 7.15].
#pragma once

#include "model/batch.h"

namespace rathaus::model {

struct Agenda {
  PerLane<UseCaseSet> ready;       //!< pilots that succeeded
  PerLane<UseCaseSet> roll_out{};  //!< services that are due
  PerLane<UseCaseSet> pilots{};    //!< to be weighed, but for those that are certainly declined
  PerLane<UseCaseSet> wanted{};    //!< those of them that are certainly wanted
  std::array<PerLane<float>, max_use_cases> utility;  //!< of these, estimates of U
  float utility_error = 0.0f;  //!< |estimate − U| ≤ utility_error·(1 + |estimate|)
  Lanes with_ready = 0, with_roll_out = 0, with_pilots = 0;  //!< units that have any of them
  Lanes busy() const { return with_ready | with_roll_out | with_pilots; }

  /// The vendors that the pilots would buy from, where preselected, while their unit has `started`.
  std::array<PerLane<std::uint8_t>, max_use_cases> vendor;
  PerLane<UseCaseSet> started;
};

/// `luck` are the launch draws of the batch.
Agenda make_agenda(Batch& batch, random::DrawRows& luck);

}  // namespace rathaus::model
