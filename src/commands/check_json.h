// What `rathaus check` tells, for programs.
#pragma once

#include <string>

#include "commands/load.h"

namespace rathaus::commands {

/// What a study costs.
struct Forecast {
  double runs;
  double cell_steps;  //!< units x use cases x quarters x runs
  double seconds;     //!< on this machine, with all its processors
  double bytes;       //!< of the result
};

std::string check_json(const Loaded& loaded, const Forecast& forecast);

}  // namespace rathaus::commands
