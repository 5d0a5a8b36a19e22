#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "analysis/answer.h"
#include "analysis/comparison.h"
#include "commands/answer_data.h"
#include "commands/answer_text.h"
#include "commands/command.h"
#include "commands/commands.h"
#include "commands/comparison_text.h"
#include "commands/load.h"
#include "commands/theories.h"
#include "diagnostics/diagnostics.h"
#include "hdf5/file.h"

namespace rathaus::commands {
namespace {

struct CompareCommand {
  std::filesystem::path file;
  std::string against;                //!< scenario that gains are over; empty: the baseline
  bool full = false;                  //!< every table, not the answer alone
  std::vector<std::string> sections;  //!< tables whose title contains one of them; empty: all
  std::string quarter;  //!< label or index; empty: that of the question, after 5, 10 and 20 years
  std::string metric;   //!< asked instead of the question's
  std::vector<std::string> group;  //!< "size_class=<5k"
  std::string theory;              //!< part of the names of the theories to show
  std::string language = "en";     //!< of the answer on one screen
  std::string format = "table";    //!< table, csv or json
};

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

int compare(const CompareCommand& command) {
  tell_in(command.language);
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

}  // namespace

Command compare_command() {
  return command<CompareCommand>(
      "compare", "the answer to the question, or the decision table: scenarios side by side",
      &compare, [](auto& asked) {
        return std::vector<Option>{
            option("file", asked.file, "result file", "FILE.h5").required(),
            option("--against", asked.against,
                   "the scenario that the others are compared with (default: the baseline)",
                   "NAME"),
            flag("--full", asked.full, "every table, not the answer alone"),
            option("--section", asked.sections,
                   "only tables with this in their title, such as money or anyway; may be repeated",
                   "NAME"),
            option("--quarter", asked.quarter,
                   "this quarter instead of the question's, or of 5, 10 and 20 years in tables",
                   "QUARTER"),
            option("--metric", asked.metric, "ask for this variable, ratio or cost instead", "NAME")
                .not_beside({"--full", "--section"}),
            option("--group", asked.group, "ask for this class instead; repeated: crossed",
                   "GROUP=CLASS")
                .not_beside({"--full", "--section"}),
            option("--theory", asked.theory, "only theories with this in their name", "NAME"),
            option("--lang", asked.language, "language of the answer: en or de (default: en)",
                   "LANG")
                .one_of({"en", "de"})
                .not_beside({"--full", "--section"}),
            option("--format", asked.format, "table, csv or json", "FORMAT")
                .one_of({"table", "csv", "json"})};
      });
}

}  // namespace rathaus::commands
