// The statistics: from the variables of a run to one number.
#pragma once

#include "patterns/pattern.h"
#include "patterns/recording.h"

namespace rathaus::patterns {

/// What the runs of one replicate say about a pattern. Nothing is guessed: where a variable, a
/// class, a scenario or a quarter is not held, or a denominator is 0, the value is NaN and `why`,
/// if given, tells the reason.
Measured measure(const Pattern& pattern, Recording& recording, std::string* why = nullptr);

}  // namespace rathaus::patterns
