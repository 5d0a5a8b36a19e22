// Classes that an experiment names and its population does not have.
#pragma once

#include "diagnostics/diagnostics.h"
#include "model/municipalities.h"
#include "study/study.h"

namespace rathaus::study {

/// An error for every Land, region or size class that programmes and targets refer to and that no
/// unit belongs to: support for nobody, or a target about nobody, is a slip of the pen.
void check_mentions(const Study& study, const model::Municipalities& municipalities,
                    Diagnostics& diagnostics);

}  // namespace rathaus::study
