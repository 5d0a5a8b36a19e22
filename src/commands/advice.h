// What is possible and hardly meant: told by `check`, refused by nobody.
#pragma once

#include <string>
#include <vector>

#include "commands/load.h"

namespace rathaus::commands {

/// One line for each programme: who is eligible, and what is offered.
std::vector<std::string> support_lines(const Loaded& loaded);

/// Settings that look like a slip of the pen: pots of a few euros, programmes for nobody, targets
/// that are met from the start, sums taken for means, more staff in one service than in the town
/// hall.
std::vector<std::string> advice(const Loaded& loaded);

}  // namespace rathaus::commands
