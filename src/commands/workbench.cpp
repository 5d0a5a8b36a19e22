#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>

#include "commands/command.h"
#include "commands/commands.h"
#include "commands/load.h"
#include "commands/output.h"
#include "commands/places.h"
#include "files/output.h"
#include "files/texts.h"

namespace rathaus::commands {
namespace {

struct WorkbenchCommand {
  std::filesystem::path experiment;  //!< empty: only tells where the page is
  std::filesystem::path output;  //!< empty: the experiment's name with .html in the current folder
  bool force = false;
};

namespace fs = std::filesystem;

constexpr std::string_view page_name = "rathaus.html", model = "germany";
constexpr std::string_view place = R"(<script type="text/plain" id="experiment">)";

/// Beside the installed models, or where the source tree builds it.
fs::path built_page() {
  for (const fs::path models : model_places().folders)
    for (const fs::path& page :
         {models.parent_path() / page_name, models.parent_path() / "build" / "web" / page_name})
      if (fs::is_regular_file(page)) return page;
  throw InputError(
      "the workbench is not built (it has a compiler of its own) build it by scripts/web.sh");
}

/// What the experiment reads, the page holds.
void check_inputs(const fs::path& experiment, const study::Study& study) {
  Diagnostics diagnostics;
  const std::vector<std::string> places = model_places().folders;
  const bool known = std::ranges::any_of(places, [&](const fs::path& models) {
    std::error_code none;
    return fs::equivalent(models / model, study.model_folder, none);
  });
  if (!known)
    diagnostics.error({experiment.string()},
                      fmt::format("has another model than {} (the workbench holds no other) use "
                                  "rathaus run",
                                  model));
  for (const auto& [key, file] : {std::pair("file", study.population.file),
                                  std::pair("adjacency", study.population.adjacency)})
    if (!file.empty())
      diagnostics.error(
          {experiment.string()},
          fmt::format(
              "population.{} = \"{}\" (the workbench holds no file) drop a population on the "
              "page",
              key, file));
  diagnostics.throw_if_failed();
}

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

int workbench(const WorkbenchCommand& command) {
  const fs::path built = built_page();
  if (command.experiment.empty()) {
    fmt::print("{}\n", built.string());
    return done;
  }
  const fs::path output = command.output.empty()
                              ? fs::path(command.experiment.filename()).replace_extension(".html")
                              : command.output;
  check_output(output, command.force);
  const study::Study study = load_study(command.experiment, {});
  check_inputs(command.experiment, study);
  keep_apart({output}, study.inputs);

  // the page knows the model by its name
  const std::string text = std::regex_replace(
      study.experiment_text, std::regex(R"re((^|\n)model(\s*)=(\s*)"[^"\n]*")re"),
      fmt::format("$1model$2=$3\"{}\"", model), std::regex_constants::format_first_only);
  if (text.find("</") != std::string::npos)
    throw InputError(command.experiment,
                     "holds '</' (it would end its place in the page) take it out");
  std::string page = read(built);
  const std::size_t at = page.find(place);
  if (at == std::string::npos)
    throw InputError(
        built, "has no place for an experiment (it is no workbench) build one by scripts/web.sh");
  page.insert(at + place.size(), text);
  files::write_whole(output, command.force, [&](std::ostream& out) { out << page; });
  fmt::print("{}\n", output.string());
  return done;
}

}  // namespace

Command workbench_command() {
  return command<WorkbenchCommand>(
      "workbench", "a page with the simulator and an experiment inside", &workbench,
      [](auto& asked) {
        return std::vector<Option>{
            option("experiment", asked.experiment, "experiment (default: tells where the page is)",
                   "EXPERIMENT.toml"),
            option("-o,--output", asked.output, "page (default: the experiment's name)",
                   "FILE.html"),
            flag("--force", asked.force, "overwrite an existing file")};
      });
}

}  // namespace rathaus::commands
