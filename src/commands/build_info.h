// Which build this is.
#pragma once

#include "experiment/build_info.h"

namespace rathaus::commands {

experiment::BuildInfo build_info();

}  // namespace rathaus::commands
