#include <fmt/format.h>

#include <sstream>

#include "commands/command.h"
#include "commands/commands.h"
#include "commands/load.h"
#include "commands/output.h"
#include "commands/places.h"
#include "commands/table.h"
#include "config/defaults.h"
#include "files/output.h"
#include "model/world.h"
#include "model_folder/model_folder.h"
#include "population/describe.h"
#include "population/measure.h"
#include "population/write.h"

namespace rathaus::commands {
namespace {

struct PopulationCommand {
  std::string source;            //!< experiment file, or folder or name of a model
  std::filesystem::path output;  //!< empty: only the summary
  std::vector<std::string> sets;
  bool force = false;
};

struct Source {
  population::Population population;
  std::vector<double> fiscal;  //!< as a run would use it
};

/// Fiscal strength of an experiment's units, drawn or given.
Source from_experiment(const PopulationCommand& command) {
  Loaded loaded = load(command.source, command.sets);
  keep_apart({command.output}, loaded.study.inputs);
  const model::World world(loaded.population.municipalities, loaded.study.rules,
                           loaded.study.quarters);
  return {std::move(loaded.population), world.fiscal};
}

/// The synthetic population of a model with its default unit and seed.
Source from_model(const PopulationCommand& command) {
  Diagnostics diagnostics;
  const auto folder = model_folder::find_model(command.source, "", model_places(), {}, diagnostics);
  diagnostics.throw_if_failed();
  std::vector<study::Input> inputs;
  const model_folder::Model model =
      model_folder::read_model_folder(folder.value(), diagnostics, inputs);
  diagnostics.throw_if_failed();
  keep_apart({command.output}, inputs);
  if (!command.sets.empty())
    throw InputError("--set cannot change a model (it belongs to experiments) name an experiment");
  Source source{
      population::build({}, model.recipe, random::world_key(config::default_seed), diagnostics),
      {}};
  diagnostics.throw_if_failed();
  return source;
}

/// 1234567 as 1,234,567.
std::string grouped(std::int64_t number) {
  const std::string digits = std::to_string(number);
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

Table group_table(const char* head, const std::vector<population::Group>& groups) {
  Table table{{head, "units", "inhabitants"}, {}, {false, true, true}};
  for (const population::Group& g : groups)
    table.rows.push_back({g.name, grouped(g.units), grouped(g.inhabitants)});
  return table;
}

void print_summary(const Source& source) {
  const population::Summary summary = population::describe(source.population.municipalities);
  std::vector<population::Group> sizes(summary.by_size_class.begin(), summary.by_size_class.end());
  sizes.push_back(summary.total);
  sizes.back().name = "all";
  fmt::print("{}\n{}\n", group_table("size class", sizes).text(),
             group_table("land", summary.by_land).text());
  const population::NetworkMeasures network =
      population::measure(source.population.municipalities.network);
  fmt::print(
      "network: {} component{}, the largest with {:.1f} % of all units; mean degree {:.2f}, "
      "mean clustering {:.3f}\n",
      network.components, network.components == 1 ? "" : "s",
      100.0 * network.largest_component_share, network.mean_out_degree, network.mean_clustering);
  for (const std::string& note : source.population.notes) fmt::print("note: {}\n", note);
}

int population(const PopulationCommand& command) {
  require_file_if_named(command.source);
  check_output(command.output, command.force);
  const bool experiment = std::filesystem::is_regular_file(command.source);
  const Source source = experiment ? from_experiment(command) : from_model(command);
  if (!command.output.empty())
    files::write_whole(command.output, command.force, [&](std::ostream& file) {
      population::write_csv(file, source.population.municipalities, source.fiscal);
    });
  print_summary(source);
  return done;
}

}  // namespace

Command population_command() {
  return command<PopulationCommand>(
      "population", "the population that a run would use", &population, [](auto& asked) {
        return std::vector<Option>{
            option("source", asked.source, "experiment file, or name or folder of a model",
                   "EXPERIMENT.toml|MODEL")
                .required(),
            option("-o,--output", asked.output, "write it as a population file", "FILE.csv"),
            flag("--force", asked.force, "overwrite an existing file"), sets(asked.sets)};
      });
}

}  // namespace rathaus::commands
