// Commands that are written in Python: `rathaus report …` becomes `python3 -m rathaus report …`.
#pragma once

#include <string>
#include <vector>

#include "commands/command.h"

namespace rathaus::commands {

/// Their names and what the help says of each; they read their own options.
std::vector<Command> python_commands();

/// InputError if the package `rathaus` is neither beside the models of this program nor installed
/// with it.
void require_python_package();

/// Runs `python3 -m rathaus WORDS…` with the numbers of this very program: its exit status, 2 if a
/// signal ended it. The Python is that of RATHAUS_PYTHON, else python3 of the path, else Debian's.
int python(const std::vector<std::string>& words);

}  // namespace rathaus::commands
