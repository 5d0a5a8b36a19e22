#include <iterator>

#include "commands/commands.h"
#include "commands/python.h"

namespace rathaus::commands {

std::vector<Command> all_commands() {
  std::vector<Command> all{run_command(),      merge_command(),       check_command(),
                           explain_command(),  parameters_command(),  metrics_command(),
                           keys_command(),     population_command(),  info_command(),
                           compare_command(),  sensitivity_command(), trace_command(),
                           patterns_command(), calibrate_command(),   workbench_command()};
  for (Command& command : python_commands()) all.push_back(std::move(command));
  return all;
}

}  // namespace rathaus::commands
