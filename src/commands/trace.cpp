#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "commands/command.h"
#include "commands/commands.h"
#include "commands/load.h"
#include "commands/places.h"
#include "commands/story_text.h"
#include "config/experiment_file.h"
#include "hdf5/file.h"
#include "population/build.h"

namespace rathaus::commands {
namespace {

struct TraceCommand {
  std::filesystem::path file;
  std::uint32_t run = 0;
  std::string unit;             //!< official key or name
  std::string format = "text";  //!< text or json
  std::string language = "en";  //!< of the text
};

/// The study that a result holds, as it was resolved when it was written.
study::Study study_of(const hdf5::Group& root, const TraceCommand& command) {
  Diagnostics diagnostics;
  const std::string resolved = root.group("provenance").text("resolved");
  std::vector<std::string> sets;  // before there was a spin-up, results began from nothing
  if (resolved.find("\nspin_up = ") == std::string::npos) sets = {"time.spin_up=false"};
  return config::read_experiment_text(resolved, command.file.string() + ":/provenance/resolved", "",
                                      sets, model_places(), diagnostics);
}

/// The world of a run.
population::Population population_of(const study::Study& study, const study::CaseId& id) {
  Diagnostics diagnostics;
  population::Population population = population::build(
      study.population, study.recipe, study::world_key_of(study, id), diagnostics);
  diagnostics.throw_if_failed();
  return population;
}

/// The index of the unit with that id or, if only one has it, that name.
std::uint32_t find_unit(const model::Municipalities& m, const std::string& word) {
  if (const auto found = std::ranges::find(m.id, word); found != m.id.end())
    return static_cast<std::uint32_t>(found - m.id.begin());
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < m.size(); ++i)
    if (m.name[i] == word) ids.push_back(m.id[i]);
  if (ids.size() > 1)
    throw InputError(fmt::format("--unit '{}' is not clear ({} units have that name) use one of {}",
                                 word, ids.size(), fmt::join(ids, ", ")));
  if (ids.size() == 1) return find_unit(m, ids.front());
  std::vector<std::string_view> known(m.id.begin(), m.id.end());
  known.insert(known.end(), m.name.begin(), m.name.end());
  const std::string near = nearest(word, known);
  throw InputError(
      fmt::format("--unit '{}' is no unit of this result", word) +
      Suggestion{near.empty()
                     ? fmt::format("ids such as {}, in /municipalities/unit_id", m.id.front())
                     : fmt::format("did you mean '{}'?", near)});
}

int trace(const TraceCommand& command) {
  tell_in(command.language);
  const hdf5::File file = open_result(command.file);
  const hdf5::Group root = file.root();
  const study::Study study = study_of(root, command);
  const run::RunIndex run = run::run_at(root, study, command.run);
  const population::Population population = population_of(study, run.id);
  const std::uint32_t unit = find_unit(population.municipalities, command.unit);
  const run::Replay replay = run::replay(root, study, population.municipalities, command.run, unit);
  const auto vendors = root.variable("vendor").read<std::string>();
  const Words say(command.language);
  const Labels labels(root.group("provenance").text("resolved"), command.language);
  const Story story{study,       population.municipalities,
                    vendors,     command.file.string(),
                    command.run, unit,
                    replay,      say,
                    labels};
  fmt::print("{}", command.format == "json" ? story_json(story) : story_text(story));
  return done;
}

}  // namespace

Command trace_command() {
  return command<TraceCommand>(
      "trace", "replay one run and tell the story of one unit", &trace, [](auto& asked) {
        return std::vector<Option>{
            option("file", asked.file, "result file", "FILE.h5").required(),
            option("--run", asked.run, "run of the file (default: 0)", "N"),
            option("--unit", asked.unit, "official key or name", "ID").required(),
            option("--format", asked.format, "text or json", "FORMAT").one_of({"text", "json"}),
            option("--lang", asked.language, "language of the text: en or de (default: en)", "LANG")
                .one_of({"en", "de"})};
      });
}

}  // namespace rathaus::commands
