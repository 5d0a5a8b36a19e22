// The subcommands of rathaus, each in the file of its name: what the command line says of it,
// beside what it does. InputError means exit status 1, any other exception 2.
#pragma once

#include <string>
#include <vector>

#include "commands/command.h"

namespace rathaus::commands {

enum ExitStatus : int { done = 0, wrong_input = 1, failed = 2, interrupted = 3 };

Command run_command();
Command merge_command();
Command check_command();
Command explain_command();
Command parameters_command();
Command metrics_command();
Command keys_command();
Command population_command();
Command info_command();
Command compare_command();
Command sensitivity_command();
Command trace_command();
Command patterns_command();
Command calibrate_command();
Command workbench_command();

/// All of them in the order of the help, those that are written in Python last.
std::vector<Command> all_commands();

/// "rathaus 0.1.0 (commit …, Release)"
std::string version_text();

}  // namespace rathaus::commands
