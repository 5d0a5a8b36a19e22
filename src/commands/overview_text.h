// The first look at a result, as text for a terminal.
#pragma once

#include <string>

#include "analysis/overview.h"

namespace rathaus::commands {

std::string overview_text(const analysis::Overview& view);

}  // namespace rathaus::commands
