// What each unit of a batch may set out to do in a quarter: running projects that can go on, and
// pilots to be weighed [ODD 7.15].
#pragma once

#include "model/batch.h"
#include "model/decision.h"

namespace rathaus::model {

struct Agenda {
  PerLane<UseCaseSet> ready;       //!< pilots that succeeded
  PerLane<UseCaseSet> roll_out{};  //!< services that are due
  PerLane<UseCaseSet> asking{};    //!< pilots that may ask for a grant
  PerLane<UseCaseSet> pilots{};    //!< to be looked at
  PerLane<UseCaseSet> kept{};      //!< of those, wishes that were put off
  Lanes with_ready = 0, with_roll_out = 0, with_asking = 0, with_pilots = 0;  //!< that have any
  Lanes busy() const { return with_ready | with_roll_out | with_asking | with_pilots; }

  /// What was found of the pilots, for the grant that was on offer then.
  PerLane<UseCaseSet> own{}, supported{}, weighed{};
  std::array<PerLane<double>, max_use_cases> value, grant_share;
  Wish wish(std::uint32_t lane, std::uint32_t use_case) const {
    const auto in = [&](const PerLane<UseCaseSet>& set) {
      return (set[lane] & only(use_case)) != 0;
    };
    return {in(own), in(supported), value[use_case][lane], in(weighed)};
  }
};

/// `luck` are the launch draws of the batch.
Agenda make_agenda(Batch& batch, random::DrawRows& luck);

}  // namespace rathaus::model
