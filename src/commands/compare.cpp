#include <fmt/format.h>

#include "analysis/comparison.h"
#include "commands/commands.h"
#include "commands/comparison_text.h"
#include "commands/load.h"
#include "results/file.h"

namespace rathaus::commands {

int compare(const CompareCommand& command) {
  const results::File file = open_result(command.file);
  const analysis::Comparison comparison = analysis::compare(file.root(), command.quarter);
  if (command.format == "csv")
    fmt::print("{}", comparison_csv(comparison));
  else if (command.format == "json")
    fmt::print("{}", comparison_json(comparison));
  else
    fmt::print("{}", comparison_table(comparison));
  return done;
}

}  // namespace rathaus::commands
