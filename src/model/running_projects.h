// What has begun goes before what is new.
#pragma once

#include "model/turn.h"

namespace rathaus::model {

/// Ready pilots become operation, or strand when their grace period is over [eq. 31].
void finish_pilots(Turn& turn, UseCaseSet ready, Means& left);

/// Services in operation whose roll-out is on the agenda are rolled out to all [eq. 32].
void roll_out(Turn& turn, UseCaseSet due, Means& left);

}  // namespace rathaus::model
