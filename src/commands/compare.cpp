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
  std::string language = "en";     //!< of what is told, never of CSV and JSON
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

/// Leaves the lines of these sections; any part of a title is enough, in the language or as the
/// program calls it.
void keep_sections(analysis::Comparison& comparison, const std::vector<std::string>& wanted,
                   const Words& say) {
  if (wanted.empty()) return;
  const auto is_of = [&](const std::string& name, const std::string& section) {
    return contains(section, name) || contains(say.called(section), name);
  };
  std::vector<std::string> titles;
  for (const analysis::Line& line : comparison.lines)
    if (std::ranges::find(titles, line.section) == titles.end()) titles.push_back(line.section);
  Diagnostics diagnostics;
  std::vector<std::string> told;
  for (const std::string& title : titles) told.push_back(say.called(title));
  const std::vector<std::string_view> known(told.begin(), told.end());
  for (const std::string& name : wanted)
    if (std::ranges::none_of(titles, [&](const auto& title) { return is_of(name, title); }))
      diagnostics.error(
          {}, fmt::format("the table has no section '{}'", name) + suggestion(name, known));
  diagnostics.throw_if_failed();
  std::erase_if(comparison.lines, [&](const analysis::Line& line) {
    return std::ranges::none_of(wanted,
                                [&](const auto& name) { return is_of(name, line.section); });
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
  const Words say(command.language);
  const hdf5::File file = open_result(command.file);
  const hdf5::Group root = file.root();
  analysis::ResultData data(root);
  const Labels labels(root.group("provenance").text("resolved"), command.language);
  const std::string against_name = labels.scenario_called(command.against);
  const std::size_t against = analysis::against_index(data.runs(), against_name);
  const auto answer = [&] {
    analysis::Answer found =
        analysis::answer_of(data, against, {command.metric, command.quarter, command.group});
    if (const std::string missing = analysis::missing_cases_text(data); !missing.empty())
      found.warnings.push_back(missing);
    return found;
  };
  if (command.format == "table" && !command.full && command.sections.empty()) {
    fmt::print("{}", answer_text(labels.title(root.text_attribute("title")), answer(), say, labels,
                                 command.theory));
    return done;
  }
  analysis::Comparison comparison = analysis::compare(data, command.quarter, against_name);
  keep_sections(comparison, command.sections, say);
  keep_theories(comparison, command.theory);
  if (command.format == "csv")
    fmt::print("{}", comparison_csv(comparison));
  else if (command.format == "json") {
    const analysis::Answer found = answer();
    fmt::print("{}",
               comparison_json(comparison, answer_json(found, analysis::course_of(data, found))));
  } else
    fmt::print("{}", comparison_table(comparison, say, labels));
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
                   "the scenario that the others are compared with, by name or label (default: the "
                   "baseline)",
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
            option("--group", asked.group, "ask for this class instead; repeated: crossed, of one grouping any of them",
                   "GROUP=CLASS")
                .not_beside({"--full", "--section"}),
            option("--theory", asked.theory, "only theories with this in their name", "NAME"),
            option("--lang", asked.language, "language of the tables: en or de (default: en)",
                   "LANG")
                .one_of({"en", "de"}),
            option("--format", asked.format, "table, csv or json", "FORMAT")
                .one_of({"table", "csv", "json"})};
      });
}

}  // namespace rathaus::commands
