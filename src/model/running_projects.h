// What has begun goes before what is new.
#pragma once

#include "model/agenda.h"

namespace rathaus::model {

/// Most ready pilots wait, quarter after quarter, for data or staff or money. Where all of a unit
/// do, it claims nothing for them: what they lack is counted, those whose grace period is over
/// strand, and they leave the agenda [eq. 31].
void let_wait(Batch& batch, const PerLane<double>& free_staff, Agenda& agenda);

/// Ready pilots become operation, or strand when their grace period is over [eq. 31].
void finish_pilots(Turn& turn, UseCaseSet ready, Means& left);

/// Pilots that began since a call was announced, without a grant, ask for it while they run; each
/// asks once [ODD 7.23].
void ask_for_pilots(Turn& turn, UseCaseSet pilots, Means& left);

/// Services in operation whose roll-out is on the agenda are rolled out to all [eq. 32].
void roll_out(Turn& turn, UseCaseSet due, Means& left);

}  // namespace rathaus::model
