// What the pilot of `rathaus check` tells, in both languages.
#pragma once

#include <string>
#include <vector>

#include "commands/words.h"
#include "run/pilot.h"

namespace rathaus::commands {

/// How many replicates there were, and how long each took.
std::string pilot_line(const Words& say, const run::Pilot& pilot);
/// How small a gain the study would show, and what becomes of each programme.
std::string pilot_tables(const Words& say, const study::Study& study, const run::Pilot& pilot);

/// What looks odd as far as the pilot's replicates tell: targets that no scenario can miss, or none
/// can meet; pots that are not called for, caps that bind nobody, applications dear for their
/// grant.
std::vector<std::string> advice(const run::Pilot& pilot);

}  // namespace rathaus::commands
