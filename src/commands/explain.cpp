#include <fmt/format.h>

#include "commands/command.h"
#include "commands/commands.h"
#include "commands/load.h"
#include "hdf5/file.h"

namespace rathaus::commands {
namespace {

struct ExplainCommand {
  std::filesystem::path file;  //!< experiment or result
  std::vector<std::string> sets;
};

int explain(const ExplainCommand& command) {
  if (is_hdf5(command.file)) {
    if (!command.sets.empty())
      throw InputError(
          "--set cannot change a result (its runs are done) use it with an experiment");
    fmt::print("{}", hdf5::File::open(command.file).root().group("provenance").text("resolved"));
  } else {
    fmt::print("{}", load_study(command.file, command.sets).resolved_text);
  }
  return done;
}

}  // namespace

Command explain_command() {
  return command<ExplainCommand>(
      "explain", "the resolved experiment as one file that stands alone", &explain,
      [](auto& asked) {
        return std::vector<Option>{
            option("file", asked.file, "experiment or result", "EXPERIMENT.toml|FILE.h5")
                .required(),
            sets(asked.sets)};
      });
}

}  // namespace rathaus::commands
