#include <fmt/format.h>

#include "commands/commands.h"
#include "commands/load.h"
#include "hdf5/file.h"

namespace rathaus::commands {

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

}  // namespace rathaus::commands
