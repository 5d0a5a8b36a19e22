// Whether a unit wants a pilot, and how much.
#pragma once

#include "model/turn.h"

namespace rathaus::model {

struct Wish {
  bool own;     //!< wants to start with its own money
  double rank;  //!< larger is served first from the unit's own resources
};

/// The launch decision for one aware, cooled-down cell [eq. 29]. `draw` is its launch draw.
Wish wants_pilot(const Turn& turn, std::uint32_t use_case, double draw);

}  // namespace rathaus::model
