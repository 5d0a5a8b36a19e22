#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "analysis/answer.h"
#include "analysis/comparison.h"
#include "commands/answer_data.h"
#include "commands/answer_text.h"
#include "commands/commands.h"
#include "commands/comparison_text.h"
#include "commands/load.h"
#include "commands/theories.h"
#include "diagnostics/diagnostics.h"
#include "hdf5/file.h"

namespace rathaus::commands {
namespace {

std::string lower(std::string_view text) {
  std::string small(text);
  std::ranges::transform(small, small.begin(), [](unsigned char c) { return std::tolower(c); });
  return small;
}

bool contains(std::string_view title, std::string_view part) {
  return lower(title).find(lower(part)) != std::string::npos;
}

/// Leaves the lines of these sections; any part of a title is enough.
void keep_sections(analysis::Comparison& comparison, const std::vector<std::string>& wanted) {
  if (wanted.empty()) return;
  std::vector<std::string_view> known;
  for (const analysis::Line& line : comparison.lines)
    if (std::ranges::find(known, line.section) == known.end()) known.push_back(line.section);
  Diagnostics diagnostics;
  for (const std::string& name : wanted)
    if (std::ranges::none_of(known, [&](auto section) { return contains(section, name); }))
      diagnostics.error(
          {}, fmt::format("the table has no section '{}'", name) + suggestion(name, known));
  diagnostics.throw_if_failed();
  std::erase_if(comparison.lines, [&](const analysis::Line& line) {
    return std::ranges::none_of(
        wanted, [&](const std::string& name) { return contains(line.section, name); });
  });
}

/// Leaves the lines of these theories, and those that are about all of them.
void keep_theories(analysis::Comparison& comparison, const std::string& part) {
  if (part.empty()) return;
  const std::vector<std::size_t> wanted = theories_named(comparison.alternatives, part);
  std::erase_if(comparison.lines, [&](const analysis::Line& line) {
    return line.alternative < comparison.alternatives.size() &&
           std::ranges::find(wanted, line.alternative) == wanted.end();
  });
}

}  // namespace

int compare(const CompareCommand& command) {
  const hdf5::File file = open_result(command.file);
  const hdf5::Group root = file.root();
  analysis::ResultData data(root);
  const std::size_t against = analysis::against_index(data.runs(), command.against);
  const auto answer = [&] {
    analysis::Answer found =
        analysis::answer_of(data, against, {command.metric, command.quarter, command.group});
    if (const std::string missing = analysis::missing_cases_text(data); !missing.empty())
      found.warnings.push_back(missing);
    return found;
  };
  if (command.format == "table" && !command.full && command.sections.empty()) {
    const Labels labels(root.group("provenance").text("resolved"), command.language);
    fmt::print("{}", answer_text(root.text_attribute("title"), answer(), Words(command.language),
                                 labels, command.theory));
    return done;
  }
  analysis::Comparison comparison = analysis::compare(data, command.quarter, command.against);
  keep_sections(comparison, command.sections);
  keep_theories(comparison, command.theory);
  if (command.format == "csv")
    fmt::print("{}", comparison_csv(comparison));
  else if (command.format == "json") {
    const analysis::Answer found = answer();
    fmt::print("{}",
               comparison_json(comparison, answer_json(found, analysis::course_of(data, found))));
  } else
    fmt::print("{}", comparison_table(comparison));
  return done;
}

}  // namespace rathaus::commands
