// Which build this is.
#pragma once

#include "record/build_info.h"

namespace rathaus::commands {

record::BuildInfo build_info();

}  // namespace rathaus::commands
