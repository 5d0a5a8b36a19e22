#include <fmt/format.h>
#include <fmt/ranges.h>

#include "analysis/overview.h"
#include "commands/build_info.h"
#include "commands/commands.h"
#include "commands/overview_text.h"
#include "commands/table.h"
#include "results/digest.h"
#include "results/file.h"

namespace rathaus::commands {
namespace {

std::string dimensions_text(const results::Variable& variable) {
  const std::vector<std::string> names = variable.dimensions();
  return fmt::format("({})", fmt::join(names, ", "));
}

void print_variables(const results::Group& root) {
  Table table{{"variable", "dimensions", "type", "unit", "meaning"}, {}, {}};
  for (const std::string& name : root.variables()) {
    const results::Variable variable = root.variable(name);
    if (variable.is_dimension()) continue;
    const auto text = [&](const char* attribute) {
      return variable.has_attribute(attribute) ? variable.text_attribute(attribute) : std::string();
    };
    table.rows.push_back({name, dimensions_text(variable),
                          std::string(results::name_of(variable.type())), text("units"),
                          text("long_name")});
  }
  fmt::print("{}", table.text());
}

}  // namespace

int info(const InfoCommand& command) {
  if (command.digest) {
    fmt::print("{}\n", results::digest(command.file));
    return done;
  }
  const results::File file = results::File::open(command.file);
  const results::Group root = file.root();
  for (const std::string& name : root.attributes()) {
    const results::AttributeValue value = root.attribute(name);
    if (const auto* text = std::get_if<std::string>(&value)) fmt::print("{:18} {}\n", name, *text);
  }
  fmt::print("{:18} {}\n\n", "digest", results::digest(command.file));
  fmt::print("dimensions:");
  for (const std::string& name : root.variables())
    if (const results::Variable variable = root.variable(name); variable.is_dimension())
      fmt::print(" {} {}", name, variable.rows());
  fmt::print("\ngroups: {}\n\n", fmt::join(root.groups(), " "));
  print_variables(root);
  const results::Group provenance = root.group("provenance");
  fmt::print("\n{}{}{}\n", provenance.text("build"), provenance.text("environment"),
             provenance.text("log"));
  // a posterior has no runs to sum up
  if (!root.has_attribute("kind")) fmt::print("{}", overview_text(analysis::overview(root)));
  return done;
}

std::string version_text() {
  const experiment::BuildInfo build = build_info();
  return fmt::format("rathaus {} (commit {}{}, {} build)", build.version, build.git_sha1,
                     build.git_dirty == "dirty" ? ", changed since" : "", build.build_type);
}

}  // namespace rathaus::commands
