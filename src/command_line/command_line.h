// The words that rathaus is started with, by the list of its commands.
#pragma once

#include <span>

namespace rathaus {

/// Does what the words after the program's name ask for: its exit status. InputError where they are
/// wrong; --help and --version print and end with 0.
int run_command_line(std::span<char* const> words);

}  // namespace rathaus
