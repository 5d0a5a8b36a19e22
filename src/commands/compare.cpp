#include <fmt/format.h>

#include <algorithm>

#include "analysis/comparison.h"
#include "commands/commands.h"
#include "commands/comparison_text.h"
#include "commands/load.h"
#include "diagnostics/diagnostics.h"
#include "hdf5/file.h"

namespace rathaus::commands {
namespace {

/// Leaves the lines of these sections; the beginning of a name is enough.
void keep_sections(analysis::Comparison& comparison, const std::vector<std::string>& wanted) {
  if (wanted.empty()) return;
  std::vector<std::string_view> known;
  for (const analysis::Line& line : comparison.lines)
    if (std::ranges::find(known, line.section) == known.end()) known.push_back(line.section);
  Diagnostics diagnostics;
  for (const std::string& name : wanted)
    if (std::ranges::none_of(known, [&](auto section) { return section.starts_with(name); }))
      diagnostics.error(
          {}, fmt::format("the table has no section '{}'{}", name, suggestion(name, known)));
  diagnostics.throw_if_failed();
  std::erase_if(comparison.lines, [&](const analysis::Line& line) {
    return std::ranges::none_of(
        wanted, [&](const std::string& name) { return line.section.starts_with(name); });
  });
}

}  // namespace

int compare(const CompareCommand& command) {
  const hdf5::File file = open_result(command.file);
  analysis::Comparison comparison =
      analysis::compare(file.root(), command.quarter, command.against);
  keep_sections(comparison, command.sections);
  if (command.format == "csv")
    fmt::print("{}", comparison_csv(comparison));
  else if (command.format == "json")
    fmt::print("{}", comparison_json(comparison));
  else
    fmt::print("{}", comparison_table(comparison));
  return done;
}

}  // namespace rathaus::commands
