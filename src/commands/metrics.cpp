#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "analysis/ratios.h"
#include "commands/command.h"
#include "commands/commands.h"
#include "commands/table.h"
#include "record/variables.h"

namespace rathaus::commands {
namespace {

struct MetricsCommand {
  std::string format = "table";  //!< table, csv or markdown
};

const char* word_of(record::Tells tells) {
  switch (tells) {
    case record::Tells::state:
      return "state";
    case record::Tells::flow:
      return "flow";
    case record::Tells::no_quarter:
      return "";
  }
  return "";
}

std::string axes_text(const record::Definition& definition) {
  std::vector<std::string> axes = definition.axes;
  if (definition.held != record::Held::world)
    axes.insert(axes.begin(), definition.held == record::Held::panel ? "panel_run" : "run");
  if (definition.classes == record::Classes::groupings) axes.emplace_back("size_class *");
  if (definition.classes == record::Classes::size_and_fiscal) axes.emplace_back("size_class +");
  return fmt::format("{}", fmt::join(axes, ", "));
}

/// "pilots_failed + pilots_stranded"
std::string terms_text(const std::vector<analysis::Term>& terms) {
  if (terms.empty()) return "1";
  std::string text;
  for (const analysis::Term& term : terms) {
    if (!text.empty()) text += term.factor < 0.0 ? " - " : " + ";
    if (const double factor = std::abs(term.factor); factor != 1.0)
      text += fmt::format("{} ", factor);
    text += term.variable;
  }
  return text;
}

std::string ratio_text(const analysis::NamedRatio& ratio) {
  const auto bracketed = [](const std::vector<analysis::Term>& terms) {
    const std::string text = terms_text(terms);
    return terms.size() > 1 ? "(" + text + ")" : text;
  };
  return bracketed(ratio.of) + " / " + bracketed(ratio.per);
}

int metrics(const MetricsCommand& command) {
  const TableFormat format = table_format(command.format);
  Table variables{{"variable", "axes or formula", "tells", "type", "unit", "meaning"}, {}, {}};
  for (const record::Definition& d : record::definitions())
    variables.rows.push_back({d.name, axes_text(d), word_of(d.tells),
                              std::string(hdf5::name_of(d.type)), d.units, d.long_name});
  for (const analysis::NamedRatio& ratio : analysis::ratios())
    variables.rows.push_back({std::string(ratio.name), ratio_text(ratio),
                              ratio.so_far ? "ratio so far" : "ratio", "", std::string(ratio.unit),
                              std::string(ratio.meaning)});
  fmt::print("{}", variables.text(format));
  if (format == TableFormat::table)
    fmt::print(
        "\n* also <variable>_by_land and <variable>_by_fiscal_class, where [output] groups asks "
        "for "
        "them\n+ also <variable>_by_fiscal_class\n");
  return done;
}

}  // namespace

Command metrics_command() {
  return command<MetricsCommand>(
      "metrics", "every variable and ratio of a run: axes, unit, meaning", &metrics,
      [](auto& asked) {
        return std::vector<Option>{
            option("--format", asked.format, "table, csv or markdown", "FORMAT")
                .one_of({"table", "csv", "markdown"})};
      });
}

}  // namespace rathaus::commands
