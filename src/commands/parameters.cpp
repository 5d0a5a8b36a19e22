#include <fmt/format.h>

#include <cmath>

#include "commands/command.h"
#include "commands/commands.h"
#include "commands/places.h"
#include "commands/table.h"
#include "diagnostics/diagnostics.h"
#include "model_folder/model_folder.h"

namespace rathaus::commands {
namespace {

struct ParametersCommand {
  std::string model = "germany";
  std::string format = "table";  //!< table, csv or markdown
};

void add_rows(Table& table, const std::vector<study::Evidence>& numbers) {
  const auto text = [](double x) { return std::isnan(x) ? std::string() : fmt::format("{}", x); };
  for (const study::Evidence& number : numbers)
    table.rows.push_back({number.name, number.symbol, text(number.standard), text(number.low),
                          text(number.high), number.unit, number.grade, number.meaning,
                          number.source});
}

int parameters(const ParametersCommand& command) {
  Diagnostics diagnostics;
  const model_folder::Model model =
      model_folder::read_model(command.model, model_places(), diagnostics);
  diagnostics.throw_if_failed();
  Table table{
      {"parameter", "symbol", "default", "from", "to", "unit", "grade", "meaning", "source"},
      {},
      {false, false, true, true, true}};
  add_rows(table, model.parameters);
  add_rows(table, model.coefficients);
  fmt::print("{}", table.text(table_format(command.format)));
  return done;
}

}  // namespace

Command parameters_command() {
  return command<ParametersCommand>(
      "parameters", "every parameter: unit, default, range, evidence, source", &parameters,
      [](auto& asked) {
        return std::vector<Option>{
            option("model", asked.model, "name or folder of a model (default: germany)", "MODEL"),
            option("--format", asked.format, "table, csv or markdown", "FORMAT")
                .one_of({"table", "csv", "markdown"})};
      });
}

}  // namespace rathaus::commands
