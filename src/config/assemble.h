// From a checked draft to the study that is run.
#pragma once

#include "config/draft.h"

namespace rathaus::config {

/// Fills the rules, the resolved text and the hash of the model. Needs a draft without errors.
study::Study assemble(Draft draft);

}  // namespace rathaus::config
